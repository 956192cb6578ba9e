using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Logs;

// What each act does to the view. Total: any act at any size in any state gives a view.
public sealed partial record LogView
{
    /// <summary>Rows that a jump leaves above the line it goes to.</summary>
    private const int JumpLead = 3;

    private const int MostMarks = 1000;

    /// <summary>The view after a command, on a screen of this size. Commands that are not a log's leave it as it is.</summary>
    public LogView Apply(Command command, Size size) => (this with { Notice = null, Jump = null }).Obey(command, size);

    /// <summary>There is something that Esc would undo here before it closes the log.</summary>
    public bool CanUndo(Size size) =>
        Typing
        || HitsFocused
        || Filter.Kind is not FilterKind.All
        || Search is not null
        || Everywhere is not null
        || Frozen
        || FullScreen
        || LogLayout.Of(this, size).StepsCover;

    private LogView Obey(Command command, Size size)
    {
        var layout = LogLayout.Of(this, size);
        if (
            layout.StepsCover
            && !HitsFocused
            && command is ContentCommand moving
            && ThroughSteps(moving, StepsPanel.Room(this, layout.Steps.Height)) is { } moved
        )
            return moved;
        var rows = Math.Max(1, layout.Log.Height);
        return command switch
        {
            ContentCommand content => Move(content, rows, size),
            LogCommand log => Do(log.Act, size),
            _ => this,
        };
    }

    private LogView Move(ContentCommand command, int rows, Size size) => command.Act switch
    {
        ContentAct.LineDown => HitsFocused ? SelectHit(1) : Scroll(Times(command), size),
        ContentAct.LineUp => HitsFocused ? SelectHit(-1) : Scroll(-Times(command), size),
        ContentAct.PageDown => HitsFocused ? SelectHit(5) : Scroll(Math.Max(1, rows - 1), size),
        ContentAct.PageUp => HitsFocused ? SelectHit(-5) : Scroll(-Math.Max(1, rows - 1), size),
        ContentAct.HalfPageDown => Scroll(Math.Max(1, rows / 2), size),
        ContentAct.HalfPageUp => Scroll(-Math.Max(1, rows / 2), size),
        ContentAct.Start => ToStart(),
        ContentAct.End => Following(),
        ContentAct.Left => Sidewards(-SidewaysColumns),
        ContentAct.Right => Sidewards(SidewaysColumns),
        ContentAct.GoToLine => command.Number is { } line ? GoTo(LogTarget.Line(line), 0) : this,
        ContentAct.GoToPercent => command.Number is not { } percent ? this
            : percent >= 100 ? Following() : percent <= 0 ? ToStart() : GoTo(LogTarget.Percent(percent), 0),
        ContentAct.Find => Find(command.Text, size),
        ContentAct.NextProblem => ToProblem(1, size),
        ContentAct.PreviousProblem => ToProblem(-1, size),
        ContentAct.NextPane or ContentAct.PreviousPane => Everywhere is null ? this : this with { HitsFocused = !HitsFocused },
        ContentAct.FullScreen => this with { FullScreen = !FullScreen },
        ContentAct.Freeze => ToggleFreeze(),
        ContentAct.Open => Typing ? Keep(size) : HitsFocused ? Choose() : this,
        ContentAct.Back => Undo(size),
        // A log has no rows that are cut: it wraps.
        ContentAct.RowInFull => this,
    };

    private LogView Do(LogAct act, Size size) =>
        act switch
        {
            LogAct.NextHit => NextHit(backward: false, size),
            LogAct.PreviousHit => NextHit(backward: true, size),
            LogAct.OnlyMatches => Only(FilterKind.Matching, size),
            LogAct.OnlyOthers => Only(FilterKind.Others, size),
            LogAct.SearchCase => Searched(
                Search is { } known ? How with { Case = known.IgnoresCase ? SearchCase.Counts : SearchCase.Ignored } : How,
                size
            ),
            LogAct.SearchKind => Searched(How with { Plain = !How.Plain }, size),
            LogAct.SearchEverywhere => SearchEverywhere(),
            LogAct.MoreContext => Context(1, size),
            LogAct.LessContext => Context(-1, size),
            LogAct.NextStep => ToStep(1, size),
            LogAct.PreviousStep => ToStep(-1, size),
            // To another log: that is for whoever opens logs.
            LogAct.NewerBuild or LogAct.OlderBuild => this,
            LogAct.Mark => ToggleMark(size),
            LogAct.GoToMark => ToMark(size),
            LogAct.Follow => ToggleFollow(size),
            LogAct.Wrap => this with { Wraps = !Wraps, AnchorRow = 0, Sideways = 0 },
            LogAct.TimeColumn => this with { Time = Next(Time), AnchorRow = 0 },
            LogAct.Prefix => this with { HidesPrefix = !HidesPrefix, AnchorRow = 0 },
            LogAct.Steps => this with { ShowsSteps = !LogLayout.HasSteps(this, size), StepsTop = null, FullScreen = false },
            LogAct.Diff => Only(FilterKind.Diff, size),
            LogAct.OnlyNew => Only(FilterKind.New, size),
            LogAct.Colours => this with { Colours = Next(Colours) },
        };

    /// <summary>Where the steps have the place of the log, the keys that move move through them.</summary>
    private LogView? ThroughSteps(ContentCommand command, int room) => command.Act switch
    {
        ContentAct.LineDown => Through(Times(command), room),
        ContentAct.LineUp => Through(-Times(command), room),
        ContentAct.PageDown => Through(Math.Max(1, room - 1), room),
        ContentAct.PageUp => Through(-Math.Max(1, room - 1), room),
        ContentAct.HalfPageDown => Through(Math.Max(1, room / 2), room),
        ContentAct.HalfPageUp => Through(-Math.Max(1, room / 2), room),
        ContentAct.Start => Through(int.MinValue, room),
        ContentAct.End => Through(int.MaxValue, room),
        _ => null,
    };

    private LogView Through(int by, int room) => this with { StepsTop = StepRows.Moved(this, by, room) };

    private LogView Undo(Size size)
    {
        if (Typing)
            return Cancel();
        if (LogLayout.Of(this, size).StepsCover)
            return this with { ShowsSteps = false };
        if (HitsFocused)
            return this with { HitsFocused = false };
        if (Frozen)
            return Thawed();
        if (Filter.Kind is not FilterKind.All)
            return this with { Filter = default, Wanted = null };
        if (Everywhere is not null)
            return this with { Everywhere = null, Chosen = 0 };
        if (Search is not null)
            return this with { Search = null, Seek = null };
        return FullScreen ? this with { FullScreen = false } : this;
    }

    private LogView ToProblem(int direction, Size size)
    {
        var problems = Problems;
        if (problems.Count == 0)
            return this with { Notice = Build.Log is null ? "this log tells no problems" : "no problems" };
        var here = CurrentLine(size)?.Number;
        // The first time, the line that says most about the failure; from there on one after the other.
        if (!problems.Contains(here ?? 0) && Reason is { } reason && direction > 0)
            return GoTo(LogTarget.Line(reason.Line), JumpLead) with
            {
                Notice = Words($"problem {problems.IndexOf(reason.Line) + 1} of {problems.Count}"),
            };
        return ToOneOf(problems, direction, here, "problem");
    }

    private LogView ToStep(int direction, Size size)
    {
        var steps = Build.Log?.Trail.Steps.Select(step => step.Line).ToList() ?? [];
        return steps.Count == 0 ? this with { Notice = "no steps yet" } : ToOneOf(steps, direction, CurrentLine(size)?.Number, "step");
    }

    private LogView ToOneOf(List<long> lines, int direction, long? here, string what)
    {
        var at = here ?? (direction > 0 ? 0 : long.MaxValue);
        var index = direction > 0 ? lines.FindIndex(line => line > at) : lines.FindLastIndex(line => line < at);
        var wrapped = index < 0;
        if (wrapped)
            index = direction > 0 ? 0 : lines.Count - 1;
        var notice = Words(
            $"{what} {index + 1} of {lines.Count}{(!wrapped ? "" : direction > 0 ? ", from the start again" : ", from the end again")}"
        );
        return GoTo(LogTarget.Line(lines[index]), JumpLead) with { Notice = notice };
    }

    /// <summary>The numbers of the lines that may be why a build failed, in their order; what good builds print too is left out.</summary>
    public List<long> Problems =>
        Build.Log is not { } log || Build.LogShared
            ? []
            :
            [
                .. log
                    .Problems.Problems.Where(problem =>
                        (problem.IsNew || problem.Kind is ProblemKind.Consequence)
                        && problem.Kind is not (ProblemKind.Warning or ProblemKind.Interruption)
                    )
                    .Select(problem => problem.Line)
                    .Append(Reason?.Line ?? 0)
                    .Where(line => line > 0)
                    .Distinct()
                    .Order(),
            ];

    /// <summary>Why the build did not succeed, with the lines around; null where its log does not tell.</summary>
    public Reason? Reason => Build.Log is not { } log || Build.LogShared ? null : Build.State switch
    {
        BuildState.Failed => Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Failed }),
        BuildState.Cancelled => Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Cancelled }),
        BuildState.Building or BuildState.Succeeded or BuildState.Lost or BuildState.Unknown => null,
    };

    private LogView ToggleMark(Size size)
    {
        if (CurrentLine(size) is not { } line)
            return this;
        if (Marks.ContainsKey(line.Key))
            return this with { Marks = Marks.Remove(line.Key), Notice = "mark taken away" };
        return Marks.Count >= MostMarks
            ? this with
            {
                Notice = "no more marks",
            }
            : this with
            {
                Marks = Marks.Add(line.Key, line),
                Notice = line.Number is { } number ? Words($"line {number} marked") : "line marked",
            };
    }

    private LogView ToMark(Size size)
    {
        if (Marks.IsEmpty)
            return this with { Notice = "no mark: m sets one" };
        var here = Current ?? CurrentLine(size)?.Key ?? default;
        var later = Marks.Keys.FirstOrDefault(key => key > here, Marks.Keys.First());
        return GoTo(LogTarget.At(later), JumpLead);
    }

    // j with a number before it moves so many lines.
    private static int Times(ContentCommand command) => Math.Clamp(command.Number ?? 1, 1, 100_000);

    private static TimeColumn Next(TimeColumn column) => column switch
    {
        TimeColumn.Off => TimeColumn.SinceStart,
        TimeColumn.SinceStart => TimeColumn.Clock,
        TimeColumn.Clock => TimeColumn.Gap,
        TimeColumn.Gap => TimeColumn.Off,
    };

    private static LogColours Next(LogColours colours) => colours switch
    {
        LogColours.Own => LogColours.ByMeaning,
        LogColours.ByMeaning => LogColours.None,
        LogColours.None => LogColours.Own,
    };

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
