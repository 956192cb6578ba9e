using System.Text;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Lines of build logs, those of programs and Packer's own, each also a little different. ACCEPT=1 rewrites the tables.</summary>
public sealed class LineTableTests
{
    private const string ScriptFailed = "Script exited with non-zero exit status: 1. Allowed exit codes are: [0]";
    private const string Shell = "Provisioning with shell script: scripts/base.sh";
    private const string Sure = "E: Unable to locate package xroot";

    /// <summary>Each word by which a failure, a harmless line or a conclusion is known, and what looks like one.</summary>
    private static readonly string[] Said =
    [
        "sh: yaim: command not found", "cat: /x: No such file or directory", "cp: No space left on device", "scp: Permission denied",
        "tar: Killed  by 9", "nc: Connection refused", "ssh: Connection timed out", "x returned error: 5", "No package squid",
        "Nothing to do",
        "dpkg: error processing x", "'x' is not recognized as a command", "a: quota exceeded", "fatal: [default]: FAILED! => {}",
        "failed: [default] (item=x) => {}", "FATAL: x", "FATAL x", "Error: x", "ERROR: x", "ERROR! x", "E: x", "Err:1 x", "[ERROR] x",
        "[FATAL] x", "[CRITICAL] x", "error: x", "ERROR x", "Traceback (most recent call last):", "curl: (6) x", "rpm: x", "panic: x",
        "npm ERR! x", "make: *** [all] Error 2", "Errors during x", "Unable to x", "Caused by: x", "Exception in thread x", "HTTP 404",
        "HTTP 500", "[2020-03-04T05:06:07+00:00] FATAL: x", "[2020-03-04T05:06:07+00:00] ERROR: x", "KeyError: 'x'", "a.b.NetException: x",
        "KeyError", "x y Error: z", "a.rb:9:in `x': expired (Net::OpenTimeoutError)", "/tmp/s.sh: 4: yaim: not found", "Is it not found",
        "warning: x", "Warning: x", "[WARN] x", "+ yum install x", "++ date", "Created symlink /x", "Cloning into 'x'...", "--2026-11-22 x",
        "Resolving x", "Connecting to x", "HTTP request sent, 404", "100  4218  100  4218    0     0", "### 100",
        "## x", "x; build will continue",
        "Could not chdir to home directory /x", "[sudo] password for x", "deprecated x", "defaulting to x", "ignored x", "x already exists",
        "ln: File exists", "NOKEY", "retrying x", "WARN x", "x ok=1", "fill: giving up", "x: aborting", "x exiting", "exit status 2",
        "Failed:  x", "compilation terminated.", "Failed to run x", "See \"systemctl status x", "make[1]: *** [x]",
        "some error", "x failed",
        "cannot x", "can't x", "timed out", "done", "goroutine 1 [running]:", "created by x", "at x.y(z)", "... 3 more",
        @"At C:\x.ps1:3 char:1", "At C:\\x.ps1:3", "main.main()", "main main()", "  indented", "...ignoring", "Result: False", "msg: x",
        "\"msg\": \"x\",", "msg: |-", "Error x", "Timeout x", "Failed x", "failed x", "Unable x", "Couldn't x", "Could not x",
        "No image was found x", "No AMI was found x", "x: interrupted", "Step \"StepProvision\" failed, aborting...",
        "aborted: skipping cleanup of step x", "Cancelling provisioner after a timeout x", "Upload failed: x", "Download failed: x",
        "Interrupted, aborting x", "Error waiting for machine to restart: x", "Unable to extract inline scripts into a file: x",
        "Creating virtual machine", "Power on VM...", "Warning about x", "creating x", "Doing", "Runs x...", "a://b => /c", "a => b",
        "Error deleting volume x: Resource not found", "Error terminating server, may still be around: x", "Error cleaning up x",
        "Error deleting temporary keypair x", "Please delete the key manually", "Server ID: 8c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f",
        "Volume ID: 2a3b4c5d-6e7f-4809-91a2-b3c4d5e6f708", "Image: 4c5d6e7f-8091-4a2b-b3c4-d5e6f708192a",
        "[INFO] configure on component spma executed, 2 errors, 0 warnings", "[ERROR] spma: x", "2 errors, 1 warnings executing configure",
    ];

    /// <summary>
    /// In each place: <c>R</c> it is the reason, <c>S</c> it is a step, <c>+</c> a problem or a cause beside the reason, <c>.</c> nothing.
    /// </summary>
    [Test]
    public void Lines_InEachPlaceOfALog_AreWhatIsListed()
    {
        var text = new StringBuilder("out red bare over gone last more\n");
        foreach (var said in Said)
        {
            foreach (var line in new[] { said, said[1..], said[..^1], $"x {said}", char.ToLowerInvariant(said[0]) + said[1..] }.Distinct())
            {
                if (line.Trim().Length == 0)
                    continue;
                string[] places =
                [
                    Place(line, Begin().Step(Shell).Out(line).Clear().Errored(ScriptFailed), Writing.New),
                    Place(line, Begin().Step(Shell).Red(line).Clear().Errored(ScriptFailed), Writing.New),
                    Place(line, Begin().Step(Shell).Out(line).Clear().Errored(ScriptFailed), Writing.NewWithoutColours),
                    Place(line, Begin().Red(line).Clear(afterError: false).Errored(ScriptFailed), Writing.NewWithoutColours),
                    Place(line, Begin().Step(Shell).Out("x").Clear().Red(line).Errored(ScriptFailed), Writing.New),
                    Place(line, Begin().Step(Shell).Red(Sure, line).Clear().Errored(ScriptFailed), Writing.Old),
                    Place(line, Begin().Step(Shell).Out("Result: False", line, Sure).Clear().Errored(ScriptFailed), Writing.New),
                ];
                text.AppendJoin("", places).Append(' ').Append(line).Append('\n');
            }
        }

        Golden.Matches("Lines.Roles.txt", text.ToString());
    }

    [Test]
    public void PackersLines_WithALetterChanged_AreReadAsListed()
    {
        var lines = Begin(volume: true, floating: true).Step(Shell).Red(Sure).Clear().Errored(ScriptFailed).Lines(Writing.OldWithoutColours)
            .Concat(Begin().Good().Lines(Writing.OldWithoutColours))
            .Concat(Begin().Cancelled().Lines(Writing.OldWithoutColours))
            .Concat(Begin().Lines(Writing.Machine).Take(3))
            .Concat(Begin().Lines(Writing.OldWithStamps).Take(5))
            .Append("rabbit2packer: Build finished at 1583323682 (epoch) with exit code 1")
            .Where(line => line.Length > 0)
            .Distinct();

        Golden.Matches(
            "Letters.Packer.txt",
            string.Concat(lines.Select(line => LetterTable.Of(line, 0, text => PackerLine.Read(text) switch
            {
                OtherLine => null,
                var read => (read.GetType().Name, read.ToString()!),
            })))
        );
    }

    /// <summary>What is kept of a log of each kind of failure, in the ways of writing that differ most.</summary>
    [Test]
    public void Logs_OfEachFailure_AreWhatIsListed()
    {
        var text = new StringBuilder();
        foreach (var made in CauseTests.Cases())
        {
            text.Append(made.Name).Append('\n');
            var before = "";
            foreach (var writing in new[] { Writing.Old, Writing.New, Writing.NewWithoutColours, Writing.Debug })
            {
                var now = Kept(made.Log.Log(writing));
                text.Append($"  {writing}: ").Append(now == before ? "the same" : now).Append('\n');
                before = now;
            }
        }

        Golden.Matches("Lines.Logs.txt", text.ToString());
    }

    /// <summary>Words at the edges of what is masked: by length, by letters, by what stands before and behind.</summary>
    [Test]
    public void Masks_OfLinesWithALetterChanged_AreWhatIsListed()
    {
        string[] lines =
        [
            $"Server ID: {GivenPacker.Server}, packer_{GivenPacker.Server}x {GivenPacker.Server[..35]}",
            "hex 12345 123456 abcdef abcde1 ab-cd-e1f",
            "Wed Mar  4 05:06:07 2020, May 4 and Mon May 4, Monday 4",
            "4 minutes 1 second, 8 minutes, 2 hours 3 minutes 4 seconds in 5 seconds",
            "base aB3aB3aB3aB3aB3 aB3aB3aB3aB3aB3a ab3ab3ab3ab3ab3ab AB3AB3AB3AB3AB3AB aBcaBcaBcaBcaBcaBc aB3aB3aB3-B3aB3aB",
            "tmp tmp.aBcDeF tmp.aBcDeFg tmp.aBcDeFgH tmp.aBcDeFgHi tmp.aBcDeFgHiJ tmp.abcdef tmp.ABCDEF tmp.Abcdef xaBcDeF",
            "| None   | x2 |  ", " 12 seconds seconds # second",
        ];

        Golden.Matches(
            "Letters.Masks.txt",
            string.Concat(lines.Select(line => $"{LineMask.Of(line)}\n{LetterTable.Of(line, 0, text => ("", LineMask.Of(text)))}"))
        );
    }

    private static string Kept(BuildLog log)
    {
        var (verdict, reason) = (Verdict.Of(log), Reason.Of(log));
        return string.Join(
            "; ",
            [
                $"{log.LineCount} lines, {log.RedCount} red, {verdict.Outcome} by {verdict.Witness}, {log.Marks}",
                $"reason {reason?.Line}",
                $"steps {string.Join(' ', log.Trail.Steps.Select(step => $"{step.Kind}@{step.Line}"))}",
                .. log.Problems.Problems.Select(problem => $"{problem.Kind}@{problem.Line} {problem.Text}"),
                $"{log.Belongings}",
            ]
        );
    }

    private static GivenPacker Begin(bool volume = false, bool floating = false) => new GivenPacker().Begin(volume, floating);

    private static char Role(string line, BuildLog log) =>
        Reason.Of(log)?.Text.Contains(line.Trim(), StringComparison.Ordinal) == true ? 'R'
        : log.Trail.Steps.Any(step => step.Name.StartsWith(line.Trim().TrimEnd('.'), StringComparison.Ordinal)) ? 'S'
        : log.Problems.Problems.Any(problem => problem.Text.Contains(line.Trim(), StringComparison.Ordinal)) ? '+'
        : '.';

    private static string Place(string line, GivenPacker log, Writing writing) => $"{Role(line, log.Log(writing))}";
}
