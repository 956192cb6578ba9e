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

    [Test]
    public void Exit_EndsTheEarlierRunsToo_AndNoLaterOne() =>
        Assert.That(
            Runs(
                "00 cdb2rabbit.py[1]: Starting",
                "01 cdb2rabbit.py[2]: Starting",
                "02 cdb2rabbit.py[3]: Starting",
                "03 cdb2rabbit.py[2]: Exiting normally"
            ).Open.Select(run => run.Pid),
            Is.EqualTo(new[] { 3 })
        );

    [Test]
    public void Exit_OfARunThatNobodySawStart_LeavesTheOthers()
    {
        var runs = Runs("00 cdb2rabbit.py[1]: Starting", "03 cdb2rabbit.py[2]: Exiting normally");

        Assert.That((runs.Open.Count, runs.Script.LastEnd), Is.EqualTo((1, (DateTimeOffset?)Given.Noon.AddSeconds(3))));
    }

    [Test]
    public void Start_OfAProcessThatRuns_IsANewRunOfIt() =>
        Assert.That(
            Runs("00 cdb2rabbit.py[1]: Starting", "01 cdb2rabbit.py[1]: Starting").Open.Select(run => run.StartedAt),
            Is.EqualTo(new[] { Given.Noon.AddSeconds(1) })
        );

    [Test]
    public void Line_OfARun_IsItsLast()
    {
        var run = Runs(
            "00 cdb2rabbit.py[1]: Starting",
            "01 cdb2rabbit.py[2]: Starting",
            "02 cdb2rabbit.py[1]: CI profile rebuilt: a.json"
        ).Open[0];

        Assert.That((run.Pid, run.StartedAt, run.Line.Text), Is.EqualTo(((int?)1, Given.Noon, "CI profile rebuilt: a.json")));
    }

    [Test]
    public void Runs_ThatNeverEnd_AreTheNewestTwenty()
    {
        var open = Runs(Enumerable.Range(1, 22).Select(pid => $"{pid:00} cdb2rabbit.py[{pid}]: Starting")).Open;

        Assert.That((open.Count, open[0].Pid, open[^1].Pid), Is.EqualTo((20, (int?)3, (int?)22)));
    }

    [Test]
    public void FailedRuns_InARow_AreSinceTheFirst_WithTheNewestWords()
    {
        var script = Runs(
            "00 cdb2rabbit.py[1]: Starting", "01 cdb2rabbit.py[1]: We failed to reach a server.", "02 cdb2rabbit.py[2]: Starting",
            "03 cdb2rabbit.py[2]: Error retriving profile: a.json", "04 cdb2rabbit.py[2]: We failed to reach a server.").Script;

        Assert.That(
            (script.Failed, script.Failing!.At, script.Failing.Words, script.Failing.Lines.Count, script.LastFailure),
            Is.EqualTo((2, Given.Noon.AddSeconds(1), "Error retriving profile: a.json", 3, (DateTimeOffset?)Given.Noon.AddSeconds(4))));
    }

    [Test]
    public void GoodRun_EndsTheFailures_AndTheirLastTimeIsKept()
    {
        var script = Runs(
            "00 cdb2rabbit.py[1]: Starting", "01 cdb2rabbit.py[1]: We failed to reach a server.", "02 cdb2rabbit.py[2]: Starting",
            "03 cdb2rabbit.py[2]: Exiting normally").Script;

        Assert.That(
            (script.Failed, script.Failing, script.LastFailure, script.LastEnd),
            Is.EqualTo((0, (Sign?)null, (DateTimeOffset?)Given.Noon.AddSeconds(1), (DateTimeOffset?)Given.Noon.AddSeconds(3))));
    }

    /// <summary>Without a process nobody knows whose error it was: the one since the call.</summary>
    [TestCase("02", "01", 1, Description = "the script reported its error after the call")]
    [TestCase("01", "01", 1, Description = "in the same second")]
    [TestCase("01", "02", 2, Description = "that was another run's")]
    public void CallThatFailed_OfARunThatNobodySaw_IsReportedOnce(string error, string call, int failed)
    {
        var lines = new[] { $"{error} cdb2rabbit.py[2]: We failed to reach a server.",
            $"{call} cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now" };
        if (string.CompareOrdinal(call, error) <= 0)
            Array.Reverse(lines);

        Assert.That(
            Runs([.. lines, "03 cdp-listend[7]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: x"]).Script.Failed,
            Is.EqualTo(failed)
        );
    }

    [Test]
    public void CallThatFailed_IsOfTheRunSinceTheCall()
    {
        var runs = Runs(
            "00 cdb2rabbit.py[1]: Starting", "01 cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now", "01 cdb2rabbit.py[2]: Starting",
            "03 cdp-listend[7]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: x");

        Assert.That((runs.Open.Single().Pid, runs.Script.Failing!.Words), Is.EqualTo(((int?)1, "x")));
    }

    [Test]
    public void CallsInTurn_TheOneBeforeHasEndedWell()
    {
        var runs = Runs(
            "00 cdp-listend[7]: Calling /usr/sbin/ccm-fetch now",
            "01 cdp-listend[7]: [ERROR] call of /usr/sbin/ccm-fetch failed: no",
            "02 cdp-listend[7]: Calling /usr/sbin/ccm-fetch now",
            "03 cdp-listend[7]: Calling /usr/sbin/other now"
        );

        Assert.That(
            (runs.Commands["ccm-fetch"].Failed, runs.Commands["ccm-fetch"].LastEnd, runs.Commands.ContainsKey("other")),
            Is.EqualTo((0, (DateTimeOffset?)Given.Noon.AddSeconds(3), false))
        );
    }

    [Test]
    public void CallThatFailed_IsOver_SoTheNextCallTellsNothingOfIt() =>
        Assert.That(
            Runs(
                "00 cdp-listend[7]: Calling /usr/sbin/ccm-fetch now",
                "01 cdp-listend[7]: [ERROR] call of /usr/sbin/ccm-fetch failed: no",
                "02 cdp-listend[7]: Calling /usr/sbin/other now"
            ).Commands["ccm-fetch"].Failed,
            Is.EqualTo(1)
        );

    /// <summary>Whether the script ended well its own lines say.</summary>
    [Test]
    public void CallOfTheScript_FollowedByAnother_IsNoGoodRun() =>
        Assert.That(
            Runs("00 cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now", "01 cdp-listend[7]: Calling /usr/sbin/other now").Commands,
            Is.Empty
        );

    [Test]
    public void Commands_OfAForger_AreBoundedAndKnownOnesGoOn()
    {
        var commands = Runs(
            Enumerable.Range(1, 22).Append(20).Select(number => $"{number:00} cdp-listend[7]: [ERROR] call of /bin/c{number:00} failed: no")
        ).Commands;

        Assert.That((commands.Count, commands["c20"].Failed, commands.ContainsKey("c21")), Is.EqualTo((20, 2, false)));
    }

    private static TriggerRuns Runs(params IEnumerable<string> lines) =>
        After(lines.Select(line => $"Nov 22 12:00:{line[..2]} vm {line[3..]}"));

    private static TriggerRuns After(params IEnumerable<string> lines) => Given.Folded(Given.Read(lines)).Vitals.Runs;
}
