using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Every sentence of rabbit2packer, all revisions from 2017 to 2021, with its own wording and misspellings.</summary>
internal static class Rabbit2PackerGrammar
{
    private static readonly Parser<WorkerId> Worker =
        from name in Literal("Thread-")
        from number in Number
        where number is > 0 and <= int.MaxValue
        select new WorkerId((int)number);

    // norm-sl7x-x86_64.managed.json
    private static readonly Parser<BuildName> Build =
        from name in Word
        select new BuildName(name);

    // Starting Thread-2
    private static readonly Parser<MonitorEvent> WorkerStarted =
        from start in Literal("Starting ")
        from worker in Worker
        select new WorkerStarted(worker);

    // Exiting Thread-2
    private static readonly Parser<MonitorEvent> WorkerExited =
        from start in Literal("Exiting ")
        from worker in Worker
        select new WorkerExited(worker);

    // Thread-2 processing norm-sl7x-x86_64
    private static readonly Parser<MonitorEvent> JobTaken =
        from worker in Worker
        from verb in Literal(" processing ")
        from image in Word
        select new JobTaken(worker, new ImageName(image));

    private static readonly Parser<BuildName?> Succeeded = Choose(':',
        Literal(": ").Then(static _ => Build).Select(static name => (BuildName?)name), Nothing<BuildName?>());

    // Thread-2: image built successfully: norm-sl7x-x86_64.managed.json
    // Thread-2: image built successfully
    private static readonly Parser<MonitorEvent> BuildSucceeded =
        from worker in Worker
        from verb in Literal(": image built successfully")
        from build in Succeeded
        select new BuildSucceeded(worker, build);

    private static readonly Parser<BuildName?> Failed = FirstOf(
        Literal("build failed").Select(static _ => (BuildName?)null),
        from name in Build
        from end in Literal(" build failed")
        select (BuildName?)name);

    // Thread-2: packer exited with non zero exit code, norm-sl7x-x86_64.managed.json build failed
    // Thread-2: packer exited with non zero exit code, build failed
    private static readonly Parser<MonitorEvent> BuildFailed =
        from worker in Worker
        from verb in Literal(": packer exited with non zero exit code, ")
        from build in Failed
        select new BuildFailed(worker, build);

    // Thread-2: reconnecting to channel
    private static readonly Parser<MonitorEvent> WorkerReconnecting =
        from worker in Worker
        from verb in Literal(": reconnecting to channel")
        select new WorkerReconnecting(worker);

    // Thread-2: could not decode profile, malformed json? Continuing
    private static readonly Parser<MonitorEvent> ProfileRefused =
        from worker in Worker
        from verb in Literal(": could not decode profile, malformed json? Continuing")
        select new JobRefused(worker, Refusal.MalformedProfile);

    private static readonly Parser<string> SourceImage = Literal(": source imge").Or(Literal(": source image"));

    // Thread-2: source imge was not found, check IMAGES_CONFIG. Continuing
    // Thread-2: source image was not found, check IMAGES_CONFIG. Continuing
    private static readonly Parser<MonitorEvent> SourceImageRefused =
        from worker in Worker
        from noun in SourceImage
        from verb in Literal(" was not found, check IMAGES_CONFIG. Continuing")
        select new JobRefused(worker, Refusal.NoSourceImage);

    private static readonly Parser<MonitorEvent> OfWorker = FirstOf(
        JobTaken, BuildSucceeded, BuildFailed, WorkerReconnecting, ProfileRefused, SourceImageRefused);

    private static readonly Parser<string> Gap = Literal(": ").Or(Literal(" "));

    // packer build starting, see: /etc/packer-utils/log//norm-sl7x-x86_64.managed.json.1511354986.log for details
    // packer build starting, see norm-sl7x-x86_64.log for details
    private static readonly Parser<MonitorEvent> BuildStarted =
        from start in Literal("packer build starting, see")
        from colon in Gap
        from path in UntilLast(" for details")
        select new BuildStarted(path);

    // No Packer template defined for Default values. No builds will occur.
    private static readonly Parser<MonitorEvent> NoTemplateDefined =
        from text in Literal("No Packer template defined for Default values. No builds will occur.")
        select new NoTemplateDefined();

    // No Packer template defined for norm-sl7x-x86_64. Using the default values
    private static readonly Parser<MonitorEvent> DefaultTemplatesUsed =
        from start in Literal("No Packer template defined for ")
        from image in UntilLast(". Using the default values")
        select new DefaultTemplatesUsed(new ImageName(image));

    // Could not find packer template file, exiting
    // Unable to open template file
    private static readonly Parser<MonitorEvent> TemplateMissing =
        from text in Literal("Could not find packer template file, exiting").Or(Literal("Unable to open template file"))
        select new WorkerFailed(Refusal.TemplateMissing);

    // Unable to write build file: /etc/packer-utils/build//norm-sl7x-x86_64.managed.json.json
    // Unable to write to build log file: /etc/packer-utils/log//norm-sl7x-x86_64.managed.json.log
    private static readonly Parser<MonitorEvent> Unwritable =
        from start in Literal("Unable to write build file: ").Or(Literal("Unable to write to build log file: "))
        from path in Rest
        select new WorkerFailed(Refusal.Unwritable);

    // Personality: norm, Archetype: site, OS: sl, OS Version: 7x
    private static readonly Parser<MonitorEvent> JobDescribed =
        from start in Literal("Personality: ")
        from personality in Until(", Archetype: ")
        from archetype in Until(", OS: ")
        from system in Until(", OS Version: ")
        from version in Rest
        select new JobDescribed(personality, archetype, system, version);

    // OS_STRING = sl7x-x86_64
    // OS is :sl
    // OS VER is :7x-x86_64
    // {'sl': {'7x-x86_64': '0b10e583-9e13-4878-9116-f4002846fa73'}}
    private static readonly Parser<MonitorEvent> SourceImageLookedUp =
        from start in FirstOf(Literal("OS_STRING = "), Literal("OS is :"), Literal("OS VER is :"), Literal("{'"))
        from text in Rest
        select new SourceImageLookedUp();

    // Name is :host-01
    private static readonly Parser<MonitorEvent> MessageNamed =
        from start in Literal("Name is :")
        from text in Rest
        select new SourceImageLookedUp(new ImageName(text));

    // Source image for norm-sl7x not defined in /etc/packer-utils/source-images.json. Skipping build
    // Check for relevant OS entry in /etc/packer-utils/source-images.json
    private static readonly Parser<MonitorEvent> SourceImageUndefined =
        from image in FirstOf(
            from start in Literal("Source image for ")
            from image in Until(" not defined in ")
            from file in UntilLast(". Skipping build")
            select (ImageName?)new ImageName(image),
            Literal("Check for relevant OS entry in ").Then(_ => Rest).Select(_ => (ImageName?)null))
        select new SourceImageUndefined(image);

    // Packer Command: source /etc/packer-utils/packer-auth.sh;packer build /etc/packer-utils/build//host-01.managed.json.json
    private static readonly Parser<MonitorEvent> PackerCommanded =
        from start in Literal("Packer Command: ")
        from command in Rest
        select new PackerCommanded(command);

    // Error reading config file
    // Could not decode images config file, malformed json?
    private static readonly Parser<MonitorEvent> StartupFailed =
        from text in FirstOf(
            Literal("Error reading config file"),
            Literal("Could not open images config file."),
            Literal("Could not decode images config file, malformed json?"),
            Literal("Could not open template map file."),
            Literal("Could not decode template map file, malformed json?"))
        select new StartupFailed();

    // Failed to connect to SMTP server
    private static readonly Parser<MonitorEvent> MailNotSent =
        from text in Literal("Failed to connect to SMTP server")
        select new MailNotSent();

    private static readonly Parser<string> Target = Perhaps(' ', Literal(" (").Then(static _ => Until(")")));

    // Exception in thread Thread-2:
    // Exception in thread Thread-2 (worker_loop):
    private static readonly Parser<MonitorEvent> WorkerCrashed =
        from start in Literal("Exception in thread ")
        from worker in Worker
        from target in Target
        from colon in Literal(":")
        select new WorkerCrashed(worker);

    /// <summary>The sentences of rabbit2packer; the first words only save trying rules that cannot accept.</summary>
    public static readonly Parser<MonitorEvent> Content = ByStart(
        ("Thread-", OfWorker),
        ("packer build", BuildStarted),
        ("No Packer", FirstOf(NoTemplateDefined, DefaultTemplatesUsed)),
        ("Starting ", WorkerStarted),
        ("Starting", Literal("Starting").Select(_ => (MonitorEvent)new ServiceStarted())),
        ("Exception in thread", WorkerCrashed),
        ("Personality", JobDescribed),
        ("OS_STRING", SourceImageLookedUp),
        ("OS is", SourceImageLookedUp),
        ("OS VER", SourceImageLookedUp),
        ("Name is", MessageNamed),
        ("{'", SourceImageLookedUp),
        ("Packer Command", PackerCommanded),
        ("Could not find", TemplateMissing),
        ("Could not", StartupFailed),
        ("Unable to open template", TemplateMissing),
        ("Unable to write build", Unwritable),
        ("Unable to write to build", Unwritable),
        ("Error reading", StartupFailed),
        ("Launched Rally", RallyGrammar.Launched),
        ("Scored", RallyGrammar.Scored),
        ("Image ", RallyGrammar.Checked),
        ("Source image for", SourceImageUndefined),
        ("Check for", SourceImageUndefined),
        ("Failed to connect", MailNotSent),
        ("Exiting ", WorkerExited),
        ("", FirstOf(ExceptionGrammar.Shown, RallyGrammar.Noted, RallyGrammar.Failed)));
}
