using System.Globalization;
using System.IO.Enumeration;
using System.Reactive.Concurrency;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Inputs;

/// <summary>What a command reads: the system log's files, the log directory, and how to interpret their times.</summary>
/// <param name="Messages">Paths in the order given; "-" is standard input.</param>
/// <param name="Now">The present time, for stamps without a year.</param>
public sealed record Sources(IReadOnlyList<string> Messages, FactoryConfiguration Factory, TimeZoneInfo Zone, DateTimeOffset Now)
{
    /// <summary>The factory's name if there are several; null for the only one.</summary>
    public string? Name { get; init; }

    /// <summary>Whether Packer's logs can be read here.</summary>
    public bool HasLogs { get; init; } = true;

    /// <summary>Whether the system log is systemd's journal.</summary>
    public Journal Journal { get; private init; }

    /// <summary>The queue whose length RabbitMQ is asked for; null to infer it.</summary>
    public QueueAddress? Queue { get; private init; }

    /// <summary>The events of a remote factory instead of this host's logs; null for these.</summary>
    public EventStream? From
    {
        get;
        init => (field, Shipped) = (value, value is null ? null : new ShippedLogs(value));
    }

    /// <summary>The build logs that are shipped with these events; null for a factory of this host.</summary>
    public ShippedLogs? Shipped { get; private init; }

    /// <summary>Where in that stream to start: first, next, a number, or a time.</summary>
    public object Since { get; init; } = EventStream.FromFirst;

    /// <summary>The store that earlier runs remembered in; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>How far a given now is ahead of the clock; zero without one.</summary>
    public TimeSpan Ahead { get; private init; }

    public const string StandardInput = "-";

    /// <summary>Standard input is a source, so keys cannot come from it.</summary>
    public bool TakeStandardInput =>
        From is null && (Journal is Journal.OnStandardInput || (Journal is Journal.No && Messages.Contains(StandardInput)));

    /// <summary>Only our lines of the system log are read, so that its silence proves nothing.</summary>
    public bool SilenceIsUsual => From is null && Journal is not Journal.No;

    private static readonly string[] UsualMessages = ["/var/log/messages", "/var/log/syslog"];

    /// <summary>The directory of Packer's logs; an empty one if they cannot be read here. A new one for each reader.</summary>
    public LogDirectory Logs() => HasLogs ? new LogDirectory(Factory.LogDirectory) : LogDirectory.Nowhere();

    /// <summary>Where a build's log is opened: one that is shipped is fetched then.</summary>
    public FileLocation PlaceOf(BuildView build) => PlaceOf(build.Id, build.Name.File);

    /// <summary>The same by a build's id and the name of its log.</summary>
    public FileLocation PlaceOf(string build, string file) => Shipped?.PlaceOf(build, file) ?? Logs().Place(file);

    /// <summary>The state before anything is known of the factory.</summary>
    public MonitorState Start() => MonitorState.Of(Name, Factory.ProfileMatch);

    /// <summary>The sources in the settings, with defaults for missing ones.</summary>
    /// <param name="now">The typed instant; null for the clock.</param>
    /// <exception cref="WrongUseException">An option has an invalid value.</exception>
    public static Sources Of(SourceSettings settings, string? now, DateTimeOffset clock) =>
        Of(settings, FactoryConfiguration.Read(settings.Config), now, clock);

    /// <summary>The same for a factory whose own configuration was read.</summary>
    /// <exception cref="WrongUseException">An option has an invalid value.</exception>
    public static Sources Of(SourceSettings settings, FactoryConfiguration factory, string? now, DateTimeOffset clock)
    {
        if (settings.LogDirectory is { } directory)
            factory = factory with { LogDirectory = directory, NamesLogDirectory = true };
        if (settings.Threads is { } threads)
            factory = factory with { ThreadCount = threads };
        IReadOnlyList<string> named = settings.Messages.IsEmpty
            ? [UsualMessages.FirstOrDefault(File.Exists) ?? UsualMessages[0]]
            : settings.Messages;
        var instant = Instant(now);
        return new Sources(
            Distinct([.. named.SelectMany(Expanded)]),
            factory,
            settings.Zone ?? HostZone.Of(Environment.GetEnvironmentVariable).Zone,
            instant ?? clock
        )
        {
            Ahead = instant - clock ?? TimeSpan.Zero,
            Journal = settings.Journal,
            Queue = !settings.Broker
                ? null
                : factory.Queue
                    ?? throw new WrongUseException(
                        factory.QueueFault is { } fault
                            ? $"--broker: {fault}"
                            : $"--broker: {settings.Config ?? FactoryConfiguration.DefaultPath} has no RABBIT_HOST and QUEUE in [global]; "
                                + $"give Packuilon's config.ini with --config"
                    ),
        };
    }

    /// <summary>The state at the end of the present content.</summary>
    public MonitorState ReadAll()
    {
        using var feed = Open();
        return Folded(feed);
    }

    /// <summary>The feed over these sources, from the oldest line.</summary>
    public MonitorFeed Open(bool withBuildLogs = true) => Open(withBuildLogs, StartAt.Oldest);

    /// <summary>
    /// The feed over the newest <see cref="RecentBytes"/> of the system log, however large it is: running builds began there, and enough
    /// ended ones to compare with. Several files are read whole, because only together they are a stream.
    /// </summary>
    public MonitorFeed OpenRecent() => Open(withBuildLogs: true, Recent());

    /// <summary>The feed after a recorder's last line; without a recording the same as <see cref="OpenRecent"/>.</summary>
    /// <param name="start">Where each file of the system log starts; null for its newest part.</param>
    /// <param name="logs">What is known of the build logs.</param>
    /// <param name="grown">Receives new lines of a build log.</param>
    internal MonitorFeed OpenBehind(Func<string, StartAt>? start, IReadOnlyDictionary<string, KnownLog> logs, Action<LogGrowth> grown) =>
        Open(new BuildLogs(Logs(), logs, grown), start ?? (_ => Recent()));

    private StartAt Recent() => OnlyFile is { } file ? Backfill.Newest(file, RecentBytes) : StartAt.Oldest;

    /// <summary>The state from the newest lines alone, for a first picture while more is read; none if there is not much more.</summary>
    public IEnumerable<MonitorState> Glimpse()
    {
        if (OnlyFile is not { } file || new FileInfo(file) is not { Exists: true, Length: > GlimpseBytes })
            yield break;
        using var feed = Open(withBuildLogs: false, Backfill.Newest(file, GlimpseBytes));
        yield return Folded(feed);
    }

    /// <summary>Some days of a busy host's system log.</summary>
    private const long RecentBytes = 64 * 1024 * 1024;

    private const long GlimpseBytes = 1024 * 1024;

    private string? OnlyFile => From is null && Journal is Journal.No && Messages is [var only] && only != StandardInput ? only : null;

    /// <summary>The state after the present content of <paramref name="feed"/>.</summary>
    internal MonitorState Folded(MonitorFeed feed) => feed.ReadAll().Aggregate(Start(), static (known, batch) => known.Apply(batch));

    private MonitorFeed Open(bool withBuildLogs, StartAt start) => Open(withBuildLogs ? new BuildLogs(Logs()) : null, _ => start);

    private MonitorFeed Open(BuildLogs? logs, Func<string, StartAt> start)
    {
        var shipped = From is { } stream ? new ShippedSource(stream, Since, Shipped) : null;
        var messages = shipped is not null ? new OneShot(shipped) : Journal switch
        {
            Journal.Followed => MonitorFeed.Journal(Zone),
            Journal.OnStandardInput => MonitorFeed.JournalInput(Zone),
            Journal.No => MonitorFeed.Files(Messages, start),
        };
        return new MonitorFeed(messages, new SyslogClock(Zone, Now), [.. Others(logs, shipped)], Scheduler.Default,
            HasLogs && Factory.CacheDirectory is { } cache ? new ProfileCache(cache) : null,
            // Who reads lines alone ties nothing.
            logs is null ? [] : RememberedPairs.Of(Store, Name));
    }

    private IEnumerable<IObservationSource> Others(BuildLogs? logs, ShippedSource? shipped)
    {
        if (!HasLogs)
            yield return new AbsentLogs(shipped is null ? null : shipped.CaughtUp);
        else if (logs is not null)
            yield return logs;
        if (Queue is { } queue && logs is not null)
            yield return new BrokerQueue(queue);
    }

    /// <summary>
    /// A path that is a file is that file, whatever its name; otherwise a pattern means the matching files, also in directories, sorted by
    /// name.
    /// </summary>
    private static IEnumerable<string> Expanded(string path)
    {
        if (path == StandardInput || File.Exists(path) || path.IndexOfAny(Wildcards) < 0)
            return [path];
        var parts = path.Split('/');
        IEnumerable<string> found = [path.StartsWith('/') ? "/" : ""];
        foreach (var (index, part) in parts.Index())
        {
            if (part.Length > 0)
                found = found.SelectMany(folder => Matching(folder, part, isLast: index == parts.Length - 1));
        }

        var files = found.Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : [path];
    }

    private static readonly char[] Wildcards = ['*', '?'];

    private static IEnumerable<string> Matching(string folder, string part, bool isLast)
    {
        if (part.IndexOfAny(Wildcards) < 0)
            return Path.Combine(folder, part) is var named && (isLast ? File.Exists(named) : Directory.Exists(named)) ? [named] : [];
        try
        {
            var place = folder.Length == 0 ? "." : folder;
            return (isLast ? Directory.GetFiles(place) : Directory.GetDirectories(place))
                .Select(entry => Path.GetFileName(entry))
                // Like a shell: hidden files must be named with their dot.
                .Where(name => (name[0] != '.' || part[0] == '.') && FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false))
                .Select(name => Path.Combine(folder, name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A rotated file that is named beside its log is read where it belongs, before it.</summary>
    private static List<string> Distinct(IReadOnlyList<string> paths)
    {
        var siblings = paths
            .Where(path => path != StandardInput)
            .SelectMany(path => RotatedSiblings.Of(path).Select(sibling => Path.GetFullPath(sibling.Path)))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. paths.Where(path => path == StandardInput || !siblings.Contains(Path.GetFullPath(path))).Distinct(StringComparer.Ordinal),
        ];
    }

    private static DateTimeOffset? Instant(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new WrongUseException($"--now: not a time: {text}; give one like 2026-11-23T00:00:00Z");
    }
}
