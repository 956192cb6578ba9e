using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The session in lines, as somebody uses it: on a terminal and through pipes.</summary>
public sealed class LinearTests
{
    private const string Messages = """
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting Thread-1

        """;

    private static string Failure(string image, int minute) =>
        $"""
        Nov 22 12:0{minute}:01 vm318 /rabbit2packer.py: Thread-1 processing {image}
        Nov 22 12:0{minute}:02 vm318 /rabbit2packer.py: packer build starting, see: /log//{image}.managed.json.log for details
        Nov 22 12:0{minute}:50 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, {image}.managed.json build failed

        """;

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

    /// <summary>A failure while a command is typed: the bell at once, the words after Enter, and the typed line in one piece.</summary>
    [Test]
    public void WhileALineIsTyped_NothingIsAnnounced()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        folder.Write("messages", Messages);
        var files = $"--messages '{folder["messages"]}' --log-dir '{folder["log"]}'";
        using var program = new PtyProgram($"--linear {files} --time-zone UTC --now 2026-11-22T12:08:00Z", folder.Path);
        program.ReadUntil("\r\n> ");
        program.Type("wox\x7fr");
        program.ReadUntil("wox\b \br");

        folder.Append("messages", Failure("lab", 2));
        var meanwhile = program.ReadUntil("\a");
        program.Type("kers\n");
        var answer = program.ReadUntil("\r\n> ");

        Assert.That(meanwhile, Is.EqualTo("\a"));
        Assert.That(answer, Does.StartWith("kers\r\n").And.Match("(?s)failed.*worker 1: "));

        program.Type("xy");
        program.ReadUntil("xy");
        folder.Append("messages", Failure("web", 4));
        program.ReadUntil("\a");
        program.Type("\x15");
        var afterwards = program.ReadUntil("\r\n> ");
        Assert.That(afterwards, Does.StartWith("\b \b\b \b\r\n").And.Contain("failed"), "an erased line holds nothing back");
        Assert.That(program.End(() => program.Type("\x04")).Code, Is.Zero);
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

    /// <summary>What came before is shown again, what takes time is awaited, and what cannot be done is said.</summary>
    [Test]
    public void EachCommand_HasAnAnswer()
    {
        using var factory = new StillFactory();
        using var program = RunningProgram.Start("sh", ["-c", $"exec '{RunningProgram.Monitor}' --linear {factory.Arguments}"]);
        foreach (
            var command in (string[])
                ["sources", "sources", "redraw", "filter", "at 14:02", "failures", "failures", "unmute BUILD_FAILED", "doctor", "again"]
        )
            program.Input.WriteLine(command);
        program.Input.Close();

        Assert.That(program.Ended(), Is.Zero);
        var output = string.Join('\n', program.Output);
        Assert.That(output.Split("sources: ").Length - 1, Is.GreaterThanOrEqualTo(3), output);
        Assert.That(output, Does.Contain("filter needs more behind it"));
        Assert.That(output, Does.Contain("nothing is recorded here"));
        Assert.That(output.Split("causes: ").Length - 1, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("BUILD_FAILED is not muted"));
        Assert.That(output.Split("doctor: ").Length - 1, Is.EqualTo(2), output);
    }

    [Test]
    public void Input_ThatCannotBeRead_IsAtItsEnd()
    {
        using var factory = new StillFactory();
        using var program = RunningProgram.Start("sh", ["-c", $"exec '{RunningProgram.Monitor}' --linear {factory.Arguments} < /"]);

        Assert.That(program.Ended(), Is.Zero);
        Assert.That(string.Join('\n', program.Output), Does.Contain(" state: "));
    }
}
