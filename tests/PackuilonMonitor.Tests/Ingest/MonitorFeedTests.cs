using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class MonitorFeedTests
{
    [Test]
    public void ReadAll_WhileTheNextBuildOfTheSameLogBegins_GivesTheLogToThatBuild()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        folder.Write(
            "messages",
            Line("12:00:01", "Thread-1 processing norm")
                + Start("12:00:02")
                + Line("12:00:03", "Thread-1: packer exited with non zero exit code, norm.a.json build failed")
        );
        folder.Write("log/norm.a.json.log", "==> openstack: Launching server...\nBuild 'openstack' errored: the first's\n");
        var meanwhile = new Meanwhile(() =>
        {
            folder.Append("messages", Line("12:00:04", "Thread-1 processing norm") + Start("12:00:05"));
            folder.Rewrite("log/norm.a.json.log", "==> openstack: Waiting for SSH to become available...\n");
        });
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest), new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1)),
            [meanwhile, new BuildLogs(new LogDirectory(folder["log"]))], new HistoricalScheduler(Given.Noon));

        var state = feed.ReadAll().Concat(feed.ReadAll()).Aggregate(MonitorState.Empty, static (known, batch) => known.Apply(batch));

        var builds = BuildView.All(state);
        Assert.That(builds.Select(build => (build.State, build.Reason, build.Step)), Is.EqualTo(new[]
        {
            (BuildState.Failed, (string?)null, (string?)null),
            (BuildState.Building, null, "Waiting for SSH to become available"),
        }));
    }

    [Test]
    public void Follow_OfALongSystemLog_GivesALogToTheBuildThatWroteItLast()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        folder.Write(
            "messages",
            Line("12:00:01", "Thread-1 processing norm")
                + Start("12:00:02")
                + Line("12:00:03", "Thread-1: packer exited with non zero exit code, norm.a.json build failed")
        );
        var noise = string.Concat(Enumerable.Repeat("Nov 22 12:00:03 vm sshd[7]: Accepted publickey for root\n", 100_000));
        folder.Append("messages", noise);
        folder.Append(
            "messages",
            Line("12:00:04", "Thread-1 processing norm")
                + Start("12:00:05")
                + Line("12:00:06", "Thread-1: packer exited with non zero exit code, norm.a.json build failed")
        );
        folder.Write("log/norm.a.json.log", "==> openstack: Launching server...\nBuild 'openstack' errored: the second's\n");
        var (clock, state) = (new HistoricalScheduler(Given.Noon), MonitorState.Empty);
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1)),
            [new BuildLogs(new LogDirectory(folder["log"]))],
            clock
        );
        using var following = feed.Follow(clock).Subscribe(batch => state = state.Apply(batch));

        clock.AdvanceBy(TimeSpan.FromSeconds(20));

        Assert.That(state.Logs.Complete);
        Assert.That(
            BuildView.All(state).Select(build => (build.Reason, build.LogGone)),
            Is.EqualTo(new[] { ((string?)null, true), ("the second's", false) })
        );
    }

    [Test]
    public void CatchUp_AndThenFollow_TellEachLineOnce_TheLogsBehindThem()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        folder.Write(
            "messages",
            Line("12:00:01", "Thread-1 processing norm")
                + Start("12:00:02")
                + string.Concat(Enumerable.Repeat("Nov 22 12:00:03 vm sshd[7]: Accepted publickey for root\n", 100_000))
                + Line("12:00:04", "Thread-2 processing inventory")
        );
        folder.Write("log/norm.a.json.log", "==> openstack: Launching server...\n");
        var clock = new HistoricalScheduler(Given.Noon);
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1)),
            [new BuildLogs(new LogDirectory(folder["log"]))],
            clock
        );

        var there = feed.CatchUp().SelectMany(batch => batch).ToList();
        folder.Append("messages", Line("12:00:05", "Thread-3 processing squid"));
        var later = new List<Observation>();
        using var following = feed.Follow(clock).Subscribe(later.AddRange);
        clock.AdvanceBy(TimeSpan.FromSeconds(20));

        Assert.That(
            there.Select(seen => seen.Event.GetType()).Where(IsSaid),
            Is.EqualTo(new[] { typeof(JobTaken), typeof(BuildStarted), typeof(JobTaken) })
        );
        Assert.That(there.Select(seen => seen.Event), Has.None.InstanceOf<BuildLogRead>());
        Assert.That(later.Select(seen => seen.Event.GetType()).Where(IsSaid), Is.EqualTo(new[] { typeof(JobTaken) }));
        Assert.That(later.Select(seen => seen.Event), Has.One.InstanceOf<BuildLogRead>());

        static bool IsSaid(Type type) => type == typeof(JobTaken) || type == typeof(BuildStarted);
    }

    private static string Line(string time, string text) => $"Nov 22 {time} vm /rabbit2packer.py: {text}\n";

    private static string Start(string time) => Line(time, "packer build starting, see: /log//norm.a.json.log for details");

    /// <summary>Something that happens after the system log was read and before the logs are.</summary>
    private sealed class Meanwhile(Action what) : IObservationSource
    {
        private bool _done;

        public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now)
        {
            if (!_done)
                what();
            _done = true;
            return [];
        }

        public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
            Observable.Never<IReadOnlyList<Observation>>();

        public void Dispose()
        {
        }
    }
}
