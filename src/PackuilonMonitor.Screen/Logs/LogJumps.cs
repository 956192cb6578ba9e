using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>From problem to problem, from step to step, from mark to mark.</summary>
internal static class LogJumps
{
    private const int MostMarks = 1000;

    /// <summary>The numbers of the lines that may be why a build failed, in their order; what good builds print too is left out.</summary>
    public static List<long> Problems(this LogView view) =>
        view.Build.Log is not { } log || view.Build.LogShared
            ? []
            :
            [
                .. log
                    .Problems.Problems.Where(problem =>
                        (problem.IsNew || problem.Kind is ProblemKind.Consequence)
                        && problem.Kind is not (ProblemKind.Warning or ProblemKind.Interruption)
                    )
                    .Select(problem => problem.Line)
                    .Append(view.Reason?.Line ?? 0)
                    .Where(line => line > 0)
                    .Distinct()
                    .Order(),
            ];

    public static LogView ToProblem(this LogView view, int direction, Size size)
    {
        var problems = view.Problems();
        if (problems.Count == 0)
            return view with { Notice = view.Build.Log is null ? "this log tells no problems" : "no problems" };
        var here = view.CurrentLine(size)?.Number;
        // The first time, the line that says most about the failure; from there on one after the other.
        if (!problems.Contains(here ?? 0) && view.Reason is { } reason && direction > 0)
            return view.At(reason.Line);
        var (index, around) = Next(problems, direction, here);
        return view.At(problems[index]) with { Notice = around };
    }

    public static LogView ToStep(this LogView view, int direction, Size size)
    {
        var steps = view.Log?.Trail.Steps.Select(step => step.Line).ToList() ?? [];
        return steps.Count == 0
            ? view with { Notice = "no steps yet" }
            : view.ToOneOf(steps, direction, view.CurrentLine(size)?.Number);
    }

    public static LogView ToggleMark(this LogView view, Size size)
    {
        if (view.CurrentLine(size) is not { } line)
            return view;
        if (view.Marks.ContainsKey(line.Key))
            return view with { Marks = view.Marks.Remove(line.Key), Notice = "mark taken away" };
        return view.Marks.Count >= MostMarks
            ? view with
            {
                Notice = "no more marks",
            }
            : view with
            {
                Marks = view.Marks.Add(line.Key, line),
                Notice = line.Number is { } number ? Words($"line {number} marked") : "line marked",
            };
    }

    public static LogView ToMark(this LogView view, Size size)
    {
        if (view.Marks.IsEmpty)
            return view with { Notice = "no mark: m sets one" };
        var here = view.Position.Current ?? view.CurrentLine(size)?.Key ?? default;
        var later = view.Marks.Keys.FirstOrDefault(key => key > here, view.Marks.Keys.First());
        return view.GoTo(LogTarget.At(later), LogMoves.JumpLead);
    }

    private static LogView ToOneOf(this LogView view, List<long> steps, int direction, long? here)
    {
        var (index, around) = Next(steps, direction, here);
        return view.At(steps[index]) with { Notice = Words($"step {index + 1} of {steps.Count}{(around is null ? "" : $", {around}")}") };
    }

    /// <summary>The next of these lines, and what to say where it is on the other side.</summary>
    private static (int Index, string? Around) Next(List<long> lines, int direction, long? here)
    {
        var at = here ?? (direction > 0 ? 0 : long.MaxValue);
        var index = direction > 0 ? lines.FindIndex(line => line > at) : lines.FindLastIndex(line => line < at);
        return index >= 0 ? (index, null) : direction > 0 ? (0, "from the start again") : (lines.Count - 1, "from the end again");
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
