using System.Globalization;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Logs;

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
        Typing || HitsFocused || Filter.Kind is not FilterKind.All || Search is not null || Everywhere is not null || Frozen || FullScreen || LogLayout.Of(this, size).StepsCover;

    private LogView Obey(Command command, Size size)
    {
        var layout = LogLayout.Of(this, size);
        if (layout.StepsCover && !HitsFocused && ThroughSteps(command, StepsPanel.Room(this, layout.Steps.Height)) is { } moved)
            return moved;
        var rows = Math.Max(1, layout.Log.Height);
        return command.Act switch
        {
            Act.LineDown => HitsFocused ? SelectHit(1) : Scroll(Times(command), size),
            Act.LineUp => HitsFocused ? SelectHit(-1) : Scroll(-Times(command), size),
            Act.PageDown => HitsFocused ? SelectHit(5) : Scroll(Math.Max(1, rows - 1), size),
            Act.PageUp => HitsFocused ? SelectHit(-5) : Scroll(-Math.Max(1, rows - 1), size),
            Act.HalfPageDown => Scroll(Math.Max(1, rows / 2), size),
            Act.HalfPageUp => Scroll(-Math.Max(1, rows / 2), size),
            Act.Start => ToStart(),
            Act.End => Following(),
            Act.Left => Sidewards(-SidewaysColumns),
            Act.Right => Sidewards(SidewaysColumns),
            Act.Find => Find(command.Text, size),
            Act.NextHit => NextHit(backward: false, size),
            Act.PreviousHit => NextHit(backward: true, size),
            Act.OnlyMatches => Only(FilterKind.Matching, size),
            Act.OnlyOthers => Only(FilterKind.Others, size),
            Act.SearchCase => Searched(Search is { } known ? How with { Case = known.IgnoresCase ? SearchCase.Counts : SearchCase.Ignored } : How, size),
            Act.SearchKind => Searched(How with { Plain = !How.Plain }, size),
            Act.MoreContext => Context(1, size),
            Act.LessContext => Context(-1, size),
            Act.NextProblem => ToProblem(1, size),
            Act.PreviousProblem => ToProblem(-1, size),
            Act.NextStep => ToStep(1, size),
            Act.PreviousStep => ToStep(-1, size),
            Act.Mark => ToggleMark(size),
            Act.GoToMark => ToMark(size),
            Act.SearchEverywhere => SearchEverywhere(),
            Act.GoToLine when command.Number is { } line => GoTo(LogTarget.Line(line), 0),
            Act.GoToPercent when command.Number is { } percent => percent >= 100 ? Following() : percent <= 0 ? ToStart() : GoTo(LogTarget.Percent(percent), 0),
            Act.Open => Typing ? Keep(size) : HitsFocused ? Choose() : this,
            Act.Back => Undo(size),
            Act.Follow => ToggleFollow(size),
            Act.Freeze => ToggleFreeze(),
            Act.Wrap => this with { Wraps = !Wraps, AnchorRow = 0, Sideways = 0 },
            Act.TimeColumn => this with { Time = Next(Time), AnchorRow = 0 },
            Act.Prefix => this with { HidesPrefix = !HidesPrefix, AnchorRow = 0 },
            Act.Steps => this with { ShowsSteps = !LogLayout.HasSteps(this, size), StepsTop = null, FullScreen = false },
            Act.FullScreen => this with { FullScreen = !FullScreen },
            Act.Diff => Only(FilterKind.Diff, size),
            Act.OnlyNew => Only(FilterKind.New, size),
            Act.Colours => this with { Colours = Next(Colours) },
            Act.NextPane or Act.PreviousPane => Everywhere is null ? this : this with { HitsFocused = !HitsFocused },
            _ => this,
        };
    }

    /// <summary>Where the steps have the place of the log, the keys that move move through them.</summary>
    private LogView? ThroughSteps(Command command, int room) => command.Act switch
    {
        Act.LineDown => Through(Times(command), room),
        Act.LineUp => Through(-Times(command), room),
        Act.PageDown => Through(Math.Max(1, room - 1), room),
        Act.PageUp => Through(-Math.Max(1, room - 1), room),
        Act.HalfPageDown => Through(Math.Max(1, room / 2), room),
        Act.HalfPageUp => Through(-Math.Max(1, room / 2), room),
        Act.Start => Through(int.MinValue, room),
        Act.End => Through(int.MaxValue, room),
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
            return GoTo(LogTarget.Line(reason.Line), JumpLead) with { Notice = Words($"problem {problems.IndexOf(reason.Line) + 1} of {problems.Count}") };
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
        var notice = Words($"{what} {index + 1} of {lines.Count}{(!wrapped ? "" : direction > 0 ? ", from the start again" : ", from the end again")}");
        return GoTo(LogTarget.Line(lines[index]), JumpLead) with { Notice = notice };
    }

    /// <summary>The numbers of the lines that may be why a build failed, in their order; what good builds print too is left out.</summary>
    internal List<long> Problems => Build.Log is not { } log || Build.LogShared
        ? []
        : [.. log.Problems.Problems
            .Where(problem => (problem.IsNew || problem.Kind is ProblemKind.Consequence) && problem.Kind is not (ProblemKind.Warning or ProblemKind.Interruption))
            .Select(problem => problem.Line)
            .Append(Reason?.Line ?? 0)
            .Where(line => line > 0)
            .Distinct()
            .Order()];

    /// <summary>Why the build did not succeed, with the lines around; null where its log does not tell.</summary>
    internal Reason? Reason => Build.Log is not { } log || Build.LogShared ? null : Build.State switch
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
            ? this with { Notice = "no more marks" }
            : this with { Marks = Marks.Add(line.Key, line), Notice = line.Number is { } number ? Words($"line {number} marked") : "line marked" };
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
    private static int Times(Command command) => Math.Clamp(command.Number ?? 1, 1, 100_000);

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
