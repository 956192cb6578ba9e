using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What is done with the build under the cursor, or with the build of the open log.</summary>
public static class BuildUpdate
{
    public static Transition Do(ScreenState state, BuildCommand command) =>
        command.Act switch
        {
            BuildAct.Log => OfNamed(state, command, build => NavigationUpdate.ToLog(state, build)),
            BuildAct.History => OfNamed(state, command, build =>
                NavigationUpdate.To(state, new Place(ScreenKind.History, build.Image.Text, build.Factory))
            ),
            BuildAct.Chain => command.Text is null
                ? NavigationUpdate.ToChain(state)
                : OfNamed(state, command, build => NavigationUpdate.To(state, new Place(ScreenKind.Chain, $"build {build.Id}"))),
            BuildAct.CompareWith => state.User.Place.Screen is ScreenKind.History
                ? OfBuild(state, build => CompareWith(state, build))
                : CommandUpdate.MeansNothing(state, command),
            BuildAct.BellForBuild => OfBuild(state, build => SwitchBell(state, build)),
            BuildAct.CopyLine => CopyLine(state),
            BuildAct.CopyPath => CopyPath(state),
            BuildAct.CopyImageId => CopyImageId(state),
            BuildAct.CopyCleanUp when DaemonTrouble.Of(state) is { Item.Do: { } toType } => Copy(state, toType, "command"),
            BuildAct.CopyCleanUp when state.User.Place.Screen is ScreenKind.Overview && Selection.Row(state) is SourceRow source =>
                NothingReadPane.Commands(source.Reading.Source.Path, state.User.Place.Findings).FirstOrDefault() is { } fix
                    ? Copy(state, fix, "command")
                    : state.WithNotice("doctor has no command for it"),
            BuildAct.CopyCleanUp => OfBuild(state, build =>
                build.CleaningUp is { } commands
                    ? Copy(state, commands, "clean-up command")
                    : state.WithNotice("this build left nothing behind that its log names")
            ),
            BuildAct.PlainText => PlainText(state),
            BuildAct.Pager => OfBuild(state, build => state.Ask(number => new RunPager(number, LogRef.Of(build))).Lent()),
            BuildAct.Save => OfBuild(state, build =>
                command.Text is { Length: > 0 } path
                    ? state.Ask(number => new SaveLog(number, LogRef.Of(build), path))
                    : QuestionUpdate.Open(state, QuestionKind.Save, build.Name.File)
            ),
        };

    /// <summary>Text on the main screen, until Enter: for the mouse, and for terminals without a clipboard.</summary>
    public static Transition ShowText(ScreenState state, IEnumerable<string> lines) =>
        state.Ask(number => new ShowPlainText(number, [.. lines])).Lent();

    /// <summary>The terminal is lent before the request that uses it.</summary>
    private static Transition Lent(this Transition asked) => asked with { Effects = asked.Effects.Insert(0, new LendTerminal()) };

    /// <summary>The newest build of the name that was typed; without one the build under the cursor.</summary>
    private static Transition OfNamed(ScreenState state, BuildCommand command, Func<BuildView, Transition> then)
    {
        if (command.Text is not { Length: > 0 } name)
            return OfBuild(state, then);
        var builds = state.Shown.Factories.Builds;
        var build =
            builds.LastOrDefault(build => new[] { build.Id, build.Image.Text, Words.Name(build), build.Name.File }.Contains(name))
            ?? builds.LastOrDefault(build => Words.Name(build).StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return build is not null ? then(build) : state.WithNotice($"no build of {SafeText.Plain(name)} is known", isProblem: true);
    }

    private static Transition OfBuild(ScreenState state, Func<BuildView, Transition> then) =>
        Selection.Build(state) is { } build ? then(build) : state.WithNotice("no build here: choose one first");

    private static Transition PlainText(ScreenState state) =>
        state.User.Place.Screen is not ScreenKind.Overview && Selection.Build(state) is { } build
            ? state.Ask(number => new ReadWholeLog(number, LogRef.Of(build)))
            : ShowText(state, Picture.Of(state).ToText().TrimEnd('\n').Split('\n'));

    private static Transition CompareWith(ScreenState state, BuildView build)
    {
        if (state.User.ComparedWith == build.Id)
            return (state with { User = state.User with { ComparedWith = null } }).WithNotice(
                "logs are compared with the last good build again"
            );
        if (build.LogShared)
            return state.WithNotice($"not chosen: {Words.SharedLog}");
        return build.LogReadable
            ? (state with { User = state.User with { ComparedWith = build.Id } }).WithNotice(
                "logs are compared with this build now: Enter on another, then d"
            )
            : state.WithNotice("its log is not there any more, and no copy of it");
    }

    private static Transition SwitchBell(ScreenState state, BuildView build)
    {
        var bells = state.User.BellFor;
        if (bells.Contains(build.Id))
            return (state with { User = state.User with { BellFor = bells.Remove(build.Id) } })
                .WithNotice("no bell for this build any more");
        return build.Running
            ? (state with { User = state.User with { BellFor = bells.Add(build.Id) } }).WithNotice("a bell when this build ends")
            : state.WithNotice("this build has ended");
    }

    private static Transition CopyLine(ScreenState state)
    {
        if (state.User.Place.Screen is ScreenKind.Log)
        {
            return state.Log?.View.TextToCopy(state.LogSize) is { } marked
                ? new Transition(state.WithNotice("copied, if the terminal allows it"), [new CopyText(marked)])
                : state.WithNotice("no line to copy");
        }

        return Selection.Row(state) switch
        {
            EventRow { Seen.Text: { } text } => Copy(state, text, "line"),
            LineRow row => Copy(state, row.Line.Text, "line"),
            DoctorRow row => Copy(state, row.Text, row.IsCommand ? "command" : "line"),
            CauseRow row => Copy(state, row.Cause, "cause"),
            CheckRow row => Copy(state, $"{row.Raised.Key} {row.Raised.Check.Summary}", "check"),
            CheckItemRow row => Copy(state, $"{row.Raised.KeyOf(row.Item)} {row.Item.Text}", "item"),
            ChainRow link => Copy(state, link.Text, "line"),
            RejectionRow rejected => Copy(state, rejected.Rejection.Text, "line"),
            WorkerRow { Worker.Text: { } text } => Copy(state, text, "line"),
            SourceRow source => Copy(state, source.Reading.Source.Path, "path"),
            FactoryRow factory => Copy(state, factory.Name, "name"),
            { Build: { } build } => Copy(state, Words.Name(build), "name"),
            TriggerRow { Trigger: { } trigger } => Copy(state, trigger.Profile, "profile"),
            _ => state.WithNotice("nothing to copy here"),
        };
    }

    /// <summary>The id of the build's image; on the way of a change, on a hop that is no build's, those of all its templates.</summary>
    private static Transition CopyImageId(ScreenState state)
    {
        if (Selection.WholeChange(state.Shown, state.User.Place) is not { } chain)
            return OfBuild(state, build =>
                build.ImageId is { } id
                    ? Copy(state, id, "image id")
                    : state.WithNotice(build.Running ? "this build made no image yet" : "this build made no image", true)
            );
        string[] ids = [.. chain.ImageIds];
        return ids.Length == 0
            ? state.WithNotice("this change made no image yet", true)
            : Copy(state, string.Join(' ', ids), ids.Length == 1 ? "image id" : $"{Words.Count(ids.Length, "image id")}");
    }

    private static Transition CopyPath(ScreenState state) =>
        state.User.Place.Screen is ScreenKind.Sources && Selection.Row(state) is SourceRow source
            ? Copy(state, source.Reading.Source.Path, "path")
            : OfBuild(state, build => Copy(state, build.Build?.LogPath ?? build.Name.File, "path"));

    /// <summary>Without escapes and line ends: what is pasted into a shell must not act by itself.</summary>
    private static Transition Copy(ScreenState state, string text, string what) =>
        new(state.WithNotice($"{what} copied, if the terminal allows it"), [new CopyText(SafeText.Plain(text))]);
}
