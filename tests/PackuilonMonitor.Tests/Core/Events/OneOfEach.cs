using System.Diagnostics;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Events;

/// <summary>One event of every kind, all about the same thread, image and profile so that they meet.</summary>
internal static class OneOfEach
{
    private const string Profile = "norm.example.org.json";
    private static readonly WorkerId One = Given.Worker();

    public static readonly MonitorEvent[] Events =
    [
        new ServiceStarted(),
        new UnnamedStarted(),
        new StartupFailed(),
        new WorkerStarted(One),
        new WorkerExited(One),
        new WorkerCrashed(One),
        new WorkerReconnecting(One),
        new WorkerFailed(Refusal.TemplateMissing),
        new JobTaken(One, Given.Image),
        new JobRefused(One, Refusal.MalformedProfile),
        new JobDescribed("norm", "site", "sl", "7x"),
        new DefaultTemplatesUsed(Given.Image),
        new NoTemplateDefined(),
        new SourceImageLookedUp(),
        new SourceImageUndefined(Given.Image),
        new PackerCommanded("packer build x"),
        new BuildStarted(Given.LogPath),
        new BuildSucceeded(One, Given.Build),
        new BuildFailed(One, Given.Build),
        new MailNotSent(),
        new RallyLaunched("/log/rally-tasks/x.log"),
        new RallyScored(3, 3, true),
        new ImageChecked(true),
        new RallyNoted(),
        new RallyFailed(),
        new TriggerStarted(),
        new TriggerExited(),
        new ProfileListCreated(),
        new ProfileListStored(),
        new ProfileRebuilt(Profile),
        new ProfileDownloading(Profile),
        new ProfileNew(Profile),
        new ProfileUpdated(Profile),
        new ProfileUnchanged(Profile),
        new ProfileFailed(Profile),
        new MessagePushing(),
        new PushFailed(),
        new TriggerFailed(),
        new ListenerStarting("/etc/cdp-listend.conf"),
        new ListenerStarted(7777),
        new ListenerFailed(),
        new StartupCalled("/usr/local/bin/cdb2rabbit.py"),
        new PacketReceived("cdb", 1486571445, "192.0.2.7"),
        new PacketIgnored(),
        new CallScheduled("/usr/local/bin/cdb2rabbit.py", 0),
        new CallMade("/usr/local/bin/cdb2rabbit.py"),
        new CallFailed("/usr/local/bin/cdb2rabbit.py", ""),
        new MessagesDropped(3),
        new UnitStarted("rabbit2packer.service"),
        new UnitStopped("rabbit2packer.service"),
        new UnitFailed("rabbit2packer.service", "killed (status 9)"),
        new ExceptionShown(),
        new Unrecognised("column 1"),
        new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon)),
        new SourceRead(3, Given.Noon),
        new SourceTurned("renamed"),
        new SourcePolled("no watch is left"),
        new LinesLost(0, "truncated"),
        new BuildLogRead("norm-sl7x-x86_64.managed.json.log", BuildLog.Empty, 0),
        new BuildLogGone("norm-sl7x-x86_64.managed.json.log"),
        new BuildLogRefused("norm-sl7x-x86_64.managed.json.log", "not a file but a FIFO"),
        new QueueMeasured(3),
        new LogDirectoryRead(),
        new HeartbeatReceived(Given.Noon),
        new HealthTurned("raised", "BUILD_FAILED", "WARN", null, 1, "1 image fails: norm") { Items = ["norm"] },
        new ProfileRead("norm.example.org.json", ProfileContent.Nothing),
        new PairRemembered("norm.example.org.json", new ImageName("norm-sl7x-x86_64")),
    ];

    /// <summary>Those that the fold knows. <see cref="CompletenessTests"/> reports the others, each once.</summary>
    public static readonly MonitorEvent[] Folded = [.. Events.Where(HasTransition)];

    /// <summary>The same kinds as others would say them: another thread, no template, another log.</summary>
    public static readonly MonitorEvent[] Others =
    [
        new WorkerStarted(Given.Worker(2)),
        new WorkerCrashed(Given.Worker(2)),
        new JobTaken(Given.Worker(2), Given.Image),
        new JobTaken(Given.Worker(3), new ImageName("other")),
        new BuildStarted("other.log"),
        new BuildStarted(Given.LogPath.Replace(".log", ".1795262400.log", StringComparison.Ordinal)),
        new BuildSucceeded(Given.Worker(2), null),
        new BuildFailed(Given.Worker(2), Given.Build),
        new BuildFailed(Given.Worker(3), new BuildName("other")),
        new ProfileFailed(null),
        new WorkerFailed(Refusal.Unwritable),
        new UnitFailed("rabbit2packer.service", "out of memory", IsOneProcess: true),
        new UnitStopped("cdp-listend.service"),
        new BuildLogRead("norm-sl7x-x86_64.managed.json.log", BuildLog.Empty.Apply("==> openstack: Loading flavor", null), 1),
    ];

    private static bool HasTransition(MonitorEvent said)
    {
        try
        {
            Given.Folded(Given.Seen(said));
            return true;
        }
        catch (UnreachableException)
        {
            return false;
        }
    }
}
