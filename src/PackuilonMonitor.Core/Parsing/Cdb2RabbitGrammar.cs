using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Every sentence of cdb2rabbit, with its own wording and misspellings.</summary>
internal static class Cdb2RabbitGrammar
{
    // CI profile rebuilt: host-01.example.org.json
    private static readonly Parser<MonitorEvent> Rebuilt = Named("CI profile rebuilt: ", profile => new ProfileRebuilt(profile));

    // Downloading profile host-01.example.org.json
    private static readonly Parser<MonitorEvent> Downloading = Named("Downloading profile ", profile => new ProfileDownloading(profile));

    // Profile has updated: host-01.example.org.json
    private static readonly Parser<MonitorEvent> Updated = Named("Profile has updated: ", profile => new ProfileUpdated(profile));

    // Profile has not updated: host-01.example.org.json
    private static readonly Parser<MonitorEvent> Unchanged = Named("Profile has not updated: ", profile => new ProfileUnchanged(profile));

    // cached profile host-01.example.org.json does not exist, creating one and continuing
    private static readonly Parser<MonitorEvent> New =
        from start in Literal("cached profile ")
        from profile in UntilLast(" does not exist, creating one and continuing")
        select new ProfileNew(profile);

    // Error retriving profile: host-01.example.org.json
    private static readonly Parser<MonitorEvent> NotDownloaded = Named("Error retriving profile: ", profile => new ProfileFailed(profile));

    // Unable to open cached profile: host-01.example.org.json
    private static readonly Parser<MonitorEvent> NotReadable = Named("Unable to open cached profile: ", profile => new ProfileFailed(
        profile
    ));

    // The server couldn't fulfill the request.
    // We failed to reach a server.
    private static readonly Parser<MonitorEvent> ServerFailed = Sentences(() => new ProfileFailed(null),
        "The server couldn't fulfill the request.", "We failed to reach a server.");

    // Error connecting to RabbitMQ server:
    // Unable to push message to queue, exiting without updating cached profile_info
    private static readonly Parser<MonitorEvent> NotPushed = Sentences(() => new PushFailed(),
        "Error connecting to RabbitMQ server:", "Unable to push message to queue, exiting without updating cached profile_info");

    // Unable to open cached info file:
    // Unable to write profile info to file /etc/packer-utils/profiles//cached_info.xml
    // Error code: 404
    // Reason: Not Found
    private static readonly Parser<MonitorEvent> Failed = Sentences(() => new TriggerFailed(),
        "Unable to open cached info file:", "Unable to write profile info to file ", "Error code: ", "Reason: ");

    // Unable to read from config file
    private static readonly Parser<MonitorEvent> NotStarted = Sentences(() => new StartupFailed(), "Unable to read from config file");

    // Starting
    private static readonly Parser<MonitorEvent> Started = Exactly("Starting", () => new TriggerStarted());

    // Pushing message to queue for build
    private static readonly Parser<MonitorEvent> Pushing = Exactly("Pushing message to queue for build", () => new MessagePushing());

    // Updating cached profile_info
    private static readonly Parser<MonitorEvent> Stored = Exactly("Updating cached profile_info", () => new ProfileListStored());

    // Exiting normally
    private static readonly Parser<MonitorEvent> Exited = Exactly("Exiting normally", () => new TriggerExited());

    // Cached info file does not exist, creating one and exiting
    private static readonly Parser<MonitorEvent> ListCreated =
        Exactly("Cached info file does not exist, creating one and exiting", () => new ProfileListCreated());

    /// <summary>The sentences of cdb2rabbit; the first words only save trying rules that cannot accept.</summary>
    public static readonly Parser<MonitorEvent> Content = ByStart(
        ("CI ", Rebuilt),
        ("Downloading", Downloading),
        ("Profile has up", Updated),
        ("Profile has not", Unchanged),
        ("cached", New),
        ("Starting", Started),
        ("Exiting", Exited),
        ("Updating", Stored),
        ("Pushing", Pushing),
        ("Cached", ListCreated),
        ("Error retriving", NotDownloaded),
        ("Unable to open cached profile", NotReadable),
        ("Unable to read", NotStarted),
        ("", FirstOf(ServerFailed, NotPushed, Failed, ExceptionGrammar.Shown)));

    private static Parser<MonitorEvent> Named(string start, Func<string, MonitorEvent> make) =>
        from opening in Literal(start)
        from profile in Word
        select make(profile);

    private static Parser<MonitorEvent> Exactly(string text, Func<MonitorEvent> make) =>
        from all in Literal(text)
        select make();

    private static Parser<MonitorEvent> Sentences(Func<MonitorEvent> make, params string[] starts) =>
        from start in FirstOf(starts.Select(Literal).ToArray())
        from text in Rest
        select make();
}
