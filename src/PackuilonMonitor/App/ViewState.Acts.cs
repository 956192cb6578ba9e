using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

// What each act does outside of an open log.
public sealed partial record ViewState
{
    private ViewState Obey(Command command, Looked at) => Place.Screen is Screen.Log && IsForLog(command.Act) ? Doing(new TellLog(command)) : command.Act switch
    {
        Act.LineDown => Moved(1, at),
        Act.LineUp => Moved(-1, at),
        Act.PageDown => Moved(Math.Max(1, PageRows(at) - 1), at),
        Act.PageUp => Moved(-Math.Max(1, PageRows(at) - 1), at),
        Act.HalfPageDown => Moved(Math.Max(1, PageRows(at) / 2), at),
        Act.HalfPageUp => Moved(-Math.Max(1, PageRows(at) / 2), at),
        Act.Start => MovedTo(0, at),
        Act.End => MovedTo(int.MaxValue, at),
        Act.Left => Sidewards(-SidewaysColumns),
        Act.Right => Sidewards(SidewaysColumns),
        Act.GoToLine => MovedTo((command.Number ?? 1) - 1, at),
        Act.GoToPercent => MovedTo((int)((long)Rows(at).Count * Math.Clamp(command.Number ?? 0, 0, 100) / 100), at),
        Act.Find => command.Text is { } filter ? Filtered(filter) : Asking(QuestionKind.Filter, Place.Cursor.Filter),
        Act.NextProblem => ToProblem(1, at),
        Act.PreviousProblem => ToProblem(-1, at),
        Act.Worker => ToWorker(command.Number ?? 0, at),
        Act.Open => Opened(at),
        Act.Back => BackOne(),
        Act.Quit => Doing(new QuitProgram()),
        Act.Freeze => Held is null ? this with { Held = new Held(at.Snapshot, at.Now) } : this with { Held = null },
        Act.FullScreen => Place.Screen is Screen.Overview ? With(Place with { Full = !Place.Full }) : MeansNothing(command.Act),
        Act.History => OfBuild(at, build => Entered(new Place(Screen.History, build.Image.Text, build.Factory))),
        Act.Chain => ToChain(at),
        Act.Factory => OnlyFactory(command.Text, at),
        Act.NextPane => ToPane(1, at),
        Act.PreviousPane => ToPane(-1, at),
        Act.LastView => Last is { } last ? Entered(last) : Saying("no view before this one"),
        Act.Overview => Entered(new Place(Screen.Overview)),
        Act.Events => Entered(new Place(Screen.Events)),
        Act.UnrecognisedLines => Entered(new Place(Screen.Unrecognised)),
        Act.Sources => Entered(new Place(Screen.Sources)),
        Act.Help => Place.Screen is Screen.Help ? With(Place with { Everything = !Place.Everything }) : Entered(new Place(Screen.Help) { About = Place.Screen }),
        Act.Palette => command.Text is { } typed ? Named(typed, at) : Asking(QuestionKind.Palette, ""),
        Act.CompareWith => Place.Screen is Screen.History ? OfBuild(at, CompareWith) : MeansNothing(command.Act),
        Act.BellForBuild => OfBuild(at, SwitchBell),
        Act.BellForAll => (this with { BellForAll = !BellForAll }).Saying(BellForAll ? "no bell for failures any more" : "a bell for any failure"),
        Act.Mouse => (this with { MouseIsOn = !MouseIsOn }).Doing(new SwitchMouse(!MouseIsOn)).Saying(MouseIsOn ? "mouse off" : "mouse on; Shift selects text"),
        Act.ReadAgain => Doing(new ReadEverythingAgain()).Saying("reading everything again"),
        Act.Redraw => Doing(new RedrawScreen()),
        Act.Suspend => Doing(new SuspendProgram()),
        Act.CopyLine => CopyLine(at),
        Act.CopyPath => CopyPath(at),
        Act.CopyImageId => OfBuild(at, build => build.ImageId is { } id ? Copy(id, "image id") : Saying(build.Running ? "this build made no image yet" : "this build made no image", true)),
        Act.CopyCleaningUp => OfBuild(at, build => build.CleaningUp is { } commands ? Copy(commands, "clean-up command") : Saying("this build left nothing behind that its log names")),
        Act.PlainText => Place.Screen is Screen.Overview || Selected(at.Snapshot, at.Now) is null ? Doing(new ShowPlainText(null)) : OfBuild(at, build => Doing(new ShowPlainText(build.Id))),
        Act.Pager => OfBuild(at, build => Doing(new OpenPager(build.Id))),
        Act.Save => OfBuild(at, build => command.Text is { Length: > 0 } path ? Doing(new SaveLog(build.Id, path)) : Asking(QuestionKind.Save, build.Name.File)),
        Act.NextHit or Act.PreviousHit or Act.OnlyMatches or Act.OnlyOthers or Act.MoreContext or Act.LessContext or Act.NextStep or Act.PreviousStep
            or Act.NewerBuild or Act.OlderBuild or Act.Mark or Act.GoToMark or Act.SearchEverywhere or Act.SearchCase or Act.SearchKind or Act.Follow or Act.Wrap or Act.TimeColumn
            or Act.Prefix or Act.Steps or Act.Diff or Act.OnlyNew or Act.Colours => MeansNothing(command.Act),
    };

    /// <summary>What an open log does by itself. It leaves Back and Open to the view where it has nothing to undo or to choose.</summary>
    private static bool IsForLog(Act act) => act is Act.LineDown or Act.LineUp or Act.PageDown or Act.PageUp or Act.HalfPageDown or Act.HalfPageUp
        or Act.Start or Act.End or Act.Left or Act.Right or Act.Find or Act.NextHit or Act.PreviousHit or Act.OnlyMatches or Act.OnlyOthers
        or Act.MoreContext or Act.LessContext or Act.NextProblem or Act.PreviousProblem or Act.NextStep or Act.PreviousStep or Act.NewerBuild
        or Act.OlderBuild or Act.Mark or Act.GoToMark or Act.SearchEverywhere or Act.SearchCase or Act.SearchKind or Act.GoToLine or Act.GoToPercent or Act.Follow or Act.Freeze
        or Act.Wrap or Act.TimeColumn or Act.Prefix or Act.Steps or Act.FullScreen or Act.Diff or Act.OnlyNew or Act.Colours or Act.NextPane
        or Act.PreviousPane;

    private ViewState MeansNothing(Act act) =>
        Saying($"\"{Keys.Bindings.First(binding => binding.Command.Act == act).Name}\" means nothing on this screen ({Wheres.Name(Place.Screen)})");

    private ViewState OfBuild(Looked at, Func<BuildView, ViewState> then) =>
        Selected(at.Snapshot, at.Now) is { } build ? then(build) : Saying("no build here: choose one first");

    private ViewState Opened(Looked at)
    {
        if (Selected(at.Snapshot, at.Now) is { } build)
            return ToLog(build);
        return Lists.Selected(at.Snapshot, Place, at.Now) switch
        {
            TriggerRow or RejectionRow => ToChain(at),
            FactoryRow factory => OnlyFactory(Factory is null ? factory.Name : AllFactories, at),
            WorkerRow worker => Saying($"{Words.Thread(worker.Thread)} has no build to show"),
            _ => Saying("nothing to open here"),
        };
    }

    private ViewState ToLog(BuildView build) => Entered(new Place(Screen.Log, build.Id));

    private ViewState ToChain(Looked at)
    {
        var subject = Lists.Selected(at.Snapshot, Place, at.Now) switch
        {
            _ when Place.Screen is Screen.Log => $"build {Place.Subject}",
            TriggerRow or RejectionRow => Lists.Selected(at.Snapshot, Place, at.Now)!.Id,
            _ when Selected(at.Snapshot, at.Now) is { } build => $"build {build.Id}",
            _ => null,
        };
        return subject is null ? Saying("no build here: choose one first") : Entered(new Place(Screen.Chain, subject));
    }

    private ViewState ToWorker(int number, Looked at)
    {
        // Threads of several factories have the same numbers: that of the factory where the cursor is comes first.
        var whose = Lists.Selected(at.Snapshot, Place, at.Now)?.Factory;
        var row = at.Snapshot.Workers.Where(row => row.Thread == number).OrderByDescending(row => row.Factory == whose).FirstOrDefault();
        if (row is null)
            return Saying($"no worker {Words.Thread(number)}");
        var isChosen = Place is { Screen: Screen.Overview, Focus: Pane.Workers } && Lists.Selected(at.Snapshot, Place, at.Now)?.Id == row.Id;
        if (isChosen || Place.Screen is Screen.Log)
            return row.Running is { } build ? ToLog(build) : isChosen ? Opened(at) : Saying($"{Words.Thread(number)} builds nothing now");
        var there = Entered(new Place(Screen.Overview));
        return there.With((there.Place with { Focus = Pane.Workers }).With(Pane.Workers, new ListCursor(row.Id)));
    }

    private ViewState CompareWith(BuildView build) => ComparedWith == build.Id
        ? (this with { ComparedWith = null }).Saying("logs are compared with the last good build again")
        : build.LogReadable
            ? (this with { ComparedWith = build.Id }).Saying("logs are compared with this build now: Enter on another, then d")
            : Saying("its log is not there any more, and no copy of it");

    private ViewState SwitchBell(BuildView build)
    {
        if (BellFor.Contains(build.Id))
            return (this with { BellFor = BellFor.Remove(build.Id) }).Saying("no bell for this build any more");
        return build.Running
            ? (this with { BellFor = BellFor.Add(build.Id) }).Saying("a bell when this build ends")
            : Saying("this build has ended");
    }

    private ViewState CopyLine(Looked at)
    {
        if (Place.Screen is Screen.Log)
            return Doing(new CopyLogLines());
        return Lists.Selected(at.Snapshot, Place, at.Now) switch
        {
            EventRow { Seen.Text: { } text } => Copy(text, "line"),
            ChainRow link => Copy(link.Text, "line"),
            RejectionRow rejected => Copy(rejected.Rejection.Text, "line"),
            WorkerRow { Worker.Text: { } text } => Copy(text, "line"),
            SourceRow source => Copy(source.Reading.Source.Path, "path"),
            FactoryRow factory => Copy(factory.Name, "name"),
            { Build: { } build } => Copy(Words.Name(build), "name"),
            TriggerRow { Trigger: { } trigger } => Copy(trigger.Profile, "profile"),
            _ => Saying("nothing to copy here"),
        };
    }

    private ViewState CopyPath(Looked at) => Lists.Selected(at.Snapshot, Place, at.Now) is SourceRow source && Place.Screen is Screen.Sources
        ? Copy(source.Reading.Source.Path, "path")
        : OfBuild(at, build => Copy(build.Build?.LogPath ?? build.Name.File, "path"));

    /// <summary>Without escapes and line ends: what is pasted into a shell must not act by itself.</summary>
    private ViewState Copy(string text, string what) => Doing(new CopyText(SafeText.Plain(text))).Saying($"{what} copied, if the terminal allows it");
}
