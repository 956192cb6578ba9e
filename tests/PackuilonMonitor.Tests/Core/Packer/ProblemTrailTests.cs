using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>How many lines of a kind are kept, and which lines count.</summary>
public sealed class ProblemTrailTests
{
    private static readonly string[] Old = Reds("old", 12);

    [Test]
    public void Lines_OfOneKind_AreKeptUpToTen_AndThoseOfGoodBuildsApart()
    {
        var baseline = Baseline.Of([.. GivenLog.GoodBuild, .. Old]);

        var log = PackerSamples.Fold([.. GivenLog.Start, .. Old, .. Reds("new", 12)], baseline);

        var kept = log.Problems.Problems.Where(problem => problem.Kind is ProblemKind.Red).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(kept.Count(problem => problem.IsNew == true), Is.EqualTo(10));
            Assert.That(kept.Count(problem => problem.IsNew == false), Is.EqualTo(10));
            Assert.That(kept[^1].Text, Does.EndWith("new failure j"), "the first ten");
            Assert.That((log.Problems.Count, log.Problems.NewCount), Is.EqualTo((24L, 12L)), "all are counted");
        });
    }

    [TestCase(9, 9)]
    [TestCase(10, 10)]
    [TestCase(11, 10)]
    public void Lines_AboutTheMost_AreKeptToTheLast(int lines, int kept) =>
        Assert.That(GivenLog.Log([.. GivenLog.Start, .. Reds("some", lines)]).Problems.Problems, Has.Length.EqualTo(kept));

    [Test]
    public void Interruption_IsNoProblemThatCounts()
    {
        var log = GivenLog.Log([.. GivenLog.Start, "Cancelling build after receiving terminated"]);

        Assert.That(
            (log.Problems.Count, log.Problems.Problems.Single().Kind),
            Is.EqualTo((0L, ProblemKind.Interruption))
        );
    }

    [Test]
    public void Signal_IsThatOfTheFirstWord_WhateverComesAfter()
    {
        var log = GivenLog.Log(
            [
                .. GivenLog.Start,
                "Cancelling build after receiving terminated",
                .. GivenLog.FailedEnd("Error waiting for server: interrupted"),
                "Cleanly cancelled builds after being interrupted.",
            ]
        );

        Assert.That(log.Evidence.Interrupted, Is.EqualTo("terminated"));
    }

    [Test]
    public void FinalLine_StaysBeforeEmptyLines_AndIsNoneBeforeAnother()
    {
        var log = GivenLog.Log([.. GivenLog.GoodBuild, GivenLog.Daemon(0)]);

        Assert.Multiple(() =>
        {
            Assert.That(log.Apply("", null).Apply("", null).Evidence.Final?.ExitCode, Is.Zero);
            Assert.That(log.Apply("", null).Apply("more", null).Evidence.Final, Is.Null);
        });
    }

    private static string[] Reds(string word, int count) =>
        [.. Enumerable.Range(0, count).Select(number => GivenLog.Red($"==> openstack: {word} failure {(char)('a' + number)}"))];
}
