using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The wait command as a process beside logs that are written while it waits; each of its exit codes.</summary>
public sealed class WaitTests
{
    private const string Image = "lab-sl7x-x86_64";
    private const string File = $"{Image}.managed.json.1795348802.log";
    private const string Start =
        "Nov 22 12:00:00 factory /rabbit2packer.py: Starting\nNov 22 12:00:00 factory /rabbit2packer.py: Starting Thread-1\n";
    private const string Taken = $"Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing {Image}\n";
    private const string Begun =
        $"{Taken}Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//{File} for details\n";
    private const string Good = $"Nov 22 12:07:02 factory /rabbit2packer.py: Thread-1: image built successfully: {Image}.managed.json\n";
    private const string Bad =
        $"Nov 22 12:07:02 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, {Image}.managed.json build failed\n";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "packuilon-monitor");

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase($"{Image}.managed", Good, 0, "succeeded after 7:00")]
    [TestCase($"{Image}.mgd", Bad, 1, "failed after 7:00")]
    [TestCase($"{File}@1795348802", "Nov 22 12:03:00 factory /rabbit2packer.py: Starting\n", 2, "lost after 2:58: Starting")]
    [TestCase(
        File,
        "Nov 22 12:03:00 factory /rabbit2packer.py: Thread-1: reconnecting to channel\n",
        2,
        "lost after 2:58: Thread-1: reconnecting to channel"
    )]
    public void Wait_ARunningBuild_EndsWithItsVerdict(string name, string then, int code, string said)
    {
        _folder.Append("messages", Start + Begun);
        using var waiting = Wait(name);
        waiting.Expect($"waiting for {File}@1795348802");
        _folder.Append("messages", then);

        waiting.Expect($"{File}@1795348802: {said}");
        Assert.That(waiting.Ended(), Is.EqualTo((code, "")));
    }

    [Test]
    public void Wait_TheLogSaysThatItWasInterrupted_IsCancelled()
    {
        _folder.Append("messages", Start + Begun);
        _folder.Append($"log/{File}", "openstack: output will be in this color.\n\n==> openstack: Launching server...\n");
        using var waiting = Wait(Image);
        waiting.Expect("waiting for");
        _folder.Append("messages", Bad);
        _folder.Append(
            $"log/{File}",
            "Cancelling build after receiving interrupt\nCleanly cancelled builds after being interrupted.\n"
            + "rabbit2packer: Build finished at 1795349222 (epoch) with exit code 1\n"
        );

        Assert.That(waiting.Ended().Code, Is.EqualTo(5));
    }

    [Test]
    public void Wait_NothingOfThatNameRuns_WaitsForTheNext()
    {
        _folder.Append("messages", Start + Begun + Bad);
        using var waiting = Wait($"{Image}.managed");
        waiting.Expect($"waiting for the next build of {Image}.managed");
        _folder.Append(
            "messages",
            Begun.Replace("12:00:0", "12:10:0", StringComparison.Ordinal).Replace("1795348802", "1795349402", StringComparison.Ordinal)
        );
        _folder.Append("messages", Good.Replace("12:07", "12:17", StringComparison.Ordinal));

        waiting.Expect($"{Image}.managed.json.1795349402.log@1795349402: succeeded after 7:00");
        Assert.That(waiting.Ended(), Is.EqualTo((0, "")));
    }

    [Test]
    public void Wait_TheMessageIsRejected_Is2()
    {
        _folder.Append("messages", Start);
        using var waiting = Wait(Image);
        waiting.Expect("waiting for the next build");
        _folder.Append("messages", $"{Taken}Nov 22 12:00:02 factory /rabbit2packer.py: Could not find packer template file, exiting\n");

        waiting.Expect($"{Image}: rejected: Could not find packer template file, exiting");
        Assert.That(waiting.Ended(), Is.EqualTo((2, "")));
    }

    [Test]
    public void Wait_TheThreadIsGoneBeforeTheTemplateBegins_Is2()
    {
        _folder.Append("messages", Start + Begun + Good);
        using var waiting = Wait($"{Image}.other");
        waiting.Expect("waiting for the next build");
        _folder.Append("messages", "Nov 22 12:07:03 factory /rabbit2packer.py: Could not find packer template file, exiting\n");

        waiting.Expect($"{Image}.other: lost with Thread-1, which was to build it: Could not find packer template file, exiting");
        Assert.That(waiting.Ended(), Is.EqualTo((2, "")));
    }

    [Test]
    public void Wait_ForABuildThatHasEnded_IsItsVerdictAtOnce()
    {
        _folder.Append("messages", Start + Begun + Good);
        using var waiting = Wait($"{File}@1795348802");

        Assert.That(waiting.Ended().Code, Is.Zero);
    }

    [Test]
    public void Wait_ForAnImage_WaitsForAllTemplatesThatItsLastMessageBuilt_AndPrintsTheImages()
    {
        string Round(string hour) => Both.Replace("12:", $"{hour}:", StringComparison.Ordinal);
        _folder.Append("messages", Start.Replace("12:", "09:", StringComparison.Ordinal) + Round("10") + Round("11"));
        using var waiting = Wait(Image);
        waiting.Expect($"waiting for the next build of {Image}");
        _folder.Append("messages", FirstOf(Both));
        Log("unmanaged", "11111111-0b1e-4c3e-a2f5-88a0c1d2e3f4");
        _folder.Append("messages", EndOfFirst);
        _folder.Append("messages", SecondOf(Both));
        Log("managed", "22222222-0b1e-4c3e-a2f5-88a0c1d2e3f4");
        _folder.Append("messages", EndOfSecond);

        Assert.That(waiting.Ended(), Is.EqualTo((0, "11111111-0b1e-4c3e-a2f5-88a0c1d2e3f4\n22222222-0b1e-4c3e-a2f5-88a0c1d2e3f4\n")));
    }

    [Test]
    public void Wait_ForAChange_IsTheWorstOfItsBuilds()
    {
        _folder.Append(
            "messages",
            Start.Replace("12:", "09:", StringComparison.Ordinal) + Both.Replace("12:", "10:", StringComparison.Ordinal) + Pushed
        );
        using var waiting = Wait("--change", $"{Image}.example.org.json");
        waiting.Expect($"waiting for the change {Image}.example.org.json@");
        _folder.Append(
            "messages",
            FirstOf(Both)
                + EndOfFirst.Replace(
                    "image built successfully: " + Image + ".unmanaged.json",
                    "packer exited with non zero exit code, " + Image + ".unmanaged.json build failed",
                    StringComparison.Ordinal
                )
        );
        _folder.Append("messages", SecondOf(Both) + EndOfSecond);

        Assert.That(waiting.Ended().Code, Is.EqualTo(1));
    }

    [Test]
    public void Wait_ForAChangeThatIsRefused_Is2()
    {
        _folder.Append("messages", Start + Pushed);
        using var waiting = Wait("--change", Image);
        waiting.Expect("waiting for the change");
        _folder.Append(
            "messages",
            "Nov 22 12:00:02 factory /rabbit2packer.py: JSONDecodeError('x')\nNov 22 12:00:02 factory /rabbit2packer.py: "
            + "Thread-1: could not decode profile, malformed json? Continuing\n"
        );

        waiting.Expect("refused: malformed-profile: JSONDecodeError('x')");
        Assert.That(waiting.Ended(), Is.EqualTo((2, "")));
    }

    [Test]
    public void Wait_ForAChangeThatEndedAlready_CountsOnlySinceATime()
    {
        _folder.Append(
            "messages",
            Start
                + Pushed
                + FirstOf(Both)
                + EndOfFirst
                + SecondOf(Both)
                + EndOfSecond
                + "Nov 22 12:20:00 factory /rabbit2packer.py: Thread-1 processing other\n"
        );
        using var since = Wait("--change", Image, "--since", "2026-11-22T12:00:00Z");
        using var later = Wait("--change", Image, "--timeout", "1s");

        Assert.That((since.Ended().Code, later.Ended().Code), Is.EqualTo((0, 4)));
    }

    [Test]
    public void Wait_ForABuildWhoseDaemonWasStopped_EndsWithPackersLastWords()
    {
        const string file = $"{Image}.managed.json.log";
        _folder.Append(
            "messages",
            Start + Taken + $"Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//{file} for details\n"
        );
        using var waiting = Wait($"{Image}.managed", "--timeout", "60s");
        waiting.Expect("waiting for");
        _folder.Append(
            $"log/{file}",
            "openstack output will be in this color.\n\n==> openstack: Launching server...\n"
            + "Cancelling build after receiving interrupt\nCleanly cancelled builds after being interrupted.\n"
        );

        Assert.That(waiting.Ended().Code, Is.EqualTo(5));
    }

    private const string Pushed =
        $"Nov 22 12:00:00 factory /cdb2rabbit.py: CI profile rebuilt: {Image}.example.org.json\n"
        + $"Nov 22 12:00:00 factory /cdb2rabbit.py: Profile has updated: {Image}.example.org.json\n"
        + "Nov 22 12:00:00 factory /cdb2rabbit.py: Pushing message to queue for build\n"
        + "Nov 22 12:00:00 factory /cdb2rabbit.py: Exiting normally\n";

    private const string EndOfFirst =
        $"Nov 22 12:05:00 factory /rabbit2packer.py: Thread-1: image built successfully: {Image}.unmanaged.json\n";
    private const string EndOfSecond =
        $"Nov 22 12:10:00 factory /rabbit2packer.py: Thread-1: image built successfully: {Image}.managed.json\n";

    /// <summary>A message of two templates.</summary>
    private const string Both =
        $"{Taken}Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: "
        + $"/log//{Image}.unmanaged.json.log for details\n{EndOfFirst}"
        + $"Nov 22 12:05:00 factory /rabbit2packer.py: packer build starting, see: /log//{Image}.managed.json.log for details\n"
        + EndOfSecond;

    private static string FirstOf(string both) => both[..both.IndexOf(EndOfFirst, StringComparison.Ordinal)];

    private static string SecondOf(string both) =>
        both[(both.IndexOf(EndOfFirst, StringComparison.Ordinal) + EndOfFirst.Length)..both.IndexOf(EndOfSecond, StringComparison.Ordinal)];

    private void Log(string template, string image) =>
        _folder.Append(
            $"log/{Image}.{template}.json.log",
            $"openstack output will be in this color.\n\n==> openstack: Launching server...\n==> Builds finished. "
            + $"The artifacts of successful builds are:\n--> openstack: An image was created: {image}\n"
        );

    [Test]
    public void Wait_NoVerdictInTime_Is4()
    {
        _folder.Append("messages", Start + Begun);
        using var waiting = Wait(Image, "--timeout", "1s");

        waiting.Expect("waiting for");
        waiting.Expect("no verdict of");
        Assert.That(waiting.Ended(), Is.EqualTo((4, "")));
    }

    [TestCase("no such build: x.log@1", "x.log@1")]
    [TestCase("--timeout: not a time: soon; give one like 30m", Image, "--timeout", "soon")]
    [TestCase("standard input cannot be waited on", Image, "--messages", "-")]
    [TestCase("messages: missing", Image, "--messages", "none/messages")]
    [TestCase("--bogus", Image, "--bogus")]
    [TestCase("give one BUILD", "")]
    public void Wait_WhatKeepsItFromWatching_Is255(string said, params string[] arguments)
    {
        _folder.Append("messages", Start);
        using var waiting = Wait(arguments);

        waiting.Expect(said);
        Assert.That(waiting.Ended(), Is.EqualTo((255, "")));
    }

    [Test]
    public void Wait_BesideAReplay_EndsAsTheTruthSays()
    {
        var capture = SharedFolder.Find("data/captures/e7ec5f0-main");
        var replay = SharedFolder.Find("tools/replay");
        var truth = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(capture, "truth.json"))).RootElement;
        var target = _folder["replayed"];
        using var player = Process.Start(
            new ProcessStartInfo("/usr/bin/env", ["python3", replay, capture, target, "--speed", "4", "--from", "1", "--quiet"])
        )!;
        Assert.That(() => System.IO.File.Exists(Path.Combine(target, "messages")), Is.True.After(TestPatience.Milliseconds, 20));

        // The builds of one message: each waits for the first build of its own template.
        var ends = truth
            .GetProperty("builds")
            .EnumerateArray()
            .Where(build =>
                build.GetProperty("outcome").GetString() is "success" or "failed"
                && build.GetProperty("shares_log_path_with_overlapping").GetArrayLength() == 0
            )
            .GroupBy(build => $"{build.GetProperty("image").GetString()}.{build.GetProperty("template").GetString()}")
            .Select(builds => builds.MinBy(build => build.GetProperty("started").GetDouble()))
            .Where(build =>
                build.GetProperty("started").GetDouble()
                > truth.GetProperty("builds").EnumerateArray().Min(first => first.GetProperty("started").GetDouble()) + 8
            )
            .Take(3)
            .ToList();
        var waits = ends.ConvertAll(build =>
            Wait(
                $"{build.GetProperty("image").GetString()}.{build.GetProperty("template").GetString()}",
                "--messages",
                Path.Combine(target, "messages"),
                "--log-dir",
                Path.Combine(target, "log")
            )
        );

        Assert.That(ends, Is.Not.Empty);
        foreach (var (waiting, build) in waits.Zip(ends))
        {
            using (waiting)
                Assert.That(
                    waiting.Ended().Code,
                    Is.EqualTo(build.GetProperty("outcome").GetString() == "success" ? 0 : 1),
                    build.ToString()
                );
        }

        player.Kill();
    }

    private Waiting Wait(params string[] arguments) =>
        new(
            Program,
            [
                "wait",
                "--config",
                _folder.Write("config.ini", ""),
                "--time-zone",
                "UTC",
                "--now",
                "2026-11-23T00:00:00Z",
                .. Sources(arguments),
                .. arguments,
            ],
            _folder.Path
        );

    private string[] Sources(string[] arguments) =>
        [.. Unless(arguments, "--messages", _folder["messages"]), .. Unless(arguments, "--log-dir", _folder["log"])];

    private static string[] Unless(string[] arguments, string option, string value) => arguments.Contains(option) ? [] : [option, value];

    /// <summary>The program while it waits; what it says on standard error is read line by line.</summary>
    private sealed class Waiting : IDisposable
    {
        private readonly Process _process;

        public Waiting(string program, string[] arguments, string folder)
        {
            // A program that says nothing must not hold the tests for ever.
            var start = new ProcessStartInfo("timeout", ["120", program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            };
            start.Environment["XDG_CONFIG_HOME"] = folder;
            _process = Process.Start(start)!;
        }

        public void Expect(string text) => Assert.That(_process.StandardError.ReadLine(), Does.Contain(text));

        public (int Code, string Output) Ended()
        {
            var output = _process.StandardOutput.ReadToEnd();
            Assert.That(_process.WaitForExit(TimeSpan.FromSeconds(60)));
            return (_process.ExitCode, output);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }
}
