using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>How the two witnesses of a build, the system log and its own log, are joined.</summary>
public sealed class BuildViewTests
{
    // The build starts two seconds after noon; the name has that second.
    private const string File = "norm.a.json.1795348802.log";
    private const string Rewritten = "norm.a.json.log";

    private static readonly string[] Begun =
    [
        "openstack: output will be in this color.",
        "",
        "==> openstack: Loading flavor: m1.tiny",
        "==> openstack: Launching server...",
    ];
    private static readonly string[] Good =
    [
        .. Begun,
        "Build 'openstack' finished.",
        "",
        "==> Builds finished. The artifacts of successful builds are:",
        "--> openstack: An image was created: 7a7b4c3d-2e5f-4a71-acbd-2e3f4a5b6c7d",
    ];
    private static readonly string[] Bad =
    [
        .. Begun,
        "Build 'openstack' errored: Timeout waiting for SSH.",
        "",
        "==> Some builds didn't complete successfully and had errors:",
        "--> openstack: Timeout waiting for SSH.",
        "",
        "==> Builds finished but no artifacts were created.",
    ];
    private static readonly string[] Interrupted =
    [
        .. Begun,
        "Cancelling build after receiving terminated",
        "Build 'openstack' finished.",
        "",
        "Cleanly cancelled builds after being interrupted.",
    ];

    [Test]
    public void Running_WithItsLog_ShowsTheStep()
    {
        var view = One(Running(File), Read(File, Begun));

        Assert.That(
            (view.State, view.Step, view.LogGone, view.LogShared, view.Reason, view.Took),
            Is.EqualTo((BuildState.Building, "Launching server", false, false, (string?)null, (TimeSpan?)null))
        );
    }

    [Test]
    public void Ended_WithTheDaemonsLastLine_HasEndAndExitCodeFromIt()
    {
        var view = One(Ended(File, 9), Read(File, [.. Bad, Final(8, 1)]));

        Assert.That(
            (view.State, view.EndedAt, view.ExitCode, view.Took),
            Is.EqualTo((BuildState.Failed, (DateTimeOffset?)Given.Noon.AddSeconds(8), (int?)1, (TimeSpan?)TimeSpan.FromSeconds(6)))
        );
        Assert.That(view.Reason, Does.Contain("Timeout waiting for SSH"));
    }

    [Test]
    public void Ended_WithoutADaemonsLastLine_HasItsEndFromTheSystemLog()
    {
        var view = One(Ended(File, 9, good: true), Read(File, Good));

        Assert.That(
            (view.State, view.EndedAt, view.ExitCode),
            Is.EqualTo((BuildState.Succeeded, (DateTimeOffset?)Given.Noon.AddSeconds(9), (int?)null))
        );
        Assert.That(
            (view.ImageId, view.Step, view.Reason),
            Is.EqualTo(("7a7b4c3d-2e5f-4a71-acbd-2e3f4a5b6c7d", (string?)null, (string?)null))
        );
    }

    [Test]
    public void Ended_WhoseNameHasNoEpoch_DoesNotTrustALastLineOfSomeBuild()
    {
        var view = One(Ended(Rewritten, 9), Read(Rewritten, [.. Bad, Final(8, 1)]));

        Assert.That((view.EndedAt, view.ExitCode), Is.EqualTo(((DateTimeOffset?)Given.Noon.AddSeconds(9), (int?)null)));
    }

    /// <summary>A part of a second is only the daemon's rounding; where the clock was set back, nobody knows how long it took.</summary>
    [TestCase(3, 1)]
    [TestCase(2, 0)]
    [TestCase(1, 0)]
    [TestCase(0, null)]
    [TestCase(-5, null)]
    public void Ended_BeforeItStarted_TookNobodyKnowsHowLong(int end, int? took) =>
        Assert.That(One(Ended(Rewritten, end), []).Took?.TotalSeconds, Is.EqualTo(took));

    [TestCase(BuildState.Lost, null, BuildState.Lost, 7)]
    [TestCase(BuildState.Lost, 0, BuildState.Lost, 7)]
    [TestCase(BuildState.Lost, 1, BuildState.Lost, 7)]
    [TestCase(BuildState.Failed, null, BuildState.Failed, 9)]
    [TestCase(BuildState.Failed, 1, BuildState.Failed, 8)]
    [TestCase(BuildState.Building, null, BuildState.Building, null)]
    [TestCase(BuildState.Building, 0, BuildState.Succeeded, 8)]
    [TestCase(BuildState.Building, 1, BuildState.Failed, 8)]
    public void Remembering_WhatTheSystemLogShowed_JudgesAsIfItWereStillThere(BuildState told, int? exitCode, BuildState state, int? second)
    {
        var earlier = One(told is BuildState.Building ? Running(File) : told is BuildState.Lost ? Lost(File) : Ended(File, 9), []);

        var view = One([], Read(File, exitCode is { } code ? [.. Good, Final(8, code)] : Good)).Remembering(earlier, ChangeLedger.Empty);

        Assert.That(
            (view.State, view.EndedAt, view.Worker),
            Is.EqualTo((state, second is { } last ? Given.Noon.AddSeconds(last) : (DateTimeOffset?)null, (WorkerId?)Given.Worker()))
        );
        Assert.That(view.Log, Is.Not.Null);
    }

    [Test]
    public void Remembering_ThatTheLogWasShared_BelievesNothingOfIt()
    {
        var earlier = One(Ended(File, 9), []);
        earlier = earlier with { Build = earlier.Build! with { SharedLog = true } };

        var view = One([], Read(File, [.. Good, Final(20, 0)])).Remembering(earlier, ChangeLedger.Empty);

        Assert.That(
            (view.State, view.EndedAt, view.ExitCode),
            Is.EqualTo((BuildState.Failed, (DateTimeOffset?)Given.Noon.AddSeconds(9), (int?)null))
        );
    }

    [TestCase(BuildState.Succeeded)]
    [TestCase(BuildState.Lost)]
    public void Remembering_WhoseBuildItWas_IsNotChangedByAReadingThatBeganTooLate(BuildState told)
    {
        var earlier = One(told is BuildState.Lost ? Lost(File) : Ended(File, 5, good: true), []);
        var late = One(told is BuildState.Lost ? Lost(File) : Ended(File, 8), []);
        late = late with
        {
            Build = late.Build! with { Owner = told is BuildState.Lost ? null : new BuildOwner(Given.Worker(2), null, null) },
        };

        var view = late.Remembering(earlier, ChangeLedger.Empty);

        Assert.That((view.State, view.Worker, view.EndedAt), Is.EqualTo((earlier.State, earlier.Worker, earlier.EndedAt)));
    }

    /// <summary>A later line may tie the take of a build to another change, or to none.</summary>
    [TestCase("known", null, true, null, Description = "this reading knows the change, and that the build is not its own")]
    [TestCase("known", "other", true, "other")]
    [TestCase(null, "known", true, "known")]
    [TestCase("unknown", null, true, "unknown", Description = "this reading began behind the announcement of the change")]
    [TestCase("known", null, false, "known", Description = "another take: this reading began behind the right one")]
    public void Remembering_ItsChange_IsThatOfTheReadingThatKnowsMore(string? earlier, string? now, bool isSameTake, string? change)
    {
        var ledger = Given.Folded(Given.Read("Nov 22 12:00:00 vm /cdb2rabbit.py: Profile has updated: known")).Triggers;
        var known = ledger.Triggers.Single().Id;
        var stored = Changed(One(Ended(File, 5), []), earlier, Given.Noon);
        var seen = Changed(One(Ended(File, 5), []), now, isSameTake ? Given.Noon : Given.Noon.AddSeconds(1));

        Assert.That(seen.Remembering(stored, ledger).Build!.Trigger, Is.EqualTo(change == "known" ? known : change));

        BuildView Changed(BuildView view, string? trigger, DateTimeOffset taken) =>
            view with { Build = view.Build! with { Owner = new BuildOwner(Given.Worker(), taken, trigger == "known" ? known : trigger) } };
    }

    [Test]
    public void Remembering_ABuildThatIsReadNow_LeavesItItsPlaceAmongTheBuilds()
    {
        var stored = One(Ended(File, 5), []);
        stored = stored with { Build = stored.Build! with { Number = 0 } };

        Assert.That(One(Ended(File, 5), []).Remembering(stored, ChangeLedger.Empty).Build!.Number, Is.EqualTo(1));
    }

    [Test]
    public void Remembering_AFailureWhoseLogNowSaysThatItWasInterrupted_IsCancelled() =>
        Assert.That(
            One(Ended(File, 5), Read(File, Interrupted)).Remembering(One(Ended(File, 5), []), ChangeLedger.Empty).State,
            Is.EqualTo(BuildState.Cancelled)
        );

    [Test]
    public void Remembering_AnEndThatWasSeen_IsNotLostToAReadingThatBeganTooLate()
    {
        var view = One(Lost(File), []).Remembering(One(Ended(File, 5, good: true), []), ChangeLedger.Empty);

        Assert.That((view.State, view.EndedAt), Is.EqualTo((BuildState.Succeeded, (DateTimeOffset?)Given.Noon.AddSeconds(5))));
    }

    /// <summary>A log only grows while it is one build's; a reading that saw its end has seen more than any other.</summary>
    [TestCase(4, 2, false, 4)]
    [TestCase(2, 4, false, 4)]
    [TestCase(2, 4, true, 4, Description = "the longer reading has the end")]
    [TestCase(4, 2, true, 4)]
    public void Remembering_TwoReadingsOfALog_KeepsTheLonger(int now, int before, bool ended, long lines)
    {
        var seen = One(Running(File), Read(File, Begun[..now]));
        var earlier = One(Running(File), Read(File, ended && before > now ? [.. Begun[..(before - 1)], Final(8, 0)] : Begun[..before]));

        Assert.That(seen.Remembering(earlier, ChangeLedger.Empty).Log!.LineCount, Is.EqualTo(lines));
    }

    [Test]
    public void Remembering_ALongerReading_IsNotPreferredToOneThatSawTheEnd()
    {
        var seen = One(Running(File), Read(File, [Begun[0], Final(8, 1)]));

        Assert.That(seen.Remembering(One(Running(File), Read(File, Begun)), ChangeLedger.Empty).Log!.LineCount, Is.EqualTo(2));
    }

    /// <summary>Of a build that is known by its log alone: what was concluded from a log that is gone.</summary>
    [TestCase(true, BuildState.Failed)]
    [TestCase(false, BuildState.Succeeded, Description = "its log is there and says otherwise")]
    public void Remembering_AVerdictOfALogThatIsGone_KeepsIt(bool gone, BuildState state)
    {
        var earlier = One([], Read(File, [.. Bad, Final(8, 1)]));
        var now = One([], Read(File, [.. Good, Final(9, 0)]));

        Assert.That((gone ? now with { Log = null } : now).Remembering(earlier, ChangeLedger.Empty).State, Is.EqualTo(state));
    }

    [TestCase(0, BuildState.Succeeded)]
    [TestCase(1, BuildState.Failed)]
    public void Running_WhoseLogHasTheDaemonsLastLine_HasItsVerdict(int code, BuildState state)
    {
        var view = One(Running(File), Read(File, [.. code == 0 ? Good : Bad, Final(8, code)]));

        Assert.That((view.State, view.ExitCode, view.EndedAt), Is.EqualTo((state, (int?)code, (DateTimeOffset?)Given.Noon.AddSeconds(8))));
    }

    [Test]
    public void Running_WhoseLogOnlyHasPackersEnd_StillRuns() =>
        Assert.That(One(Running(File), Read(File, Good)).State, Is.EqualTo(BuildState.Building));

    [Test]
    public void Lost_WhoseLogSaysSo_WasCancelled()
    {
        var view = One(Lost(File), Read(File, Interrupted));

        Assert.That((view.State, view.ExitCode), Is.EqualTo((BuildState.Cancelled, (int?)null)));
        Assert.That(view.Reason, Does.StartWith("interrupted"));
    }

    [Test]
    public void Lost_WhosePackerWentOnAlone_StaysLost()
    {
        var view = One(Lost(File), Read(File, Good));

        Assert.That((view.State, view.Reason, view.ImageId), Is.EqualTo((BuildState.Lost, "Starting", (string?)null)));
    }

    [Test]
    public void Succeeded_WhateverItsLogSays_Succeeded() =>
        Assert.That(One(Ended(File, 9, good: true), Read(File, Bad)).State, Is.EqualTo(BuildState.Succeeded));

    [Test]
    public void Log_NotReadYet_IsNotGone() =>
        Assert.That(One(Running(File), []).LogGone, Is.False);

    [Test]
    public void Log_ThatIsNotThereAfterTheDirectoryWasRead_IsGone() =>
        Assert.That(One(Running(File), [Given.Seen(new LogDirectoryRead())]).LogGone, Is.True);

    [Test]
    public void Log_SharedByTwo_ProvesNothingForEither()
    {
        var state = Given.Folded([
            .. Given.Lines(
                Takes("12:00:00", 1),
                Takes("12:00:00", 2),
                Starts("12:00:02", File),
                Starts("12:00:02", File),
                Fails("12:00:08", 1, "norm.a.json"),
                Succeeds("12:00:09", 2, "norm.a.json")
            ),
            .. Read(File, [.. Bad, Final(8, 1)]),
        ]);

        foreach (var view in BuildView.All(state))
            Assert.That(
                (view.LogShared, view.ExitCode, view.Reason, view.ImageId, view.Step),
                Is.EqualTo((true, (int?)null, (string?)null, (string?)null, (string?)null))
            );
        Assert.That(BuildView.All(state).Select(view => view.State), Is.EquivalentTo(new[] { BuildState.Failed, BuildState.Succeeded }));
    }

    /// <summary>Only the log of a build that succeeded, and that wrote it alone, says what the build made.</summary>
    [TestCase(true, false, true, true, false)]
    [TestCase(true, false, false, false, true)]
    [TestCase(true, true, true, false, false)]
    [TestCase(true, true, false, false, false)]
    [TestCase(false, false, true, false, false)]
    [TestCase(false, false, false, false, false)]
    public void Artifact_IsThatOfABuildThatSucceededAlone(bool good, bool shared, bool isEmpty, bool hasNone, bool hasOne)
    {
        const string none = "==> Builds finished but no artifacts were created.";
        var view = One(Ended(File, 9, good), Read(File, isEmpty ? [.. Begun, "", none] : Good));
        view = view with { Build = view.Build! with { SharedLog = shared } };

        Assert.That((view.NoArtifact, view.ImageId is not null), Is.EqualTo((hasNone, hasOne)));
        Assert.That((view with { Log = null }).NoArtifact, Is.False);
    }

    [Test]
    public void Log_WithMarksOfTwoBuilds_IsShared() =>
        Assert.That(One(Ended(File, 9), Read(File, [.. Begun, .. Begun])).LogShared, Is.True);

    [Test]
    public void Log_OverwrittenByALaterBuild_IsTheLaterOnesAlone()
    {
        var views = BuildView.All(
            Given.Folded([
                .. Ended(Rewritten, 9),
                .. Given.Lines(Takes("12:01:00", 2), Starts("12:01:01", Rewritten)),
                .. Read(Rewritten, Begun),
            ])
        );

        Assert.That(views.Select(view => (view.LogGone, view.Log is not null)), Is.EqualTo(new[] { (true, false), (false, true) }));
    }

    [Test]
    public void Log_ThatVanished_IsGoneAndWhatItContainedIsKept()
    {
        var view = One([.. Ended(File, 9), .. Read(File, [.. Bad, Final(8, 1)])], [Given.Seen(new BuildLogGone(File), 40)]);

        Assert.That((view.LogGone, view.ExitCode), Is.EqualTo((true, (int?)1)));
        Assert.That(view.Reason, Does.Contain("Timeout waiting for SSH"));
    }

    [Test]
    public void Log_ThatVanishedAndHasACopyElsewhere_IsNotGone()
    {
        var id = One([.. Ended(File, 9)], Read(File, Bad)).Id;
        var copy = Read(File, [.. Bad, Final(8, 1)]).Select(seen => seen with { Event = Copy((BuildLogRead)seen.Event) });
        BuildLogRead Copy(BuildLogRead read) => read with { EarlierBuild = id };

        var view = One([.. Ended(File, 9), .. Read(File, Bad)], [Given.Seen(new BuildLogGone(File), 40), .. copy]);

        Assert.That((view.LogGone, view.LogReadable, view.ExitCode), Is.EqualTo((false, true, (int?)1)));
    }

    /// <summary>Nobody says that the file is gone, where its copy comes from elsewhere.</summary>
    [Test]
    public void Log_ThatACopyTookThePlaceOf_IsNotThatOfTheNextBuild()
    {
        var id = One([.. Ended(Rewritten, 9)], Read(Rewritten, Bad)).Id;
        var copy = Read(Rewritten, [.. Bad, Final(8, 1)])
            .Select(seen => seen with { Event = (BuildLogRead)seen.Event with { EarlierBuild = id } });
        List<Observation> seen =
        [
            .. Ended(Rewritten, 9),
            .. Read(Rewritten, Bad),
            .. copy,
            .. Given.Lines(Takes("12:01:00", 2), Starts("12:01:01", Rewritten)),
            Given.Seen(new BuildSucceeded(Given.Worker(2), new BuildName("norm.a.json")), 70),
        ];

        var before = BuildView.All(Given.Folded(seen));
        var after = BuildView.All(Given.Folded([.. seen, .. Read(Rewritten, Begun, 2)]));

        Assert.That(before.Select(view => view.Log?.LineCount), Is.EqualTo(new long?[] { Bad.Length + 1, null }));
        Assert.That(after.Select(view => view.Log?.LineCount), Is.EqualTo(new long?[] { Bad.Length + 1, Begun.Length }));
        Assert.That(after.Select(view => view.LogGone), Has.All.False);
    }

    [TestCase(false, TestName = "the system log told first")]
    [TestCase(true, TestName = "the file began again first")]
    public void Log_ReadBeforeItWasOverwritten_IsKeptForItsBuild(bool fileFirst)
    {
        var start = Given.Lines(Takes("12:01:00", 2), Starts("12:01:01", Rewritten));
        var again = Read(Rewritten, Begun, 1);
        var views = BuildView.All(
            Given.Folded([
                .. Ended(Rewritten, 9),
                .. Read(Rewritten, Bad),
                .. fileFirst ? [.. again, .. start] : (IEnumerable<Observation>)[.. start, .. again],
            ])
        );

        Assert.That(
            views.Select(view => (view.LogGone, view.Log?.LineCount)),
            Is.EqualTo(new[] { (true, (long?)Bad.Length), (false, Begun.Length) })
        );
        Assert.That(views[0].Reason, Does.Contain("Timeout waiting for SSH"));
    }

    [TestCase(File, "norm", "a.json", 1795348802L, "norm.a.json.1795348802.log@1795348802")]
    [TestCase("norm.a.json.log", "norm", "a.json", null, "norm.a.json.log@")]
    [TestCase("norm.log", "norm", null, null, "norm.log@")]
    [TestCase("norm.a.json.999999999999999.log", "norm", "a.json", null, "norm.a.json.999999999999999.log@")]
    public void Build_KnownByItsLogAlone_HasWhatTheLogReports(string file, string image, string? template, long? epoch, string id)
    {
        var view = One([], Read(file, [.. Good, Final(8, 0)]));

        Assert.That(
            (view.Id, view.Image.Text, view.Template, view.State, view.ExitCode),
            Is.EqualTo((id, image, template, BuildState.Succeeded, (int?)0))
        );
        Assert.That((view.Worker, view.Build, view.StartedAt?.ToUnixTimeSeconds()), Is.EqualTo(((WorkerId?)null, (Build?)null, epoch)));
    }

    [Test]
    public void File_ThatIsNoPackerOutput_IsNoBuild() =>
        Assert.That(BuildView.All(Given.Folded(Read("notes.log", ["shopping list", "milk"]))), Is.Empty);

    [Test]
    public void Builds_AreInOrderOfStart_ThoseWithoutOneFirst()
    {
        var views = BuildView.All(
            Given.Folded([
                .. Running(File),
                .. Read("late.a.json.1795348900.log", Good),
                .. Read("early.a.json.1795348000.log", Good),
                .. Read("some.log", Good),
            ])
        );

        Assert.That(views.Select(view => view.Image.Text), Is.EqualTo(new[] { "some", "early", "norm", "late" }));
    }

    private static BuildView One(IEnumerable<Observation> said, IEnumerable<Observation> read) =>
        BuildView.All(Given.Folded([.. said, .. read])).Single();

    private static IEnumerable<Observation> Running(string file) => Given.Lines(Takes("12:00:00", 1), Starts("12:00:02", file));

    private static IEnumerable<Observation> Lost(string file) => [.. Running(file), .. Given.Lines("12:00:07 Starting")];

    private static IEnumerable<Observation> Ended(string file, int second, bool good = false) =>
        [
            .. Running(file),
            Given.Seen(
                good
                    ? new BuildSucceeded(Given.Worker(), new BuildName("norm.a.json"))
                    : new BuildFailed(Given.Worker(), new BuildName("norm.a.json")),
                second
            ),
        ];

    private static IEnumerable<Observation> Read(string file, string[] lines, int generation = 0) =>
        [Given.Seen(new BuildLogRead(file, lines.Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null)), generation), 30)];

    private static string Final(int second, int code) =>
        $"rabbit2packer: Build finished at {Given.Noon.AddSeconds(second).ToUnixTimeSeconds()} (epoch) with exit code {code}";
}
