using System.CommandLine;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>The options of the log command.</summary>
public sealed record LogOptions(bool Follow, bool Plain, bool SinceLastGood, ColourChoice Colour);

/// <summary>One build's Packer log, to its end or, while the build runs, until its verdict.</summary>
internal static class LogCommand
{
    private static readonly Argument<string> Build = new("BUILD")
    {
        Description = "An id of status, IMAGE, or IMAGE.TEMPLATE (then the newest build of it).",
    };
    private static readonly Option<bool> Following = new("--follow") { Description = "Continue with what is written later." };
    private static readonly Option<bool> Plain = new("--plain") { Description = "No colours, no escapes." };
    private static readonly Option<bool> SinceLastGood = new("--since-last-good")
    {
        Description = "Only lines that the last good build of the same image and template did not have.",
    };

    public static Command Described()
    {
        var log = new Command("log", "Print one build's Packer log.") { Build, Following, Plain, SinceLastGood };
        log.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var factories = ChosenFactories.FactoriesOf(parsed, given);
            return Run(factories, HistoryOptions.Of(parsed, given), parsed.GetValue(Build)!, new LogOptions(
                parsed.GetValue(Following), parsed.GetValue(Plain), parsed.GetValue(SinceLastGood), given.Settings.Display.Colour));
        });
        return log;
    }

    /// <summary>The daemon's last line arrives a moment after its verdict.</summary>
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(1);

    /// <summary>The same where they come through RabbitMQ.</summary>
    private static readonly TimeSpan LastShippedLines = TimeSpan.FromSeconds(4);

    /// <exception cref="WrongUseException">There is no such build, or several factories have one.</exception>
    public static int Run(IReadOnlyList<Sources> factories, HistoryLocation history, string name, LogOptions options)
    {
        var own = factories.Where(factory => factory.Name is not null && factory.Name == FactoryName.Of(name)).ToList();
        var all = (own.Count > 0 ? own : factories)
            .Select(factory => FoundBuild.In(factory, history, name, options.SinceLastGood))
            .ToList();
        using var closing = new CompositeDisposable(all);
        if (
            all.All(static one => one.Build is null)
            && SourceComplaints.Print(all.Select(static one => one.State)) is not ExitCodes.Done and var unread
        )
        {
            Complaints.Print($"log: no such build in what can be read: {name}");
            return unread;
        }

        var found = FoundBuild.One(all, name);
        var build = found.Build!;
        if (!build.LogReadable && found.State.Logs.WhyNot(build.Name.File) is { } why)
            return Unreadable($"{build.Id}: its log {build.Name.File} is not read: {why}; no copy of it was kept");
        var isEmpty = !build.LogReadable && IsEmpty(found, build);
        if (isEmpty && !(options.Follow && build.Running))
        {
            Complaints.Print($"{build.Id}: its log is empty");
            return ExitCodes.Done;
        }

        if (!build.LogReadable && !isEmpty)
            return Unreadable(
                found.Sources.Shipped is not null
                    ? $"{build.Id}: its log is not in the stream: ship has not published it yet, ships none, or came too late for it"
                    : $"{build.Id}: its log is not there any more: a later build has overwritten it, or it was removed; "
                        + "no copy of it was kept"
            );

        var printing = new LogPrinting(Colours(options));
        if (options.SinceLastGood)
        {
            if (LastGood.For(build, found.Builds) is not { } good
                || (!good.LogGone && found.Sources.Shipped?.Whole(good.Id, good.Name.File) is not null)
                || LogFile.Good(Place(good)) is not { } last)
                return Unreadable($"{build.Id}: no log of a good build of the same image and template is left to compare with");
            printing = printing with { SinceLastGood = last.Baseline };
        }

        using var ends = options.Follow && build.Running ? null : new EndBySignal();
        if (!(options.Follow && build.Running) && !build.LogGone && found.Sources.Shipped?.Whole(build.Id, build.Name.File) is { } missing)
            return Unreadable($"{build.Id}: {missing}");
        if (found.Sources.Shipped?.ForeignWords is { } foreign)
            Complaints.Print(foreign);
        using var output = new Output();
        return options.Follow && build.Running
            ? Follow(found.Sources, found.Feed, found.State, build, printing, output)
            : Print(Place(build), printing, output);

        FileLocation Place(BuildView known) =>
            known.LogGone && history.Path is { } store
                ? new KeptFile(store, known.Id, known.Name.File).Place
                : found.Sources.PlaceOf(known);
    }

    /// <summary>The file exists and is this build's, but Packer has written nothing yet, or never did.</summary>
    private static bool IsEmpty(FoundBuild found, BuildView build) =>
        found.Sources.Shipped is null
        && build.Build is { } own
        && found.State.Builds.LastOf(build.Name.File) == own.Number
        && found.Sources.PlaceOf(build).Stat() is { Found: true, Status: { IsRegular: true, Size: 0 } };

    private static int Print(FileLocation log, LogPrinting printing, Output output)
    {
        using var reader = new LogReader(log);
        while (reader.Step(long.MaxValue))
        {
        }

        foreach (var line in LogText.Raw(reader).Select(printing.Line).OfType<string>())
        {
            output.Line(line);
            if (output.Closed)
                return ExitCodes.Done;
        }

        return reader.Why is null ? ExitCodes.Done : Unreadable($"{log.Source.Name}: {reader.Why}");
    }

    private static int Follow(
        Sources from,
        MonitorFeed feed,
        MonitorState state,
        BuildView build,
        LogPrinting printing,
        Output output
    )
    {
        using var tail = new StoppableScheduler("tail");
        using var hints = new DirectoryHints(tail);
        var ended = feed.Follow(tail)
            .Scan(state, static (known, batch) => known.Apply(batch))
            .Where(known => BuildView.All(known).FirstOrDefault(one => one.Id == build.Id) is not { Running: true })
            .Take(1)
            .Delay(from.Shipped is null ? LastLines : LastShippedLines, tail);
        LogReport.Follow(from.PlaceOf(build), printing, tail, hints)
            .TakeUntil(ended)
            .TakeWhile(_ => !output.Closed)
            .ForEachAsync(lines =>
            {
                foreach (var line in lines)
                    output.Line(line);
                output.Flush();
            })
            .GetAwaiter()
            .GetResult();
        return ExitCodes.Done;
    }

    private static bool Colours(LogOptions options) => !options.Plain && options.Colour switch
    {
        ColourChoice.Always => true,
        ColourChoice.Never => false,
        ColourChoice.Auto => Inherited.IsTerminal(Inherited.Output) && Environment.GetEnvironmentVariable("NO_COLOR") is null or "",
    };

    private static int Unreadable(string why)
    {
        Complaints.Print(why);
        return ExitCodes.Unreadable;
    }
}
