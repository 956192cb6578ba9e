using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Linear;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Commands;

/// <summary>The dashboard, on this host's logs or on a simulated factory's.</summary>
internal static class DashboardCommand
{
    /// <param name="beginAt">A moment of the past to start with.</param>
    /// <param name="hasPresent">The factories are followed; otherwise only their recording is shown.</param>
    public static int Run(
        IReadOnlyList<Sources> factories,
        Appearance appearance,
        RunSettings given,
        HistoryLocation history,
        DateTimeOffset? beginAt = null,
        bool hasPresent = true
    )
    {
        if (given.IsLinear)
            return Linear(factories, appearance, given, history, beginAt, hasPresent);
        using var app = Terminal(
            hasPresent && factories.Any(factory => factory.TakeStandardInput),
            given.Settings.Display.EscapeTime ?? TerminalApp.EscapeTime(Environment.GetEnvironmentVariable)
        );
        var start = Start(factories, appearance, given, history, beginAt, hasPresent);
        using var runtime = new Runtime(app, WorldOf(factories, given, history, start), start);
        using var memory = ReturnedMemory.Start();
        return runtime.Run();
    }

    /// <summary>The same without a screen.</summary>
    /// <exception cref="WrongUseException">There is no input for the commands.</exception>
    private static int Linear(
        IReadOnlyList<Sources> factories,
        Appearance appearance,
        RunSettings given,
        HistoryLocation history,
        DateTimeOffset? beginAt,
        bool hasPresent
    )
    {
        if (hasPresent && factories.Any(factory => factory.TakeStandardInput))
            throw new WrongUseException("--linear: standard input is the log, and commands are read from it; name a file with --messages");
        using var net = new BugNet(ExitCodes.Bug);
        var start = Start(factories, appearance, given, history, beginAt, hasPresent);
        using var output = new Output();
        // System.Console would send a sequence to the terminal when it opens it.
        using var standardInput = new SafeFileHandle(0, ownsHandle: false);
        using var input = new StreamReader(new FileStream(standardInput, FileAccess.Read, bufferSize: 1));
        var hasPrompt = Inherited.IsTerminal(Inherited.Input) && Inherited.IsTerminal(Inherited.Output);
        using var session = new LinearSession(WorldOf(factories, given, history, start), start, output, hasPrompt);
        using var memory = ReturnedMemory.Start();
        return session.Run(input);
    }

    private static World WorldOf(IReadOnlyList<Sources> factories, RunSettings given, HistoryLocation history, ScreenState start) =>
        new(factories, start.Settings.Zone, history, given.Settings.Notify, () => DoctorCommand.Rows(given, factories));

    /// <summary>The state of the screen before anything is read.</summary>
    private static ScreenState Start(
        IReadOnlyList<Sources> factories,
        Appearance appearance,
        RunSettings given,
        HistoryLocation history,
        DateTimeOffset? beginAt,
        bool hasPresent
    )
    {
        var zone = factories is [{ Name: null } only]
            ? only.Zone
            : given.Settings.Sources.Zone ?? HostZone.Of(Environment.GetEnvironmentVariable).Zone;
        var notify = given.Settings.Notify;
        var settings = new ScreenSettings(appearance.Palette, appearance.Glyphs, appearance.Keys, zone)
        {
            Notified = [.. notify.Events],
            HasDesktopNotices =
                notify.Osc9 is Osc9Choice.Always
                || notify.Osc9 is Osc9Choice.Auto && DesktopNotice.IsKnown(Environment.GetEnvironmentVariable),
            Warnings = [.. given.Warnings],
            CanReadAgain = !factories.Any(factory => factory.TakeStandardInput),
            HasStore = history.Path is not null,
            CanMute = history.Folder is not null,
            User = ThisUser.Name,
            Recording = history.Recording is null ? null : new RecordingSettings(beginAt, hasPresent),
            LogDirectories = factories
                .Where(factory => factory.HasLogs || !hasPresent && factory.Factory.LogDirectory.Length > 0)
                .ToImmutableDictionary(factory => factory.Name ?? "", factory => factory.Factory.LogDirectory),
        };
        var now = TimeZoneInfo.ConvertTime(DateTimeOffset.Now + factories[0].Ahead, zone);
        var (seen, why) = Seen(history);
        if (why is not null)
            settings = settings with { Warnings = settings.Warnings.Add(why) };
        return new ScreenState
        {
            Settings = settings,
            Now = now,
            Attendance = Attendance.From(now),
            Factories = Snapshot.Of(
                factories.Select(factory => FactorySnapshot.Of(factory.Start(), FactsOf(factory))),
                FactsOf(factories[0])
            ),
            User = (UserState.Start with { BellForAll = notify.Bell, Sight = seen is null ? Sight.From(now) : new Sight(seen) }).WithNotice(
                ScreenState.Reading
            ),
        };

        Facts FactsOf(Sources factory) => new(factory.Factory.ThreadCount)
        {
            Zone = zone,
            Health = new HealthFacts(given.Settings.Health, HealthOfSources.Around(factory, factory.Start()) with { IsLive = true }),
        };
    }

    /// <summary>What the user has seen before; for a new user everything before now is seen.</summary>
    private static (SeenMark? Mark, string? Why) Seen(HistoryLocation history)
    {
        try
        {
            return (history.Seen.Read(), null);
        }
        catch (IOException error)
        {
            return (null, error.Message);
        }
    }

    /// <exception cref="WrongUseException">There is no terminal to draw on.</exception>
    private static TerminalApp Terminal(bool inputTaken, TimeSpan escapeTime)
    {
        const string Reports = "packuilon-monitor status or packuilon-monitor events --follow";
        const string Instead = $"use packuilon-monitor --linear, {Reports}";
        var kind = Environment.GetEnvironmentVariable("TERM");
        if (kind is null or "" or "dumb")
            throw new WrongUseException(
                $"{(kind is "dumb" ? "TERM=dumb" : "TERM is not set")}: this terminal cannot show a dashboard; {Instead}"
            );
        if (inputTaken)
            return TerminalApp.OpenWithKeysFromTheControllingTerminal(escapeTime)
                ?? throw new WrongUseException(
                    $"standard input is the log, and there is no terminal for the keys at /dev/tty; use {Reports}"
                );
        return TerminalApp.Open(escapeTime) ?? throw new WrongUseException($"standard input and output are not a terminal; {Instead}");
    }
}
