using System.Diagnostics;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard while its terminal takes nothing, stops it, or cannot keep still.</summary>
public sealed class TerminalFaultTests
{
    private static readonly string Demo = $"'{RunningProgram.Monitor}' demo --speed 60";

    [Test]
    public void Term_WhileTheTerminalTakesNothing_EndsTheProgram()
    {
        using var terminal = Started(Demo);
        var (program, server) = (terminal.Pid, terminal.Flag("pid"));
        Shell.Run("kill", "-STOP", server);
        try
        {
            // Whole pictures, until the terminal's buffer is full.
            Shell.Run("sh", "-c", $"for i in $(seq 100); do kill -WINCH {program}; sleep 0.02; done; kill -TERM {program}");
            var began = Stopwatch.GetTimestamp();
            Assert.That(() => terminal.HasEnded, Is.True.After(TestPatience.Milliseconds, 10));
            TestContext.Out.WriteLine($"ended after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        }
        finally
        {
            Shell.Run("kill", "-CONT", server);
        }

        Assert.That(terminal.ExitCode(), Is.EqualTo(143));
        Assert.That(terminal.ModesAreAsFound);
    }

    [Test]
    public void Stalled_ThenGoesOn_ShowsTheNewestAndTakesKeys()
    {
        using var terminal = Started(Demo);
        var (program, server) = (terminal.Pid, terminal.Flag("pid"));
        Shell.Run("kill", "-STOP", server);
        Shell.Run("sh", "-c", $"for i in $(seq 100); do kill -WINCH {program}; sleep 0.02; done; kill -CONT {server}");

        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("q", "q");
        Assert.That(terminal.ExitCode(), Is.Zero);
    }

    [Test]
    public void StoppedByStop_ThenContinued_IsDrawnAgainAndRaw()
    {
        using var terminal = Started(Demo);
        for (var round = 0; round < 5; round++)
            terminal.Signal("STOP").Signal("CONT");

        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("q", "q");
        Assert.That((terminal.ExitCode(), terminal.ModesAreAsFound), Is.EqualTo((0, true)));
    }

    [Test]
    public void ThousandSizeSignals_AreAFewPictures()
    {
        using var folder = new TempFolder();
        using var terminal = Started(Demo);
        terminal.Record(folder["sent"]);
        // How much one whole picture is.
        Shell.Run("kill", "-WINCH", $"{terminal.Pid}");
        Assert.That(() => Sent(folder), Is.GreaterThan(1_000).After(TestPatience.Milliseconds, 20));
        terminal.Keys("C-l");
        var began = Stopwatch.GetTimestamp();

        Shell.Run("sh", "-c", $"i=0; while [ $i -lt 1000 ]; do kill -WINCH {terminal.Pid}; i=$((i+1)); done");
        var took = Stopwatch.GetElapsedTime(began);
        terminal.Keys("?");
        terminal.WaitFor("HELP");
        var pictures = Pictures(folder);
        TestContext.Out.WriteLine($"1000 signals in {took.TotalSeconds:0.0} s: {pictures} whole pictures, {Sent(folder)} bytes");
        Assert.That(pictures, Is.LessThan(10 + took.TotalSeconds * 31));
        terminal.Keys("q", "q");
        Assert.That(terminal.ExitCode(), Is.Zero);
    }

    [Test]
    public void HistoryOnAFullDisk_IsSaidAndTheRestGoesOn()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["state"]);
        if (Shell.Run("unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder["state"]) != 0)
            Assert.Ignore("may not mount a file system here");
        using var factory = new StillFactory();
        var start = folder.Write(
            "start",
            $"mount -t tmpfs -o size=8k tmpfs '{folder["state"]}'\n"
            + $"exec '{RunningProgram.Monitor}' {factory.Arguments} --state-dir '{folder["state"]}'\n"
        );
        using var terminal = TmuxTerminal.Start($"unshare -m sh '{start}'", 140, 40, ("LC_ALL", "C.UTF-8"));

        terminal.WaitFor("history off");
        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("q", "q");
        Assert.That((terminal.ExitCode(), terminal.ModesAreAsFound), Is.EqualTo((0, true)));
    }

    private static TmuxTerminal Started(string command)
    {
        var terminal = TmuxTerminal.Start(command, 120, 30, ("LC_ALL", "C.UTF-8"));
        terminal.WaitUntil(screen => screen.Contains("WORKERS") && !screen.Contains("reading the logs"), "the dashboard");
        return terminal;
    }

    private static long Sent(TempFolder folder) => File.Exists(folder["sent"]) ? new FileInfo(folder["sent"]).Length : 0;

    private static int Pictures(TempFolder folder) => File.ReadAllText(folder["sent"]).Split("\u001b[2J").Length - 1;
}
