using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>How a start gets its thread, and how an end puts a wrong guess right; docs/correlation.md in examples.</summary>
public sealed class CorrelationTests
{
    [Test]
    public void Start_OneThreadWantsTheImage_IsItsBuild() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1, "norm"),
                Takes("12:00:01", 2, "other"),
                Starts("12:00:02", "norm.managed.json.log"),
                Succeeds("12:00:09", 1, "norm.managed.json")
            ),
            Is.EqualTo(new[] { "Thread-1 norm.managed.json.log Succeeded 2-9" })
        );

    [TestCase("norm.log", null)]
    [TestCase("norm.managed.json.log", "managed.json")]
    [TestCase("norm.managed.json.1795262402.log", "managed.json")]
    [TestCase("norm.with.dots.json.log", "with.dots.json")]
    public void Start_EachFormOfLogName_FitsTheImageAndNamesTheTemplate(string log, string? template)
    {
        var build = Given.After(Takes("12:00:00", 1, "norm"), Takes("12:00:01", 2, "nor"), Starts("12:00:02", log)).Builds.All.Single();

        Assert.That((build.Worker, build.Image.Text, build.Template), Is.EqualTo(((WorkerId?)Given.Worker(1), "norm", template)));
    }

    [TestCase("norm2.managed.json.log")]
    [TestCase("norm.managed.log")]
    [TestCase("nor.managed.json.log")]
    [TestCase("norm.1795262402.log")]
    public void Start_OfALogThatNoJobWants_HasNoThread(string log) =>
        Assert.That(Outcomes(Takes("12:00:00", 1, "norm"), Starts("12:00:02", log)), Is.EqualTo(new[] { $"? {log} Building 2-" }));

    [Test]
    public void Start_OfAHostWithDots_IsReadBesideItsJob()
    {
        var build = Given
            .After(Takes("12:00:00", 1, "host.example.org"), Starts("12:00:02", "host.example.org.managed.json.log"))
            .Builds.All.Single();

        Assert.That((build.Image.Text, build.Template), Is.EqualTo(("host.example.org", "managed.json")));
    }

    /// <summary>A thread names its image, then says that it uses the default templates, and only then starts.</summary>
    [Test]
    public void Start_OneOfTwoThreadsSaidThatItUsesDefaults_IsItsBuild() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 4),
                UsesDefaults("12:00:00"),
                Takes("12:00:01", 3),
                Starts("12:00:01", "norm.a.json.1.log"),
                UsesDefaults("12:00:02"),
                Starts("12:00:02", "norm.a.json.2.log"),
                Fails("12:00:05", 3, "norm.a.json"),
                Succeeds("12:00:09", 4, "norm.a.json")
            ),
            Is.EqualTo(new[] { "Thread-4 norm.a.json.1.log Succeeded 1-9", "Thread-3 norm.a.json.2.log Failed 2-5" })
        );

    [Test]
    public void Start_BothThreadsSaidThatTheyUseDefaults_GoesToTheOneThatBecameReadyLast() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 4),
                Takes("12:00:01", 3),
                UsesDefaults("12:00:01"),
                UsesDefaults("12:00:01"),
                Starts("12:00:02", "norm.a.json.1.log"),
                Starts("12:00:02", "norm.a.json.2.log")
            ),
            Is.EqualTo(new[] { "Thread-3 norm.a.json.1.log Building 2-", "Thread-4 norm.a.json.2.log Building 2-" })
        );

    /// <summary>The line is of one image, and of a message whose build has not started.</summary>
    [TestCase("other")]
    [TestCase("norm")]
    public void Start_ALineOfDefaultsOfAnotherMessage_ChangesNothing(string image) =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1),
                Starts("12:00:00", "norm.a.json.1.log"),
                UsesDefaults("12:00:01", image),
                Succeeds("12:00:02", 1, "norm.a.json"),
                Takes("12:00:03", 2),
                Starts("12:00:04", "norm.b.json.2.log")
            ),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.1.log Succeeded 0-2", "Thread-2 norm.b.json.2.log Building 4-" })
        );

    private static string UsesDefaults(string time, string image = "norm") =>
        $"{time} No Packer template defined for {image}. Using the default values";

    [Test]
    public void Start_TwoThreadsWantTheImage_GoesToTheOneThatBecameReadyLast() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1),
                Takes("12:00:01", 2),
                Starts("12:00:02", "norm.a.json.log"),
                Starts("12:00:03", "norm.a.json.log")
            ),
            Is.EqualTo(new[] { "Thread-2 norm.a.json.log Building 2-", "Thread-1 norm.a.json.log Building 3-" })
        );

    [Test]
    public void Start_AfterALongTest_StillFindsItsThread() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1),
                Starts("12:00:01", "norm.a.json.log"),
                Succeeds("12:10:00", 1, "norm.a.json"),
                "12:10:00 Launched Rally task, log file for task tracking: /log/rally-tasks/x.log",
                "12:59:00 UUID: x",
                Starts("12:59:30", "norm.b.json.log")
            ),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 1-600", "Thread-1 norm.b.json.log Building 3570-" })
        );

    [Test]
    public void Start_AfterTheTestsOfTwoImages_IsTheOneThatWaitsLongest() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1), Takes("12:00:00", 2), Starts("12:00:01", "norm.a.json.log"), Starts("12:00:01", "norm.a.json.log"),
                Succeeds("12:10:00", 1, "norm.a.json"), Succeeds("12:10:20", 2, "norm.a.json"),
                "12:10:50 Image is of sufficient quality and passed checks.", Starts("12:10:50", "norm.b.json.log"),
                "12:11:10 Image is of sufficient quality and passed checks.", Starts("12:11:10", "norm.b.json.log")).Skip(2),
            Is.EqualTo(new[] { "Thread-1 norm.b.json.log Building 650-", "Thread-2 norm.b.json.log Building 670-" }));

    [Test]
    public void Start_NextTemplateOfAMessage_IsTheSameThreadsWithoutAWord() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1), Starts("12:00:01", "norm.a.json.log"), Fails("12:00:05", 1, "norm.a.json"),
                Starts("12:00:06", "norm.b.json.log"), Succeeds("12:00:09", 1, "norm.b.json")),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Failed 1-5", "Thread-1 norm.b.json.log Succeeded 6-9" }));

    [Test]
    public void Start_OfATemplateThatTheMessageHasBuilt_IsAnothers() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 2),
                Takes("12:00:00", 1),
                Starts("12:00:01", "norm.a.json.log"),
                Succeeds("12:00:05", 1, "norm.a.json"),
                Starts("12:00:06", "norm.a.json.log")
            ),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 1-5", "Thread-2 norm.a.json.log Building 6-" })
        );

    [TestCase(Job.MostBuilt, true)]
    [TestCase(Job.MostBuilt + 1, false)]
    public void Start_OfMoreTemplatesThanAMessageAsksFor_HasNoThread(int templates, bool known)
    {
        var state = Given.After([
            Takes("12:00:00", 1),
            .. Enumerable.Range(1, templates - 1).SelectMany(number => (string[])
                [Starts("12:00:01", $"norm.t{number}.json.log"), Succeeds("12:00:02", 1, $"norm.t{number}.json")]),
            Starts("12:00:03", "norm.last.json.log"),
        ]);

        Assert.That(state.Builds.All.Last().Worker is not null, Is.EqualTo(known));
    }

    [Test]
    public void Start_OldestRevision_AMessageBuildsOnce() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 2),
                Takes("12:00:00", 1),
                Starts("12:00:01", "norm.log"),
                Succeeds("12:00:05", 1),
                Starts("12:00:06", "norm.log"),
                Fails("12:00:09", 2)
            ),
            Is.EqualTo(new[] { "Thread-1 norm.log Succeeded 1-5", "Thread-2 norm.log Failed 6-9" })
        );

    [Test]
    public void End_OfAThreadWithoutABuild_TakesTheBuildFromTheThreadThatWasGuessed()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            Takes("12:00:01", 2),
            Starts("12:00:02", "norm.a.json.log"),
            Succeeds("12:00:09", 1, "norm.a.json")
        );

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 2-9" }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle", "Thread-2 Preparing" }));
        Assert.That(state.Builds.All.Single().TakenAt, Is.EqualTo(Given.Noon));
    }

    [Test]
    public void End_OfAThreadWhoseGuessWasTaken_CanStillStartThatTemplate() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1), Takes("12:00:01", 2), Starts("12:00:02", "norm.a.json.log"), Succeeds("12:00:09", 1, "norm.a.json"),
                Starts("12:00:10", "norm.a.json.log"), Succeeds("12:00:12", 2, "norm.a.json")),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 2-9", "Thread-2 norm.a.json.log Succeeded 10-12" }));

    [Test]
    public void End_OfAnotherTemplateThanGuessed_ExchangesTheTwoThreads()
    {
        var state = Given.After(
            Takes("12:00:00", 1), Takes("12:00:01", 2), Starts("12:00:02", "norm.a.json.log"), Starts("12:00:03", "norm.b.json.log"),
            Succeeds("12:00:09", 1, "norm.a.json"));

        Assert.That(
            Outcomes(state),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 2-9", "Thread-2 norm.b.json.log Building 3-" })
        );
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle", "Thread-2 Building" }));
        Assert.That(
            state.Builds.All.Select(build => build.TakenAt),
            Is.EqualTo(new DateTimeOffset?[] { Given.Noon, Given.Noon.AddSeconds(1) })
        );
    }

    [Test]
    public void End_AfterAnExchange_BothThreadsGoOnWithTheirOtherTemplates() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1),
                Takes("12:00:01", 2),
                Starts("12:00:02", "norm.a.json.log"),
                Starts("12:00:03", "norm.b.json.log"),
                Succeeds("12:00:09", 1, "norm.a.json"),
                Starts("12:00:10", "norm.b.json.log"),
                Fails("12:00:11", 2, "norm.b.json"),
                Starts("12:00:12", "norm.a.json.log")
            ),
            Is.EqualTo(
                new[]
                {
                    "Thread-1 norm.a.json.log Succeeded 2-9",
                    "Thread-2 norm.b.json.log Failed 3-11",
                    "Thread-1 norm.b.json.log Building 10-",
                    "Thread-2 norm.a.json.log Building 12-",
                }
            )
        );

    [Test]
    public void End_ByThreadAlone_EndsWhatTheThreadRuns() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1, "norm"),
                Starts("12:00:00", "norm.log"),
                Takes("12:00:01", 2, "other"),
                Starts("12:00:01", "other.log"),
                Fails("12:00:05", 1),
                Succeeds("12:00:06", 2)
            ),
            Is.EqualTo(new[] { "Thread-1 norm.log Failed 0-5", "Thread-2 other.log Succeeded 1-6" })
        );

    [Test]
    public void End_ByThreadAlone_TakesABuildOfItsOwnImageOnly() =>
        Assert.That(
            Outcomes(Takes("12:00:00", 2, "other"), Starts("12:00:00", "other.log"), Takes("12:00:01", 1, "norm"), Succeeds("12:00:05", 1)),
            Is.EqualTo(new[] { "Thread-2 other.log Building 0-" }));

    [Test]
    public void End_OfABuildWhoseThreadWasNotSeen_GivesItThatThread() =>
        Assert.That(
            Outcomes(Starts("12:00:02", "norm.a.json.log"), Succeeds("12:00:09", 3, "norm.a.json")),
            Is.EqualTo(new[] { "Thread-3 norm.a.json.log Succeeded 2-9" }));

    [Test]
    public void End_WithoutAStart_InventsNoBuild()
    {
        var state = Given.After(Succeeds("12:00:09", 3, "norm.a.json"));

        Assert.That(Outcomes(state), Is.Empty);
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-3 Idle" }));
    }

    [Test]
    public void End_OfAnotherImage_LeavesTheRunningBuildAlone() =>
        Assert.That(
            Outcomes(Takes("12:00:00", 1), Starts("12:00:02", "norm.a.json.log"), Succeeds("12:00:09", 1, "other.a.json")),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Building 2-" }));

    [Test]
    public void Take_ByTheThreadThatWasGuessed_HandsTheBuildToTheOneThatWaitsForIt() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1), Takes("12:00:01", 2), Starts("12:00:02", "norm.a.json.log"),
                Takes("12:00:05", 2, "other"), Succeeds("12:00:09", 1, "norm.a.json")),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 2-9" }));

    [Test]
    public void Take_ByTheOnlyThreadThatCanRunTheBuild_LosesIt()
    {
        var state = Given.After(Takes("12:00:00", 1), Starts("12:00:02", "norm.a.json.log"), Takes("12:00:05", 1, "other"));

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Lost 2-5" }));
        Assert.That(state.Builds.All.Single().Line, Is.EqualTo("Thread-1 processing other"));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Preparing" }));
    }

    private static IEnumerable<TestCaseData> SwappedEnds()
    {
        string[] first = [Takes("12:00:00", 1, "a"), Starts("12:00:02", "a.x.json.log")];
        string[] rest = [Starts("12:00:06", "b.x.json.log"), Succeeds("12:00:09", 1, "b.x.json")];
        var end = Succeeds("12:00:05", 1, "a.x.json");
        yield return Case("before the next job", [.. first, end, Takes("12:00:05", 1, "b"), .. rest]);
        yield return Case("behind the next job", [.. first, Takes("12:00:05", 1, "b"), end, .. rest]);
        yield return Case("behind its start", [.. first, Takes("12:00:05", 1, "b"), rest[0], end, rest[1]]);
        yield return Case(
            "behind a reconnection",
            [.. first, "12:00:05 Thread-1: reconnecting to channel", end, Takes("12:00:05", 1, "b"), .. rest]
        );
        yield return Case(
            "behind both",
            [.. first, "12:00:05 Thread-1: reconnecting to channel", Takes("12:00:05", 1, "b"), end, .. rest]
        );

        static TestCaseData Case(string name, string[] lines) => new TestCaseData([lines]).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(SwappedEnds))]
    public void End_ThatIsLoggedBehindTheNextLineOfItsThread_BeatsTheLossThatWasConcluded(string[] lines)
    {
        var state = Given.After(lines);

        Assert.That(state.Builds.All.Select(build => $"{build.Worker} {build.Name.Stem} {build.State}"), Is.EqualTo(new[]
        {
            "Thread-1 a.x.json Succeeded", "Thread-1 b.x.json Succeeded",
        }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle" }));
    }

    [Test]
    public void End_ByThreadAlone_BehindTheNextJob_IsTheBuildsBefore() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1, "a"), Starts("12:00:02", "a.log"), Takes("12:00:05", 1, "b"), Succeeds("12:00:05", 1),
                Starts("12:00:06", "b.log"), Fails("12:00:09", 1)),
            Is.EqualTo(new[] { "Thread-1 a.log Succeeded 2-5", "Thread-1 b.log Failed 6-9" }));

    /// <summary>Two queues of rsyslog swap lines of one second, and no others.</summary>
    [TestCase("12:00:06", "Succeeded")]
    [TestCase("12:00:07", "Lost")]
    public void End_ByThreadAlone_LongBehindTheNextJob_IsNotTheBuildsBefore(string ended, string state) =>
        Assert.That(
            Outcomes(Takes("12:00:00", 1, "a"), Starts("12:00:02", "a.log"), Takes("12:00:05", 1, "b"), Succeeds(ended, 1))[0],
            Does.StartWith($"Thread-1 a.log {state} 2-"));

    [Test]
    public void End_BehindTheNextJob_OfABuildThatWasHandedOn_TakesItBackForTheMessageBefore()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "a"), Takes("12:00:01", 2, "a"), Starts("12:00:02", "a.x.json.log"),
            Takes("12:00:05", 2, "b"), Succeeds("12:00:05", 2, "a.x.json"),
            Starts("12:00:06", "a.x.json.log"), Starts("12:00:07", "b.x.json.log"));

        Assert.That(
            Outcomes(state),
            Is.EqualTo(new[]
            {
                "Thread-2 a.x.json.log Succeeded 2-5", "Thread-1 a.x.json.log Building 6-", "Thread-2 b.x.json.log Building 7-",
            }));
        Assert.That(state.Builds.All.First().TakenAt, Is.EqualTo(Given.Noon.AddSeconds(1)));
    }

    [Test]
    public void End_AfterANewThreadOfThatName_DoesNotRaiseTheLostBuild() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 1, "a"), Starts("12:00:02", "a.x.json.log"), "12:00:05 Starting Thread-1",
                Succeeds("12:00:05", 1, "a.x.json")),
            Is.EqualTo(new[] { "Thread-1 a.x.json.log Lost 2-5" }));

    [Test]
    public void End_OfImagesWhoseNamesBeginEachOther_GivesEachItsOwnTemplate()
    {
        var state = Given.After(
            Takes("12:00:00", 2, "web.x"), Takes("12:00:01", 1, "web"), Starts("12:00:02", "web.x.managed.json.log"),
            Starts("12:00:03", "web.managed.json.log"), Succeeds("12:00:09", 2, "web.x.managed.json"),
            Succeeds("12:00:10", 1, "web.managed.json"), Starts("12:00:11", "web.unmanaged.json.log"));

        Assert.That(
            state.Builds.All.Select(build => $"{build.Worker} {build.Image.Text} {build.Template} {build.State}"),
            Is.EqualTo(new[]
            {
                "Thread-2 web.x managed.json Succeeded", "Thread-1 web managed.json Succeeded", "Thread-1 web unmanaged.json Building",
            }));
        // The second template of the message that was guessed wrong is awaited still.
        Assert.That(
            Given.After(
                Takes("12:00:00", 2, "web.x"), Takes("12:00:01", 1, "web"), Starts("12:00:02", "web.x.managed.json.log"),
                Succeeds("12:00:09", 2, "web.x.managed.json")).Workers.Values.Select(worker => string.Join(',', worker.Job!.Built)),
            Is.EqualTo(new[] { "", "managed.json" }));
    }

    [Test]
    public void Build_ThatTurnedOutToBeAnotherImages_IsForgottenAsThatOne()
    {
        var lines = new List<string>
        {
            Takes("12:00:00", 2, "web.x"), Takes("12:00:01", 1, "web"), Starts("12:00:02", "web.x.managed.json.log"),
            Succeeds("12:00:09", 2, "web.x.managed.json"),
        };
        lines.AddRange(Enumerable.Range(0, BuildTable.Most + 1).SelectMany(number =>
            (string[])[
                Takes("12:01:00", 3, $"i{number}"),
                Starts("12:01:00", $"i{number}.a.json.log"),
                Succeeds("12:01:00", 3, $"i{number}.a.json"),
            ]));

        Assert.That(Given.After(lines).Builds.All.Select(build => build.Image.Text), Has.None.StartsWith("web"));
    }

    [Test]
    public void Repeats_OfAStart_AreAsManyBuilds()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            Takes("12:00:00", 2),
            Takes("12:00:00", 3),
            "12:00:02 message repeated 2 times: [ packer build starting, see: /log/norm.a.json.log for details]",
            Starts("12:00:03", "norm.a.json.log")
        );

        Assert.That(
            Outcomes(state),
            Is.EqualTo(
                new[]
                {
                    "Thread-3 norm.a.json.log Building 2-",
                    "Thread-2 norm.a.json.log Building 2-",
                    "Thread-1 norm.a.json.log Building 3-",
                }
            )
        );
        Assert.That(
            state.Builds.All.Select(build => build.Id),
            Is.EqualTo(new[] { "norm.a.json.log@1795348802", "norm.a.json.log@1795348802#2", "norm.a.json.log@1795348803" })
        );
    }

    [Test]
    public void Take_WithoutAStart_IsPreparingAndNoRejection()
    {
        var state = Given.After(Takes("12:00:00", 1));

        Assert.That((Activities(state).Single(), state.Rejections.Count, state.Builds.Count), Is.EqualTo(("Thread-1 Preparing", 0, 0)));
    }

    [Test]
    public void Reconnecting_AfterABuild_FreesTheThread()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            Starts("12:00:02", "norm.a.json.log"),
            Succeeds("12:00:09", 1, "norm.a.json"),
            "12:00:09 Thread-1: reconnecting to channel",
            Starts("12:00:10", "norm.b.json.log")
        );

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 2-9", "? norm.b.json.log Building 10-" }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Reconnecting" }));
    }

    [Test]
    public void Host_ThatChangesOnTheWay_PartsNothing()
    {
        var state = Given.Folded(Given.Read(
            "Nov 22 12:00:00 vm /rabbit2packer.py: Thread-1 processing norm",
            "Nov 22 12:00:01 localhost /rabbit2packer.py: packer build starting, see: /log/norm.log for details",
            "Nov 22 12:00:05 vm /rabbit2packer.py: Thread-1: image built successfully"));

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.log Succeeded 1-5" }));
        Assert.That((state.Builds.All.Single().Host, state.Workers[1].Host), Is.EqualTo(("localhost", "vm")));
    }

    [Test]
    public void Log_OfTwoRunningBuilds_IsSharedByBothAndNoOther()
    {
        var state = Given.After(
            Takes("12:00:00", 1), Starts("12:00:00", "norm.a.json.log"), Succeeds("12:00:01", 1, "norm.a.json"),
            Takes("12:00:02", 1), Starts("12:00:02", "norm.a.json.log"), Takes("12:00:03", 2), Starts("12:00:03", "norm.a.json.log"),
            Succeeds("12:00:08", 1, "norm.a.json"), Succeeds("12:00:09", 2, "norm.a.json"),
            Takes("12:00:10", 1), Starts("12:00:10", "norm.a.json.log"));

        Assert.That(state.Builds.All.Select(build => build.SharedLog), Is.EqualTo(new[] { false, true, true, false }));
    }

    [Test]
    public void Path_WithDoubledSlashes_IsNormalised() =>
        Assert.That(
            Given.After("12:00:00 packer build starting, see: /etc///packer-utils/log//norm.log for details").Builds.All.Single().LogPath,
            Is.EqualTo("/etc/packer-utils/log/norm.log")
        );

    [Test]
    public void State_AfterTheSameLinesAgain_HasEachBuildTwiceAndNoMore()
    {
        string[] story =
        [
            "12:00:00 Starting",
            "12:00:00 Starting Thread-1",
            "12:00:00 Starting Thread-2",
            Takes("12:00:00", 1),
            Takes("12:00:01", 2),
            Starts("12:00:02", "norm.a.json.log"),
            Starts("12:00:03", "norm.a.json.log"),
            Succeeds("12:00:09", 1, "norm.a.json"),
            "12:00:10 Thread-1: could not decode profile, malformed json? Continuing",
        ];

        var state = Given.After([.. story, .. story]);

        Assert.That(
            state.Builds.All.Select(build => build.State),
            Is.EqualTo(new[] { BuildState.Lost, BuildState.Succeeded, BuildState.Building, BuildState.Succeeded })
        );
        Assert.That(state.Builds.All.Select(build => build.Id), Is.Unique);
        Assert.That((state.Rejections.Count, state.Workers.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Threads_OfDifferentImages_DoNotMindTheOrderOfTheirLines()
    {
        string[] one = [Takes("12:00:00", 1, "norm"), Starts("12:00:01", "norm.a.json.log"), Fails("12:00:02", 1, "norm.a.json")];
        string[] two = [Takes("12:00:00", 2, "other"), Starts("12:00:01", "other.a.json.log"), Succeeds("12:00:02", 2, "other.a.json")];
        var expected = Outcomes([.. one, .. two]);

        foreach (var order in (int[][])[[0, 1, 0, 1, 0, 1], [1, 0, 0, 1, 1, 0], [1, 1, 0, 0, 1, 0], [1, 1, 1, 0, 0, 0]])
        {
            var next = new[] { 0, 0 };
            var mixed = order.Select(thread => (thread == 0 ? one : two)[next[thread]++]).ToArray();
            Assert.That(Outcomes(mixed), Is.EquivalentTo(expected), string.Join("", order));
        }
    }
}
