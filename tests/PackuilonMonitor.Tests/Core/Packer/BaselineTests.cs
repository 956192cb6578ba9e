using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class BaselineTests
{
    [Test]
    public void Comparison_GivesNewLinesWithTheirNumbersAndCountsMissingOnes()
    {
        var baseline = Baseline.Of(["one", "two 1", "two 2", "three", "three"]);

        var comparison = Comparison.Of(["one", "new", "two 7", "three", "newer"], baseline);

        Assert.That(comparison.NewLines, Is.EqualTo((NewLine[])[new(2, "new"), new(5, "newer")]));
        Assert.That((comparison.NewCount, comparison.MissingCount), Is.EqualTo((2, 2)), "one 'two' and one 'three' are missing");
    }

    [Test]
    public void Baseline_OfSeveralBuilds_KnowsAllButMissesOnlyTheNewest()
    {
        var baseline = Baseline.Of(["a", "b"]).And(["a", "c"]);

        Assert.That(baseline.IsNew("b"), Is.False);
        Assert.That(Comparison.Of(["a"], baseline).MissingCount, Is.EqualTo(1));
    }

    [Test]
    public void Baseline_PastItsBound_CallsNothingNew()
    {
        Assert.That(Baseline.Of(Words(60_000)).IsNew("never seen"), Is.False);
        Assert.That(Baseline.Of(Words(100)).IsNew("never seen"), Is.True);
    }

    [TestCase(50_000, true)]
    [TestCase(50_001, false)]
    public void Baseline_AtItsBound_StillTellsWhatIsNew(int lines, bool isNew) =>
        Assert.That(Baseline.Of([.. Words(lines), .. Words(1)]).IsNew("never seen"), Is.EqualTo(isNew));

    [Test]
    public void Log_AgainstBaseline_CountsNewLinesAsTheyCome()
    {
        var log = PackerSamples.Fold([.. GivenLog.Start, GivenLog.Output("something new")], Baseline.Of(GivenLog.GoodBuild));

        Assert.That(log.Problems.NewCount, Is.EqualTo(1));
        Assert.That(
            log.Problems.Problems.Select(problem => (problem.Kind, problem.Text)),
            Is.EqualTo(new[] { (ProblemKind.New, "something new") })
        );
    }

    private static IEnumerable<string> Words(int count) =>
        Enumerable.Range(0, count).Select(number => string.Concat($"{number}".Select(digit => (char)('a' + digit - '0'))));
}
