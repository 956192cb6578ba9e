using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Core.Parsing;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>Restarts of the daemon, deaths of its threads, and messages that come to nothing.</summary>
public sealed class DaemonLifeTests
{
    private const string Bare = "<14>1 2026-11-22T12:00:20Z vm - - - -  Starting";

    private static readonly string[] Building = [Takes("12:00:00", 1), Starts("12:00:02", "norm.a.json.log")];

    private static IEnumerable<Sentence> OfThread2 =>
        Sentence.Daemon.Where(sentence => sentence.Text.StartsWith("Thread-2", StringComparison.Ordinal));

    /// <summary>A thread that writes is alive, whatever it writes, so it was another that was lost.</summary>
    [TestCaseSource(nameof(OfThread2))]
    public void Sentence_OfAThreadPresumedLost_ShowsThatItLives(Sentence sentence)
    {
        var state = Given.After(
            "12:00:00 Thread-3 processing norm-sl7x-x86_64", "12:00:01 Thread-2 processing norm-sl7x-x86_64",
            "12:00:02 Could not find packer template file, exiting", $"12:00:03 {sentence.Text}");

        Assert.That(
            (state.Workers[2].Activity is PresumedLost, state.Workers[3].Activity is PresumedLost),
            Is.EqualTo((false, true)),
            $"ThreadLives.Named has no arm for {sentence.Means.GetType().Name}"
        );
    }

    [Test]
    public void Starting_WhileABuildRuns_LosesItAndForgetsTheThreads()
    {
        var state = Given.After([.. Building, "12:00:20 Starting"]);

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Lost 2-20" }));
        Assert.That(state.Builds.All.Single().Line, Is.EqualTo("Starting"));
        Assert.That((state.Workers.Count, state.ServiceStartedAt), Is.EqualTo((0, (DateTimeOffset?)Given.Noon.AddSeconds(20))));
    }

    [Test]
    public void Starting_AfterABuildEnded_LeavesItsVerdict() =>
        Assert.That(
            Outcomes([.. Building, Fails("12:00:09", 1, "norm.a.json"), "12:00:20 Starting"]),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Failed 2-9" })
        );

    [Test]
    public void Starting_OfAThread_IsNoRestart()
    {
        var state = Given.After([.. Building, "12:00:20 Starting Thread-2"]);

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Building", "Thread-2 Idle" }));
    }

    [Test]
    public void Starting_OfTheSameThread_LosesItsBuild() =>
        Assert.That(Outcomes([.. Building, "12:00:20 Starting Thread-1"]), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Lost 2-20" }));

    [Test]
    public void End_AfterARestart_DoesNotRaiseTheLostBuild() =>
        Assert.That(
            Outcomes([.. Building, "12:00:20 Starting", "12:00:20 Starting Thread-1", Succeeds("12:00:30", 1, "norm.a.json")]),
            Is.EqualTo(new[] { "Thread-1 norm.a.json.log Lost 2-20" }));

    [TestCase("Starting Thread-1", true)]
    [TestCase("Error reading config file", true)]
    [TestCase("CI profile rebuilt: norm.example.org.json", false)]
    [TestCase("Cached info file does not exist, creating one and exiting", false)]
    [TestCase("Thread-1: image built successfully: norm.a.json", false)]
    public void UnnamedStarting_IsTheDaemonsOnlyIfItsThreadsStartNext(string next, bool restarted)
    {
        var state = Given.Folded([.. Given.Lines(Building), .. Given.Read(Bare, $"<14>1 2026-11-22T12:00:21Z vm - - - -  {next}")]);

        Assert.That(state.ServiceStartedAt, Is.EqualTo(restarted ? Given.Noon.AddSeconds(20) : null));
        Assert.That(state.Builds.All.Single().State is BuildState.Lost, Is.EqualTo(restarted));
        Assert.That(state.Builds.All.Single().EndedAt == Given.Noon.AddSeconds(20), Is.EqualTo(restarted));
    }

    /// <summary>A line of cdb2rabbit shows that it was cdb2rabbit; one of cdp-listend shows nothing.</summary>
    [TestCase("cdb2rabbit.py: CI profile rebuilt: norm.example.org.json", false)]
    [TestCase("cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now", true)]
    public void UnnamedStarting_BeforeALineOfAnotherProgram_IsTheDaemonsUnlessThatIsCdb2Rabbit(string between, bool restarted)
    {
        var state = Given.Folded(
            Given.Read(Bare, $"Nov 22 12:00:21 vm {between}", "<14>1 2026-11-22T12:00:21Z vm - - - -  Starting Thread-1"));

        Assert.That(state.ServiceStartedAt is not null, Is.EqualTo(restarted));
    }

    [Test]
    public void UnnamedStarting_OfTheTriggerScriptJustBeforeTheDaemons_RestartsOnce()
    {
        var state = Given.Folded(
            Given.Read(
                Bare,
                Bare,
                "<14>1 2026-11-22T12:00:21Z vm - - - -  Starting Thread-1",
                "<14>1 2026-11-22T12:00:21Z vm - - - -  Starting Thread-2"
            )
        );

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle", "Thread-2 Idle" }));
    }

    [Test]
    public void SourceImageUndefined_TheThreadThatTookTheImage_GoesOnWithTheNext()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"),
            Takes("12:00:00", 2, "other"),
            "12:00:01 Source image for norm not defined in /etc/images.json. Skipping build",
            "12:00:01 Check for relevant OS entry in /etc/images.json"
        );

        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker?.Number, rejection.Image?.Text, rejection.Why)),
            Is.EqualTo(new[] { ((int?)1, "norm", Refusal.NoSourceImage) }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle", "Thread-2 Preparing" }));
    }

    [TestCase("Could not find packer template file, exiting", Refusal.TemplateMissing)]
    [TestCase("Unable to open template file", Refusal.TemplateMissing)]
    [TestCase("Unable to write build file: /build/norm.json", Refusal.Unwritable)]
    [TestCase("Unable to write to build log file: /log/norm.log", Refusal.Unwritable)]
    [TestCase("No Packer template defined for Default values. No builds will occur.", Refusal.NoTemplate)]
    public void DeathOfAThreadThatTheLineDoesNotName_IsTheReadyOneThatSpokeLast(string line, Refusal why)
    {
        var state = Given.After(
            Takes("12:00:00", 1, "other"),
            Starts("12:00:00", "other.a.json.log"),
            Takes("12:00:01", 2, "second"),
            Takes("12:00:02", 3, "third"),
            "12:00:03 Starting Thread-4",
            $"12:00:04 {line}",
            "12:00:04 FileNotFoundError(2, 'No such file or directory')"
        );

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Building", "Thread-2 Preparing", "Thread-3 Lost", "Thread-4 Idle" }));
        Assert.That(state.Workers[3].Text, Is.EqualTo(line));
        Assert.That(
            state.Rejections.Single(),
            Is.EqualTo(new Rejection("vm", Given.Worker(3), new ImageName("third"), Given.Noon.AddSeconds(4), why, line)
            {
                // Of a thread without templates the traceback tells.
                Error = why is Refusal.NoTemplate ? null : "FileNotFoundError(2, 'No such file or directory')",
            })
        );
    }

    [Test]
    public void DeathOfAThread_AtItsSecondTemplate_IsNoRejectionOfTheMessage()
    {
        var state = Given.After([
            .. Building,
            Succeeds("12:00:09", 1, "norm.a.json"),
            "12:00:09 Could not find packer template file, exiting",
        ]);

        Assert.That((Activities(state).Single(), state.Rejections.Count), Is.EqualTo(("Thread-1 Lost", 0)));
    }

    [Test]
    public void DeathOfAThread_ThatNobodyKnows_IsARejectionOfNobodys()
    {
        var state = Given.After("12:00:09 Could not find packer template file, exiting");

        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker, rejection.Image)),
            Is.EqualTo(new[] { ((WorkerId?)null, (ImageName?)null) })
        );
    }

    [Test]
    public void Traceback_OfAThreadThatPrepares_IsARejection()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            "12:00:01 Exception in thread Thread-1:",
            "12:00:01 Traceback (most recent call last):",
            "12:00:01 NameError: name 'IMAGES' is not defined"
        );

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Lost" }));
        Assert.That(state.Rejections.Single().Why, Is.EqualTo(Refusal.WorkerDied));
        Assert.That(state.UnrecognisedLines, Is.EqualTo(2));
    }

    [Test]
    public void Traceback_OfAThreadThatBuilds_LosesTheBuild()
    {
        var state = Given.After([.. Building, "12:00:20 Exception in thread Thread-1 (worker_loop):"]);

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Lost 2-20" }));
        Assert.That((Activities(state).Single(), state.Rejections.Count), Is.EqualTo(("Thread-1 Lost", 0)));
    }

    [Test]
    public void Traceback_AfterAFailedBuild_LeavesTheVerdict()
    {
        var state = Given.After([.. Building, Fails("12:00:19", 1, "norm.a.json"), "12:00:20 Exception in thread Thread-1:"]);

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Failed 2-19" }));
        Assert.That((Activities(state).Single(), state.Rejections.Count), Is.EqualTo(("Thread-1 Lost", 0)));
    }

    [Test]
    public void Traceback_AfterTheLineThatSaysWhy_KeepsTheReason()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            "12:00:01 No Packer template defined for Default values. No builds will occur.",
            "12:00:01 Exception in thread Thread-1:"
        );

        Assert.That(state.Rejections.Select(rejection => rejection.Why), Is.EqualTo(new[] { Refusal.NoTemplate }));
        Assert.That(state.Workers[1].Text, Does.StartWith("No Packer template"));
    }

    [Test]
    public void DeadThread_WithoutATraceback_StaysAsItWas()
    {
        var state = Given.After(Takes("12:00:00", 1), Takes("18:00:00", 2));

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Preparing", "Thread-2 Preparing" }));
        Assert.That(state.Workers[1].Since, Is.EqualTo(Given.Noon));
    }

    [Test]
    public void DeadThread_GetsNoBuildAnyMore() =>
        Assert.That(
            Outcomes(
                Takes("12:00:00", 2),
                Takes("12:00:00", 1),
                "12:00:01 Exception in thread Thread-1:",
                Starts("12:00:02", "norm.a.json.log")
            ),
            Is.EqualTo(new[] { "Thread-2 norm.a.json.log Building 2-" })
        );

    [Test]
    public void Exiting_LosesThreadAndBuild()
    {
        var state = Given.After([.. Building, "12:00:20 Exiting Thread-1"]);

        Assert.That(
            (Outcomes(state).Single(), Activities(state).Single()),
            Is.EqualTo(("Thread-1 norm.a.json.log Lost 2-20", "Thread-1 Lost"))
        );
    }

    [TestCase("could not decode profile, malformed json? Continuing", Refusal.MalformedProfile)]
    [TestCase("source imge was not found, check IMAGES_CONFIG. Continuing", Refusal.NoSourceImage)]
    [TestCase("source image was not found, check IMAGES_CONFIG. Continuing", Refusal.NoSourceImage)]
    public void Refusal_NamesItsThread_WhichGoesOn(string sentence, Refusal why)
    {
        var state = Given.After(
            "12:00:00 KeyError('system')",
            $"12:00:00 Thread-1: {sentence}",
            Takes("12:00:01", 1),
            Starts("12:00:02", "norm.a.json.log")
        );

        Assert.That(
            state.Rejections.Single(),
            Is.EqualTo(new Rejection("vm", Given.Worker(1), null, Given.Noon, why, $"Thread-1: {sentence}")
            {
                Error = "KeyError('system')",
            })
        );
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Building" }));
    }

    [Test]
    public void Refusal_Repeated_CountsEachTime() =>
        Assert.That(
            Given.After("12:00:00 message repeated 3 times: [ Thread-1: could not decode profile, malformed json? Continuing]").Rejections,
            Has.Count.EqualTo(3));

    /// <summary>More than a daemon repeats a line is only counted.</summary>
    [TestCase(5, 5)]
    [TestCase(6, 5)]
    [TestCase(20, 5)]
    public void Refusal_RepeatedOften_CountsEachTimeAndListsFive(int times, int listed)
    {
        var state = Given.Folded(Given.Seen(new JobRefused(Given.Worker(), Refusal.MalformedProfile), count: times));

        Assert.That((state.Rejected, state.Rejections.Count), Is.EqualTo(((long)times, listed)));
    }

    [TestCase(5)]
    [TestCase(6)]
    [TestCase(20)]
    public void LineThatNobodyUnderstands_RepeatedOften_CountsEachTime(int times) =>
        Assert.That(Given.Folded(Given.Seen(new Unrecognised("x"), count: times)).UnrecognisedLines, Is.EqualTo(times));

    [Test]
    public void DeathThatWasGuessedWrong_IsTheOthersOnceTheThreadStartsItsBuild()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"), Takes("12:00:00", 2, "other"), "12:00:00 Could not find packer template file, exiting",
            Starts("12:00:00", "other.a.json.log"), Succeeds("12:00:09", 2, "other.a.json"));

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-2 other.a.json.log Succeeded 0-9" }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Lost", "Thread-2 Idle" }));
        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker, rejection.Image)),
            Is.EqualTo(new[] { ((WorkerId?)Given.Worker(1), (ImageName?)new ImageName("norm")) })
        );
    }

    [Test]
    public void DeathThatWasGuessedWrong_IsTheOthersOnceTheThreadSpeaks()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"),
            Takes("12:00:00", 2, "other"),
            "12:00:00 Could not find packer template file, exiting",
            Takes("12:00:07", 2, "third")
        );

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Lost", "Thread-2 Preparing" }));
        Assert.That((state.Rejections.Single().Worker, state.Workers[1].Since), Is.EqualTo(((WorkerId?)Given.Worker(1), Given.Noon)));
    }

    [Test]
    public void DeathThatWasGuessed_OfAThreadWhoseTracebackFollows_IsCertain()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"),
            Takes("12:00:00", 2, "other"),
            "12:00:00 No Packer template defined for Default values. No builds will occur.",
            "12:00:00 Exception in thread Thread-1:"
        );

        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Lost", "Thread-2 Preparing" }));
        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker, rejection.Why)),
            Is.EqualTo(new[] { ((WorkerId?)Given.Worker(1), Refusal.NoTemplate) })
        );
    }

    /// <summary>A traceback comes at once, so a later one has a cause of its own.</summary>
    [TestCase("12:00:02", 1)]
    [TestCase("12:00:03", 2)]
    public void Traceback_OfAnotherThread_CorrectsTheGuessOnlyForAMoment(string crashed, int rejections)
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"),
            Takes("12:00:00", 2, "other"),
            "12:00:00 No Packer template defined for Default values. No builds will occur.",
            $"{crashed} Exception in thread Thread-1:"
        );

        Assert.That(state.Rejections, Has.Count.EqualTo(rejections));
    }

    [Test]
    public void DeathThatWasGuessedWrong_BetweenTwoOfOneImage_IsTheOthersWithItsBuildTakenAway()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            Takes("12:00:00", 2),
            Starts("12:00:00", "norm.a.json.log"),
            "12:00:00 Could not find packer template file, exiting",
            Succeeds("12:00:09", 1, "norm.a.json")
        );

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Succeeded 0-9" }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Idle", "Thread-2 Lost" }));
        Assert.That(state.Rejections.Single().Worker, Is.EqualTo(Given.Worker(2)));
    }

    [Test]
    public void Traceback_OfTheThreadThatWasGivenTheBuild_GivesTheBuildBack()
    {
        var state = Given.After(
            Takes("12:00:00", 1), Takes("12:00:00", 2), Starts("12:00:00", "norm.a.json.log"),
            "12:00:00 No Packer template defined for Default values. No builds will occur.", "12:00:00 Exception in thread Thread-2:");

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Building 0-" }));
        Assert.That(Activities(state), Is.EqualTo(new[] { "Thread-1 Building", "Thread-2 Lost" }));
        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker, rejection.Why)),
            Is.EqualTo(new[] { ((WorkerId?)Given.Worker(2), Refusal.NoTemplate) })
        );
    }

    [Test]
    public void Traceback_OfOneOfThreeThreads_GivesItsBuildToTheOneThatStillWaits()
    {
        var state = Given.After(
            Takes("12:00:00", 1),
            Takes("12:00:00", 3),
            Starts("12:00:00", "norm.a.json.log"),
            Takes("12:00:00", 4, "other"),
            "12:00:00 No Packer template defined for Default values. No builds will occur.",
            "12:00:00 Exception in thread Thread-3:",
            Starts("12:00:00", "other.a.json.log")
        );

        Assert.That(Outcomes(state), Is.EqualTo(new[] { "Thread-1 norm.a.json.log Building 0-", "Thread-4 other.a.json.log Building 0-" }));
        Assert.That(state.Rejections.Select(rejection => rejection.Worker), Is.EqualTo(new WorkerId?[] { Given.Worker(3) }));
    }

    [Test]
    public void DeathThatWasGuessedWrong_IsTheOthersOnceALineNamesTheImageOfTheThread()
    {
        var state = Given.After(
            Takes("12:00:00", 1, "norm"),
            Takes("12:00:00", 4, "other"),
            "12:00:00 Could not find packer template file, exiting",
            "12:00:00 No Packer template defined for other. Using the default values",
            "12:00:00 No Packer template defined for Default values. No builds will occur."
        );

        Assert.That(
            state.Rejections.Select(rejection => (rejection.Worker, rejection.Why)),
            Is.EqualTo(new[] { ((WorkerId?)Given.Worker(1), Refusal.TemplateMissing), (Given.Worker(4), Refusal.NoTemplate) }));
    }

    /// <summary>The first template was built, so no message was refused; the exception belongs to the thread all the same.</summary>
    [Test]
    public void Exception_AfterTheLineThatEndedAThread_IsTheThreadsThoughItBuiltBefore()
    {
        var state = Given.After([
            .. Building,
            Succeeds("12:00:09", 1, "norm.a.json"),
            "12:00:10 Could not find packer template file, exiting",
            "12:00:10 FileNotFoundError(2, 'No such file or directory')",
        ]);

        Assert.That(state.Workers.Values.Single().Activity, Is.InstanceOf<PresumedLost>()
            .With.Property("Error").EqualTo("FileNotFoundError(2, 'No such file or directory')"));
        Assert.That(state.Rejections, Is.Empty);
    }

    [TestCase("12:00:10", "JSONDecodeError('Expecting value')")]
    [TestCase("12:00:12", "JSONDecodeError('Expecting value')")]
    [TestCase("12:00:13", null)]
    public void Exception_BeforeARefusal_ExplainsItOnlyForAMoment(string refused, string? error)
    {
        var state = Given.After(
            "12:00:00 Starting Thread-1",
            "12:00:10 JSONDecodeError('Expecting value')",
            $"{refused} Thread-1: could not decode profile, malformed json? Continuing"
        );

        Assert.That(state.Rejections.Single().Error, Is.EqualTo(error));
    }

    /// <summary>The system's error comes with the line that ended a thread, known or not.</summary>
    [TestCase(true, "12:00:12", true)]
    [TestCase(true, "12:00:13", false)]
    [TestCase(false, "12:00:12", true)]
    [TestCase(false, "12:00:13", false)]
    public void SystemError_BehindTheLineThatEndedAThread_ExplainsItOnlyForAMoment(bool isKnown, string shown, bool explained)
    {
        var state = Given.After([
            .. isKnown ? [Takes("12:00:00", 1)] : Array.Empty<string>(),
            "12:00:10 Could not find packer template file, exiting",
            $"{shown} FileNotFoundError(2, 'No such file or directory')",
        ]);

        Assert.That(state.Rejections.Single().Error is not null, Is.EqualTo(explained));
    }

    /// <summary>The exception of another thread's message, which is no error of the system.</summary>
    [Test]
    public void Exception_OfARefusalBehindALostThread_IsNotTheThreads()
    {
        var state = Given.After([
            Takes("12:00:00", 1),
            "12:00:00 Starting Thread-2",
            "12:00:10 Could not find packer template file, exiting",
            "12:00:11 JSONDecodeError('Expecting value')",
            "12:00:11 Thread-2: could not decode profile, malformed json? Continuing",
        ]);

        Assert.That(
            state.Rejections.Select(rejection => rejection.Error),
            Is.EqualTo(new[] { null, "JSONDecodeError('Expecting value')" })
        );
    }
}
