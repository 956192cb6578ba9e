using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>
/// Short sessions at a terminal, drawn by chance: keys, clicks, lines of input, new sizes and pictures, a terminal that stalls or is
/// lent; each step with what is reported and sent. ACCEPT=1 rewrites the tables.
/// </summary>
[NonParallelizable]
public sealed class SessionTableTests
{
    private const int Steps = 300;

    private static readonly string[] Keys =
    [
        "a", "b", "Space", "é", "日", "Left", "Right", "Home", "End", "Ctrl-a", "Ctrl-e", "Backspace", "Backspace", "Delete", "Up", "Up",
        "Down", "Ctrl-w", "Ctrl-k", "Ctrl-u", "Ctrl-Left", "Ctrl-Right", "Enter", "Esc", "F1", "PgDn", "Ctrl-r", "Alt-x", "Tab",
    ];

    private static readonly ImmutableArray<string> History = ["older one", "newer"];

    private static readonly string[] Texts = ["hello", "hello", "jello", "hell", "日本", "", "a line of many words"];

    [Test]
    public void Session_WithATerminal_ReportsAndSendsWhatIsListed([Values(1, 2, 3, 4)] int table)
    {
        // Not for secrets: the same session each time.
        var random = new Random(table);
        var (text, told) = (new StringBuilder(), new List<string>());
        using var terminal = new HeadlessTerminal(new Size(24, 3));
        var (size, shown, controls, isLent, posted) = (default(Size), "hello", Controls.None, false, 0);
        terminal.Show(new ScreenContent
        {
            Picture = () =>
            {
                told.Add("draws");
                return new Frame([.. new CellBuffer(size).Write(0, 0, shown).Write(1, 0, "below", new Style(Hue.Red)).ToLines()]);
            },
            Resized = now => told.Add($"is {(size = now).Columns}x{size.Rows}"),
            Key = press => told.Add($"key {press.Name}"),
            Mouse = press => told.Add($"{press.Act} {press.Row} {press.Column}"),
            Shown = () => told.Add("shown"),
            LineTyped = (number, typed) => told.Add($"line {number} '{typed}'"),
            LineEntered = (number, typed) => told.Add($"line {number} entered '{typed}'"),
            LineCancelled = number => told.Add($"line {number} cancelled"),
        });
        Tell("begins");
        for (var step = 0; step < Steps; step++)
            Tell(Step());
        Golden.Matches($"Terminal.{table}.txt", text.ToString());

        string Step()
        {
            // Neither lasts long.
            switch (random.Next(4) > 0 ? random.Next(24) : terminal.IsStalled ? 1 : isLent ? 2 : 23)
            {
                case 0:
                    var next = random.Next(3) == 0 ? new Size(31, 4) : new Size(24, 3);
                    terminal.Resize(next);
                    return $"size {next.Columns}x{next.Rows}";
                case 1:
                    terminal.IsStalled = !terminal.IsStalled;
                    terminal.Turn();
                    return terminal.IsStalled ? "stalls" : "goes on";
                case 2:
                    if (isLent)
                        terminal.App.TakeBack();
                    else
                        terminal.App.Lend();
                    isLent = !isLent;
                    terminal.Turn();
                    return isLent ? "lent" : "taken back";
                case 3:
                    terminal.Continue();
                    return "continue";
                case 4:
                    terminal.App.Repaint();
                    terminal.Turn();
                    return "repaint";
                case 5:
                    terminal.App.Send("\a"u8);
                    return "bell";
                case 6:
                    var number = ++posted;
                    terminal.App.Post("one", () => told.Add($"act {number}"));
                    if (random.Next(2) == 0)
                        terminal.Turn();
                    return $"post {number}";
                case 7:
                    var seconds = random.Next(3);
                    terminal.App.NextTick(seconds == 2 ? null : TimeSpan.FromSeconds(seconds), () => told.Add("tick"));
                    return $"tick in {seconds}";
                case 8 or 9:
                    var time = new[] { 20, 50, 250, 400, 1000, 6000 }[random.Next(6)];
                    terminal.Advance(TimeSpan.FromMilliseconds(time));
                    return $"after {time} ms";
                case 10 or 11:
                    (shown, var isDue) = (Texts[random.Next(Texts.Length)], random.Next(2) == 0);
                    if (isDue)
                        terminal.App.Due();
                    else
                        terminal.App.Invalidate();
                    terminal.Turn();
                    return $"shows '{shown}'{(isDue ? " at once" : "")}";
                case 12 or 13:
                    controls = Other(random, controls);
                    terminal.App.Use(controls);
                    terminal.Turn();
                    return $"{(controls.Mouse ? "mouse" : "no mouse")}, "
                        + (controls.Input is { } line ? $"line {line.Number}.{line.Revision} '{line.Text}' {line.Area.Y}" : "no line");
                case 14 or 15:
                    var (flags, x, y) = (new[] { 0, 0, 0, 1, 64, 65, 32 }[random.Next(7)], random.Next(1, 3), random.Next(1, 3));
                    var click = string.Create(CultureInfo.InvariantCulture, $"\u001b[<{flags};{x};{y}");
                    terminal.Type(flags == 0 ? $"{click}M{click}m" : $"{click}M");
                    return $"mouse {flags} {x} {y}";
                case 16:
                    terminal.Type("\u001b[200~two words\u001b[201~");
                    return "paste";
                default:
                    var key = Keys[random.Next(Keys.Length)];
                    terminal.Press(key);
                    return key;
            }
        }

        void Tell(string what)
        {
            text.Append(CultureInfo.InvariantCulture, $"{what}: {string.Join(", ", told)}\n");
            if (terminal.TakeBytes() is { Length: > 0 } sent)
                text.Append(CultureInfo.InvariantCulture, $"    > {sent.Replace('\u001b', '␛').Replace('\n', '␊').Replace('\a', '␇')}\n");
            told.Clear();
        }
    }

    private static Controls Other(Random random, Controls before)
    {
        var line = new InputLine(1, 0, random.Next(2) == 0 ? "" : "one two", new Area(1, 2, 20, 1), new Style(Hue.Cyan), History);
        return random.Next(6) switch
        {
            0 => Controls.None,
            1 => before with { Mouse = !before.Mouse },
            2 when before.Input is { } open => before with { Input = open with { Revision = open.Revision + 1, Text = "set" } },
            3 when before.Input is { } open => before with { Input = open with { Text = "not set", Area = new Area(1, 1, 20, 1) } },
            4 => before with { Input = line with { Number = (before.Input?.Number ?? 0) + 1 } },
            _ => before with { Input = line },
        };
    }
}
