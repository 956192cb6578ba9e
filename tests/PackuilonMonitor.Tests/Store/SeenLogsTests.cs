using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>What is known of when the lines of a log arrived, after the log was read again and again.</summary>
public sealed class SeenLogsTests
{
    private const string File = "a.log";

    private static readonly long Second = Given.Noon.ToUnixTimeSeconds();

    [Test]
    public void Log_ThatGrows_KeepsTheTimesOfItsFirstLines() =>
        Assert.That(Times(Read(2, 0), Read(5, 10)), Is.EqualTo(new[] { (1L, (long?)Second), (3L, Second + 10) }));

    [Test]
    public void Log_AsLongAsBefore_KeepsItsTimes() =>
        Assert.That(Times(Read(2, 0), Read(2, 10)), Is.EqualTo(new[] { (1L, (long?)Second) }));

    [Test]
    public void Log_ThatIsShorter_IsAnother() =>
        Assert.That(Times(Read(2, 0), Read(1, 10)), Is.EqualTo(new[] { (1L, (long?)(Second + 10)) }));

    [Test]
    public void Log_ThatBeganAgain_IsAnother() =>
        Assert.That(Times(Read(2, 0), Read(5, 10, generation: 1)), Is.EqualTo(new[] { (1L, (long?)(Second + 10)) }));

    [Test]
    public void Log_OfAnEarlierBuild_ChangesNothing() =>
        Assert.That(Times(Read(2, 0), Read(5, 10) with { EarlierBuild = "a.log@5" }), Is.EqualTo(new[] { (1L, (long?)Second) }));

    [Test]
    public void Log_ThatIsGone_IsForgotten_AndNoOther()
    {
        var logs = SeenLogs
            .None.And([Given.Seen(Read(2, 0)), Given.Seen(Read(2, 0) with { File = "b.log" })])
            .And([Given.Seen(new BuildLogGone(File))]);

        Assert.That((logs.Of(File), logs.Of("b.log")?.Lines), Is.EqualTo(((LineTimes?)null, (long?)2)));
    }

    [Test]
    public void Batch_WithoutALog_LeavesAllAsItWas()
    {
        var logs = SeenLogs.None.And([Given.Seen(Read(2, 0))]);

        Assert.That(logs.And([Given.Seen(new LogDirectoryRead())]), Is.SameAs(logs));
    }

    /// <summary>The file of an older build may have a newer one's log by now.</summary>
    [TestCase(0, true)]
    [TestCase(-1, false)]
    [TestCase(1, false)]
    public void Build_HasTheTimesOfItsLog_IfThatIsAsLong(int more, bool has)
    {
        var build = GivenBuilds.Good();
        var read = new BuildLogRead(build.Name.File, Log((int)build.Log!.LineCount + more, 0), 0);
        var logs = SeenLogs.None.And([Given.Seen(read)]);

        Assert.That(logs.Of(build)?.Lines, Is.EqualTo(has ? build.Log!.LineCount : (long?)null));
        Assert.That(logs.Of(build with { Log = null }), Is.Null);
        Assert.That(SeenLogs.None.Of(build), Is.Null);
    }

    private static ImmutableList<(long From, long? Second)> Times(params BuildLogRead[] reads) =>
        reads.Aggregate(SeenLogs.None, (logs, read) => logs.And([Given.Seen(read)])).Of(File)!.Entries;

    private static BuildLogRead Read(int lines, int second, int generation = 0) => new(File, Log(lines, second), generation);

    private static BuildLog Log(int lines, int second) =>
        Enumerable.Range(0, lines).Aggregate(BuildLog.Empty, (log, line) => log.Apply($"line {line}", Given.Noon.AddSeconds(second)));
}
