using System.Diagnostics;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard in a real terminal, beside a recording that is being written again.</summary>
public sealed class ReplayTests
{
    /// <summary>Slow enough for a busy machine to open a log before its build ends.</summary>
    private const string Speed = "0.4";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "packuilon-monitor");

    // A worker that builds for some ten seconds of the recording at the moment the replay begins.
    [TestCase("e7ec5f0-main", "2", "12:42:02", 140, 40)]
    [TestCase("bf136ab-kill", "2", "12:29:46", 80, 24)]
    public void Dashboard_BesideAReplay_ShowsBuildsAndFollowsALog(string capture, string worker, string now, int columns, int rows)
    {
        TmuxTerminal.Require();
        using var folder = new TempFolder();
        var target = Path.Combine(folder.Path, "replayed");
        Directory.CreateDirectory(target);
        using var replay = Replay(SharedFolder.Find($"data/captures/{capture}"), target);
        using var terminal = TmuxTerminal.Start(
            $"'{Program}' --messages '{target}/messages' --log-dir '{target}/log' --time-zone UTC "
            + $"--now 2026-11-22T{now}Z --config '{folder.Write("config.ini", "[rabbit2packer]\nTHREAD_COUNT = 4\n")}'",
            columns,
            rows,
            ("LC_ALL", "C.UTF-8")
        );

        terminal.WaitFor("WORKERS");
        terminal.WaitUntil(screen => screen.Contains("build 4/4") || screen.Contains("building 4/4"), "four workers that build");
        terminal.Keys(worker, "Enter");
        var opened = terminal.WaitUntil(screen => screen.Contains("FOLLOW") && screen.Contains("Got hostname"), "a followed log");
        terminal.WaitUntil(screen => screen != opened && screen.Contains("running"), "more of it");

        terminal.Keys("Escape");
        terminal.WaitUntil(
            screen => screen.Contains("WORKERS") && screen.Contains("RECENT") && screen.Contains("sl7x"),
            "the overview with ended builds"
        );
        terminal.Keys("q");

        Assert.Multiple(() =>
        {
            Assert.That(terminal.ExitCode(), Is.Zero);
            Assert.That(terminal.ModesAreAsFound);
            Assert.That(terminal.Flag("alternate_on"), Is.EqualTo("0"));
        });
        replay.Kill();
    }

    private static Process Replay(string capture, string target)
    {
        var script = SharedFolder.Find("tools/replay");
        var start = new ProcessStartInfo("/usr/bin/env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["python3", script, capture, target, "--speed", Speed, "--from", "5"])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
