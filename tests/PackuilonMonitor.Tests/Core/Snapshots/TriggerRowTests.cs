using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>
/// What a change is known to be from its parts: whether it goes on, whether something went wrong, and how sure the tie is.
/// </summary>
public sealed class TriggerRowTests
{
    private static readonly DateTimeOffset At = Given.Noon;

    private static readonly Trigger Bare = new("p@1", "vm", At, null, "p.json");
    private static readonly Trigger Queued = Bare with { Result = TriggerResult.Queued, QueuedAt = At };
    private static readonly Trigger Taken = Queued with { TakenAt = At, TakenBy = Given.Worker(3) };

    private static readonly TriggerRow Row = new("k", At, [Taken], [], null, null, null, []);

    private static readonly Rejection Refused = new("vm", Given.Worker(5), null, At, Refusal.NoTemplate, "x");

    private static readonly Job Job = new(Given.Image, At, [], null);

    private static IEnumerable<TestCaseData> Rows()
    {
        TestCaseData Case(string name, TriggerRow row, bool unfinished, bool problem) =>
            new TestCaseData(row, unfinished, problem).SetArgDisplayNames(name);

        yield return Case("its run has not said what it does", Of(Bare), true, false);
        yield return Case("its run is over without a word", Of(Bare with { RunOver = true }), false, true);
        yield return Case("unchanged", Of(Bare with { Result = TriggerResult.Unchanged }), false, false);
        yield return Case("new and unchanged", Of(Bare with { Result = TriggerResult.NewUnchanged }), false, true);
        yield return Case("not downloaded", Of(Bare with { Result = TriggerResult.NotDownloaded }), false, true);
        yield return Case("not pushed", Of(Bare with { Result = TriggerResult.PushFailed }), false, true);
        yield return Case("waits", Of(Queued), true, false);
        yield return Case("passed over", Of(Queued with { PassedOver = true }), false, false);
        yield return Case("taken", Row, false, false);
        yield return Case("taken and refused", Of(Taken with { Refused = Refusal.NoTemplate }), false, true);
        yield return Case(
            "taken, with a rejection", Row with { Rejection = Refused, Holder = Holding(new Preparing(At, Job)) }, false, true);
        yield return Case("being prepared", Row with { Holder = Holding(new Preparing(At, Job)) }, true, false);
        yield return Case("between templates, none to come", Row with { Holder = Holding(new BetweenTemplates(At, Job)) }, false, false);
        yield return Case("between templates", Row with { Holder = Holding(new BetweenTemplates(At, Job)), ToCome = ["a"] }, true, false);
        yield return Case("templates to come and nobody to build them", Row with { ToCome = ["a"] }, false, false);
        yield return Case("builds", Row with { Builds = [Built(BuildState.Building)] }, true, false);
        yield return Case("built", Row with { Builds = [Built(BuildState.Succeeded)] }, false, false);
        yield return Case(
            "one of two builds", Row with { Builds = [Built(BuildState.Succeeded), Built(BuildState.Building)] }, true, false);
        yield return Case("failed, then good", Row with { Builds = [Built(BuildState.Failed), Built(BuildState.Succeeded)] }, false, true);
        yield return Case("lost", Row with { Builds = [Built(BuildState.Lost)] }, false, true);
        yield return Case("cancelled", Row with { Builds = [Built(BuildState.Cancelled)] }, false, false);
        yield return Case("a message by hand", Row with { Triggers = [], Builds = [Built(BuildState.Succeeded)] }, false, false);
        yield return Case(
            "a run that failed", Row with { Triggers = [], Runs = [new FailedRun(1, "vm", At, null, null, At, "x")] }, false, true);
        yield return Case("the newest of two counts", Row with { Triggers = [Bare, Taken] }, false, false);
    }

    [TestCaseSource(nameof(Rows))]
    public void Row_IsUnfinishedOrAProblem_ByItsParts(TriggerRow row, bool unfinished, bool problem) =>
        Assert.That((row.IsUnfinished, row.IsProblem), Is.EqualTo((unfinished, problem)));

    [Test]
    public void Taker_IsThatOfTheBuilds_ThenTheHolder_ThenTheRefused_ThenTheOneThatTookIt()
    {
        var holder = Holding(new Preparing(At, Job));
        var builds = new[] { Built(BuildState.Lost) with { Build = null }, Built(BuildState.Building) };
        var all = Row with { Builds = builds, Holder = holder, Rejection = Refused };

        Assert.That(all.Taker, Is.EqualTo(Given.Worker(2)));
        Assert.That((all with { Builds = [] }).Taker, Is.EqualTo(Given.Worker(4)));
        Assert.That((all with { Builds = [], Holder = null }).Taker, Is.EqualTo(Given.Worker(5)));
        Assert.That(Row.Taker, Is.EqualTo(Given.Worker(3)));
    }

    private static IEnumerable<TestCaseData> Ties()
    {
        TestCaseData Case(TriggerRow row, string shortly, string said, bool sure = true, bool proof = false) =>
            new TestCaseData(row, shortly, said, sure, proof).SetArgDisplayNames(said);
        var certain = Taken with { Certain = true };

        yield return Case(
            Row with { Triggers = [], Runs = [new FailedRun(1, "vm", At, null, null, At, "x")] },
            "",
            "cdb2rabbit failed before"
        );
        yield return Case(Row with { Triggers = [] }, "", "not proven: no change in the queue", sure: false);
        yield return Case(Of(Queued), "", "no job yet");
        yield return Case(Of(Queued with { PassedOver = true }), "", "no job known: younger messages", sure: false, proof: true);
        yield return Case(Of(Taken with { PassedOver = true }), "", "no job known: it was taken", sure: false, proof: true);
        yield return Case(Of(Bare with { Result = TriggerResult.Unchanged }), "", "no message was queued");
        yield return Case(
            Of(certain with { Ground = TieGround.Cache }) with { Image = Given.Image },
            "certain, by cache",
            "certain: the cached profile asks for norm-sl7x"
        );
        yield return Case(Of(certain with { Ground = TieGround.Learned }), "certain, learned", "certain: earlier changes");
        yield return Case(Of(certain with { Ground = TieGround.Name }), "certain, by name", "certain: profile and image have one name");
        yield return Case(Of(certain with { Refused = Refusal.NoTemplate }), "certain", "certain: profile");
        yield return Case(Of(Taken with { Refused = Refusal.NoTemplate }), "? not proven", "not proven: it was its turn", sure: false);
        yield return Case(
            Of(Taken with { Ground = TieGround.Order }), "? not proven", "not proven: matched by queue order", sure: false,
            proof: true);
        yield return Case(
            Of(Taken with { Ground = TieGround.Name }), "? not proven", "not proven: the name fits", sure: false, proof: true);
    }

    [TestCaseSource(nameof(Ties))]
    public void Tie_SaysHowSureItIs(TriggerRow row, string shortly, string said, bool sure, bool proof)
    {
        var tie = ChainTie.Of(row);

        Assert.That((ChainTie.ShortOf(row.Trigger), tie.IsSure, tie.Proof is not null), Is.EqualTo((shortly, sure, proof)));
        Assert.That(tie.Text, Does.StartWith(said));
    }

    private static TriggerRow Of(Trigger trigger) => Row with { Triggers = [trigger] };

    private static Worker Holding(WorkerActivity activity) => new(Given.Worker(4), "vm", activity);

    private static BuildView Built(BuildState state) => GivenLogs.Build(state, seconds: 9);
}
