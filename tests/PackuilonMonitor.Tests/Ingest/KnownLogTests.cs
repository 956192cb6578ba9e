using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A reader of logs ends, and the next one knows them by what it was told: only what follows is new.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KnownLogTests : IDisposable
{
    private const string File = "norm.a.json.log";

    private readonly TempFolder _folder = new();
    private readonly List<LogGrowth> _grown = [];
    private Dictionary<string, KnownLog> _known = [];
    private TimeSpan _running;

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Growth_OfEachPoll_IsTheLogAgain()
    {
        _folder.Write(File, "==> openstack: Launching server...\n");
        using var logs = Reader();
        var first = Poll(logs);
        _folder.Append(File, "==> openstack: Connected to SSH!\nhal");
        var second = Poll(logs);

        Assert.That(
            _grown.Select(growth => (growth.Began, growth.Lines.Count, growth.ArrivedAt is not null)),
            Is.EqualTo(new[] { (true, 1, false), (false, 1, true) })
        );
        Assert.That((first.Single().Log.LineCount, second.Single().Log.LineCount, Known.Lines), Is.EqualTo((1L, 2L, 2L)));
        Assert.That(Known.Log.Trail.Steps, Is.EqualTo(second.Single().Log.Trail.Steps));
    }

    [TestCase("==> openstack: Connected to SSH!\n", 1, TestName = "a line more")]
    [TestCase("", 0, TestName = "nothing more")]
    public void NextReader_OfAKnownLog_TellsOnlyWhatFollows(string more, int lines)
    {
        Read("==> openstack: Launching server...\n==> openstack: Waiting for server to become ready...\n");
        _folder.Append(File, more);

        var read = Read(null);

        Assert.That(_grown.Sum(growth => growth.Lines.Count), Is.EqualTo(lines));
        Assert.That(_grown.Exists(growth => growth.Began), Is.False);
        Assert.That(read.Select(log => (log.Log.LineCount, log.Generation)), Is.EqualTo(Enumerable.Repeat((3L, 0), lines)));
    }

    [TestCase("==> openstack: Launching server...\n", 1, TestName = "a shorter one")]
    [TestCase("==> openstack: Launching server...\n==> openstack: Connected to SSH!\n", 2, TestName = "another second line")]
    [TestCase("another\n==> openstack: Waiting for server to become ready...\nmore\n", 3, TestName = "another first line")]
    [TestCase("", 0, TestName = "an empty one")]
    public void NextReader_OfAnotherLogInTheFile_BeginsAgain(string text, int lines)
    {
        Read("==> openstack: Launching server...\n==> openstack: Waiting for server to become ready...\n");

        var read = Read(text);

        Assert.That(read.Select(log => (log.Log.LineCount, log.Generation)), Is.EqualTo(new[] { ((long)lines, 1) }));
        Assert.That((_grown[0].Began, _grown[0].Lines.Count, Known.Generation), Is.EqualTo((true, lines, 1)));
    }

    [Test]
    public void NextReader_OfALogThatIsGone_TellsIt()
    {
        Read("==> openstack: Launching server...\n");
        System.IO.File.Delete(_folder[File]);
        using var logs = Reader();

        Assert.That(logs.Poll(Now).Select(seen => seen.Event), Has.Some.EqualTo(new BuildLogGone(File)));
    }

    [Test]
    public void NextReader_OfALogThatBeginsAgainWhileItIsRead_CountsOn()
    {
        Read("==> openstack: Launching server...\n");
        using var logs = Reader();
        Poll(logs);
        _folder.Rewrite(File, "==> openstack: Connected to SSH!\n");
        var second = Poll(logs).Single();
        _folder.Rewrite(File, "==> openstack: Loading flavor: m1.small\n");

        Assert.That((second.Generation, Poll(logs).Single().Generation), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Growth_OfALogThatBeginsAgain_HasNoLineOfTheOneBefore()
    {
        _folder.Write(File, "==> openstack: Launching server...\nhalf of a line");
        using var logs = Reader();
        Poll(logs);
        _folder.Rewrite(File, "==> openstack: Connected to SSH!\n");
        Poll(logs);

        Assert.That(_grown[^1].Lines, Is.EqualTo(new[] { "==> openstack: Connected to SSH!" }));
        Assert.That((_grown[^1].Began, _grown[^1].Generation), Is.EqualTo((true, 1)));
    }

    [Test]
    public void LogWithoutALine_ThatBeginsAgain_IsAnotherLog()
    {
        _folder.Write(File, "half of a line");
        using var logs = Reader();
        Poll(logs);
        _folder.Rewrite(File, "");

        Assert.That(Poll(logs).Select(read => (read.Generation, read.Log.LineCount)), Has.Some.EqualTo((1, 0L)));
    }

    /// <summary>A turn is a mebibyte; what is left is read at the next poll, also one of other logs alone.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Log_LargerThanATurn_IsReadInSeveral(bool byName)
    {
        const int lines = 30_000;
        _folder.Write(File, string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", lines)));
        using var logs = Reader();
        var (polls, read) = (1, Poll(logs));
        for (; logs.HasMore; polls++)
            read = byName ? [.. logs.Poll(Now, [])!.Select(seen => seen.Event).OfType<BuildLogRead>()] : Poll(logs);

        Assert.That((polls, read.Single().Log.LineCount, Known.Lines), Is.EqualTo((3, (long)lines, (long)lines)));
    }

    [TestCase(15, false)]
    [TestCase(16, true)]
    public void Hole_IsLongerThanAProvisionersNuls(int nuls, bool hole)
    {
        Read("==> openstack: Launching server...\n" + new string('\0', nuls) + "==> openstack: Connected to SSH!\n");

        Assert.That(_grown.Single().HasHole, Is.EqualTo(hole));
        Assert.That(Known.Log.Marks, hole ? Is.Not.EqualTo(LogMarks.None) : Is.EqualTo(LogMarks.None));
    }

    private KnownLog Known => _grown.Aggregate(_known.GetValueOrDefault(File, KnownLog.Empty), static (known, growth) => known.And(growth));

    private Moment Now => new(_running += TimeSpan.FromSeconds(5), Given.Noon + _running);

    /// <summary>Reads once with a reader of its own.</summary>
    private List<BuildLogRead> Read(string? text)
    {
        if (text is not null)
            _folder.Write(File, text);
        using var logs = Reader();
        return Poll(logs);
    }

    /// <summary>Knows what the readers before it told.</summary>
    private BuildLogs Reader()
    {
        _known = _grown.Count == 0 ? _known : new() { [File] = Known };
        _grown.Clear();
        return new(new LogDirectory(_folder.Path), _known.Count == 0 ? null : _known, _grown.Add);
    }

    private List<BuildLogRead> Poll(BuildLogs logs) => [.. logs.Poll(Now).Select(seen => seen.Event).OfType<BuildLogRead>()];
}
