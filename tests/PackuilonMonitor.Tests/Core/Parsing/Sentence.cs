using PackuilonMonitor.Core.Events;
using static PackuilonMonitor.Core.Events.Speaker;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>A sentence of one of the programs and what it means; docs/log-formats.md has the same table in words.</summary>
public sealed record Sentence(Speaker Speaker, string Text, MonitorEvent Means)
{
    private const string Path = "/etc/packer-utils/log//norm-sl7x-x86_64.managed.json.1511354986.log";
    private static readonly ImageName Image = new("norm-sl7x-x86_64");
    private static readonly BuildName Build = new("norm-sl7x-x86_64.managed.json");
    private static readonly WorkerId Two = new(2);

    public static readonly Sentence[] Daemon =
    [
        Of(Rabbit2Packer, "Starting", new ServiceStarted()),
        Of(Rabbit2Packer, "Starting Thread-2", new WorkerStarted(Two)),
        Of(Rabbit2Packer, "Exiting Thread-2", new WorkerExited(Two)),
        Of(Rabbit2Packer, "Thread-2 processing norm-sl7x-x86_64", new JobTaken(Two, Image)),
        Of(Rabbit2Packer, "Thread-117 processing norm-sl7x", new JobTaken(new WorkerId(117), new ImageName("norm-sl7x"))),
        Of(Rabbit2Packer, "Thread-2 processing host01.example.org", new JobTaken(Two, new ImageName("host01.example.org"))),
        Of(Rabbit2Packer, "No Packer template defined for norm-sl7x-x86_64. Using the default values", new DefaultTemplatesUsed(Image)),
        Of(
            Rabbit2Packer,
            "No Packer template defined for host01.example.org. Using the default values",
            new DefaultTemplatesUsed(new ImageName("host01.example.org"))
        ),
        Of(Rabbit2Packer, "No Packer template defined for Default values. No builds will occur.", new NoTemplateDefined()),
        Of(Rabbit2Packer, $"packer build starting, see: {Path} for details", new BuildStarted(Path)),
        Of(Rabbit2Packer, "packer build starting, see norm-sl7x-x86_64.log for details", new BuildStarted("norm-sl7x-x86_64.log")),
        Of(Rabbit2Packer, "packer build starting, see: /a for details/b.log for details", new BuildStarted("/a for details/b.log")),
        Of(Rabbit2Packer, "Thread-2: image built successfully", new BuildSucceeded(Two, null)),
        Of(Rabbit2Packer, "Thread-2: image built successfully: norm-sl7x-x86_64.managed.json", new BuildSucceeded(Two, Build)),
        Of(Rabbit2Packer, "Thread-2: packer exited with non zero exit code, build failed", new BuildFailed(Two, null)),
        Of(
            Rabbit2Packer,
            "Thread-2: packer exited with non zero exit code, norm-sl7x-x86_64.managed.json build failed",
            new BuildFailed(Two, Build)
        ),
        Of(Rabbit2Packer, "Thread-2: reconnecting to channel", new WorkerReconnecting(Two)),
        Of(Rabbit2Packer, "Thread-2: could not decode profile, malformed json? Continuing", new JobRefused(Two, Refusal.MalformedProfile)),
        Of(
            Rabbit2Packer,
            "Thread-2: source imge was not found, check IMAGES_CONFIG. Continuing",
            new JobRefused(Two, Refusal.NoSourceImage)
        ),
        Of(
            Rabbit2Packer,
            "Thread-2: source image was not found, check IMAGES_CONFIG. Continuing",
            new JobRefused(Two, Refusal.NoSourceImage)
        ),
        Of(Rabbit2Packer, "JSONDecodeError('Expecting value: line 1 column 28 (char 27)',)", new ExceptionShown()),
        Of(Rabbit2Packer, @"UnicodeDecodeError('utf-8', b'\xff\xfe', 0, 1, 'invalid start byte')", new ExceptionShown()),
        Of(Rabbit2Packer, "KeyError('system',)", new ExceptionShown()),
        Of(Rabbit2Packer, "KeyError('system')", new ExceptionShown()),
        Of(Rabbit2Packer, "OSError(28, 'No space left on device')", new ExceptionShown()),
        Of(Rabbit2Packer, "NameError(\"name 'IMAGES' is not defined\")", new ExceptionShown()),
        Of(Rabbit2Packer, "Exception('no such queue')", new ExceptionShown()),
        Of(Rabbit2Packer, "FileNotFoundError(2, 'No such file or directory')", new ExceptionShown()),
        Of(Rabbit2Packer, "UserWarning('config.ini has no section',)", new ExceptionShown()),
        Of(Rabbit2Packer, "pika.exceptions.ConnectionClosed()", new ExceptionShown()),
        Of(Rabbit2Packer, "No section: 'rabbit2packer'", new ExceptionShown()),
        Of(Rabbit2Packer, "No option 'queue' in section: 'global'", new ExceptionShown()),
        Of(Rabbit2Packer, "Could not find packer template file, exiting", new WorkerFailed(Refusal.TemplateMissing)),
        Of(Rabbit2Packer, "Unable to open template file", new WorkerFailed(Refusal.TemplateMissing)),
        Of(Rabbit2Packer, "Unable to write build file: /etc/packer-utils/build//norm.json", new WorkerFailed(Refusal.Unwritable)),
        Of(Rabbit2Packer, "Unable to write to build log file: /etc/packer-utils/log//norm.log", new WorkerFailed(Refusal.Unwritable)),
        Of(
            Rabbit2Packer,
            "Personality: norm, Archetype: site-one, OS: sl, OS Version: 7x",
            new JobDescribed("norm", "site-one", "sl", "7x")
        ),
        Of(Rabbit2Packer, "OS_STRING = sl7x-x86_64", new SourceImageLookedUp()),
        Of(Rabbit2Packer, "OS is :sl", new SourceImageLookedUp()),
        Of(Rabbit2Packer, "OS VER is :7x-x86_64", new SourceImageLookedUp()),
        Of(Rabbit2Packer, "{'sl': {'7x-x86_64': '6f1d2c3b-0000-4000-8000-00000000beef'}}", new SourceImageLookedUp()),
        Of(Rabbit2Packer, "Name is :host01", new SourceImageLookedUp(new("host01"))),
        Of(
            Rabbit2Packer,
            "Source image for norm not defined in /etc/packer-utils/images.json. Skipping build",
            new SourceImageUndefined(new ImageName("norm"))
        ),
        Of(Rabbit2Packer, "Check for relevant OS entry in /etc/packer-utils/images.json", new SourceImageUndefined(null)),
        Of(
            Rabbit2Packer,
            "Packer Command: source /a.sh;export X=1;packer build /b.json",
            new PackerCommanded("source /a.sh;export X=1;packer build /b.json")
        ),
        Of(Rabbit2Packer, "Setting up path of log file to get image name", new RallyNoted()),
        Of(Rabbit2Packer, "Inside get_image_name()", new RallyNoted()),
        Of(
            Rabbit2Packer,
            "Launched Rally task, log file for task tracking: /log/rally-tasks/boot.json-1.log",
            new RallyLaunched("/log/rally-tasks/boot.json-1.log")
        ),
        Of(Rabbit2Packer, "Rally task finished, about to get UUID", new RallyNoted()),
        Of(Rabbit2Packer, "Analysis of test results beginning", new RallyNoted()),
        Of(Rabbit2Packer, "UUID: 0d9c1b2a-0000-4000-8000-00000000cafe", new RallyNoted()),
        Of(Rabbit2Packer, "UUID of task #0: 0d9c1b2a-0000-4000-8000-00000000cafe", new RallyNoted()),
        Of(Rabbit2Packer, "Title of subtask: NovaServers.boot", new RallyNoted()),
        Of(Rabbit2Packer, "UUID of workload: 0d9c1b2a-0000-4000-8000-00000000cafe", new RallyNoted()),
        Of(Rabbit2Packer, "Scored points: 3, total points: 4, success_criteria: True", new RallyScored(3, 4, true)),
        Of(Rabbit2Packer, "Scored points: 0, total points: 4, success_criteria: False", new RallyScored(0, 4, false)),
        Of(Rabbit2Packer, "-----------------------------------------", new RallyNoted()),
        Of(Rabbit2Packer, "++++++++ RESULTS OF IMAGES BELOW ++++++++", new RallyNoted()),
        Of(Rabbit2Packer, "Image is of sufficient quality and passed checks.", new ImageChecked(true)),
        Of(Rabbit2Packer, "Image has failed quality checks and needs to be addressed..", new ImageChecked(false)),
        Of(Rabbit2Packer, "Error reading config file", new StartupFailed()),
        Of(Rabbit2Packer, "Could not open images config file.", new StartupFailed()),
        Of(Rabbit2Packer, "Could not decode images config file, malformed json?", new StartupFailed()),
        Of(Rabbit2Packer, "Could not open template map file.", new StartupFailed()),
        Of(Rabbit2Packer, "Could not decode template map file, malformed json?", new StartupFailed()),
        Of(Rabbit2Packer, "Unable to read from config file", new RallyFailed()),
        Of(Rabbit2Packer, "Unable to write to Rally task log file: /log/rally-tasks/boot.log", new RallyFailed()),
        Of(Rabbit2Packer, "Error occurred with launching Subprocess to start Rally task:", new RallyFailed()),
        Of(Rabbit2Packer, "Timeout error to find UUID of Rally task", new RallyFailed()),
        Of(Rabbit2Packer, "Cannot find image name inside Packer build file", new RallyFailed()),
        Of(Rabbit2Packer, "Unable to open file storing UUID", new RallyFailed()),
        Of(Rabbit2Packer, "Unable to retrieve json data from: /results.json", new RallyFailed()),
        Of(Rabbit2Packer, "Key in JSON data couldn't be found", new RallyFailed()),
        Of(Rabbit2Packer, "Divide by zero error, setting success criteria to false", new RallyFailed()),
        Of(Rabbit2Packer, "Failed to connect to SMTP server", new MailNotSent()),
        Of(Rabbit2Packer, "Exception in thread Thread-2:", new WorkerCrashed(Two)),
        Of(Rabbit2Packer, "Exception in thread Thread-2 (worker_loop):", new WorkerCrashed(Two)),
    ];

    public static readonly Sentence[] TriggerScript =
    [
        Of(Cdb2Rabbit, "Starting", new TriggerStarted()),
        Of(Cdb2Rabbit, "CI profile rebuilt: norm.example.org.json", new ProfileRebuilt("norm.example.org.json")),
        Of(Cdb2Rabbit, "Downloading profile norm.example.org.json", new ProfileDownloading("norm.example.org.json")),
        Of(
            Cdb2Rabbit,
            "cached profile norm.example.org.json does not exist, creating one and continuing",
            new ProfileNew("norm.example.org.json")
        ),
        Of(Cdb2Rabbit, "Profile has updated: norm.example.org.json", new ProfileUpdated("norm.example.org.json")),
        Of(Cdb2Rabbit, "Profile has not updated: norm.example.org.json", new ProfileUnchanged("norm.example.org.json")),
        Of(Cdb2Rabbit, "Pushing message to queue for build", new MessagePushing()),
        Of(Cdb2Rabbit, "Updating cached profile_info", new ProfileListStored()),
        Of(Cdb2Rabbit, "Exiting normally", new TriggerExited()),
        Of(Cdb2Rabbit, "Cached info file does not exist, creating one and exiting", new ProfileListCreated()),
        Of(Cdb2Rabbit, "Unable to read from config file", new StartupFailed()),
        Of(Cdb2Rabbit, "Error connecting to RabbitMQ server:", new PushFailed()),
        Of(Cdb2Rabbit, "Unable to push message to queue, exiting without updating cached profile_info", new PushFailed()),
        Of(Cdb2Rabbit, "Error retriving profile: norm.example.org.json", new ProfileFailed("norm.example.org.json")),
        Of(Cdb2Rabbit, "Unable to open cached profile: norm.example.org.json", new ProfileFailed("norm.example.org.json")),
        Of(Cdb2Rabbit, "The server couldn't fulfill the request.", new ProfileFailed(null)),
        Of(Cdb2Rabbit, "We failed to reach a server.", new ProfileFailed(null)),
        Of(Cdb2Rabbit, "Unable to open cached info file:", new TriggerFailed()),
        Of(Cdb2Rabbit, "Unable to write profile info to file /etc/packer-utils/profiles//info.xml", new TriggerFailed()),
        Of(Cdb2Rabbit, "Error code: 404", new TriggerFailed()),
        Of(Cdb2Rabbit, "Reason: Not Found", new TriggerFailed()),
        Of(Cdb2Rabbit, "IsADirectoryError(21, 'Is a directory')", new ExceptionShown()),
        Of(
            Cdb2Rabbit,
            "No connection could be opened: Connection to 192.0.2.7:5672 failed: [Errno 111] Connection refused",
            new ExceptionShown()
        ),
    ];

    public static readonly Sentence[] Listener =
    [
        Of(
            CdpListend,
            "Starting /usr/sbin/cdp-listend with configuration file /etc/cdp-listend.conf",
            new ListenerStarting("/etc/cdp-listend.conf")
        ),
        Of(CdpListend, "/usr/sbin/cdp-listend daemon successfully started on port 7777", new ListenerStarted(7777)),
        Of(CdpListend, "Startup invocation of /usr/local/bin/cdb2rabbit.py", new StartupCalled("/usr/local/bin/cdb2rabbit.py")),
        Of(CdpListend, "Received UDP packet (cdb|1486571445) from 192.0.2.7", new PacketReceived("cdb", 1486571445, "192.0.2.7")),
        Of(CdpListend, "Received UDP packet (ccm|1486571445) from xx.xx.xx.xx", new PacketReceived("ccm", 1486571445, "xx.xx.xx.xx")),
        Of(CdpListend, "/usr/local/bin/cdb2rabbit.py will be called in 0 seconds", new CallScheduled("/usr/local/bin/cdb2rabbit.py", 0)),
        Of(
            CdpListend,
            "/usr/sbin/ccm-fetch will be called in 31 seconds (offset=30, smear=60)",
            new CallScheduled("/usr/sbin/ccm-fetch", 31)
        ),
        Of(
            CdpListend,
            "Calling /usr/local/bin/cdb2rabbit.py with unix time 1486571445 (after 0 seconds)",
            new CallMade("/usr/local/bin/cdb2rabbit.py")
        ),
        Of(CdpListend, "Calling /usr/local/bin/cdb2rabbit.py now", new CallMade("/usr/local/bin/cdb2rabbit.py")),
        Of(CdpListend, "Calling /usr/local/bin/cdb2rabbit.py", new CallMade("/usr/local/bin/cdb2rabbit.py")),
        Of(
            CdpListend,
            "[ERROR] call of cdbsync-nch (/usr/local/bin/cdb2rabbit.py) failed: ",
            new CallFailed("cdbsync-nch (/usr/local/bin/cdb2rabbit.py)", "")
        ),
        Of(
            CdpListend,
            "[ERROR] call of ccm-fetch (/usr/sbin/ccm-fetch) failed: No such file or directory",
            new CallFailed("ccm-fetch (/usr/sbin/ccm-fetch)", "No such file or directory")
        ),
        Of(
            CdpListend,
            "[ERROR] call of /usr/local/bin/cdb2rabbit.py failed: Permission denied",
            new CallFailed("/usr/local/bin/cdb2rabbit.py", "Permission denied")
        ),
        Of(
            CdpListend,
            "[WARN] Startup invocation of ccm-fetch (/usr/sbin/ccm-fetch) failed: No such file",
            new CallFailed("ccm-fetch (/usr/sbin/ccm-fetch)", "No such file")
        ),
        Of(CdpListend, "[ERROR] Ignoring packet, unknown notification type", new PacketIgnored()),
        Of(CdpListend, "Exiting: hostname set to vm: Success", new ListenerFailed()),
        Of(CdpListend, "Exiting: failed to retrieve addr from gethostbyname(vm): ec 2", new ListenerFailed()),
        Of(CdpListend, "Exiting: error creating UDP listener: Address already in use", new ListenerFailed()),
        Of(CdpListend, "Exiting: daemon couldn't fork: Resource temporarily unavailable", new ListenerFailed()),
        Of(CdpListend, """Cannot write PID to file "/run/cdp-listend.pid": Permission denied : Exiting""", new ListenerFailed()),
    ];

    public static readonly Sentence[] All = [.. Daemon, .. TriggerScript, .. Listener];

    /// <summary>Both daemon and trigger script say it, so that without a name it cannot be told whose it is.</summary>
    public bool IsAmbiguous => Text == "Starting"
        || Means is ExceptionShown
        || Speaker == Cdb2Rabbit && Text == "Unable to read from config file";

    public override string ToString() => $"{Speaker}: {Text}";

    private static Sentence Of(Speaker speaker, string text, MonitorEvent means) => new(speaker, text, means);
}
