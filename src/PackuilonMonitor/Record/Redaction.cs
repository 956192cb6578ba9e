using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>
/// Replaces the names of hosts, images and profiles, and network and mail addresses, each always by the same one, so that a redacted
/// recording folds to the same builds. It does not know names that no event contains.
/// </summary>
public sealed partial class Redaction
{
    private const string Numbers = @"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)";

    private const string Documents = "192.0.2.";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The first labels of profiles.</summary>
    private readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly Regex? _known;

    /// <param name="frames">Everything that will be redacted.</param>
    public Redaction(IEnumerable<Frame> frames)
    {
        foreach (var frame in frames)
        {
            Learn("factory", frame.Factory);
            foreach (var entry in frame.Batches.SelectMany(batch => batch.Entries))
                Learn(entry);
        }

        // A label without a hyphen may be a word of any line. An image of that name has a replacement of its own.
        foreach (var (label, profile) in _labels.Where(known => known.Key.Contains('-')))
            _names.TryAdd(label, profile);
        var longestFirst = _names
            .Keys.OrderByDescending(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)
            .Select(Regex.Escape)
            .ToList();
        if (longestFirst.Count > 0)
            _known = new Regex($"(?<![A-Za-z0-9])(?:{string.Join('|', longestFirst)})(?![A-Za-z0-9])", RegexOptions.CultureInvariant);
    }

    /// <summary>The text with other names.</summary>
    public string Of(string text)
    {
        var known = _known is null ? text : _known.Replace(text, match => _names[match.Value]);
        return Address().Replace(Mail().Replace(known, match => NameOf("mail", match.Value)), WithoutAddress);
    }

    /// <summary>The frame with other names, and without what only a recorder of this host needs.</summary>
    public Frame Of(Frame frame) =>
        frame with
        {
            Factory = Of(frame.Factory),
            Batches = [.. frame.Batches.Select(batch => batch with { Entries = [.. batch.Entries.Select(Of)] })],
            Facts = frame.Facts is { } facts
                ? facts with
                {
                    ProfileMatch = OrNull(facts.ProfileMatch),
                    LogDirectory = Of(facts.LogDirectory),
                }
                : null,
            Places = [],
            Alerts = [],
        };

    private Entry Of(Entry entry)
    {
        var seen = entry.Seen;
        return new Entry(
            seen with
            {
                Source = new SourceId(Of(seen.Source.Path)),
                Host = Of(seen.Host),
                Text = OrNull(seen.Text),
                Event = Of(seen.Event),
            },
            entry.Growth is { } growth
                ? new LogGrowth(Of(growth.File), growth.Generation)
                {
                    Began = growth.Began,
                    ArrivedAt = growth.ArrivedAt,
                    ModifiedAt = growth.ModifiedAt,
                    Lines = [.. growth.Lines.Select(Of)],
                    HasHole = growth.HasHole,
                    Unfinished = Of(growth.Unfinished),
                    IsBrief = growth.IsBrief,
                }
                : null
        );
    }

    /// <summary>An event without a line; one with a line is parsed from its redacted text again.</summary>
    private MonitorEvent Of(MonitorEvent said) =>
        said switch
        {
            SourceSeen { Health: var health } => new SourceSeen(
                health with
                {
                    Source = new SourceId(Of(health.Source.Path)),
                    Why = OrNull(health.Why),
                    LastGap = OrNull(health.LastGap),
                }
            ),
            SourceRead read => read with { Untimed = OrNull(read.Untimed) },
            HealthTurned turned => turned with
            {
                Summary = OfSummary(turned.Summary),
                Items = [.. turned.Items.Select(Of)],
                Gone = [.. turned.Gone.Select(Of)],
                Why = OrNull(turned.Why),
                By = turned.By is { } user ? NameOf("user", user) : null,
            },
            LinesLost lost => lost with { Why = Of(lost.Why) },
            SourcePolled polled => polled with { Why = Of(polled.Why) },
            BuildLogRead reported => Of(reported),
            BuildLogGone gone => new BuildLogGone(Of(gone.File)),
            BuildLogRefused refused => refused with { File = Of(refused.File), Why = OrNull(refused.Why) },
            ProfileRead { Profile: var profile, Content: var content } => new ProfileRead(
                Of(profile),
                content with
                {
                    Host = OrNull(content.Host),
                    Personality = OrNull(content.Personality),
                }
            ),
            PairRemembered pair => new PairRemembered(Of(pair.Profile), new ImageName(Of(pair.Image.Text))),
            Unrecognised strange => new Unrecognised(Of(strange.Why)),
            _ => said,
        };

    /// <summary>A log of a factory elsewhere: what is remembered of it has names in every part.</summary>
    private BuildLogRead Of(BuildLogRead reported)
    {
        var log = LogJson.Read(Of(LogJson.Of(RememberedLog.Of(reported.Log))))?.ToLog() ?? BuildLog.Empty;
        return new BuildLogRead(Of(reported.File), log with { ModifiedAt = reported.Log.ModifiedAt }, reported.Generation)
        {
            EarlierBuild = OrNull(reported.EarlierBuild),
        };
    }

    /// <summary>A summary names a profile by its first label, and has no room for the ends of some names.</summary>
    private string OfSummary(string text) => Of(Word().Replace(text, match => match.Groups[2].Length == 0
        ? _labels.GetValueOrDefault(match.Value, match.Value)
        : Cut(match.Groups[1].Value) ?? match.Value));

    /// <summary>What stands for the beginning of a name; null if no name begins so.</summary>
    private string? Cut(string start)
    {
        var meant = _names.Concat(_labels).Where(known => known.Key.StartsWith(start, StringComparison.Ordinal));
        return meant.Select(known => known.Value).Distinct().ToList() switch
        {
            [] => null,
            [var only] => $"{only}…",
            _ => "…",
        };
    }

    private string? OrNull(string? text) => text is null ? null : Of(text);

    private void Learn(Entry entry)
    {
        LearnHost("host", entry.Seen.Host);
        if (entry.Growth is { } growth)
            Learn("image", LogName.Of(growth.File).Image.Text);
        switch (entry.Seen.Event)
        {
            case JobTaken taken: Learn("image", taken.Image.Text); break;
            case DefaultTemplatesUsed used: Learn("image", used.Image.Text); break;
            case SourceImageLookedUp { Image: { } image }: Learn("image", image.Text); break;
            case SourceImageUndefined { Image: { } image }: Learn("image", image.Text); break;
            case BuildStarted started: Learn("image", LogName.Of(started.LogPath).Image.Text); break;
            case BuildLogGone gone: Learn("image", LogName.Of(gone.File).Image.Text); break;
            case BuildLogRead reported: Learn("image", LogName.Of(reported.File).Image.Text); break;
            case ProfileRebuilt profile: LearnProfile(profile.Profile); break;
            case ProfileDownloading profile: LearnProfile(profile.Profile); break;
            case ProfileNew profile: LearnProfile(profile.Profile); break;
            case ProfileUpdated profile: LearnProfile(profile.Profile); break;
            case ProfileUnchanged profile: LearnProfile(profile.Profile); break;
            case ProfileFailed { Profile: { } profile }: LearnProfile(profile); break;
            case ProfileRead profile: LearnProfile(profile.Profile); break;
            case PairRemembered pair:
                LearnProfile(pair.Profile);
                Learn("image", pair.Image.Text);
                break;
        }
    }

    private void LearnProfile(string profile)
    {
        var name = profile.EndsWith(".json", StringComparison.Ordinal) ? profile[..^".json".Length] : profile;
        LearnHost("profile", name);
        if (name.IndexOf('.') is > 0 and var dot)
            _labels.TryAdd(name[..dot], NameOf("profile", name));
    }

    /// <summary>A name with a domain, and the domain, which also follows other names.</summary>
    private void LearnHost(string kind, string name)
    {
        Learn(kind, name);
        if (name.IndexOf('.') is > 0 and var dot && name.AsSpan(dot + 1).Contains('.'))
            Learn("domain", name[(dot + 1)..]);
    }

    private void Learn(string kind, string name)
    {
        if (name.Length > 1 && name != "-")
            NameOf(kind, name);
    }

    private string NameOf(string kind, string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return _names[name] = kind == Documents
            ? AddressOf(number)
            : string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:D3}{(kind == "mail" ? "@example.invalid" : "")}");
    }

    /// <summary>An address that no host has: of the network for documents and, beyond its 254, of the one for benchmarks.</summary>
    private static string AddressOf(int number)
    {
        const int InDocuments = 254;
        if (number <= InDocuments)
            return Documents + number.ToString(CultureInfo.InvariantCulture);
        var more = number - InDocuments;
        return string.Create(CultureInfo.InvariantCulture, $"198.{18 + (more >> 16 & 1)}.{more >> 8 & 255}.{more & 255}");
    }

    /// <summary>What may be an address with colons may be a time of day, too.</summary>
    private string WithoutAddress(Match match)
    {
        var text = match.Value;
        // A colon behind an address is the sentence's.
        var address = text.EndsWith(':') && !text.EndsWith("::", StringComparison.Ordinal) ? text[..^1] : text;
        return IsAddress(address)
            ? NameOf(Documents, address) + text[address.Length..]
            : FourNumbers().Replace(text, numbers => NameOf(Documents, numbers.Value));
    }

    private static bool IsAddress(string text) =>
        !text.Contains(':')
        || (IPAddress.TryParse(text, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6)
        || (text.Split(':') is { Length: 6 } parts && parts.All(part => part.Length == 2));

    // fe80::1, 2001:db8:0:1::7, ::ffff:192.0.2.7, 00:1b:21:3c:4d:5e and 192.0.2.7.
    [GeneratedRegex(
        @"(?<![\w.:])(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{1,4}(?:\.\d{1,3}){0,3})?(?!\w)|" + Numbers,
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();

    [GeneratedRegex(Numbers, RegexOptions.CultureInvariant)]
    private static partial Regex FourNumbers();

    [GeneratedRegex(@"([\w.-]+)(…?)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();
}
