using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>A factory in which one text stands wherever a text can stand, as if every parser let it pass.</summary>
internal sealed class HostileFactory
{
    public HostileFactory(string evil)
    {
        var (worker, image, profile) = (Given.Worker(), new ImageName($"i{evil}"), $"p{evil}.json");
        var log = BuildLog.Empty
            .Apply("==> openstack: Launching server...", Given.Noon)
            .Apply($"\u001b[1;31m==> openstack: {evil}\u001b[0m", Given.Noon)
            .Apply($"    openstack: [ERROR] {evil}", Given.Noon)
            .Apply($"Build 'openstack' errored: {evil}", Given.Noon);
        Seen =
        [
            .. new MonitorEvent[]
            {
                new ServiceStarted(),
                new WorkerStarted(worker),
                new ProfileRebuilt(profile),
                new ProfileDownloading(profile),
                new ProfileUpdated(profile),
                new MessagePushing(),
                new JobTaken(worker, image),
                new JobDescribed(evil, evil, evil, evil),
                new PackerCommanded(evil),
                new BuildStarted($"/log/{evil}/{image}.t{evil}.json.log"),
                new BuildLogRead($"{image}.t{evil}.json.log", log, 0),
                new BuildFailed(worker, new BuildName($"{image}.t{evil}.json")),
                new JobTaken(Given.Worker(2), image),
                new JobRefused(Given.Worker(2), Refusal.MalformedProfile),
                new WorkerCrashed(Given.Worker(2)),
                new SourceImageUndefined(image),
                new RallyLaunched(evil),
                new ProfileFailed(profile),
                new ListenerStarting(evil),
                new StartupCalled(evil),
                new PacketReceived(evil, 1, evil),
                new CallScheduled(evil, 1),
                new CallMade(evil),
                new CallFailed(evil, evil),
                new Unrecognised(evil),
                new SourceTurned(evil),
                new LinesLost(7, evil),
                new SourceSeen(new SourceHealth(Source(evil), SourceState.Unreadable, evil, Given.Noon)),
                new JobTaken(Given.Worker(3), image),
                new BuildStarted($"/log/{image}.u{evil}.json.log"),
            }.Select(
                (said, second) =>
                    new Observation(Given.Noon.AddSeconds(second), Source(evil), $"host{evil}", Speaker.Rabbit2Packer, evil, said)
            ),
            new Observation(
                Given.Noon,
                Source(evil),
                "",
                Speaker.Monitor,
                null,
                new SourceSeen(new SourceHealth(Source(evil), SourceState.Missing, evil, Given.Noon))
            ),
            new Observation(Given.Noon, Source(evil), "", Speaker.Monitor, null, new LinesLost(0, evil)),
        ];
        State = Given.Folded(Seen);
    }

    public IReadOnlyList<Observation> Seen { get; }

    public MonitorState State { get; }

    private static SourceId Source(string evil) => new($"/var/log/{evil}");
}
