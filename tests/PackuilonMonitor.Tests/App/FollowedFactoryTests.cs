using System.Collections.Concurrent;
using System.Reactive.Concurrency;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>What the dashboard is shown of a factory from its start on.</summary>
public sealed class FollowedFactoryTests
{
    private const int Noise = 60_000;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("config.ini", "");
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void Follow_ALargeSystemLog_ShowsItsEndFirstAndThenAllOfIt()
    {
        Write(Noise);
        using var states = new BlockingCollection<MonitorState>();
        using var factory = new FollowedFactory(Sources(), new HistoryLocation(null, Retention.Usual), Scheduler.Default);
        factory.Follow(states.Add, bug => Assert.Fail(bug.ToString()));

        Assert.That(Threads(Next(states)), Is.EqualTo(new[] { 2 }), "the newest lines alone");
        Assert.That(Threads(Next(states)), Is.EqualTo(new[] { 1, 2 }), "all");
    }

    [Test]
    public void Glimpse_OfALogThatIsSoonRead_IsNone()
    {
        Write(10);

        Assert.That(Sources().Glimpse(), Is.Empty);
    }

    [Test]
    public void Glimpse_KnowsNoLog_SoThatNobodyTakesItForAll()
    {
        Write(Noise);
        _folder.Write("log/norm.a.json.log", "==> openstack: Launching server...\n");

        var state = Sources().Glimpse().Single();

        Assert.That((state.Logs.Complete, state.Logs.All.Any()), Is.EqualTo((false, false)));
    }

    [TestCase("-")]
    [TestCase("nothing/here")]
    public void Glimpse_OfNoFile_IsNone(string path) => Assert.That(Sources(path).Glimpse(), Is.Empty);

    private void Write(int noise) => _folder.Write("messages",
        "Nov 22 12:00:01 vm /rabbit2packer.py: Thread-1 processing old-sl7x-x86_64\n"
        + string.Concat(Enumerable.Repeat("Nov 22 12:00:02 vm sshd[7]: Accepted publickey for root\n", noise))
        + "Nov 22 12:00:03 vm /rabbit2packer.py: Thread-2 processing new-sl7x-x86_64\n");

    private Sources Sources(string? messages = null) =>
        PackuilonMonitor.Inputs.Sources.Of(
            new SourceSettings(
                [messages ?? _folder["messages"]],
                LogDirectory: _folder["log"],
                Config: _folder["config.ini"],
                Zone: TimeZoneInfo.Utc
            ),
            "2026-11-22T12:30:00Z",
            DateTimeOffset.UtcNow
        );

    private static MonitorState Next(BlockingCollection<MonitorState> states)
    {
        Assert.That(states.TryTake(out var state, TimeSpan.FromSeconds(20)), "nothing is shown");
        return state!;
    }

    private static IEnumerable<int> Threads(MonitorState state) => state.Workers.Keys;
}
