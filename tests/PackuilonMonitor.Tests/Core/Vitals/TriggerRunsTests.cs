using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>Runs of cdb2rabbit by their processes, and the calls of cdp-listend.</summary>
public sealed class TriggerRunsTests
{
    [Test]
    public void ParallelRuns_AreDistinguishedByTheirProcess()
    {
        var runs = Runs(
            "00 cdb2rabbit.py[1]: Starting",
            "01 cdb2rabbit.py[2]: Starting",
            "02 cdb2rabbit.py[2]: We failed to reach a server.",
            "03 cdb2rabbit.py[1]: Exiting normally"
        );

        Assert.That(
            (runs.Script.Failing, runs.Open.Select(run => run.Pid).ToArray()),
            Is.EqualTo(((Sign?)null, new int?[] { 2 }))
                .Using<(Sign?, int?[])>((one, other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2))
        );
    }

    [Test]
    public void ErrorAndTheCallThatReportsIt_AreOneFailedRun()
    {
        var runs = Runs(
            "00 cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now",
            "01 cdb2rabbit.py[2]: Starting",
            "02 cdb2rabbit.py[2]: Error retriving profile: a.json",
            "03 cdp-listend[7]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: "
        );

        Assert.That(
            (runs.Script.Failed, runs.Script.Failing?.Words, runs.Open.Count),
            Is.EqualTo((1, "Error retriving profile: a.json", 0))
        );
    }

    [Test]
    public void RunThatDiesWithoutAWord_IsRecognisedByItsCall()
    {
        var runs = Runs(
            "00 cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now",
            "01 cdb2rabbit.py[2]: Starting",
            "03 cdp-listend[7]: [ERROR] call of cdbsync-nch (/usr/local/bin/cdb2rabbit.py) failed: "
        );

        Assert.That((runs.Script.Failed, runs.Script.Failing?.Words, runs.Open.Count), Is.EqualTo((1, "it failed without a word", 0)));
    }

    [Test]
    public void RunThatEndsNormallyAfterAnError_HasFailed() =>
        Assert.That(
            Runs(
                "00 cdb2rabbit.py: Starting",
                "01 cdb2rabbit.py: Unable to push message to queue, exiting without updating cached profile_info",
                "02 cdb2rabbit.py: Exiting normally"
            ).Script.Failed,
            Is.EqualTo(1)
        );

    [Test]
    public void RunsWithoutAProcess_NeverStayOpenBehindOneAnother() =>
        Assert.That(Runs("00 cdb2rabbit.py: Starting", "01 cdb2rabbit.py: Starting", "02 cdb2rabbit.py: Exiting normally").Open, Is.Empty);

    [Test]
    public void BareStartWithoutAName_ThatIsTheDaemons_IsNoRun() =>
        Assert.That(
            After("<14>1 2026-11-22T12:00:00Z vm - - - -  Starting", "<14>1 2026-11-22T12:00:00Z vm - - - -  Starting Thread-1").Open,
            Is.Empty
        );

    [Test]
    public void ConfigurationError_WithoutAName_IsTheRunsWhereNoImageIsTested() =>
        Assert.That(
            After(
                "<14>1 2026-11-22T12:00:00Z vm - - - -  Starting",
                "<14>1 2026-11-22T12:00:00Z vm - - - -  Unable to read from config file"
            ).Script.Failed,
            Is.EqualTo(1)
        );

    private static TriggerRuns Runs(params IEnumerable<string> lines) =>
        After(lines.Select(line => $"Nov 22 12:00:{line[..2]} vm {line[3..]}"));

    private static TriggerRuns After(params IEnumerable<string> lines) => Given.Folded(Given.Read(lines)).Vitals.Runs;
}
