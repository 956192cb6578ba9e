using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The session in lines, as somebody uses it: on a terminal and through pipes.</summary>
public sealed class LinearTests
{
    [Test]
    public void OnATerminal_AnswersLineByLine_WithoutMovingTheCursor()
    {
        using var factory = new StillFactory();
        using var folder = new TempFolder();
        using var program = new PtyProgram($"--linear {factory.Arguments}", folder.Path);

        var greeting = program.ReadUntil("\r\n> ");
        Assert.That(greeting, Does.Contain("help lists commands, quit ends").And.Contain(" state: "));
        program.Type("workers\n");
        var workers = program.ReadUntil("\r\n> ");
        Assert.That(workers, Does.Contain("worker 1: ").And.Contain("worker 4: "));
        program.Type("wrap\n");
        Assert.That(program.ReadUntil("\r\n> "), Does.Contain("means nothing on this screen"));
        Assert.That(
            (greeting + workers).Where(letter => letter == '\x1b' || letter is >= '\u2500' and <= '\u259f' or >= '\u2800' and <= '\u28ff'),
            Is.Empty,
            "no escape sequence and nothing drawn"
        );
        Assert.That(program.End(() => program.Type("quit\n")).Code, Is.Zero);
    }

    [Test]
    public void ThroughPipes_AnswersEachCommand_AndEndsWithTheInput()
    {
        using var factory = new StillFactory();
        using var program = RunningProgram.Start("sh", ["-c", $"exec '{RunningProgram.Monitor}' --linear {factory.Arguments}"]);
        program.Input.WriteLine("recent");
        program.Input.WriteLine($"log {factory.Builds[^1].Image.Text}");
        program.Input.WriteLine("back");
        program.Input.Close();

        Assert.That(program.Ended(), Is.Zero);
        program.WaitFor("Its last lines:");
        Assert.That(program.Output.Where(line => line.Contains('\x1b') || line.StartsWith('>')), Is.Empty);
        Assert.That(string.Join('\n', program.Output), Does.Match("good: |failed: "));
    }
}
