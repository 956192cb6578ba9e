using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Tests.App;

/// <summary>An invented factory whose state is folded from observations, one call a sentence; times are of one day in UTC.</summary>
/// <param name="name">Its name where it is one of several.</param>
internal sealed class InventedFactory(string? name = null)
{
    public static readonly SourceId Messages = new("/var/log/messages");

    private readonly Dictionary<string, (BuildLog Log, int Generation)> _logs = [];

    public static DateTimeOffset At(string time) =>
        new(DateOnly.ParseExact("2026-11-23", "yyyy-MM-dd").ToDateTime(TimeOnly.ParseExact(time, "H:mm:ss")), TimeSpan.Zero);

    public MonitorState State { get; private set; } = MonitorState.Of(name);

    /// <summary>Every state on the way to this one, oldest first.</summary>
    public List<MonitorState> States { get; } = [MonitorState.Empty];

    public Snapshot Snapshot => Snapshot.Of(State, new Facts(ThreadCount: 4));

    public InventedFactory Line(string time, Speaker speaker, MonitorEvent said, string text)
    {
        return Seen(new Observation(At(time), Messages, "factory7", speaker, text, said));
    }

    public InventedFactory Event(string time, MonitorEvent said, SourceId? source = null)
    {
        return Seen(new Observation(At(time), source ?? Messages, "", Speaker.Monitor, null, said));
    }

    public InventedFactory Worker(string time, int thread) =>
        Line(time, Speaker.Rabbit2Packer, new WorkerStarted(new WorkerId(thread)), $"Starting Thread-{thread}");

    public InventedFactory Taken(string time, int thread, string image) =>
        Line(time, Speaker.Rabbit2Packer, new JobTaken(new WorkerId(thread), new ImageName(image)), $"Thread-{thread} processing {image}");

    public InventedFactory Started(string time, string image, string template)
    {
        var path = $"/etc/packer-utils/log//{image}.{template}.json.log";
        Line(time, Speaker.Rabbit2Packer, new BuildStarted(path), $"packer build starting, see: {path} for details");
        var file = $"{image}.{template}.json.log";
        _logs[file] = (BuildLog.Empty, _logs.TryGetValue(file, out var known) ? known.Generation + 1 : 0);
        return this;
    }

    public InventedFactory Good(string time, int thread, string image, string template) => Line(
        time, Speaker.Rabbit2Packer, new BuildSucceeded(new WorkerId(thread), new BuildName($"{image}.{template}.json")),
        $"Thread-{thread}: image built successfully: {image}.{template}.json");

    public InventedFactory Failed(string time, int thread, string image, string template) => Line(
        time, Speaker.Rabbit2Packer, new BuildFailed(new WorkerId(thread), new BuildName($"{image}.{template}.json")),
        $"Thread-{thread}: packer exited with non zero exit code, {image}.{template}.json build failed");

    /// <summary>Lines of a build's log, each with the time it arrived at.</summary>
    public InventedFactory Logged(string image, string template, params (string Time, string Line)[] lines)
    {
        var file = $"{image}.{template}.json.log";
        var (log, generation) = _logs[file];
        foreach (var (time, line) in lines)
            log = log.Apply(line, At(time));
        _logs[file] = (log, generation);
        return Event(lines[^1].Time, new BuildLogRead(file, log, generation));
    }

    /// <summary>A good build from start to end with all its steps, so long in each.</summary>
    public InventedFactory WholeBuild(string time, int thread, string image, string template, int minutes)
    {
        var start = At(time);
        Taken(time, thread, image).Started(time, image, template);
        var steps = Steps(image).ToArray();
        var each = minutes * 60 / steps.Length;
        Logged(image, template, [.. steps.Select((step, place) => (Clock(start.AddSeconds(place * each)), step))]);
        var end = Clock(start.AddMinutes(minutes));
        return Logged(
                image,
                template,
                (end, "==> Builds finished. The artifacts of successful builds are:"),
                (end, "--> openstack: An image was created: 41c0ffee-1111-4222-8333-444455556666")
            )
            .Good(end, thread, image, template);
    }

    public static IEnumerable<string> Steps(string image) =>
    [
        "openstack output will be in this color.",
        "==> openstack: Loading flavor: m1.small",
        "==> openstack: Creating temporary keypair: packer_0001 ...",
        "==> openstack: Launching server...",
        "==> openstack: Waiting for server to become ready...",
        "==> openstack: Waiting for SSH to become available...",
        "==> openstack: Connected to SSH!",
        "==> openstack: Provisioning with shell script: /tmp/packer-shell1",
        "==> openstack: Stopping server: 954c334e-1111-4222-8333-444455556666 ...",
        $"==> openstack: Creating the image: {image}",
        "    openstack: the image is made",
        "==> openstack: Terminating the source server: 954c334e-1111-4222-8333-444455556666 ...",
        "==> openstack: Deleting temporary keypair: packer_0001 ...",
    ];

    private InventedFactory Seen(Observation seen)
    {
        State = State.Apply(seen);
        States.Add(State);
        return this;
    }

    private static string Clock(DateTimeOffset at) => at.ToString("H:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
