using System.Text.Json;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Every log of the recorded runs against what really happened in them.</summary>
public sealed class CapturedLogsTests
{
    [Test]
    public void Verdict_OfEveryLogThatOneBuildWrote_IsTheTruth()
    {
        var seen = 0;
        // Outside of the block: a test may not be skipped in the middle of one.
        var runs = Directory.GetDirectories(PackerSamples.Folder("captures"));
        Assert.Multiple(() =>
        {
            foreach (var run in runs)
            {
                using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "truth.json")));
                foreach (var build in truth.RootElement.GetProperty("builds").EnumerateArray().Where(IsAlone))
                {
                    var path = Path.Combine(run, "log", Path.GetFileName(build.GetProperty("log_path_normalised").GetString()!));
                    var verdict = Verdict.Of(PackerSamples.Log(path));
                    seen++;
                    Assert.That(verdict.Outcome, Is.EqualTo(Expected(build.GetProperty("outcome").GetString()!)), path);
                    Assert.That(Verdict.Of(WithoutColour(path)), Is.EqualTo(verdict), $"{path} without colours");
                    if (verdict.ExitCode is { } code)
                        Assert.That(code, Is.EqualTo(build.GetProperty("exit_code").GetInt32()), path);
                    if (verdict.EndedAt is { } ended)
                        Assert.That(
                            ended.ToUnixTimeMilliseconds() / 1000.0,
                            Is.EqualTo(build.GetProperty("ended").GetDouble()).Within(1.5),
                            path
                        );
                }
            }
        });

        Assert.That(seen, Is.GreaterThan(150));
    }

    [Test]
    public void Reason_OfEveryFailedLog_IsItsFirstErrorLine()
    {
        var reasons = Directory.GetDirectories(PackerSamples.Folder("captures"))
            .SelectMany(run => Directory.GetFiles(Path.Combine(run, "log")))
            .Select(path => PackerSamples.Log(path))
            .Where(log => Verdict.Of(log).Outcome == PackerOutcome.Failed)
            .Select(log => Reason.Of(log)?.Text)
            .Distinct();

        Assert.That(reasons, Is.EquivalentTo((string[])
        [
            "[ERROR] ccm-fetch failed: foreign profile not found",
            "[ERROR] ncm-ncd: 2 errors, 5 warnings executing configure",
            "Failed to parse template: Error parsing JSON: invalid character '\"' after object key:value pair",
            "/etc/packer-utils/packer-auth.sh: No such file or directory",
        ]));
    }

    [Test]
    public void Comparison_OfEveryTwoGoodLogsOfOneImageAndTemplate_HasAtMostTwoNewLines()
    {
        var pairs = 0;
        foreach (var run in Directory.GetDirectories(PackerSamples.Folder("captures")))
        {
            var same = Directory.GetFiles(Path.Combine(run, "log"), "*.json.*.log")
                .Where(path => Verdict.Of(PackerSamples.Log(path)).Outcome == PackerOutcome.Succeeded)
                .GroupBy(path => path[..path.LastIndexOf(".json.", StringComparison.Ordinal)]);
            foreach (var logs in same.Select(group => group.Select(PackerSamples.AllLines).ToArray()))
            {
                foreach (
                    var (these, those) in logs.SelectMany(these => logs.Where(those => those != these).Select(those => (these, those)))
                )
                {
                    Assert.That(Comparison.Of(these, Baseline.Of(those)).NewCount, Is.LessThanOrEqualTo(2), these[0]);
                    pairs++;
                }
            }
        }

        Assert.That(pairs, Is.GreaterThan(5));
    }

    [Test]
    public void Log_OfRally_IsNoBuildLog()
    {
        var logs = Directory
            .GetFiles(PackerSamples.Folder("captures", "2003ddb-rally", "log", "rally-tasks"))
            .Select(path => PackerSamples.Log(path));

        Assert.That(logs.Select(log => log.IsBuildLog), Is.All.False);
    }

    private static BuildLog WithoutColour(string path) =>
        PackerSamples.Fold(
            PackerSamples
                .AllLines(path)
                .Select(line =>
                    line.Replace("\u001b[1;32m", "").Replace("\u001b[0;32m", "").Replace("\u001b[1;31m", "").Replace("\u001b[0m", "")
                )
        );

    private static bool IsAlone(JsonElement build) =>
        build.GetProperty("shares_log_path_with_overlapping").GetArrayLength() == 0
        && build.GetProperty("log_overwritten_later_by").GetArrayLength() == 0;

    /// <summary>An orphan's daemon was killed, but its Packer went on to the end.</summary>
    private static PackerOutcome Expected(string outcome) => outcome switch
    {
        "success" or "orphan-success" => PackerOutcome.Succeeded,
        "failed" or "orphan-failed" => PackerOutcome.Failed,
        "killed-with-daemon" => PackerOutcome.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not in the recordings' description"),
    };
}
