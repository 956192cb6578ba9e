using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Panes;

/// <summary>The bottom line: the keys that work now, or a message, or the line of input that is open.</summary>
public static class HintBar
{
    private const int Gap = 2;

    public static void Render(Snapshot snapshot, ViewState view, CellBuffer into, Paint paint)
    {
        var palette = paint.Palette;
        if (view.Question is { } question)
        {
            into.Write(0, 0, question.Sign, palette.Prompt).Write(0, question.Sign.Length, question.Text, palette.Plain);
            return;
        }

        if (view.Notice is { } notice)
        {
            into.Write(0, 1, SafeText.Plain(notice.Text), notice.IsProblem ? palette.Bad : palette.Prompt, Math.Max(0, into.Size.Columns - 2));
            return;
        }

        var x = Math.Min(1, into.Size.Columns);
        foreach (var hint in Fitting(view.Keys.Hints(view.Place.Screen, act => view.Works(act, snapshot, paint.Now)), into.Size.Columns - x))
        {
            into.Write(0, x, hint.Key.Name, palette.Key).Write(0, x + TextWidth.Of(hint.Key.Name, into.IsAscii) + 1, hint.Word, palette.Plain);
            x += Width(hint) + Gap;
        }
    }

    /// <summary>Where not all fit, the last two stay: help and the way out; the others go from the end.</summary>
    private static List<(KeyPress Key, string Word)> Fitting(IReadOnlyList<(KeyPress Key, string Word)> hints, int room)
    {
        var kept = hints.ToList();
        while (kept.Count > 0 && kept.Sum(Width) + (kept.Count - 1) * Gap > room)
            kept.RemoveAt(kept.Count > 2 ? kept.Count - 3 : 0);
        return kept;
    }

    /// <summary>Where the text of an open line of input is.</summary>
    public static Area InputArea(Question question, Size size) =>
        new(Math.Min(question.Sign.Length, size.Columns), Math.Max(0, size.Rows - 1), Math.Max(0, size.Columns - question.Sign.Length), Math.Min(1, size.Rows));

    private static int Width((KeyPress Key, string Word) hint) => TextWidth.Of(hint.Key.Name) + 1 + hint.Word.Length;
}
