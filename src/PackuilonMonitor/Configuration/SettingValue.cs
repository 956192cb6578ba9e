using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Configuration;

/// <summary>Parses texts of settings and options as values.</summary>
internal static class SettingValue
{
    /// <param name="example">A path that works.</param>
    public static Reading<string> Path(string text, string folder, string example) => text.Length == 0 || text.Contains('\0')
        ? Reading.Wrong<string>($"a path is missing; give one like {example}")
        : Reading.Of(folder.Length == 0 ? text : System.IO.Path.Combine(folder, text));

    /// <summary>Paths separated by commas; "-" is standard input.</summary>
    public static Reading<ImmutableArray<string>> Paths(string text, string folder)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 || text.Contains('\0')
            ? Reading.Wrong<ImmutableArray<string>>("a path is missing; give one like /var/log/messages, or several separated by commas")
            : Reading.Of<ImmutableArray<string>>([
                .. parts.Select(part => part == "-" || folder.Length == 0 ? part : System.IO.Path.Combine(folder, part)),
            ]);
    }

    /// <summary>A zone by its name, or by the rules as in the variable TZ.</summary>
    public static Reading<TimeZoneInfo> Zone(string text) =>
        (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : PosixZone.Of(text)) is { } known
            ? Reading.Of(known)
            : Reading.Wrong<TimeZoneInfo>($"no such time zone: {Shown(text)}; give a name like UTC or Europe/London");

    /// <summary>A name of a user or group.</summary>
    public static Reading<string> Name(string text, string example) =>
        text.Length is > 0 and <= 32 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            ? Reading.Of(text)
            : Reading.Wrong<string>($"not a name: {Shown(text)}; give one like {example}");

    public static Reading<Theme> Theme(string text) => OneOf(
        "theme", text, ("dark", Cells.Theme.Dark), ("light", Cells.Theme.Light), ("mono", Cells.Theme.Mono));

    public static Reading<ColourChoice> Colour(string text) => OneOf(
        "choice", text, ("auto", ColourChoice.Auto), ("always", ColourChoice.Always), ("never", ColourChoice.Never));

    public static Reading<Osc9Choice> Osc9(string text) => OneOf(
        "choice", text, ("auto", Osc9Choice.Auto), ("always", Osc9Choice.Always), ("never", Osc9Choice.Never));

    public static Reading<WebhookForm> Form(string text) => OneOf("form", text, ("json", WebhookForm.Json), ("slack", WebhookForm.Slack));

    public static Reading<bool> YesNo(string text) =>
        OneOf(
            "answer",
            text,
            ("yes", true),
            ("no", false),
            ("on", true),
            ("off", false),
            ("true", true),
            ("false", false),
            ("1", true),
            ("0", false)
        );

    public static Reading<int> Whole(string text, int least, int most, int example) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? Reading.Of(number)
            : Reading.Wrong<int>(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"not a whole number from {least} to {most}: {Shown(text)}; give one like {example}"
                )
            );

    /// <summary>A time such as 60s, 15m or 2h.</summary>
    public static Reading<TimeSpan> Time(string text, string example)
    {
        var number = 0;
        var isTime =
            text.Length > 1
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number is > 0 and <= 100_000;
        return (isTime ? text[^1] : ' ') switch
        {
            's' => Reading.Of(TimeSpan.FromSeconds(number)),
            'm' => Reading.Of(TimeSpan.FromMinutes(number)),
            'h' => Reading.Of(TimeSpan.FromHours(number)),
            _ => Reading.Wrong<TimeSpan>($"not a time: {Shown(text)}; give one like {example}"),
        };
    }

    /// <summary>Codes of checks separated by commas; a code that is UNKNOWN is refused.</summary>
    public static Reading<IReadOnlySet<CheckCode>> Checks(string text)
    {
        var off = new HashSet<CheckCode>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (CheckCodes.Of(name) is not { } code)
                return Reading.Wrong<IReadOnlySet<CheckCode>>($"no such check: {Shown(name)}; give one like IMAGE_FLAKY");
            if (code.IsBlind())
                return Reading.Wrong<IReadOnlySet<CheckCode>>(
                    $"{code.Name()} cannot be switched off; give one like IMAGE_FLAKY"
                );
            off.Add(code);
        }

        return Reading.Of<IReadOnlySet<CheckCode>>(off);
    }

    /// <summary>An http address. An error does not show it: it may be a secret.</summary>
    public static Reading<Uri> Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? Reading.Of(address)
            : Reading.Wrong<Uri>("not an http address; give one like https://hooks.example.org/factory");

    /// <summary>A RabbitMQ address, which usually has a password and is not shown either.</summary>
    public static Reading<string> Broker(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
            ? Reading.Of(text)
            : Reading.Wrong<string>("not an address of RabbitMQ; give one like amqp://user:password@host:5672");

    public static Reading<ImmutableArray<AlertKind>> Events(string text)
    {
        var kinds = ImmutableArray.CreateBuilder<AlertKind>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var kind = OneOf("event", word, [.. Enum.GetValues<AlertKind>().Select(known => (Alert.Word(known), known))]);
            if (kind.Error is not null)
                return Reading.Wrong<ImmutableArray<AlertKind>>(kind.Error);
            kinds.Add(kind.Value);
        }

        return Reading.Of<ImmutableArray<AlertKind>>([.. kinds.Distinct()]);
    }

    /// <summary>A program alone, or with its arguments as a JSON array; no shell ever reads it.</summary>
    public static Reading<ImmutableArray<string>> Program(string text)
    {
        var words = text.StartsWith('[') ? Strings(text) : [text];
        if (words.SelectMany(Placeholders).FirstOrDefault(name => !Bulletin.Parts.ContainsKey(name)) is { } unknown)
            return Reading.Wrong<ImmutableArray<string>>(
                $"there is no part {{{Shown(unknown)}}}; {Spelling.Offer(unknown, Bulletin.Parts.Keys, "{X}")}"
            );
        return words is [['/', ..], ..] && !words.Any(word => word.Contains('\0'))
            ? Reading.Of<ImmutableArray<string>>([.. words])
            : Reading.Wrong<ImmutableArray<string>>(
                $"not a program with an absolute path: {Shown(text)}; "
                + $"give one like /usr/local/bin/notify, or [\"/usr/local/bin/notify\", \"{{event}}\", \"{{image}}\"]"
            );
    }

    /// <summary>Untrusted text in a message, short and on one line.</summary>
    public static string Shown(string text)
    {
        var plain = SafeText.Plain(text);
        return plain.Length > 60 ? $"{plain[..60]}…" : plain;
    }

    private static IEnumerable<string> Placeholders(string word) =>
        word.Split('{').Skip(1).Where(rest => rest.Contains('}')).Select(rest => rest[..rest.IndexOf('}')]);

    private static List<string> Strings(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            return [.. parsed.RootElement.EnumerateArray().Select(word => word.GetString() ?? "")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static Reading<T> OneOf<T>(string what, string text, params (string Word, T Value)[] words)
    {
        foreach (var (word, value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return Reading.Of(value);
        }

        var names = words.DistinctBy(known => known.Value).Select(known => known.Word).ToArray();
        return Reading.Wrong<T>($"no such {what}: {Shown(text)}; give {string.Join(", ", names[..^1])} or {names[^1]}");
    }
}
