using System.Collections.Immutable;
using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Record;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Seen;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;
using Command = System.CommandLine.Command;

namespace PackuilonMonitor.Commands;

/// <summary>Follows the factories without a screen, records them for all users of the host, and sends the notifications.</summary>
internal static class RecordCommand
{
    public const string Name = "record";

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Frugal = TimeSpan.FromMinutes(10);

    private const int Megabyte = 1024 * 1024;

    public static Command Described()
    {
        var record = new Command(Name, "Record the factory for all users of this host, and notify; no screen.");
        record.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            if (!given.Settings.History.On)
                throw new WrongUseException("record: --no-history, or on = no in [history], forbids a store; leave it out");
            if (CommonOptions.HasNow(parsed))
                throw new WrongUseException("--now: a recorder follows the present; leave it out");
            var folder = given.Settings.History.StateDirectory ?? given.Settings.Record.Store;
            var store = Path.Combine(Path.GetFullPath(folder), HistoryStore.FileName);
            return Run(
                [.. ChosenFactories.FactoriesOf(parsed, given).Select(factory => factory with { Store = store })],
                Path.GetFullPath(folder),
                given.Settings
            );
        });
        return record;
    }

    private static int Run(IReadOnlyList<Sources> factories, string folder, Settings settings)
    {
        using var mine = Locked(folder, settings.Record.Group);
        if (mine is null)
        {
            var other = RecorderLockFile.Read(folder, DateTimeOffset.Now);
            Complaints.Print(
                string.Create(CultureInfo.InvariantCulture, $"another recorder (process {other.Process}) writes {folder}; only one can")
            );
            return ExitCodes.Busy;
        }

        using var signals = new Signals();
        using var store = new StoppableScheduler("store");
        using var work = Work(factories, folder, settings, mine, store, signals.End);
        using var memory = ReturnedMemory.Start();
        Complaints.Print($"recording into {folder}");
        return signals.Wait();
    }

    /// <summary>The lock of a store that nobody else can have changed; null if another recorder has it.</summary>
    /// <exception cref="WrongUseException">It cannot be written, or must not be.</exception>
    private static RecorderLock? Locked(string folder, string group)
    {
        try
        {
            if (HostFolder.Make(folder, group) is { } remark)
                Complaints.Print(remark);
            if (HostFolder.Refusal(folder, ThisUser.Id) is { } refusal)
                throw new WrongUseException($"record: {refusal}");
            return RecorderLock.Take(folder, HostFolder.FileMode, DateTimeOffset.Now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException(
                $"record: {folder} cannot be written: {FileWords.NotWritten(Path.Combine(folder, RecorderLockFile.Name), error)}; "
                + $"{(error is UnauthorizedAccessException ? "run it as the user of the package, or " : "")}give --state-dir DIR"
            );
        }
    }

    /// <summary>Everything that runs until it is disposed, the last first: feeds, alerts, rows, lines.</summary>
    private static CompositeDisposable Work(
        IReadOnlyList<Sources> factories,
        string folder,
        Settings settings,
        RecorderLock mine,
        StoppableScheduler store,
        Action<Exception?> fail
    )
    {
        var troubles = new RecorderTroubles(Complaints.Print);
        var place = Path.Combine(folder, HostFolder.Lines);
        var states = new StateKeeper(new RecordingReader(place), HostFolder.FileMode, StoredStates.Distance, store);
        var lines = new LineRecorder(() => Writer(place, settings.Record), states, store, why => troubles.Report("lines", why));
        var notifier = new Notifier(settings.Notify, troubles.Report);
        var facts = factories.ToDictionary(sources => sources.Name ?? "", FactsOf, StringComparer.Ordinal);
        void Send(string factory, string key, Bulletin bulletin)
        {
            // Recorded first: losing a bulletin in a crash between the two is better than sending it at each start.
            lines.Note(factory, key);
            notifier.Notify(bulletin);
        }

        // No function that lives on may take this along: it is only needed to begin.
        var all = Recorded(factories, place, states, troubles);
        var health = new HealthKeeper(
            new HealthSender(
                [.. all.Select(static one => one.Recorded.Health)],
                (factory, seen) => lines.Add(factory, facts[factory], seen),
                (factory, key, bulletin) =>
                {
                    lines.Note(factory, key);
                    if (settings.Notify.Events.Contains(AlertKind.Health))
                        notifier.Notify(bulletin);
                }
            ),
            new HostMutes(folder, HostMutes.UserName, why => troubles.Report("mutes", why))
        );
        var seen = new HostSeen(folder, why => troubles.Report("seen", why));
        var alerts = new AlertSender(
            Start(all, settings.Health),
            all.SelectMany(static one => one.Recorded.Alerts),
            [.. settings.Notify.Events],
            store,
            Send,
            health.See
        );
        var keeping = HistoryLocation.KeepingOf(settings.History);
        var running = new List<IDisposable>();
        foreach (var (sources, recorded) in all)
        {
            var tail = new StoppableScheduler("tail");
            var rows = new HistoryRecorder(
                Path.Combine(folder, HistoryStore.FileName),
                keeping,
                sources.Logs(),
                store,
                news =>
                {
                    troubles.Report("history", news.Why);
                    alerts.Remember(sources.Name, new BuildHistory(news.Builds, news.Kept));
                },
                sources.Name,
                isHosts: true
            );
            rows.Begin();
            var factory = new RecordedFactory(sources.Name ?? "", facts[sources.Name ?? ""], recorded, lines, rows, alerts.See);
            running.AddRange([
                rows,
                factory.Follow(sources.OpenBehind, tail).SubscribeOn(tail).Subscribe(static _ => { }, fail, () => fail(null)),
                tail,
            ]);
        }

        var beats = store.Schedule(TimeSpan.Zero, again =>
        {
            seen.Take();
            if (!troubles.Any)
                mine.Beat(store.Now);
            again(RecorderLock.Pace);
        });
        var frugal = store.Schedule(Settled, again =>
        {
            // Frees the memory that reading everything took: nothing like it follows.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            again(Frugal);
        });
        return [.. running.AsEnumerable().Reverse(), alerts.Begin(), beats, frugal, lines, notifier];
    }

    private static FactoryFacts FactsOf(Sources sources) => new(
        sources.Factory.ProfileMatch,
        sources.Factory.ThreadCount,
        sources.Zone.Id,
        sources.HasLogs ? sources.Factory.LogDirectory : ""
    );

    /// <summary>The factories, each with its recording as far as there is one.</summary>
    private static IReadOnlyList<(Sources Sources, FactoryRecording Recorded)> Recorded(
        IReadOnlyList<Sources> factories,
        string place,
        StateKeeper states,
        RecorderTroubles troubles
    )
    {
        var known = Known(place, states, troubles);
        return
        [
            .. factories.Select(sources =>
                (sources, known.GetValueOrDefault(sources.Name ?? "") ?? FactoryRecording.Nothing(sources.Name ?? ""))
            ),
        ];
    }

    private static IReadOnlyDictionary<string, FactoryRecording> Known(string place, StateKeeper states, RecorderTroubles troubles)
    {
        try
        {
            return FactoryRecording.In(new RecordingReader(place), states);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            troubles.Report("lines", error.Message.ReplaceLineEndings(" "));
            return ImmutableDictionary<string, FactoryRecording>.Empty;
        }
    }

    private static RecordingWriter Writer(string place, RecordSettings settings)
    {
        HostFolder.MakeIn(Path.GetDirectoryName(place)!, HostFolder.Lines, HostFolder.Mode);
        return new RecordingWriter(
            place,
            new RecordingLimits(settings.KeepDays, (long)settings.KeepMegabytes * Megabyte),
            HostFolder.FileMode
        );
    }

    /// <summary>The factories half a minute before the recording ended: later events may not have been sent.</summary>
    private static Snapshot Start(IEnumerable<(Sources Sources, FactoryRecording Recorded)> all, HealthLimits limits)
    {
        var factories = all.Select(one =>
                FactorySnapshot.Of(
                    one.Recorded.Earlier ?? one.Sources.Start(),
                    new Facts(one.Sources.Factory.ThreadCount)
                    {
                        Zone = one.Sources.Zone,
                        Health = new HealthFacts(limits, HealthOfSources.Around(one.Sources, one.Sources.Start()) with { IsLive = true }),
                    }
                )
            )
            .ToList();
        return Snapshot.Of(factories, factories[0].Facts);
    }
}
