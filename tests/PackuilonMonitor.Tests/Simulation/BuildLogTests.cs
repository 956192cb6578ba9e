using System.Text.RegularExpressions;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class BuildLogTests
{
    private static readonly IEnumerable<Dialect> Dialects = Dialect.All;

    [TestCaseSource(nameof(Dialects))]
    public void ALog_OfOneBuildAlone_SaysWhatBecameOfIt(Dialect dialect)
    {
        var run = Runs.Rough(dialect);
        var alone = run.Truth.Builds.Where(build => !build.SharesLog && !build.LogRewritten && build.PackerEndedAt is not null).ToList();

        Assert.That(alone, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var build in alone)
                Assert.That(Runs.Text(run.Logs[build.LogFile]), Does.Match(Ending(build, dialect)), $"{build}");
        });
    }

    [TestCaseSource(nameof(Dialects))]
    public void ALog_OfTwoBuildsAtOnce_IsCutUnderAWriterThatGoesOnBehindTheEnd(Dialect dialect)
    {
        var often = Scenario.Calm with { SameImageTwice = 1, NoisePerLine = 0 };
        var factory = new SimulatedFactory(new FactoryPlan { Dialect = dialect, Scenario = often });
        var lengths = new Dictionary<string, long>();
        var holes = new HashSet<string>();
        foreach (var step in factory.StepsUntil(new FactoryPlan().Start + Runs.Day))
        {
            if (step.Operation is LogOpened opened)
                lengths[opened.File] = 0;
            if (step.Operation is not LogWritten written)
                continue;

            if (written.Offset > lengths[written.File])
                holes.Add(written.File);
            lengths[written.File] = Math.Max(lengths[written.File], written.Offset + written.Bytes.Length);
        }

        Assert.That(holes, Is.SubsetOf(factory.Truth.Builds.Where(build => build.SharesLog).Select(build => build.LogFile)));
        Assert.That(holes, dialect.Logs == LogNaming.ImageTemplateEpoch ? Is.Empty.Or.All.Match(@"\.\d{10}\.log$") : Is.Not.Empty);
    }

    [Test]
    public void Steps_OfAGoodBuild_AreThoseOfPacker([Values("e7ec5f0", "bf136ab")] string name)
    {
        var run = SimulatedRun.Of(1, new FactoryPlan { Dialect = Dialect.Parse(name), Scenario = Scenario.Calm }, Runs.Day);
        var good = run.Truth.Builds.First(build => build.Outcome == TrueOutcome.Succeeded);
        var text = Runs.Text(run.Logs[good.LogFile]);
        var steps = Regex
            .Matches(text, @"^\e\[1;32m==> openstack(?: \(shell-local\))?: (\w+ \w+)", RegexOptions.Multiline)
            .Select(step => step.Groups[1].Value);

        Assert.That(
            steps,
            Is.SupersetOf(
                new[]
                {
                    "Discovering enabled",
                    "Loading flavor",
                    "Creating temporary",
                    "Launching server",
                    "Waiting for",
                    "Connected to",
                    "Uploading ",
                    "Provisioning with",
                    "Stopping server",
                    "Creating the",
                    "Terminating the",
                    "Deleting temporary",
                    "Running post",
                }.Where(step => !step.EndsWith(' '))
            )
        );
        Assert.That(Regex.Count(text, "running component: "), Is.InRange(20, 25));
        Assert.That(text, Does.Contain($"--> openstack: An image was created: {good.ImageId}"));
    }

    /// <summary>What a tool of OpenStack says of the image that was made: the row of each property.</summary>
    [Test]
    public void Properties_OfAGoodBuild_AreThoseOfItsImage()
    {
        var run = SimulatedRun.Of(1, new FactoryPlan { Scenario = Scenario.Calm }, Runs.Day);
        var good = run.Truth.Builds.First(build => build.Outcome == TrueOutcome.Succeeded);
        var rows = Regex
            .Matches(Runs.Text(run.Logs[good.LogFile]), @"\| (\w+) +\| (\S+) +\|")
            .Select(row => (Name: row.Groups[1].Value, Value: row.Groups[2].Value))
            .ToList();

        Assert.That(rows.Select(row => row.Name), Is.EqualTo(new[] { "Property", "id", "created_at", "name", "status", "updated_at" }));
        Assert.That((rows[1].Value, rows[4].Value), Is.EqualTo((good.ImageId, "active")));
    }

    [Test]
    public void Durations_OfOneImageAndTemplate_AreAlike()
    {
        var truth = SimulatedRun.Of(1, new FactoryPlan { Scenario = Scenario.Calm }, TimeSpan.FromDays(2)).Truth;
        var groups = truth
            .Builds.Where(build => build.EndedAt is not null)
            .GroupBy(build => (build.Image, build.Template))
            .Where(group => group.Count() > 5)
            .ToList();

        Assert.That(groups, Has.Count.GreaterThan(8));
        foreach (var group in groups)
        {
            var minutes = group.Select(build => (build.EndedAt!.Value - build.StartedAt).TotalMinutes).ToList();
            Assert.That(minutes, Has.All.InRange(3.5, 13));
            Assert.That(minutes.Max() / minutes.Min(), Is.LessThan(1.6), $"{group.Key}");
        }
    }

    [Test]
    public void AHostileLog_HoldsWhatATerminalMustNotGet()
    {
        var run = SimulatedRun.Of(1, new FactoryPlan { Scenario = Scenario.Calm with { Hostile = 1 } }, TimeSpan.FromHours(2));
        var text = Runs.Text(run.Logs[run.Truth.Builds.First(build => build.EndedAt is not null).LogFile]);

        Assert.Multiple(() =>
        {
            foreach (
                var hostile in new[] { "\e]0;", "\e]52;", "\r", "\0", "\u00ff\u00fe", "\b", "rabbit2packer: Build finished at 1 (epoch)" }
            )
                Assert.That(text, Does.Contain(hostile));
        });
    }

    private static string Ending(TrueBuild build, Dialect dialect)
    {
        var last = build.EndedAt is not null && dialect.FinalLine
            ? $@"rabbit2packer: Build finished at \d+ \(epoch\) with exit code {build.ExitCode}\n\z"
            : @"\z";
        return build switch
        {
            { Outcome: TrueOutcome.Lost, Cause: FailureCause.None, PackerExitCode: not 0 } => @"\A\z",
            { Outcome: TrueOutcome.Cancelled } => @"\nCleanly cancelled builds after being interrupted\.\n\z",
            { Cause: FailureCause.None } => @"\n--> openstack: An image was created: [-0-9a-f]{36}\n--> openstack: \n" + last,
            { Cause: FailureCause.RenameScriptMissing } => @"rename-old-images\.sh: No such file or directory\n\z",
            { Cause: FailureCause.TemplateError } => @"\AFailed to parse template: [^\e]*" + last,
            { Cause: FailureCause.AuthFileMissing } => @"\A/bin/sh: line 1: \S+: No such file or directory\n" + last,
            _ => @"\n==> Builds finished but no artifacts were created\.\n" + last,
        };
    }
}
