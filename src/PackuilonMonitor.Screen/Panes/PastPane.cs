using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The line that says that the past is shown. Of the others only that of the keys differs from the screen of then.</summary>
public static class PastPane
{
    private const int WideFrom = 100;

    /// <summary>The keys that lead through the past.</summary>
    public static readonly (string Words, string[] Names)[] Moves =
        [("event", ["event-before", "event-after"]), ("failure", ["failure-before", "failure-after"]), ("at a time", ["at"])];

    /// <summary>
    /// The line in place of the news: which moment it is, how long ago, and the keys; what it leaves free at its right is the caller's.
    /// </summary>
    public static void Render(ScreenState state, CellBuffer line, int room, Paint paint)
    {
        if (state.Frozen is not { Past: { } past })
            return;
        line.Write(0, 0, new string(' ', line.Size.Columns), paint.Palette.Selected);
        var x = 1;
        foreach (var text in Parts(state, past, line.Size.Columns >= WideFrom, paint))
        {
            if (x + text.Length > room)
                break;
            line.Write(0, x, text, paint.Palette.Selected);
            x += text.Length + (line.Size.Columns >= WideFrom ? 3 : 2);
        }
    }

    /// <summary>The same at the right of the first line of a log.</summary>
    public static void RenderInLog(ScreenState state, CellBuffer into, Paint paint)
    {
        if (state.Frozen is not { Past: not null } || into.Size.Rows == 0)
            return;
        var text = $" {Moment(paint)} ";
        if (text.Length <= into.Size.Columns)
            into.Write(0, into.Size.Columns - text.Length, text, paint.Palette.Selected);
    }

    private static IEnumerable<string> Parts(ScreenState state, PastView past, bool isWide, Paint paint)
    {
        yield return Moment(paint);
        if (state.Settings.Recording is { HasPresent: true })
            yield return $"{Words.Age(state.Now - past.Moment.At)} ago";
        if (state.Settings.Recording is { HasPresent: true } && Keys(state, "live") is { } live)
            yield return $"{live} live";
        if (!isWide)
            yield break;
        foreach (var (words, names) in Moves)
        {
            if (Keys(state, names) is { } keys)
                yield return $"{keys} {words}";
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"recorded since {TimeZoneInfo.ConvertTime(past.From, paint.Zone):d MMMM HH:mm}"
        );
    }

    /// <summary>The first key of each; null where one has none.</summary>
    public static string? Keys(ScreenState state, params string[] names)
    {
        var keys = names
            .Select(name => state.Settings.Keys.Named(name))
            .OfType<KeyBinding>()
            .Where(binding => !binding.Keys.IsEmpty)
            .Select(binding => binding.Keys[0].ToString())
            .ToList();
        return keys.Count == names.Length ? string.Join(' ', keys) : null;
    }

    private static string Moment(Paint paint) => string.Create(CultureInfo.InvariantCulture, $"REPLAY {paint.Now:yyyy-MM-dd HH:mm:ss}");
}
