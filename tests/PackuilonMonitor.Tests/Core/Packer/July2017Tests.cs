using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Every log of July 2017 against what a person read in it.</summary>
public sealed class July2017Tests
{
    private const string Six = "inventory-sl6x-x86_64";
    private const string Seven = "inventory-sl7x-x86_64";
    private const string Interrupted = "interrupted during: ";

    // The duration is the daemon's last line less the epoch in the name. The log of 1499870992 has no line end behind that line.
    [TestCase($"{Six}.managed.json.1499852976.log", PackerOutcome.Cancelled, null, $"{Interrupted}Waiting for server to become ready", 12)]
    [TestCase($"{Six}.managed.json.1499857080.log", PackerOutcome.Cancelled, null, $"{Interrupted}Provisioning with shell script", 36)]
    [TestCase($"{Six}.managed.json.1499943808.log", PackerOutcome.Cancelled, null, $"{Interrupted}Waiting for server to become ready", 12)]
    [TestCase($"{Six}.managed.json.1499944274.log", PackerOutcome.Succeeded, 463, null, null)]
    [TestCase($"{Six}.unmanaged.json.1499856753.log", PackerOutcome.Cancelled, null, $"{Interrupted}Provisioning with shell script", 43)]
    [TestCase($"{Six}.unmanaged.json.1499943651.log", PackerOutcome.Failed, 0,
        "Failed to parse template: Error parsing JSON: invalid character '\"' after object key:value pair", 1)]
    [TestCase($"{Six}.unmanaged.json.1499943903.log", PackerOutcome.Succeeded, 371, null, null)]
    [TestCase("inventory-sl6x.unmanaged.json.1499870992.log", PackerOutcome.Succeeded, 326, null, null)]
    [TestCase($"{Seven}.managed.json.1499944342.log", PackerOutcome.Succeeded, 511, null, null)]
    [TestCase($"{Seven}.unmanaged.json.1499943893.log", PackerOutcome.Succeeded, 449, null, null)]
    [TestCase($"{Seven}.unmanaged.json.1500039746.log", PackerOutcome.Succeeded, 452, null, null)]
    public void Log_Of2017_HasItsResultDurationAndReason(
        string name, PackerOutcome outcome, int? seconds, string? reason, int? line)
    {
        var log = PackerSamples.Log(PackerSamples.July2017(name));

        var verdict = Verdict.Of(log);
        var why = Reason.Of(log);

        Assert.Multiple(() =>
        {
            Assert.That(log.IsBuildLog, Is.True);
            Assert.That(log.Marks, Is.EqualTo(LogMarks.None));
            Assert.That(verdict.Outcome, Is.EqualTo(outcome));
            Assert.That(verdict.EndedAt?.ToUnixTimeSeconds() - long.Parse(name.Split('.')[^2]), Is.EqualTo(seconds));
            Assert.That(verdict.ExitCode, Is.EqualTo(seconds is null ? null : outcome == PackerOutcome.Succeeded ? 0 : 1));
            Assert.That(why?.Text, Is.EqualTo(reason));
            Assert.That(why?.Line, Is.EqualTo(line));
        });
    }

    // Quattor's own stamp is local time of that summer, an hour ahead of UTC, and Glance's is UTC; both against the epoch in the name.
    [TestCase($"{Six}.managed.json.1499944274.log", 463, 65, 457)]
    [TestCase($"{Six}.unmanaged.json.1499943903.log", 371, 60, 365)]
    [TestCase($"{Seven}.unmanaged.json.1500039746.log", 452, 87, 447)]
    public void Log_Of2017_ReportsWhenQuattorBeganAndTheOldImageWasRenamed(string name, int seconds, int quattor, int putAway)
    {
        var log = PackerSamples.Log(PackerSamples.July2017(name));
        var start = DateTimeOffset.FromUnixTimeSeconds(long.Parse(name.Split('.')[^2]));

        var clues = Clue.Of(log, start, start.AddSeconds(seconds));

        Assert.That(clues.Select(clue => (clue.At - start).TotalSeconds), Is.EqualTo(new[] { quattor, putAway }));
    }

    [Test]
    public void Log_ThatIsNone_IsNoBuild()
    {
        var log = PackerSamples.Log(PackerSamples.July2017("troll.lol.json.666.log"));

        Assert.That((log.IsBuildLog, Verdict.Of(log).Outcome), Is.EqualTo((false, PackerOutcome.Unknown)));
    }

    [Test]
    public void Log_WithoutTheLastLineEnd_StillRunsUntilItsEndIsKnown()
    {
        var (lines, rest) = PackerSamples.Lines(PackerSamples.July2017("inventory-sl6x.unmanaged.json.1499870992.log"));

        var log = PackerSamples.Fold(lines);

        Assert.Multiple(() =>
        {
            Assert.That(rest, Is.EqualTo("rabbit2packer: Build finished at 1499871318 (epoch) with exit code 0"));
            Assert.That(Verdict.Of(log), Is.EqualTo(new Verdict(PackerOutcome.Succeeded, Witness.PackersEnd, null, null)));
            Assert.That(Verdict.Of(log.AtEnd(rest)).Witness, Is.EqualTo(Witness.FinalLine));
        });
    }

    [Test]
    public void Logs_OfGoodBuilds_HaveTheSameTwentySteps()
    {
        var steps = Good()
            .Select(path => PackerSamples.Log(path).Trail.Steps.Select(step => step.Name).ToArray())
            .ToArray();

        Assert.That(steps, Has.Length.EqualTo(6));
        Assert.That(steps.Select(names => names.Length), Is.All.EqualTo(20));
        Assert.That(
            steps
                .Select(names => string.Join('\n', names.Where(name => !name.StartsWith("Uploading"))).Replace("_unmanaged", "_managed"))
                .Distinct()
                .ToArray(),
            Has.Length.EqualTo(1)
        );
    }

    // The only two good builds of one image and template. Glance's table wraps at another place where an id has another length.
    [TestCase("1499943893", "1500039746")]
    [TestCase("1500039746", "1499943893")]
    public void Comparison_OfGoodWithGood_HasAtMostTwoNewLines(string these, string those)
    {
        var baseline = Baseline.Of(PackerSamples.AllLines(PackerSamples.July2017($"{Seven}.unmanaged.json.{those}.log")));
        var path = PackerSamples.July2017($"{Seven}.unmanaged.json.{these}.log");

        var comparison = Comparison.Of(PackerSamples.AllLines(path), baseline);

        Assert.Multiple(() =>
        {
            Assert.That(comparison.NewCount, Is.LessThanOrEqualTo(2), string.Join('\n', comparison.NewLines));
            Assert.That(comparison.MissingCount, Is.LessThanOrEqualTo(2));
            Assert.That(PackerSamples.Log(path, baseline).Problems.NewCount, Is.EqualTo(comparison.NewCount), "line by line and at once");
        });
    }

    // Against a good build of the same image and template: what is new, and how many of its lines never came.
    [TestCase("managed.json.1499852976", "managed.json.1499944274", 3, 388 - 13)]
    [TestCase("managed.json.1499857080", "managed.json.1499944274", 3, 388 - 36)]
    [TestCase("unmanaged.json.1499856753", "unmanaged.json.1499943903", 9, 256 - 37)]
    [TestCase("unmanaged.json.1499943651", "unmanaged.json.1499943903", 5, 256 - 2)]
    public void Comparison_OfBadWithGood_IsShortAndCountsWhatIsMissing(string bad, string good, int newLines, int missing)
    {
        var baseline = Baseline.Of(PackerSamples.AllLines(PackerSamples.July2017($"{Six}.{good}.log")));

        var comparison = Comparison.Of(PackerSamples.AllLines(PackerSamples.July2017($"{Six}.{bad}.log")), baseline);

        Assert.That(
            (comparison.NewCount, comparison.MissingCount),
            Is.EqualTo((newLines, missing)),
            string.Join('\n', comparison.NewLines)
        );
    }

    [Test]
    public void Reason_OfGoodBuild_IsNone() =>
        Assert.That(Good().Select(path => Reason.Of(PackerSamples.Log(path))), Is.All.Null);

    private static IEnumerable<string> Good() =>
        PackerSamples.July2017().Where(path => Verdict.Of(PackerSamples.Log(path)).Outcome == PackerOutcome.Succeeded);
}
