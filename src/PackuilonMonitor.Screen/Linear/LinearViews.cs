using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Linear;

/// <summary>The screens as sentences, of the same state that is drawn. Pure.</summary>
public static class LinearViews
{
    /// <summary>So many of a log's last lines.</summary>
    private const int LogLines = 20;

    public static Paint PaintOf(ScreenState state) => new(Palette.Mono, Glyphs.Ascii, state.Settings.Zone, state.Shown.Now);

    /// <summary>The overall state, then what was not seen.</summary>
    public static IEnumerable<string> Status(ScreenState state)
    {
        var (snapshot, paint) = (state.Shown.Factories, PaintOf(state));
        var checks = snapshot.ChecksAt(paint.Now).Count(raised => !raised.Check.IsMuted);
        var workers = snapshot.Workers.Where(row => row.Thread is not null).ToArray();
        var building = workers.Count(row => row.Running is not null);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{paint.Clock(paint.Now)} state: {Word(snapshot.OverallAt(paint.Now))}, {Words.Count(checks, "check")} raised. "
            + $"{building} of {Words.Count(workers.Length, "worker")} building, {Words.Count(snapshot.Waiting, "change")} queued."
        );
        foreach (var raised in snapshot.ChecksAt(paint.Now).Take(3))
            yield return LinearRows.Check(raised, paint);
        var pieces = NewsWords.SinceLine(state.Unseen, state.User.Sight.Mark, paint).Select(piece => piece.Text);
        var news = string.Join(", ", pieces).Replace(":,", ":", StringComparison.Ordinal);
        var advice = state.Unseen.Any(one => one.IsBad) ? " Type unseen to go through them." : "";
        yield return $"{char.ToUpperInvariant(news[0])}{news[1..]}.{advice}";
    }

    /// <summary>A list of the overview.</summary>
    public static IEnumerable<string> List(ScreenState state, Pane pane, string none)
    {
        var (snapshot, paint) = (state.Shown.Factories, PaintOf(state));
        var rows = Lists.Of(snapshot, new Place(ScreenKind.Overview), pane, paint.Now);
        return rows.Count == 0 ? [none] : rows.Select(row => LinearRows.Of(row, ScreenKind.Overview, snapshot, paint));
    }

    /// <summary>Every raised check; with a code what it rests on and what to type.</summary>
    public static IEnumerable<string> Checks(ScreenState state, string? code)
    {
        var (snapshot, paint) = (state.Shown.Factories, PaintOf(state));
        var checks = snapshot
            .ChecksAt(paint.Now)
            .Where(raised => code is null || raised.Check.Code.Name().StartsWith(code, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (checks.Length == 0)
            yield return code is null ? "No check is raised." : $"{code} is not raised.";
        foreach (var raised in checks)
        {
            yield return LinearRows.Check(raised, paint);
            if (code is null)
                continue;
            foreach (var item in raised.Check.Items)
            {
                yield return $"{item.Id}: {item.Text.TrimEnd('.')}.";
                foreach (var line in item.Lines)
                    yield return $"Rests on: {paint.Clock(line.At)} {line.Text}";
            }

            yield return $"Do: {raised.Check.Do}";
        }
    }

    /// <summary>The screen that is shown.</summary>
    public static IEnumerable<string> Screen(ScreenState state)
    {
        var (snapshot, paint, place) = (state.Shown.Factories, PaintOf(state), state.User.Place);
        switch (place.Screen)
        {
            case ScreenKind.Overview:
                return Status(state);
            case ScreenKind.Health:
                return Checks(state, null);
            case ScreenKind.Log:
                return Log(state, snapshot, paint);
            case ScreenKind.Help:
                return state.Settings.Keys.Bindings.Select(binding => $"{binding.Name}: {binding.Long}.").Distinct();
            default:
                return Rows(state, place);
        }
    }

    /// <summary>A screen that is one list.</summary>
    public static IEnumerable<string> Rows(ScreenState state, Place place)
    {
        var (snapshot, paint) = (state.Shown.Factories, PaintOf(state));
        var rows = Lists.Of(snapshot, place, Pane.Whole, paint.Now);
        var about = place.Subject is { } subject ? $" of {subject}" : "";
        var title = $"{Wheres.Name(place.Screen)}{about}: {Words.Count(rows.Count, "row")}.";
        return rows.Select(row => LinearRows.Of(row, place.Screen, snapshot, paint)).Prepend(title);
    }

    private static IEnumerable<string> Log(ScreenState state, Snapshot snapshot, Paint paint)
    {
        if (state.Log is not { View: { Page: { } page } view } || snapshot.Find(state.User.Place.Subject) is not { } build)
            return ["no log is open."];
        var lines = page.Lines.TakeLast(LogLines).Select(line => LineText.Plain(line.Text, view.Look.HidesPrefix));
        return lines.Prepend($"Log of {LinearRows.Build(build, snapshot, paint)} Its last lines:");
    }

    public static string Word(Overall overall) => overall switch
    {
        Overall.Ok => "ok",
        Overall.Warn => "warning",
        Overall.Error => "error",
        Overall.Unknown => "unknown",
    };
}
