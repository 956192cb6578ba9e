using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class VerdictTests
{
    [Test]
    public void Verdict_OfGoodBuild_RestsOnTheFinalLineIfThereIsOne()
    {
        Assert.That(
            Verdict.Of(GivenLog.Log(GivenLog.GoodBuild)),
            Is.EqualTo(new Verdict(PackerOutcome.Succeeded, Witness.PackersEnd, null, null))
        );
        Assert.That(
            Verdict.Of(GivenLog.Log([.. GivenLog.GoodBuild, GivenLog.Daemon(0)])),
            Is.EqualTo(new Verdict(PackerOutcome.Succeeded, Witness.FinalLine, DateTimeOffset.FromUnixTimeSeconds(1583323682), 0)));
    }

    [Test]
    public void Verdict_BeforeTheEnd_IsUnknown()
    {
        foreach (var length in Enumerable.Range(0, GivenLog.GoodBuild.Length - GivenLog.GoodEnd.Length + 4))
            Assert.That(
                Verdict.Of(GivenLog.Log(GivenLog.GoodBuild.Take(length))).Outcome,
                Is.EqualTo(PackerOutcome.Unknown),
                $"after {length} lines"
            );
    }

    [Test]
    public void Verdict_OfBuildThatSaysFinishedButWasCancelled_IsCancelled()
    {
        var log = GivenLog.Log([
            .. GivenLog.Start,
            "Cancelling build after receiving terminated",
            GivenLog.GoodEnd[0],
            "Cleanly cancelled builds after being interrupted.",
        ]);

        Assert.That(Verdict.Of(log).Outcome, Is.EqualTo(PackerOutcome.Cancelled));
    }

    [TestCase(1, PackerOutcome.Cancelled)]
    [TestCase(0, PackerOutcome.Succeeded)]
    public void Verdict_OfInterruptionWithoutItsEnd_GoesByTheExitCode(int exitCode, PackerOutcome outcome)
    {
        var log = GivenLog.Log([.. GivenLog.Start, "Cancelling build after receiving interrupt", GivenLog.Daemon(exitCode)]);

        Assert.That(Verdict.Of(log).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void Verdict_OfFailedBuild_IsFailedFromTheBuildersErrorOn()
    {
        string[] lines = [.. GivenLog.Start, .. GivenLog.FailedEnd("Timeout waiting for SSH.")];
        var error = GivenLog.Start.Length + GivenLog.ClearingUp.Length + 1;

        foreach (var length in Enumerable.Range(0, lines.Length + 1))
        {
            Assert.That(
                Verdict.Of(GivenLog.Log(lines.Take(length))).Outcome,
                Is.EqualTo(length < error ? PackerOutcome.Unknown : PackerOutcome.Failed), $"after {length} lines");
        }
    }

    [TestCase("Error waiting for server: interrupted", PackerOutcome.Cancelled)]
    [TestCase("Build was cancelled.", PackerOutcome.Cancelled)]
    [TestCase("Build was cancelled", PackerOutcome.Failed)]
    [TestCase("the download was interrupted", PackerOutcome.Failed)]
    public void Verdict_OfABuildersError_IsAnInterruptionByItsWords(string message, PackerOutcome outcome)
    {
        var log = GivenLog.Log([.. GivenLog.Start, .. GivenLog.FailedEnd(message)]);

        Assert.That(
            (Verdict.Of(log).Outcome, log.Builders.Single().Interrupted),
            Is.EqualTo((outcome, outcome is PackerOutcome.Cancelled))
        );
    }

    [Test]
    public void Verdict_OfLineLikeTheDaemonsAmongOthers_IsUnknown()
    {
        var log = GivenLog.Log([.. GivenLog.Start, GivenLog.Daemon(0), GivenLog.Output("more")]);

        Assert.That((Verdict.Of(log).Outcome, log.Marks), Is.EqualTo((PackerOutcome.Unknown, LogMarks.TwoBuilds)));
    }

    [TestCase("/bin/sh: line 1: /srv/login.sh: No such file or directory")]
    [TestCase("Failed to parse template: Error parsing JSON: no")]
    public void Verdict_WherePackerNeverRan_IsFailed(string line)
    {
        var log = GivenLog.Log([line]);

        Assert.That((Verdict.Of(log).Outcome, log.Evidence.PackerRan, log.IsBuildLog), Is.EqualTo((PackerOutcome.Failed, false, true)));
    }

    [Test]
    public void Verdict_WhereTheShellFailedAfterPackersEnd_IsFailed()
    {
        var log = GivenLog.Log([.. GivenLog.GoodBuild, "/bin/sh: line 1: /srv/rename.sh: No such file or directory"]);

        Assert.That(Verdict.Of(log).Outcome, Is.EqualTo(PackerOutcome.Failed));
        Assert.That(Reason.Of(log)?.Text, Is.EqualTo("/srv/rename.sh: No such file or directory"));
    }

    private static IEnumerable<TestCaseData> Mixtures()
    {
        var good = GivenLog.GoodBuild;
        yield return new TestCaseData((object)(string[])[.. good, .. good]) { TestName = "one after the other" };
        yield return new TestCaseData((object)(string[])[.. good.Skip(5), .. good]) { TestName = "the end of one, then another" };
        yield return new TestCaseData((object)(string[])[.. good, .. good.Skip(good.Length - 8)]) { TestName = "another's end" };
        yield return new TestCaseData((object)(string[])[.. good.Take(5), new string('\0', 79) + good[5], .. good.Skip(6)])
        {
            TestName = "a hole",
        };
        yield return new TestCaseData((object)(string[])[.. good.Take(5), good[5][..20] + "\0\0\0" + good[6], .. good.Skip(7)])
        {
            TestName = "a hole in a line",
        };
        yield return new TestCaseData((object)(string[])[.. good.Take(8), good[8] + good[9], .. good.Skip(10)])
        {
            TestName = "two lines in one",
        };
        yield return new TestCaseData((object)(string[])[.. good.Take(8), "\u001b[" + good[8], .. good.Skip(9)])
        {
            TestName = "half an escape",
        };
        yield return new TestCaseData((object)(string[])[.. good.Take(8), "\u001b" + good[8], .. good.Skip(9)])
        {
            TestName = "the beginning of an escape",
        };
    }

    [TestCaseSource(nameof(Mixtures))]
    public void Verdict_OfLogThatTwoBuildsWrote_IsUnknown(string[] lines)
    {
        var log = GivenLog.Log(lines);

        Assert.That(log.Marks, Is.Not.EqualTo(LogMarks.None));
        Assert.That(Verdict.Of(log), Is.EqualTo(Verdict.Unknown));
        Assert.That(LeftBehind.Of(log), Is.Empty);
    }

    [Test]
    public void Verdict_OfLogThatTheCallerKnowsToBeShared_IsUnknown() =>
        Assert.That(Verdict.Of(GivenLog.Log(GivenLog.GoodBuild), isShared: true), Is.EqualTo(Verdict.Unknown));

    [Test]
    public void Marks_OfBuildThatPrintsControlsAndHasTwoBuilders_AreNone()
    {
        var log = GivenLog.Log(
        [
            GivenLog.Green("first: output will be in this color."),
            GivenLog.Green("second: output will be in this color."),
            .. GivenLog.GoodBuild.Skip(1).Take(8),
            GivenLog.Output("bell \a backspace \b nul \0 end"),
            GivenLog.Output("\u001b[1;33mcolours\u001b[0m \u001b]0;title\a and \u001b[2K\u001b[1A more"),
            GivenLog.Output(GivenLog.Green("==> inner: another packer")),
            .. GivenLog.GoodEnd,
        ]);

        Assert.That((log.Marks, Verdict.Of(log).Outcome), Is.EqualTo((LogMarks.None, PackerOutcome.Succeeded)));
    }

    [Test]
    public void Log_WithoutColours_ReportsTheSame()
    {
        var plain = GivenLog.Log(
            GivenLog.GoodBuild.Skip(2).Select(line => line.Replace("\u001b[1;32m", "").Replace("\u001b[0;32m", "").Replace("\u001b[0m", ""))
        );

        Assert.That(
            (plain.Trail.Steps.Select(step => step.Name), Verdict.Of(plain)),
            Is.EqualTo(
                (
                    GivenLog.Log(GivenLog.GoodBuild).Trail.Steps.Select(step => step.Name),
                    new Verdict(PackerOutcome.Succeeded, Witness.PackersEnd, null, null)
                )
            )
        );
    }
}
