using System.Collections.Immutable;
using System.CommandLine;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Health;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>The health of the selected factories, now.</summary>
internal static class HealthOfSources
{
    /// <summary>Reads the present content of each factory and evaluates it; mutes that ended are removed from their file.</summary>
    public static HealthReport Report(IReadOnlyList<Sources> factories, HistoryLocation history, MuteFile mutes, Settings settings)
    {
        var judged = factories.Select(factory => Judge(factory, history, mutes, settings)).ToList();
        return new HealthReport([.. judged.Select(one => one.Health)], [.. judged.Select(one => one.Figures)])
        {
            MutesPath = mutes.Path,
            MutesAreHosts = mutes.IsHosts,
        };
    }

    /// <summary>The mutes that count for this run.</summary>
    public static MuteFile MutesOf(ParseResult parsed, RunSettings given) => HistoryOptions.Of(parsed, given).Mutes;

    /// <summary>What a process that reads these sources knows besides their lines.</summary>
    public static Surroundings Around(Sources sources, MonitorState state)
    {
        var templates = TemplateMap.Read(sources.Factory.TemplateMap);
        return new Surroundings
        {
            Name = state.Recent.FindLast(seen => seen.Host.Length > 0)?.Host,
            Threads = sources.Factory.ThreadCount,
            LogDirectory =
                sources.HasLogs ? sources.Factory.LogDirectory
                : sources.Shipped is { Any: true } ? sources.From!.LogQueue
                : null,
            LogDirectoryIsNamed = sources.Factory.NamesLogDirectory,
            Broker = sources.Queue?.ToString(),
            SilenceIsUsual = sources.SilenceIsUsual,
            From = sources.From is { } stream ? new ShippedFrom(stream.ToString(), stream.Factory) : null,
            HasNoTemplates = templates is null ? null : templates.HasNone,
            TemplateFiles = templates is null ? null : templates.FilesOf,
        };
    }

    /// <summary>Evaluates a followed factory; mutes are read each time, because another process writes them.</summary>
    public static Func<MonitorState, DateTimeOffset, FactoryHealth> Judge(
        Sources sources,
        HistoryLocation history,
        MuteFile mutes,
        HealthLimits limits
    )
    {
        // The store's past does not change while the factory is followed; the rest is in the state.
        var remembered = new Lazy<BuildHistory>(() =>
            history.Path is { } path && File.Exists(path)
                ? RememberedBuilds.Read(history, sources.Zone, factory: sources.Name ?? "").History
                : BuildHistory.None
        );
        FactorySnapshot? snapshot = null;
        return (state, now) =>
        {
            snapshot = snapshot is null ? FactorySnapshot.Of(state, Facts.None with { History = remembered.Value }) : snapshot.Next(state);
            var at = TimeZoneInfo.ConvertTime(now + sources.Ahead, sources.Zone);
            var around = Around(sources, state) with { IsLive = true, StuckInStep = StuckSteps.Of(snapshot, at) };
            return HealthChecks.Evaluate(state, snapshot.Builds, at, limits, around, Readable(mutes, sources.Name));
        };
    }

    private static IReadOnlyList<Mute> Readable(MuteFile mutes, string? factory)
    {
        try
        {
            return mutes.Of(factory);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static (FactoryHealth Health, HealthFigures Figures) Judge(
        Sources sources,
        HistoryLocation history,
        MuteFile mutes,
        Settings settings
    )
    {
        var state = sources.ReadAll();
        var now = TimeZoneInfo.ConvertTime(sources.Now, sources.Zone);
        var remembered =
            history.Path is { } path && File.Exists(path)
                ? RememberedBuilds.Read(history, sources.Zone, factory: sources.Name ?? "")
                : null;
        var snapshot = FactorySnapshot.Of(state, Facts.None with { History = remembered?.History ?? BuildHistory.None });
        var ships = ShipsOf(sources, history);
        var around = Around(sources, state) with
        {
            Remembers = remembered?.Builds.Count > 0,
            StuckInStep = StuckSteps.Of(snapshot, now),
            Own =
            [
                .. (history.Recorder.Trouble(DateTimeOffset.Now) ?? remembered?.Why) is { } why
                    ? [new OwnTrouble(CheckCode.HistoryOff, "history", why, history.Recorder.WroteAt)]
                    : ImmutableArray<OwnTrouble>.Empty,
                .. ships.Where(ship => ship.Trouble(DateTimeOffset.Now) is not null).Select(ship =>
                    new OwnTrouble(CheckCode.ShipBehind, ship.Factory, ship.Trouble(DateTimeOffset.Now)!, ship.Sign.WroteAt)),
            ],
            NotJudged =
            [
                .. remembered is null && history.Recorder.Trouble(DateTimeOffset.Now) is null
                    ? [new NotJudged(CheckCode.HistoryOff, "this process keeps no history")]
                    : ImmutableArray<NotJudged>.Empty,
                new NotJudged(CheckCode.NotifyFailing, "only a process that notifies can tell"),
                .. ships.Count == 0 && sources.From is null
                    ? [new NotJudged(CheckCode.ShipBehind, "nothing is shipped from here or read from elsewhere")]
                    : ImmutableArray<NotJudged>.Empty,
            ],
        };
        var known = Known(mutes, sources.Name, out var complaint);
        var health = HealthChecks.Evaluate(state, snapshot.Builds, now, settings.Health, around, known);
        // Those of the host its recorder ends.
        if (complaint is null && !health.Mutes.Ended.IsEmpty && !mutes.IsHosts)
            Keep(mutes, sources.Name, health.Mutes.Holding);
        return (health, FiguresOf(state, health));
    }

    /// <summary>Who ships it from this host: the only factory under any name, one of several under its own.</summary>
    private static IReadOnlyList<ShipperSign> ShipsOf(Sources sources, HistoryLocation history) =>
        sources.From is not null ? [] : [.. history.Ships.Where(ship => sources.Name is null || sources.Name == ship.Factory)];

    private static HealthFigures FiguresOf(MonitorState state, FactoryHealth health) => new(
        state.Workers.Values.Count(worker => worker.Activity is not Lost), health.Threads, state.Builds.Running.Count(), state.Waiting,
        health.AsOf is { } last && health.Now > last ? health.Now - last : health.AsOf is null ? null : TimeSpan.Zero, health.SilenceLimit);

    private static IReadOnlyList<Mute> Known(MuteFile mutes, string? factory, out string? complaint)
    {
        complaint = null;
        try
        {
            return mutes.Of(factory);
        }
        catch (IOException error)
        {
            Complaints.Print($"mutes not read: {complaint = error.Message}");
            return [];
        }
    }

    private static void Keep(MuteFile mutes, string? factory, IEnumerable<Mute> holding)
    {
        try
        {
            mutes.Set(factory, holding);
        }
        catch (IOException error)
        {
            Complaints.Print($"mutes not written: {error.Message}");
        }
    }
}
