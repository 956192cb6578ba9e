using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>What is remembered of a log as text, which anybody may have written who may write into a stream or a store.</summary>
public sealed class LogJsonTests
{
    [Test]
    public void Log_WrittenAndRead_IsTheSame()
    {
        var log = RememberedLog.Of(GivenLogs.Folded(GivenLogs.Failed));

        Assert.That(LogJson.Of(LogJson.Read(LogJson.Of(log))!), Is.EqualTo(LogJson.Of(log)));
    }

    [TestCase("no")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("""{"lines":"5"}""")]
    [TestCase("""{"steps":[[99,"x",1,null]]}""")]
    [TestCase("""{"steps":[[0]]}""")]
    [TestCase("""{"left":[[-1,"x"]]}""")]
    [TestCase("""{"problems":[[99,1,"x",0,0]]}""")]
    [TestCase("""{"problems":[[0,1,"x"]]}""")]
    [TestCase("""{"problems":[[0,1,null,0]]}""")]
    [TestCase("""{"steps":[[0,null,1,null]]}""")]
    [TestCase("""{"left":[[0,null]]}""")]
    [TestCase("""{"reasons":1,"failed":[null,1,null]}""")]
    public void Log_ThatSomebodyElseWrote_IsNone(string text) => Assert.That(LogJson.Read(text), Is.Null);

    [Test]
    public void Log_OfAnOlderVersion_IsReadWithoutTheLinesAroundAProblem()
    {
        var log = LogJson.Read("""{"problems":[[0,7,"x",1,1,"before","after"]],"reasons":1,"failed":["x",7,"y",1,"before","after"]}""")!;

        Assert.That(log.Problems, Is.EqualTo(new[] { new Problem(ProblemKind.Cause, 7, "x", true) }));
        Assert.That(log.Reasons, Is.EqualTo(new RememberedReasons(new Reason("x", 7) { Context = "y" }, null)));
    }

    /// <summary>A time beyond all calendars is unknown, wherever it stands.</summary>
    [TestCase("""{"final":[9223372036854775807,0]}""")]
    [TestCase("""{"final":[-9223372036854775808,0]}""")]
    [TestCase("""{"final":[253402300800,0]}""")]
    [TestCase("""{"last":9223372036854775807}""")]
    [TestCase("""{"steps":[[0,"x",1,9223372036854775807]]}""")]
    public void Log_WithATimeBeyondAllYears_IsJudgedWithoutIt(string text)
    {
        var log = LogJson.Read(text)!.ToLog();

        Assert.That(Verdict.Of(log).EndedAt, Is.Null);
        Assert.That(log.LastLineAt, Is.Null);
        Assert.That(log.Trail.Steps.Select(step => step.StartedAt), Has.All.Null);
    }

    [Test]
    public void Log_OfTheLastSecond_KeepsIt() =>
        Assert.That(
            Verdict.Of(LogJson.Read("""{"final":[253402300799,3]}""")!.ToLog()).EndedAt,
            Is.EqualTo(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero))
        );
}
