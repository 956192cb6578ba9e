using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Days;

/// <summary>What happens most on a day.</summary>
public enum DayKind
{
    Builds,
    Threads,
    Programs,
    Logs,
    Changes,
}

/// <summary>
/// A short day of a factory, drawn by chance: what its programs, systemd and the readers of its files may say. Few names, so that they
/// meet.
/// </summary>
internal sealed class DrawnDay
{
    private static readonly string[] Images = ["norm", "norm", "web", "norm-sl7x"];
    private static readonly string[] Templates = ["a", "b"];

    /// <summary>At once, in the same second, around two seconds and a minute, and long.</summary>
    private static readonly double[] Pauses = [0, 0, 0.5, 0.5, 1, 1, 1, 2, 2, 2.5, 3, 59, 60, 61, 301, 3_600];

    private readonly Random _random;
    private readonly LineReading _reading = Given.Parser();
    private readonly List<(string Says, Observation Seen)> _seen = [];
    private readonly Dictionary<int, (string Image, string? Template)> _jobs = [];
    private readonly Dictionary<string, (BuildLog Log, int Generation)> _logs = [];
    private long _offset;

    public DrawnDay(DayKind kind, int number, int length = 22)
    {
        // Not for secrets: the same day each time.
        _random = new Random(((int)kind * 1_000) + number);
        if (_random.Next(5) > 0)
            Own("follows", new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Now)));
        if (_random.Next(4) > 0)
        {
            Say('r', "Starting");
            for (var thread = 1; thread <= 2; thread++)
                Say('r', $"Starting Thread-{thread}");
        }

        while (_seen.Count < length)
        {
            Now = Now.AddSeconds(Any(Pauses));
            switch ((kind, _random.Next(10)))
            {
                case (DayKind.Builds, < 8) or (DayKind.Threads, < 4) or (DayKind.Logs, < 4) or (DayKind.Programs, < 2)
                or (DayKind.Changes, < 6):
                    Work();
                    break;
                case (DayKind.Threads, < 9):
                    Thread();
                    break;
                case (DayKind.Programs, < 9):
                    Program();
                    break;
                case (DayKind.Logs, < 9):
                    if (_random.Next(4) > 0)
                        Log($"{Build((Any(Images), Any(Templates)))}.log");
                    else
                        Read();
                    break;
                case (DayKind.Changes, < 9):
                    Push();
                    break;
                default:
                    Any([Thread, Program, Read])();
                    break;
            }
        }
    }

    public DateTimeOffset Now { get; private set; } = Given.Noon;

    /// <summary>In order, each with its line or what stands for it.</summary>
    public IReadOnlyList<(string Says, Observation Seen)> Seen => _seen;

    public MonitorState State => Given.Folded(_seen.Select(one => one.Seen));

    /// <summary>A table with short names: of files without their folders and endings, of instants by their last digits.</summary>
    public static string Short(string table) =>
        table.Replace(".json.log@1795", "@", StringComparison.Ordinal)
            .Replace(".example.org.json", "", StringComparison.Ordinal)
            .Replace("/var/log/messages", "messages", StringComparison.Ordinal);

    /// <summary>A thread goes on with what it does, or a log grows.</summary>
    private void Work()
    {
        var thread = _random.Next(1, 4);
        if (!_jobs.TryGetValue(thread, out var job))
        {
            job = _jobs[thread] = (Any(Images), null);
            Say('r', $"Thread-{thread} processing {job.Image}");
            return;
        }

        if (job.Template is null)
        {
            job = _jobs[thread] = (job.Image, Any(Templates));
            Say('r', $"packer build starting, see: /logs//{Build(job)}.log for details");
            return;
        }

        switch (_random.Next(6))
        {
            case 0:
                Log($"{Build(job)}.log");
                break;
            case 1:
                _jobs[thread] = (job.Image, null);
                Say('r', $"Thread-{thread}: packer exited with non zero exit code, {Build(job)} build failed");
                break;
            case 2:
                _jobs.Remove(thread);
                Say('r', $"Thread-{thread}: image built successfully");
                break;
            default:
                if (_random.Next(3) > 0)
                    _jobs.Remove(thread);
                else
                    _jobs[thread] = (job.Image, null);
                Say('r', $"Thread-{thread}: image built successfully: {Build(job)}");
                break;
        }
    }

    /// <summary>A thread starts, ends, fails or refuses, or a line is about none of them.</summary>
    private void Thread()
    {
        var (thread, image) = (_random.Next(1, 4), Any(Images));
        var build = Build((image, Any(Templates)));
        switch (_random.Next(5))
        {
            case 0:
                Say('r', Any([
                    "Starting", $"Starting Thread-{thread}", $"Exiting Thread-{thread}", $"Thread-{thread}: reconnecting to channel",
                    "Error reading config file", "OSError(28, 'No space left on device')", "KeyError('system')",
                ]));
                break;
            case 1:
                Say('r', Any([
                    $"Thread-{thread}: could not decode profile, malformed json? Continuing",
                    $"Thread-{thread}: source image was not found, check IMAGES_CONFIG. Continuing",
                    $"Source image for {image} not defined in /etc/packer-utils/images.json. Skipping build", $"Name is :{image}",
                    $"No Packer template defined for {image}. Using the default values",
                ]));
                break;
            case 2:
                Say('r', Any([
                    "Could not find packer template file, exiting", "Unable to write build file: /etc/packer-utils/build//norm.json",
                    "No Packer template defined for Default values. No builds will occur.",
                ]));
                Now = Now.AddSeconds(Any(Pauses));
                Say('r', Any([
                    "OSError(28, 'No space left on device')", "KeyError('system')", $"Exception in thread Thread-{thread}:",
                    $"packer build starting, see: /logs//{build}.log for details", $"Thread-{thread}: image built successfully: {build}",
                ]));
                break;
            case 3:
                Say('r', $"Exception in thread Thread-{thread}:");
                if (_random.Next(2) == 0)
                {
                    Say('r', "Traceback (most recent call last):");
                    Say('r', Any(["OSError: [Errno 111] Connection refused", "TypeError: no"]));
                }

                break;
            case 4:
                Say('r', Any([
                    "Launched Rally task, log file for task tracking: /log/rally-tasks/boot.json-1.log", "UUID: 0d9c", "what is this",
                    "Image is of sufficient quality and passed checks.", "message repeated 3 times: [ what is this]",
                    "message repeated 7 times: [ Thread-1: could not decode profile, malformed json? Continuing]",
                    $"packer build starting, see: /logs//{build}.log for details", $"Thread-{thread}: image built successfully: {build}",
                ]));
                break;
        }
    }

    /// <summary>The other programs: the trigger script, the listener, systemd, the system log.</summary>
    private void Program()
    {
        var profile = $"{Any(Images)}.example.org.json";
        switch (_random.Next(8))
        {
            case 0 or 1 or 2 or 3:
                Say('c', Any([
                    "Starting", $"CI profile rebuilt: {profile}", $"Profile has updated: {profile}", $"Profile has not updated: {profile}",
                    "Pushing message to queue for build", "Updating cached profile_info", "Exiting normally",
                    "Error connecting to RabbitMQ server:", $"Error retriving profile: {profile}", "Error code: 404",
                    "No connection could be opened: [Errno 111] Connection refused", $"Downloading profile {profile}",
                    "Cached info file does not exist, creating one and exiting", "Unable to read from config file",
                ]));
                break;
            case 4:
                Say('l', Any([
                    "Received UDP packet (cdb|1486571445) from 192.0.2.7", "Calling /usr/local/bin/cdb2rabbit.py now",
                    "Calling /usr/sbin/ccm-fetch now", "[ERROR] call of ccm-fetch (/usr/sbin/ccm-fetch) failed: No such file or directory",
                    "[ERROR] call of cdbsync-nch (/usr/local/bin/cdb2rabbit.py) failed: ", "Exiting: hostname set to vm: Success",
                    "/usr/sbin/cdp-listend daemon successfully started on port 7777",
                ]));
                break;
            case 5 or 6:
                Say('s', Any([
                    "Started rabbit2packer.service.", "Stopped rabbit2packer.service.", "Started cdp-listend.service.",
                    "rabbit2packer.service: Main process exited, code=killed, status=9/KILL",
                    "rabbit2packer.service: Failed with result 'exit-code'.", "cdp-listend.service: Failed with result 'exit-code'.",
                    "rabbit2packer.service: A process of this unit has been killed by the OOM killer.",
                ]));
                break;
            case 7:
                Say('d', Any([
                    "imjournal: 1500 messages lost due to rate-limiting", "imuxsock lost 42 messages from pid 321 due to rate-limiting",
                    "imuxsock begins to drop messages from pid 321 due to rate-limiting",
                ]));
                break;
        }
    }

    /// <summary>A change is noticed and its message queued.</summary>
    private void Push()
    {
        var profile = $"{Any(Images)}.example.org.json";
        if (_random.Next(3) == 0)
            Say('l', "Received UDP packet (cdb|1486571445) from 192.0.2.7");
        if (_random.Next(2) == 0)
            Say('c', "Starting");
        Say('c', $"CI profile rebuilt: {profile}");
        Now = Now.AddSeconds(_random.Next(3));
        Say('c', $"Profile has updated: {profile}");
        Say('c', "Pushing message to queue for build");
        if (_random.Next(2) == 0)
            Say('c', "Exiting normally");
    }

    /// <summary>What is read besides lines.</summary>
    private void Read()
    {
        var (image, profile) = (Any(Images), $"{Any(Images)}.example.org.json");
        switch (_random.Next(9))
        {
            case 0:
                Own("waiting", new SourceSeen(new SourceHealth(Given.Messages, SourceState.Waiting, "no such file", Now)));
                break;
            case 1:
                Own("read 9", new SourceRead(9, Now) { FirstLineAt = Now.AddSeconds(-400), Silence = TimeSpan.FromSeconds(301) });
                break;
            case 2:
                Own("read 9, no times", new SourceRead(9, null) { Untimed = "22/11/2026 hello" });
                break;
            case 3:
                Own("lost 70", new LinesLost(70, "truncated"));
                break;
            case 4:
                Own("unread 70", new LinesLost(70, "/var/log/messages-1: refused") { IsUnread = true });
                break;
            case 5:
                Own("all logs read", new LogDirectoryRead());
                break;
            case 6:
                var waiting = _random.Next(3) is > 0 and var many ? many : (long?)null;
                Own($"measured {waiting}", new QueueMeasured(waiting));
                break;
            case 7:
                Own($"{profile} was {image}", new PairRemembered(profile, new ImageName(image)));
                break;
            case 8:
                var beat = Now.AddSeconds(_random.Next(-3, 1));
                Own($"heartbeat of {beat:ss}", new HeartbeatReceived(beat));
                break;
        }
    }

    /// <summary>A log grows, ends, restarts, vanishes or is refused.</summary>
    private void Log(string file)
    {
        var (log, generation) = _logs.GetValueOrDefault(file, (BuildLog.Empty, 0));
        switch (_random.Next(8))
        {
            case 0:
                _logs.Remove(file);
                Own($"{file} gone", new BuildLogGone(file), "/logs");
                return;
            case 1:
                var why = _random.Next(2) == 0 ? "not readable" : null;
                Own($"{file} refused: {why}", new BuildLogRefused(file, why) { IsLog = true }, "/logs");
                return;
            case 2:
                (log, generation) = (BuildLog.Empty, generation + 1);
                Grow(GivenLog.Step("Launching server..."));
                break;
            case 3:
                Grow(GivenLog.GoodBuild);
                break;
            case 4:
                Grow([.. GivenLog.Start, .. GivenLog.FailedEnd("Script exited with non-zero exit status: 9")]);
                break;
            case 5:
                Grow("Cancelling build after receiving interrupt");
                break;
            default:
                Grow(GivenLog.Start);
                break;
        }

        _logs[file] = (log, generation);
        Own($"{file} of {generation} has {log.LineCount}", new BuildLogRead(file, log, generation), "/logs");

        void Grow(params IEnumerable<string> lines) =>
            log = lines.Aggregate(log, (before, line) => before.Apply(line, Now)) with { ModifiedAt = Now };
    }

    private static string Build((string Image, string? Template) job) => $"{job.Image}.{job.Template}.json";

    private void Say(char tag, string text)
    {
        var program = tag switch
        {
            'r' => "/rabbit2packer.py",
            'c' => _random.Next(4) == 0 ? "/cdb2rabbit.py[7]" : "/cdb2rabbit.py",
            'l' => "/usr/sbin/cdp-listend[7]",
            's' => "systemd[1]",
            _ => "rsyslogd",
        };
        var host = _random.Next(20) == 0 ? "vm2" : "vm";
        var stamp = Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        // A line that two rules of rsyslog write is there twice.
        for (var copies = _random.Next(15) == 0 ? 2 : 1; copies > 0; copies--)
        {
            if (_reading.Parse(Given.Line($"{stamp} {host} {program}: {text}") with { Offset = _offset++ }) is { } seen)
                _seen.Add(($"{Now:HH:mm:ss.FFF} {(host == "vm" ? "" : $"{host} ")}{tag} {text}", seen));
        }
    }

    private void Own(string says, MonitorEvent what, string? source = null) =>
        _seen.Add((
            string.Create(CultureInfo.InvariantCulture, $"{Now:HH:mm:ss.FFF} - {says}"),
            new Observation(Now, source is null ? Given.Messages : new SourceId(source), "", Speaker.Monitor, null, what)
        ));

    private T Any<T>(T[] all) => all[_random.Next(all.Length)];
}
