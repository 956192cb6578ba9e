using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Panes;

/// <summary>The top line: what is wrong, then how much is done, and the time.</summary>
public static class HeaderPane
{
    /// <summary>Columns from which on there is a clock.</summary>
    public const int ClockFrom = 40;

    public static void Render(Snapshot snapshot, UserState view, bool isFrozen, CellBuffer into, Paint paint)
    {
        var (palette, width) = (paint.Palette, into.Size.Columns);
        var clock = !isFrozen ? paint.Clock(paint.Now) : $"FROZEN {paint.Clock(paint.Now)}";
        var room = width - (width < ClockFrom ? 0 : clock.Length + 3);
        var wide = width >= 100;
        var title = width < ClockFrom ? "PACKUILON" : $"PACKUILON {SafeText.Plain(snapshot.Host ?? "")}".TrimEnd();
        Piece[] parts = [new(title, palette.Heading), .. Parts(snapshot, view, paint, wide)];
        var x = width < ClockFrom ? 0 : 1;
        var gap = Gap(parts, room - x, wide);
        foreach (var (text, style) in parts)
        {
            if (x + text.Length > room)
                continue;
            into.Write(0, x, text, style);
            x += text.Length + gap;
        }

        if (width >= ClockFrom)
            into.Write(0, width - clock.Length - 1, clock, !isFrozen ? palette.Plain : palette.Warning);
    }

    /// <summary>As wide as lets all parts stand; what does not fit even so is left out from the end.</summary>
    private static int Gap(Piece[] parts, int room, bool wide)
    {
        var spare = room - parts.Sum(part => part.Text.Length);
        return Math.Clamp(spare / Math.Max(1, parts.Length - 1), 1, wide ? 4 : 3);
    }

    /// <summary>What is wrong, then how much is done.</summary>
    internal static IEnumerable<Piece> Parts(Snapshot snapshot, UserState view, Paint paint, bool wide)
    {
        foreach (var problem in Problems(snapshot, paint.Now))
            yield return new Piece($"{paint.Glyphs.Problem} {problem}", paint.Palette.Bad);

        var (_, all) = Threads(snapshot);
        var building = snapshot.Workers.Count(row => row.Running is not null);
        yield return new Piece($"{(wide ? "building" : "build")} {building}{(all > 0 ? $"/{all}" : "")}", building > 0 ? paint.Palette.Running : paint.Palette.Plain);
        yield return new Piece($"{(wide ? "queued" : "queue")} {snapshot.Waiting}{(snapshot.IsMeasured ? " (broker)" : "")}", snapshot.Waiting > 0 ? paint.Palette.Warning : paint.Palette.Plain);
        if (view.Place.Screen is not Screen.Overview || wide)
            yield return new Piece(RecentPane.Summary(snapshot, paint.Now), paint.Palette.Plain);
    }

    private static IEnumerable<string> Problems(Snapshot snapshot, DateTimeOffset now)
    {
        var troubles = snapshot.Workers.Select(row => WorkerTrouble.Of(snapshot, row, now)).ToArray();
        var (alive, all) = Threads(snapshot);
        if (troubles.Count(trouble => trouble is Trouble.Stuck) is > 0 and var stuck)
            yield return $"{stuck} stuck";
        if (alive == 0 && all > 0)
            yield return $"0 of {Words.Count(all, "worker")} alive";
        else if (troubles.Count(trouble => trouble is Trouble.Lost) is > 0 and var lost)
            yield return $"{Words.Count(lost, "worker")} lost";
        if (troubles.Count(trouble => trouble is Trouble.NoBuild) is > 0 and var waiting)
            yield return $"{waiting} without a build";
        if (troubles.Count(trouble => trouble is Trouble.Silent) is > 0 and var silent)
            yield return $"{silent} silent";
        if (snapshot.Readings.Count(reading => reading.Health is { State: not SourceState.Following }) is > 0 and var blind)
            yield return $"{Words.Count(blind, "source")} not read";
    }

    /// <summary>Threads that are not known to be gone, of all that were heard of or are configured.</summary>
    private static (int Alive, int All) Threads(Snapshot snapshot)
    {
        var threads = snapshot.Workers.Where(row => row.Thread is not null).ToArray();
        return (threads.Count(row => row.Worker is not { Activity: Lost }), threads.Length);
    }
}
