using System.Text.RegularExpressions;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>
/// Every sentence known of the three programs, with what varies left open. Written from the programs' sources, not from the simulation.
/// </summary>
internal static partial class KnownSentences
{
    private const string Thread = @"Thread-\d+";
    private const string Image = @"[A-Za-z0-9_-]+";
    private const string Build = Image + @"\.[a-z0-9-]+\.json";
    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private const string Profile = @"[a-z0-9.-]+\.json";
    private const string Program = @"/[a-z0-9/.-]+";
    private const string Text = @"'(?:[^'\\]|\\.)*'";

    private static readonly (LogProgram Program, Sentence Sentence, Regex Shape)[] All =
    [
        Daemon(Sentence.DaemonStarting, "Starting"),
        Daemon(Sentence.ThreadStarting, $"Starting {Thread}"),
        Daemon(Sentence.Processing, $"{Thread} processing {Image}"),
        Daemon(Sentence.DefaultTemplates, $"No Packer template defined for {Image}\\. Using the default values"),
        Daemon(Sentence.NoDefaultTemplates, @"No Packer template defined for Default values\. No builds will occur\."),
        Daemon(Sentence.BuildStarting, $@"packer build starting, see: /[\w/.-]*/(?:{Image}|{Build}(?:\.\d{{10}})?)\.log for details"),
        Daemon(Sentence.BuildSucceeded, $"{Thread}: image built successfully(?:: {Build})?"),
        Daemon(Sentence.BuildFailed, $"{Thread}: packer exited with non zero exit code, (?:{Build} )?build failed"),
        Daemon(Sentence.Reconnecting, $"{Thread}: reconnecting to channel"),
        Daemon(
            Sentence.DecodeError,
            $@"JSONDecodeError\('(?:Expecting value|Unterminated string starting at): line \d+ column \d+ \(char \d+\)',?\)"
        ),
        Daemon(Sentence.DecodeError, $@"UnicodeDecodeError\('utf-8', b{Text}, \d+, \d+, {Text}\)"),
        Daemon(Sentence.MalformedProfile, $@"{Thread}: could not decode profile, malformed json\? Continuing"),
        Daemon(Sentence.SourceKeyError, $@"KeyError\({Text},?\)"),
        Daemon(Sentence.SourceNotFound, $@"{Thread}: source ima?ge was not found, check IMAGES_CONFIG\. Continuing"),
        Daemon(Sentence.TemplateNotFound, "Could not find packer template file, exiting"),
        Daemon(Sentence.TemplateUnreadable, "Unable to open template file"),
        Daemon(Sentence.BuildFileUnwritable, $@"Unable to write build file: /[\w/.-]+\.json"),
        Daemon(Sentence.LogUnwritable, $@"Unable to write to build log file: /[\w/.-]+\.log"),
        Daemon(Sentence.OsErrorRepr, @"(?:FileNotFoundError\(2, 'No such file or directory'\)|IsADirectoryError\(21, 'Is a directory'\))"),
        Daemon(Sentence.Personality, @"Personality: [\w-]+, Archetype: [\w-]+, OS: \w+, OS Version: \w+"),
        Daemon(Sentence.SourceImages, @"\{'.*'\}\}"),
        Daemon(Sentence.OsString, @"OS_STRING = [\w-]+"),
        Daemon(Sentence.Os, @"OS is :\w+"),
        Daemon(Sentence.OsVersion, @"OS VER is :[\w-]+"),
        Daemon(Sentence.ImageName, $"Name is :{Image}"),
        Daemon(
            Sentence.PackerCommand,
            @"Packer Command: source /\S+\.sh;export OS_TENANT_ID=\$OS_PROJECT_ID;export OS_DOMAIN_NAME=\$OS_USER_DOMAIN_NAME;/\S+ build /\S+\.json"
        ),
        Daemon(Sentence.RallyLogPath, "Setting up path of log file to get image name"),
        Daemon(Sentence.RallyImageName, @"Inside get_image_name\(\)"),
        Daemon(Sentence.RallyLaunched, @"Launched Rally task, log file for task tracking: /\S+/boot-and-delete\.json-\d{10}\.log"),
        Daemon(Sentence.RallyFinished, "Rally task finished, about to get UUID"),
        Daemon(Sentence.RallyAnalysis, "Analysis of test results beginning"),
        Daemon(Sentence.RallyUuid, $"UUID: {Uuid}"),
        Daemon(Sentence.RallyTaskUuid, $"UUID of task #0: {Uuid}"),
        Daemon(Sentence.RallySubtask, @"Title of subtask: NovaServers\.boot_and_delete_server"),
        Daemon(Sentence.RallyWorkload, $"UUID of workload: {Uuid}"),
        Daemon(Sentence.RallyScore, @"Scored points: \d+, total points: \d+, success_criteria: True"),
        Daemon(Sentence.RallyRule, "-{41}"),
        Daemon(Sentence.RallyResults, @"\+{8} RESULTS OF IMAGES BELOW \+{8}"),
        Daemon(Sentence.RallyPassed, @"Image is of sufficient quality and passed checks\."),
        Daemon(Sentence.ThreadException, $"Exception in thread {Thread}:"),
        Daemon(Sentence.Traceback, @"Traceback \(most recent call last\):| {2,}\S.*|[\w.]+Error: .*"),
        Script(Sentence.ScriptStarting, "Starting"),
        Script(Sentence.ProfileRebuilt, $"CI profile rebuilt: {Profile}"),
        Script(Sentence.Downloading, $"Downloading profile {Profile}"),
        Script(Sentence.CachedProfileMissing, $"cached profile {Profile} does not exist, creating one and continuing"),
        Script(Sentence.ProfileUpdated, $"Profile has updated: {Profile}"),
        Script(Sentence.ProfileUnchanged, $"Profile has not updated: {Profile}"),
        Script(Sentence.Pushing, "Pushing message to queue for build"),
        Script(Sentence.PushFailed, "Unable to push message to queue, exiting without updating cached profile_info"),
        Script(Sentence.PushErrorRepr, @"ConnectionClosed\(\)"),
        Script(Sentence.UpdatingCache, "Updating cached profile_info"),
        Script(Sentence.ScriptExiting, "Exiting normally"),
        Script(Sentence.CachedListMissing, "Cached info file does not exist, creating one and exiting"),
        Script(Sentence.DownloadFailed, $"Error retriving profile: {Profile}"),
        Script(Sentence.ServerRefused, @"The server couldn't fulfill the request\."),
        Script(Sentence.ServerUnreachable, @"We failed to reach a server\."),
        Script(Sentence.BrokerUnreachable, "Error connecting to RabbitMQ server:"),
        Script(Sentence.BrokerErrorRepr, @"No connection could be opened: Connection to [\d.:]+ failed: \[Errno 111\] Connection refused"),
        Listener(Sentence.ListenerStarting, $"Starting {Program} with configuration file /\\S+"),
        Listener(Sentence.ListenerStarted, $@"{Program} daemon successfully started on port \d+"),
        Listener(Sentence.StartupInvocation, $"Startup invocation of {Program}"),
        Listener(Sentence.PacketReceived, @"Received UDP packet \(\w+\|\d+\) from [\d.]+"),
        Listener(Sentence.CallPlanned, $@"{Program} will be called in \d+ seconds(?: \(offset=\d+, smear=\d+\))?"),
        Listener(Sentence.Calling, $@"Calling {Program}(?: now| with unix time \d+ \(after \d+ seconds\))"),
        Listener(Sentence.CallFailed, $@"\[ERROR\] call of (?:cdbsync-nch \({Program}\)|ccm-fetch \({Program}\)|{Program}) failed: .*"),
    ];

    /// <summary>What the content says; null if nobody knows that sentence.</summary>
    public static Sentence? Of(LogProgram program, string content)
    {
        var bracket = Bracket().Match(content);
        var said = bracket.Success ? bracket.Groups[1].Value : content;
        foreach (var known in All)
        {
            if (known.Program == program && known.Shape.IsMatch(said))
                return known.Sentence;
        }

        return null;
    }

    /// <summary>A line in the traditional format taken apart by its tag, which must be exactly that of one of the programs.</summary>
    public static (LogProgram Program, string Content)? Own(string line)
    {
        var match = Tagged().Match(line);
        return !match.Success ? null : (match.Groups[1].Value switch
        {
            "rabbit2packer.py" => LogProgram.Rabbit2Packer,
            "cdb2rabbit.py" => LogProgram.Cdb2Rabbit,
            _ => LogProgram.CdpListend,
        }, match.Groups[2].Value);
    }

    [GeneratedRegex(@"^message repeated \d+ times: \[ (.*)\]$")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^.{15} \S+ (?:\S*/)?(rabbit2packer\.py|cdb2rabbit\.py|cdp-listend)(?:\[\d+\])?: (.*)$")]
    private static partial Regex Tagged();

    private static (LogProgram, Sentence, Regex) Daemon(Sentence sentence, string shape) =>
        (LogProgram.Rabbit2Packer, sentence, Whole(shape));

    private static (LogProgram, Sentence, Regex) Script(Sentence sentence, string shape) => (LogProgram.Cdb2Rabbit, sentence, Whole(shape));

    private static (LogProgram, Sentence, Regex) Listener(Sentence sentence, string shape) =>
        (LogProgram.CdpListend, sentence, Whole(shape));

    private static Regex Whole(string shape) => new($"^(?:{shape})$", RegexOptions.CultureInvariant);
}
