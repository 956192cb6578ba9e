using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Panes;

/// <summary>The bottom line: the keys that work now, or a message, or the line of input that is open.</summary>
public static class HintBar
{
    public static void Render(ViewState view, CellBuffer into, Paint paint)
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

        var hints = view.Keys.Hints(view.Place.Screen);
        // Where all do not fit, help and the way out matter most.
        var room = into.Size.Columns - 1;
        var last = hints.Count == 0 ? 0 : Width(hints[^1]);
        var x = Math.Min(1, room);
        foreach (var (index, hint) in hints.Index())
        {
            var reserved = index == hints.Count - 1 ? 0 : last + 2;
            if (x + Width(hint) + reserved > room)
                continue;
            into.Write(0, x, hint.Key.Name, palette.Key).Write(0, x + TextWidth.Of(hint.Key.Name, into.IsAscii) + 1, hint.Word, palette.Plain);
            x += Width(hint) + 2;
        }
    }

    /// <summary>Where the text of an open line of input is.</summary>
    public static Area InputArea(Question question, Size size) =>
        new(Math.Min(question.Sign.Length, size.Columns), Math.Max(0, size.Rows - 1), Math.Max(0, size.Columns - question.Sign.Length), Math.Min(1, size.Rows));

    private static int Width((KeyPress Key, string Word) hint) => TextWidth.Of(hint.Key.Name) + 1 + hint.Word.Length;
}
