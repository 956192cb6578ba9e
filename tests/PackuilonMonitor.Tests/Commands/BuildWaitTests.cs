using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>What a wait begins with, what ends it, and when its end is certain. Time moves by hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildWaitTests
{
    private const string Refused = "Could not find packer template file, exiting";

    private static readonly MonitorState Running = Given.After(
        "12:00:00 Thread-1 processing norm",
        "12:00:01 packer build starting, see: /log//norm.a.json.1.log for details"
    );

    private readonly HistoricalScheduler _clock = new(Given.Noon);

    private WaitEnd? _end;

    [Test]
    public void Message_WhoseNextTemplateMayStillBegin_IsOverWhenNoneBegan()
    {
        var wait = BuildWait.For(Running, "norm");
        Follow(wait, null, After(Running, "12:01:00 Thread-1: image built successfully: norm.a.json"));

        _clock.AdvanceBy(TimeSpan.FromSeconds(9.9));
        Assert.That(_end, Is.Null);
        _clock.AdvanceBy(TimeSpan.FromSeconds(0.1));
        Assert.That(_end?.Code, Is.EqualTo(BuildWait.Succeeded));
    }

    [Test]
    public void Message_WhoseNextTemplateBeginsInTime_GoesOn()
    {
        var wait = BuildWait.For(Running, "norm");
        var first = After(Running, "12:01:00 Thread-1: image built successfully: norm.a.json");
        var second = After(first, "12:01:01 packer build starting, see: /log//norm.b.json.2.log for details");
        Follow(wait, null, first, second);

        _clock.AdvanceBy(TimeSpan.FromMinutes(1));

        Assert.That(_end, Is.Null);
    }

    [TestCase("image built successfully: norm.a.json", BuildWait.Succeeded, "succeeded after")]
    [TestCase("packer exited with non zero exit code, norm.a.json build failed", BuildWait.Failed, "failed after")]
    public void Build_ByItsId_EndsAfterItsLogHadTimeToSettle(string sentence, int code, string word)
    {
        var id = BuildView.All(Running).Single().Id;
        var wait = BuildWait.For(Running, id);
        Assert.That(wait.Subject, Is.EqualTo(id));
        Follow(wait, null, After(Running, $"12:01:00 Thread-1: {sentence}"));

        _clock.AdvanceBy(TimeSpan.FromSeconds(1.9));
        Assert.That(_end, Is.Null);
        _clock.AdvanceBy(TimeSpan.FromSeconds(0.1));
        Assert.That((_end?.Code, _end?.Text), Is.EqualTo(((int?)code, $"{id}: {word} 0:59")));
    }

    /// <summary>The line that a thread took the message is older than the log: the build is one of its message all the same.</summary>
    [TestCase("image built successfully: norm.a.json", BuildWait.Succeeded, "succeeded after")]
    [TestCase("packer exited with non zero exit code, norm.a.json build failed", BuildWait.Failed, "failed after")]
    public void Image_WhoseMessageNobodySawTaken_HasTheVerdictOfItsBuild(string sentence, int code, string word)
    {
        var begun = Given.After("12:00:01 packer build starting, see: /log//norm.a.json.1.log for details");
        var id = BuildView.All(begun).Single().Id;
        Follow(BuildWait.For(begun, "norm"), null, begun, After(begun, $"12:01:00 Thread-1: {sentence}"));

        _clock.AdvanceBy(TimeSpan.FromSeconds(20));

        Assert.That((_end?.Code, _end?.Text), Is.EqualTo(((int?)code, $"{id}: {word} 0:59")));
    }

    [Test]
    public void Build_LostWithItsWorker_EndsAsLost()
    {
        Follow(BuildWait.For(Running, "norm"), null, After(Running, "12:01:00 Exception in thread Thread-1:"));

        _clock.AdvanceBy(TimeSpan.FromSeconds(10));

        Assert.That(_end?.Code, Is.EqualTo(BuildWait.LostOrRejected));
    }

    [Test]
    public void Name_OfSeveralRunningBuilds_IsTheNewest()
    {
        var two = After(
            Running,
            "12:00:10 Thread-2 processing norm",
            "12:00:11 packer build starting, see: /log//norm.a.json.2.log for details"
        );
        var newest = BuildView.All(two)[^1];

        var wait = BuildWait.For(two, "norm");
        Follow(wait, null, After(two, "12:01:00 Thread-2: image built successfully: norm.a.json"));
        _clock.AdvanceBy(TimeSpan.FromSeconds(10));

        Assert.That(wait.Subject, Does.EndWith($"of the message of {newest.Id}"));
        Assert.That((_end?.Code, _end?.Text.Split(':')[0]), Is.EqualTo(((int?)BuildWait.Succeeded, newest.Id.Split(':')[0])));
    }

    [Test]
    public void Rejection_ThatWasThereBefore_EndsNothing_AndTheNextOneDoes()
    {
        var before = Given.After("12:00:00 Thread-1 processing norm", $"12:00:01 {Refused}");
        var wait = BuildWait.For(before, "norm");
        Assert.That(wait.Subject, Is.EqualTo("the next build of norm"));

        Follow(wait, null, After(before, "12:00:02 Thread-2 processing other"));
        _clock.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.That(_end, Is.Null);

        Follow(wait, null, After(before, "12:00:02 Thread-2 processing norm", $"12:00:03 {Refused}"));
        _clock.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.That((_end?.Code, _end?.Text), Is.EqualTo(((int?)BuildWait.LostOrRejected, $"norm: rejected: {Refused}")));
    }

    [Test]
    public void Since_TakesABuildThatEndedThenOrLater_AndNoneBefore()
    {
        var ended = After(Running, "12:01:00 Thread-1: image built successfully: norm.a.json");

        Assert.Multiple(() =>
        {
            Assert.That(BuildWait.For(ended, "norm", Given.Noon).Subject, Does.StartWith("all templates of norm"));
            Assert.That(BuildWait.For(ended, "norm", Given.Noon.AddSeconds(1)).Subject, Is.EqualTo("the next build of norm"));
        });
    }

    /// <summary>A message that a script sent may be refused, or lost with its thread, before the wait has read the logs.</summary>
    [TestCase(Refused, "norm: rejected: " + Refused)]
    [TestCase("Exiting Thread-1", "norm: lost with Thread-1, which was to build it: Exiting Thread-1")]
    public void Since_TakesAMessageThatNeverBecameABuild_AndNoneBefore(string sentence, string said)
    {
        var ended = Given.After("12:00:00 Thread-1 processing norm", $"12:00:01 {sentence}");

        Follow(BuildWait.For(ended, "norm", Given.Noon.AddSeconds(2)), null, ended);
        _clock.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.That(_end, Is.Null);

        Follow(BuildWait.For(ended, "norm", Given.Noon), null, ended);
        _clock.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.That((_end?.Code, _end?.Text), Is.EqualTo(((int?)BuildWait.LostOrRejected, said)));
    }

    /// <summary>The last finished message built one template: a thread that ends after that one leaves nothing out.</summary>
    [TestCase("12:10:01 packer build starting, see: /log//norm.a.json.2.log for details", BuildWait.Succeeded)]
    [TestCase("12:10:01 packer build starting, see: /log//norm.b.json.2.log for details", BuildWait.LostOrRejected)]
    public void Message_WhoseThreadEnds_IsLostWhereATemplateIsLeft(string begins, int code)
    {
        var ended = After(
            Running,
            "12:01:00 Thread-1: image built successfully: norm.a.json",
            "12:10:00 Thread-1 processing norm",
            begins,
            $"12:11:00 Thread-1: image built successfully: {(begins.Contains("norm.a") ? "norm.a" : "norm.b")}.json",
            "12:11:01 Exiting Thread-1"
        );
        Follow(BuildWait.For(ended, "norm", Given.Noon.AddMinutes(10)), null, ended);

        _clock.AdvanceBy(TimeSpan.FromMinutes(1));

        Assert.That(_end?.Code, Is.EqualTo(code));
    }

    [Test]
    public void Limit_WithoutAVerdict_EndsTheWait()
    {
        Follow(BuildWait.For(Running, "norm"), TimeSpan.FromMinutes(5), Running);

        _clock.AdvanceBy(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.That(_end, Is.Null);
        _clock.AdvanceBy(TimeSpan.FromTicks(1));
        Assert.That(_end?.Code, Is.EqualTo(BuildWait.TimedOut));
        Assert.That(_end?.Text, Does.StartWith("no verdict of all templates of norm"));
    }

    /// <summary>A log's last lines may be missing, but the build has ended.</summary>
    [TestCase(0)]
    [TestCase(1)]
    public void Limit_BeforeTheLogHadTimeToSettle_HasTheVerdict(int seconds)
    {
        var failed = After(Running, "12:01:00 Thread-1: packer exited with non zero exit code, norm.a.json build failed");
        Follow(BuildWait.For(failed, BuildView.All(failed).Single().Id), TimeSpan.FromSeconds(seconds));

        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_end?.Code, Is.EqualTo(BuildWait.Failed));
    }

    [TestCase(69, BuildWait.TimedOut, Description = "another template may still begin")]
    [TestCase(70, BuildWait.Succeeded)]
    public void Limit_WhenNoTemplateBeganForLong_HasTheVerdict(int secondsLater, int code)
    {
        var ended = After(Running, "12:01:00 Thread-1: image built successfully: norm.a.json");
        _clock.AdvanceTo(Given.Noon.AddSeconds(secondsLater));
        Follow(BuildWait.For(ended, "norm", Given.Noon), TimeSpan.Zero);

        _clock.AdvanceBy(TimeSpan.FromTicks(1));

        Assert.That(_end?.Code, Is.EqualTo(code));
    }

    /// <summary>Whoever has just pushed a profile must not get the verdict of the change before.</summary>
    [TestCase(1, "the change norm.example.org.json@", Description = "the end of its log may still say that it was cancelled")]
    [TestCase(30, "the next change of norm")]
    public void Change_ThatFailedSomeTimeAgo_IsNotWaitedFor(int secondsLater, string subject)
    {
        var failed = MonitorState.Empty.Apply(Given.Read([
            "Nov 22 12:00:00 vm /cdb2rabbit.py: CI profile rebuilt: norm.example.org.json",
            "Nov 22 12:00:00 vm /cdb2rabbit.py: Profile has updated: norm.example.org.json",
            "Nov 22 12:00:00 vm /cdb2rabbit.py: Pushing message to queue for build",
            "Nov 22 12:00:00 vm /cdb2rabbit.py: Exiting normally",
            "Nov 22 12:00:01 vm /rabbit2packer.py: Thread-1 processing norm",
            "Nov 22 12:00:02 vm /rabbit2packer.py: packer build starting, see: /log//norm.a.json.1.log for details",
            "Nov 22 12:01:00 vm /rabbit2packer.py: Thread-1: packer exited with non zero exit code, norm.a.json build failed",
            "Nov 22 12:01:00 vm /rabbit2packer.py: Thread-1 processing other",
        ]));

        var wait = BuildWait.ForChange(failed, "norm", Given.Noon.AddSeconds(60 + secondsLater));

        Assert.That(wait.Subject, Does.StartWith(subject));
    }

    [Test]
    public void Id_OfNoKnownBuild_IsWrongUse() =>
        Assert.That(
            () => BuildWait.For(Running, "norm.a@2026-11-22T11:00:00Z"),
            Throws.TypeOf<WrongUseException>().With.Message.Contains("no such build: norm.a@2026-11-22T11:00:00Z")
        );

    private static MonitorState After(MonitorState state, params string[] timed) => state.Apply(Given.Lines(timed));

    private void Follow(BuildWait wait, TimeSpan? limit, params MonitorState[] states) =>
        wait.Ends(states.ToObservable().Concat(Observable.Never<MonitorState>()), limit, _clock).Subscribe(end => _end = end);
}
