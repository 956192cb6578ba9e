using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;
using Command = System.CommandLine.Command;

namespace PackuilonMonitor.Commands;

/// <summary>The dashboard as it was at a moment of the past.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay";

    private static readonly Argument<string?> From = new("FROM")
    {
        Description = "A file of snapshot, or the folder of a recorder's store; it is only read. [default: this host's store]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> When = new("--time", "-t")
    {
        Description =
            "The moment to start with: 14:02, 30m (ago), 'yesterday 14:00', 'Fri 17:40' or ISO-8601. [default: the last recorded one]",
        HelpName = "WHEN",
    };

    public static Command Described()
    {
        var replay = new Command(Name, "Show the dashboard as it was at a recorded moment.") { From, When };
        replay.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            return parsed.GetValue(From) is { } from
                ? Of(from, parsed.GetValue(When), given)
                : OfHost(ChosenFactories.FactoriesOf(parsed, given), HistoryOptions.Of(parsed, given), parsed.GetValue(When), given);
        });
        return replay;
    }

    private static int Of(string from, string? when, RunSettings given) =>
        from.Length == 0
            ? throw new WrongUseException($"FROM: a path is missing; give one like {HostFolder.Usual}")
        : File.Exists(from) ? OfFile(from, when, given) : OfFolder(from, NothingIn(from), when, given);

    private static int OfHost(IReadOnlyList<Sources> factories, HistoryLocation history, string? when, RunSettings given)
    {
        if (history.Recording is null)
            throw new WrongUseException($"replay: {history.NothingRecorded("give the folder of a store")}");
        return DashboardCommand.Run(
            factories,
            given.Appearance(),
            given,
            history,
            Moment("--time", when, factories[0].Zone) ?? DateTimeOffset.Now
        );
    }

    private static int OfFile(string file, string? when, RunSettings given)
    {
        using var unpacked = Folder();
        try
        {
            Unpack(file, unpacked);
            return OfFolder(
                unpacked.FullPath,
                $"FROM: {file}: nothing in it can be read, as in a damaged one; give a file of packuilon-monitor snapshot",
                when,
                given
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException(
                $"FROM: {file}: {error.Message.ReplaceLineEndings(" ")}; give a file of packuilon-monitor snapshot"
            );
        }
    }

    /// <exception cref="WrongUseException">There is no room for what is in it.</exception>
    private static void Unpack(string file, TemporaryFolder into)
    {
        try
        {
            SnapshotFile.Unpack(file, into.FullPath);
        }
        catch (IOException error) when (FileWords.IsFull(error))
        {
            throw new WrongUseException($"replay: {TemporaryFolder.Missing(error)}");
        }
    }

    private static TemporaryFolder Folder()
    {
        try
        {
            return new TemporaryFolder("packuilon-replay-");
        }
        catch (IOException error)
        {
            throw new WrongUseException($"replay: {error.Message}");
        }
    }

    private static string NothingIn(string folder) =>
        $"FROM: nothing is recorded in {folder}; give the folder of a recorder's store, like {HostFolder.Usual}";

    /// <param name="nothing">What to say where there is nothing; only the caller knows what the user has named.</param>
    private static int OfFolder(string folder, string nothing, string? when, RunSettings given)
    {
        var lines = Path.Combine(folder, HostFolder.Lines);
        var recording = Directory.Exists(lines) ? lines : folder;
        var parts = Parts(recording);
        var zone = given.Settings.Sources.Zone ?? HostZone.Of(Environment.GetEnvironmentVariable).Zone;
        var factories = Recorded(parts, new StoredStates(recording), zone);
        if (factories.Count == 0)
            throw new WrongUseException(nothing);
        var history = new HistoryLocation(null, Retention.Usual) { Recording = recording };
        return DashboardCommand.Run(
            factories,
            given.Appearance(),
            given,
            history,
            Recorded(Moment("--time", when, zone), parts.Min(part => part.At), zone) ?? parts[^1].LastAt,
            hasPresent: false
        );
    }

    // There is no present to show instead of a moment that was not recorded.
    private static DateTimeOffset? Recorded(DateTimeOffset? moment, DateTimeOffset first, TimeZoneInfo zone) =>
        moment is null || moment >= first ? moment
            : throw new WrongUseException(string.Create(
                CultureInfo.InvariantCulture,
                $"--time: nothing was recorded before that; "
                + $"give {TimeZoneInfo.ConvertTime(first.AddSeconds(1), zone):yyyy-MM-ddTHH:mm:ss} or a later time"
            ));

    private static IReadOnlyList<RecordingPart> Parts(string recording)
    {
        try
        {
            return new RecordingReader(recording).Parts();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException(
                $"FROM: {error.Message.ReplaceLineEndings(" ")}; give the folder of a recorder's store, like {HostFolder.Usual}"
            );
        }
    }

    /// <summary>The factories in a recording, which is too large to be held as a whole; nothing of this host is read for them.</summary>
    private static List<Sources> Recorded(IReadOnlyList<RecordingPart> parts, StoredStates stored, TimeZoneInfo zone)
    {
        var known = new SortedDictionary<string, FactoryFacts?>(StringComparer.Ordinal);
        // The newest state has what is known until then.
        var from = parts.Count - 1;
        var places = stored.Places().ToHashSet();
        while (from > 0 && !(places.Contains(parts[from].First) && Add(stored.ReadFacts(parts[from]))))
            from--;
        foreach (var (factory, facts) in parts.Skip(from).SelectMany(part => part.Factories()))
            known[factory] = facts ?? known.GetValueOrDefault(factory);
        return
        [
            .. known.Select(factory => new Sources(
                [],
                FactoryConfiguration.Default with
                {
                    ThreadCount = factory.Value?.Threads,
                    LogDirectory = factory.Value?.LogDirectory ?? "",
                },
                zone,
                DateTimeOffset.Now
            )
            {
                Name = factory.Key.Length == 0 ? null : factory.Key,
                HasLogs = false,
            }),
        ];

        bool Add(IReadOnlyDictionary<string, FactoryFacts?>? told)
        {
            foreach (var (factory, facts) in told ?? ImmutableDictionary<string, FactoryFacts?>.Empty)
                known[factory] = facts;
            return told is not null;
        }
    }

    /// <exception cref="WrongUseException">The text is not a time.</exception>
    internal static DateTimeOffset? Moment(string option, string? text, TimeZoneInfo zone) =>
        text is null ? null : TypedMoment.Of(option, text, DateTimeOffset.Now, zone);
}
