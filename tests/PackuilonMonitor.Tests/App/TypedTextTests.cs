using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Linear;

namespace PackuilonMonitor.Tests.App;

/// <summary>Letters become lines, and the terminal shows what is in the line.</summary>
public sealed class TypedTextTests
{
    [TestCase("workers\n", "workers")]
    [TestCase("workers\r", "workers")]
    [TestCase("worx\x7fkers\n", "workers", TestName = "Backspace")]
    [TestCase("worx\bkers\n", "workers", TestName = "Ctrl-H")]
    [TestCase("\x7f\x7fok\n", "ok", TestName = "Backspace at the beginning")]
    [TestCase("log xyz\x15workers\n", "workers", TestName = "Ctrl-U")]
    [TestCase("log one two \x17\n", "log one ", TestName = "Ctrl-W")]
    [TestCase("one\x17two\n", "two", TestName = "Ctrl-W on the only word")]
    [TestCase("\x17two\n", "two", TestName = "Ctrl-W at the beginning")]
    [TestCase("wor\x1b[Akers\n", "workers", TestName = "Up")]
    [TestCase("wor\x1b[1;5Ckers\n", "workers", TestName = "Ctrl-Right")]
    [TestCase("wor\x1bOAkers\n", "workers", TestName = "Up of application keys")]
    [TestCase("wor\u001bbkers\n", "workers", TestName = "Alt-b")]
    [TestCase("wor\tkers\x01\x12\n", "workers", TestName = "Tab and others")]
    [TestCase("wor\x04kers\n", "workers", TestName = "Ctrl-D within a line")]
    [TestCase("a\u00e4\u6f22\x7f\x7f\n", "a", TestName = "Letters of two columns")]
    [TestCase("ae\u0301\x7f\n", "a", TestName = "A letter with its accent")]
    public void Letters_MakeALine_AndTheTerminalShowsIt(string letters, string line)
    {
        var terminal = new StringBuilder();
        var typed = Typed(letters, echo: terminal);

        Assert.That(typed.NextLine(), Is.EqualTo(line));
        Assert.That(typed.Begun, Is.Empty);
        Assert.That(Shown(terminal.ToString()).TrimEnd(' '), Is.EqualTo(line.TrimEnd(' ')));
    }

    [Test]
    public void Line_ThatHasBegun_WaitsForItsEnd()
    {
        var typed = Typed("wor");
        Assert.That(typed.NextLine(), Is.Null);
        Assert.That(typed.Begun, Is.EqualTo("wor"));

        typed.Add("kers\nrec");
        Assert.That(typed.NextLine(), Is.EqualTo("workers"));
        Assert.That(typed.Begun, Is.Empty, "what follows is read when it is asked for");
        Assert.That(typed.NextLine(), Is.Null);
        Assert.That(typed.Begun, Is.EqualTo("rec"));
    }

    [Test]
    public void End_OfTheInput_EndsItsLastLine()
    {
        var typed = Typed("workers\nquit");
        typed.End();

        Assert.That(typed.IsAtEnd, Is.False);
        Assert.That((typed.NextLine(), typed.NextLine(), typed.NextLine()), Is.EqualTo(("workers", "quit", (string?)null)));
        Assert.That(typed.IsAtEnd, Is.True);
    }

    [Test]
    public void CtrlD_OnAnEmptyLine_IsTheEnd()
    {
        var typed = Typed("\x04workers\n");

        Assert.That(typed.NextLine(), Is.Null);
        Assert.That(typed.IsAtEnd, Is.True);
    }

    private static TypedText Typed(string letters, StringBuilder? echo = null)
    {
        var typed = new TypedText(letter => echo?.Append(letter));
        typed.Add(letters);
        return typed;
    }

    /// <summary>What a terminal shows of one line; a letter of two columns stands in the first of them.</summary>
    private static string Shown(string sent)
    {
        var (line, cursor) = (new List<string>(), 0);
        foreach (var rune in sent.TrimEnd('\n').EnumerateRunes())
        {
            if (rune.Value == '\b')
            {
                cursor--;
                continue;
            }

            var columns = TextWidth.Of(rune);
            if (columns == 0)
            {
                line[cursor - 1] += rune;
                continue;
            }

            for (var column = 0; column < columns; column++, cursor++)
            {
                if (cursor == line.Count)
                    line.Add("");
                line[cursor] = column == 0 ? rune.ToString() : "";
            }
        }

        return string.Concat(line);
    }
}
