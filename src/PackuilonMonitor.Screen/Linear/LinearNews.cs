using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Linear;

/// <summary>How much of what happens is announced.</summary>
public enum Telling
{
    Nothing,

    /// <summary>What failed, was lost or refused, and checks.</summary>
    Failures,

    /// <summary>Also what begins and what ends well.</summary>
    Changes,

    /// <summary>Also each step of each build.</summary>
    Steps,
}

/// <summary>What happened between two states, a sentence each; never that only time has passed. Pure.</summary>
public static class LinearNews
{
    /// <summary>More endings than this at once are a file that was read, and no news.</summary>
    private const int MostEnded = 200;

    /// <summary>What ended longer before the newest ending was read late, and is no news.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public static IEnumerable<string> Between(ScreenState before, ScreenState after, Telling telling)
    {
        if (telling is Telling.Nothing || !before.Factories.IsComplete || !after.Factories.IsComplete)
            return [];
        var paint = LinearViews.PaintOf(after);
        return Ended(before, after, telling, paint).Concat(Workers(before, after, telling, paint)).Concat(Checks(before, after, paint));
    }

    /// <summary>What an update said, of the screen or of the open log.</summary>
    public static string? Notice(ScreenState before, ScreenState after, Message by) =>
        after.User.Notice is { } notice && !ReferenceEquals(notice, before.User.Notice) ? notice.Text
        : after.Log?.View.Notice is { } ofLog && (by is CommandNamed || ofLog != before.Log?.View.Notice) ? ofLog
        : null;

    private static IEnumerable<string> Ended(ScreenState before, ScreenState after, Telling telling, Paint paint)
    {
        var (old, now) = (before.Factories.Ended, after.Factories.Ended);
        if (ReferenceEquals(old, now))
            return [];
        var known = old.Take(MostEnded).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        // What another factory has written since says nothing about this one.
        var newest = old.Take(MostEnded).GroupBy(FactoryOf).ToDictionary(group => group.Key, group => group.Max(NewsList.At));
        return now.Take(MostEnded)
            .Where(row => !known.Contains(row.Id))
            .Where(row => NewsList.At(row) is not { } at || newest.GetValueOrDefault(FactoryOf(row)) is not { } last || at >= last - Late)
            .Where(row => telling > Telling.Failures || NewsList.KindOf(row) is not (null or NewsKind.Good))
            .Reverse()
            .Select(row => LinearRows.Of(row, Keys.ScreenKind.Overview, after.Factories, paint));
    }

    private static string FactoryOf(Row row) => row.Factory ?? "";

    private static IEnumerable<string> Workers(ScreenState before, ScreenState after, Telling telling, Paint paint)
    {
        var clock = paint.Clock(paint.Now);
        foreach (var row in after.Factories.Workers)
        {
            var old = before.Factories.Workers.FirstOrDefault(known => known.Id == row.Id);
            if (row.Running is { } build && old?.Running?.Id != build.Id)
            {
                if (telling > Telling.Failures)
                    yield return $"{clock} {LinearRows.Worker(row, after.Factories, paint)}";
            }
            else if (row.Worker is { Activity: Lost } && old?.Worker is not { Activity: Lost })
            {
                yield return $"{clock} {LinearRows.Worker(row, after.Factories, paint)}";
            }
            else if (telling is Telling.Steps && row.Running is { } running && old?.Running is { } earlier)
            {
                var (step, last) = (StepOf(running, after, paint), StepOf(earlier, before, paint));
                if (step != last)
                    yield return $"{clock} {Spoken.Worker(row.Thread)}: {step}.";
            }
        }
    }

    private static string StepOf(BuildView build, ScreenState state, Paint paint) =>
        LinearRows.Step(build, state.Factories, state.Factories.OutlookOf(build, paint.Now));

    private static IEnumerable<string> Checks(ScreenState before, ScreenState after, Paint paint)
    {
        var (old, now) = (before.Alerts.Health.Events, after.Alerts.Health.Events);
        if (ReferenceEquals(old, now))
            yield break;
        foreach (var turn in now.Reverse().TakeWhile(turn => old.IsEmpty || !turn.Equals(old[^1])).Reverse())
            yield return $"{paint.Clock(turn.At)} {turn.Code.Name()} {turn.Turn.Name()}: {turn.Summary}";
    }
}
