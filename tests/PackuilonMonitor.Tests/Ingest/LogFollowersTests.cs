using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Of more logs than are kept in full those that were silent longest are known in brief, and are read again when they change.
/// </summary>
public sealed class LogFollowersTests
{
    private const string WithEpoch = "first.a.json.1795348802.log";
    private const string Rewritten = "second.a.json.log";

    private static readonly string[] Failing =
    [
        .. GivenLog.Start,
        .. GivenLog.Provisioning,
        .. GivenLog.FailedEnd("Timeout waiting for SSH."),
    ];

    private TempFolder _folder = null!;
    private BuildLogs _logs = null!;
    private TimeSpan _running;

    [SetUp]
    public void ReadTwoAndAThousandYounger()
    {
        _folder = new TempFolder();
        _logs = new BuildLogs(new LogDirectory(_folder.Path));
        _folder.Write(WithEpoch, string.Join('\n', Failing) + "\n");
        _folder.Write(Rewritten, string.Join('\n', GivenLog.GoodBuild) + "\n");
        First = Read();
        for (var number = 0; number < BuildTable.MostInFull; number++)
            _folder.Write($"young{number}.log", "==> openstack: Launching server...\n");
        Then = Read();
    }

    private List<BuildLogRead> First { get; set; } = [];

    private List<BuildLogRead> Then { get; set; } = [];

    [TearDown]
    public void RemoveFolder()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Silent_WhileAThousandOthersChange_IsKnownInBrief()
    {
        var (full, brief) = (First.Single(read => read.File == WithEpoch).Log, Then.Single(read => read.File == WithEpoch).Log);

        Assert.Multiple(() =>
        {
            Assert.That((full.IsBrief, full.Trail.Components.Length, full.Problems.Problems.Length), Is.EqualTo((false, 1, 3)));
            Assert.That((brief.IsBrief, brief.Trail.Components.Length, brief.Problems.Problems.Length), Is.EqualTo((true, 0, 2)));
            Assert.That(brief.Trail.Steps, Is.EqualTo(full.Trail.Steps));
            Assert.That((brief.LineCount, brief.Evidence, brief.Belongings), Is.EqualTo((full.LineCount, full.Evidence, full.Belongings)));
            Assert.That(PackuilonMonitor.Core.Packer.Reason.Of(brief)?.Text, Is.EqualTo("Timeout waiting for SSH."));
            Assert.That(Then.Where(read => read.Log.IsBrief).Select(read => read.File), Is.EquivalentTo(new[] { WithEpoch, Rewritten }));
        });
    }

    [Test]
    public void Brief_AndGrown_IsReadAgainAsTheSameLog()
    {
        _folder.Append(WithEpoch, GivenLog.Daemon(1) + "\n");

        var read = Read().Single(read => read.File == WithEpoch);
        Assert.That(
            (read.Log.IsBrief, read.Log.LineCount, read.Log.Evidence.Final?.ExitCode, read.Generation),
            Is.EqualTo((false, (long)Failing.Length + 1, (int?)1, 0))
        );
    }

    [Test]
    public void Brief_AndWrittenAgain_IsAnotherLog()
    {
        _folder.Write(Rewritten, string.Join('\n', GivenLog.Start) + "\n");

        var read = Read().Single(read => read.File == Rewritten);
        Assert.That(
            (read.Log.IsBrief, read.Log.LineCount, read.Generation, read.Log.LastLineAt is null),
            Is.EqualTo((false, (long)GivenLog.Start.Length, 1, false))
        );
    }

    [Test]
    public void Brief_AndRemoved_IsGone()
    {
        File.Delete(_folder[WithEpoch]);

        Assert.That(Poll().Select(seen => seen.Event).OfType<BuildLogGone>().Single().File, Is.EqualTo(WithEpoch));
    }

    [Test]
    public void NoLog_IsReportedOnceAndWhenItIsOne()
    {
        Directory.CreateDirectory(_folder["third.log"]);
        var told = Refused();
        var again = Refused();
        Directory.Delete(_folder["third.log"]);
        _folder.Write("third.log", "==> openstack: Launching server...\n");

        Assert.That(told, Is.EqualTo(new[] { new BuildLogRefused("third.log", "not a file but a directory") }));
        Assert.That(again, Is.Empty);
        Assert.That(Refused(), Is.EqualTo(new[] { new BuildLogRefused("third.log", null) }));
    }

    private List<BuildLogRefused> Refused() => [.. Poll().Select(seen => seen.Event).OfType<BuildLogRefused>()];

    private List<BuildLogRead> Read() => [.. Poll().Select(seen => seen.Event).OfType<BuildLogRead>()];

    private IReadOnlyList<Observation> Poll() => _logs.Poll(new Moment(_running += TimeSpan.FromSeconds(5), Given.Noon + _running));
}
