using System.Text;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Output that says nothing is counted only, and the log is the same as if each line had been folded.</summary>
public sealed class QuietOutputTests
{
    private static readonly string[] Quiet =
    [
        "Loaded plugins: fastestmirror", "  Installing : httpd-2.4.6-97.el7.x86_64   1/12", "Setting up acl (2.2.53-4) ...", "x",
        "Complete!", "Größe: 12 kB", "Created symlink /etc/x → /usr/x.", "[INFO] updated package httpd", "100% [=====>] 12,345",
    ];

    /// <summary>Output that means something by itself, or after such a line.</summary>
    private static readonly string[] Telling =
    [
        "[ERROR] spma: no", "[INFO] running component: spma", "[INFO] configure on component spma executed, 1 errors, 0 warnings",
        "[ERROR] ncm-ncd: 2 errors, 5 warnings executing configure", "Got hostname vm101.cloud.example.org", "Fetching profile",
        "Starting ccm update script, waiting for network", "Running quattor configure", "| updated_at | 2020-03-04T05:06:07Z |",
        "[INFO] NCM-NCD version 17.2.0 started by root at: Wed Mar  4 05:06:07 2020",
        $"Server ID: {GivenPacker.Server}",
        $"Image: {GivenPacker.Image}", "Instance ID: i-0a1b2c3d4e5f67890", $"Volume ID: {GivenPacker.Volume}",
        "Created floating IP: 192.0.2.7", "cp: cannot stat 'x': No such file or directory", "yum: command not found", "E: no", "Error: no",
        "ModuleNotFoundError: No module named 'yaml'", "net/http.rb:960:in `initialize': execution expired (Net::OpenTimeoutError)",
        "/tmp/script.sh: 4: yaim: not found", "[2020-03-04T05:06:07+00:00] FATAL: Chef::Exceptions::Package",
        "fatal: [default]: FAILED! =>",
        "  msg: No package matching 'squid' found", "  msg: |-", "    no package", "...ignoring", "          Result: False",
        "         Comment: no", "failed: [default] (item=httpd) =>", "", " ", "\ttab", "two\rtimes",
        new string('x', 1_000), new string('x', 1_001),
        "Waiting for image worker to become ready...", "Launching server...", "Pausing 10s before the next provisioner...",
        "Verified flavor. ID: 6e7f8091", "Provisioning with shell script: /tmp/packer-shell123", "==> openstack: an arrow in output",
    ];

    private static readonly Func<string, string>[] Styles =
    [
        text => $"    openstack: {text}", text => $"    other.one: {text}", text => $"\u001b[0;32m    openstack: {text}\u001b[0m",
        text => $"\u001b[1;32m==> openstack: {text}\u001b[0m", text => $"\u001b[1;34m==> other.one: {text}\u001b[0m",
        text => $"==> openstack: {text}", text => $"    openstack (shell-local): {text}", text => $"    12: {text}",
        text => $"    openstack 2019-03-07T10:15:44Z: {text}", text => $"\u001b[1;31m==> openstack: {text}\u001b[0m",
        text => $"\u001b[1;31m    openstack: {text}\u001b[0m", text => $"\u001b[0;32m    openstack: {text}",
        text => $"    openstack:{text}", text => $"\u001b[1;31m==> openstack: {text}",
    ];

    /// <summary>What no builder writes.</summary>
    private static readonly string[] Odd =
    [
        "Error: Unsupported argument", "Error: no plugin:", "* a bullet", "still red", "red until here\u001b[0m", GivenLog.Daemon(0),
        "plain",
        "2026/11/22 09:12:31 ui:     openstack: Loaded plugins: fastestmirror", "1795309774,,ui,say,    openstack: x",
        "Killed",
        "panic: runtime error: index out of range", "Cancelling build after receiving terminated",
        "openstack: output will be in this color.",
        "==> Some builds didn't complete successfully and had errors:", "Build 'openstack' errored: 2 error(s) occurred:",
    ];

    private static readonly string[][] Logs =
    [
        .. from one in CauseTests.Cases() from writing in GivenPacker.Writings select one.Log.Lines(writing),
        GivenLog.GoodBuild,
    ];

    /// <summary>Lines that mean something stand between quiet ones, in logs of all kinds and versions.</summary>
    [Test]
    public void Log_WithRunsOfOutput_IsTheLogOfItsLines()
    {
        var skipped = 0L;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var lines = Drawn(new Random(seed));
            var (log, folded) = InRuns(lines);
            skipped += folded.Skipped;
            var changes = Content.Changes(Content.OfAll(PackerSamples.Fold(lines)), Content.OfAll(log));
            Assert.That(changes, Is.Empty, $"log {seed}:\n{string.Join('\n', lines)}");
        }

        Assert.That(skipped, Is.GreaterThan(20_000), "lines in runs");
    }

    /// <summary>Each kind of line in the middle of a run, in each style, while a script runs and before one does.</summary>
    [Test]
    public void Run_OverALineThatMeansSomething_EndsBeforeIt()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var (style, number) in Styles.Select((style, number) => (style, number)))
        {
            foreach (var text in Telling.Concat(Quiet))
            {
                foreach (var start in new[] { GivenLog.Start, GivenLog.Start[..^1] })
                {
                    string[] lines = [.. start, .. Quiet.Select(style), style(text), .. Quiet.Select(style)];
                    var changes = Content.Changes(Content.OfAll(PackerSamples.Fold(lines)), Content.OfAll(InRuns(lines).Log));
                    Assert.That(changes, Is.Empty, $"{number}: {text}");
                }
            }
        }
    }

    [Test]
    public void Run_OfQuietLines_IsOneUpToItsLimits()
    {
        const string Line = "    openstack: Loaded plugins\n";
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, 4_000)));

        Assert.Multiple(() =>
        {
            Assert.That(Run("    openstack: one\n    openstack: two\n    openstack: three"), Is.EqualTo((2, 38)));
            Assert.That(Run("    openstack: one\n    openstack: two"), Is.EqualTo((0, 0)), "one whole line is no run");
            Assert.That(Run("    openstack: one\n    other: two\n"), Is.EqualTo((0, 0)));
            Assert.That(Run("    openstack: one\n    openstack: two\r\n    openstack: three\n"), Is.EqualTo((0, 0)));
            Assert.That(Run("    a: 1\n    a: 2\n    a: No such file or directory\n    a: 3\n"), Is.EqualTo((2, 18)));
            Assert.That(Run("    a: 1\n    a: 2\n    a:  \n    a: 3\n"), Is.EqualTo((2, 18)), "a blank line may stand in a message");
            Assert.That(Run("\u001b[1;32m==> a: 1\u001b[0m\n\u001b[1;32m==> a: 2\u001b[0m\n"), Is.EqualTo((2, 40)));
            Assert.That(Run("\u001b[1;31m==> a: 1\u001b[0m\n\u001b[1;31m==> a: 2\u001b[0m\n"), Is.EqualTo((0, 0)), "red");
            Assert.That(Run("\u001b[0;32m    a: 1\u001b[0m\n\u001b[0;32m    a: 2\n"), Is.EqualTo((0, 0)), "a colour that stays");
            Assert.That(Run($"    a: {new string('x', 1_000)}\n    a: 2\n"), Is.EqualTo((2, 1_017)));
            Assert.That(Run($"    a: {new string('x', 1_001)}\n    a: 2\n    a: 3\n"), Is.EqualTo((0, 0)));
            Assert.That(QuietOutput.RunLength([.. "    a: 1\n    a: 2\n    a: "u8, 0xFF, .. "\n"u8], out _), Is.EqualTo(18), "no UTF-8");
            Assert.That(Run(string.Concat(Enumerable.Repeat("    a: 8901234\n", 5_000))), Is.EqualTo((4_370, 65_550)));
            Assert.That(Run(string.Concat(Enumerable.Repeat("    a: 89012345\n", 5_000))), Is.EqualTo((4_096, 65_536)));
            Assert.That(Run(""), Is.EqualTo((0, 0)));
            Assert.That(Run("    openstack: "), Is.EqualTo((0, 0)));
            Assert.That(QuietOutput.RunLength(many, out var count), Is.EqualTo(count * Line.Length));
        });

        static (int, int) Run(string text)
        {
            var length = QuietOutput.RunLength(Encoding.UTF8.GetBytes(text), out var count);
            return (count, length);
        }
    }

    /// <summary>The times of lines that are only counted are those of lines that are folded.</summary>
    [Test]
    public void Run_ThatArrives_MovesTheTimeOfTheLastLine()
    {
        var draft = new BuildLogDraft(PackerSamples.Fold(GivenLog.Start));
        draft.Apply("    openstack: one\n    openstack: two\n    openstack: three\n"u8, 3, GivenLog.Noon);

        Assert.That((draft.ToLog().LineCount, draft.ToLog().LastLineAt), Is.EqualTo((GivenLog.Start.Length + 3L, GivenLog.Noon)));
    }

    /// <summary>Compared with a good build each line may be one that it does not have.</summary>
    [Test]
    public void Run_WithGoodBuildsToCompare_CountsEachNewLine()
    {
        var draft = new BuildLogDraft(PackerSamples.Fold(GivenLog.Start, Baseline.Of(GivenLog.GoodBuild)));
        draft.Apply("    openstack: one\n    openstack: two\n    openstack: three\n"u8, 3, null);

        Assert.That(draft.ToLog().Problems.NewCount, Is.EqualTo(3));
    }

    /// <summary>After a refusal each line may be more of its text, until that is complete.</summary>
    [TestCase("Error: Unsupported argument")]
    [TestCase("Template validation failed. Errors are shown below.")]
    public void Run_AfterARefusal_IsReadLineByLine(string refusal)
    {
        string[] lines =
        [
            refusal, GivenLog.Step("Provisioning with shell script: /tmp/x"),
            .. Enumerable.Range(0, 5).Select(number => $"\u001b[1;32m==> openstack: word {number}\u001b[0m"),
        ];

        Assert.That(Content.Changes(Content.OfAll(PackerSamples.Fold(lines)), Content.OfAll(InRuns(lines).Log)), Is.Empty);
    }

    private static string[] Drawn(Random random)
    {
        // Not for secrets: the same log each time.
        var lines = new List<string>();
        var (source, style) = (Logs[random.Next(Logs.Length)], Styles[random.Next(Styles.Length)]);
        foreach (var line in source)
        {
            lines.Add(line);
            if (random.Next(3) > 0)
                continue;
            if (random.Next(4) == 0)
                style = Styles[random.Next(Styles.Length)];
            if (random.Next(4) == 0)
                lines.Add(Odd[random.Next(Odd.Length)]);
            for (var left = random.Next(1, 8); left > 0; left--)
            {
                var telling = random.Next(4) == 0 ? Telling[random.Next(Telling.Length)] : null;
                var other = telling is null || random.Next(2) == 0 ? style : Styles[random.Next(Styles.Length)];
                lines.Add(other(telling ?? Quiet[random.Next(Quiet.Length)]));
            }
        }

        return [.. lines];
    }

    private static (BuildLog Log, (long Runs, long Skipped) Folded) InRuns(string[] lines)
    {
        var (draft, runs, skipped) = (new BuildLogDraft(BuildLog.Empty), 0L, 0L);
        var rest = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))).AsSpan();
        while (!rest.IsEmpty)
        {
            var length = QuietOutput.RunLength(rest, out var count);
            if (length > 0)
            {
                draft.Apply(rest[..length], count, null);
                (runs, skipped) = (runs + 1, skipped + count);
            }
            else
            {
                length = rest.IndexOf((byte)'\n') + 1;
                draft.Apply(Encoding.UTF8.GetString(rest[..(length - 1)]), null);
            }

            rest = rest[length..];
        }

        return (draft.ToLog(), (runs, skipped));
    }
}
