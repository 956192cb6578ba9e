using System.CommandLine;

namespace PackuilonMonitor.Commands;

/// <summary>The commands and options of docs/command-line.md.</summary>
internal static class CommandLine
{
    private static readonly Option<string[]> Messages = new("--messages")
    {
        Description = "A file of the system log; repeatable. Rotated siblings are read before it; - is standard input. [default: /var/log/messages, else /var/log/syslog]",
        HelpName = "PATH",
        Recursive = true,
    };

    private static readonly Option<string?> LogDirectory = Common("--log-dir", "DIR", "Where Packer's logs are. [default: LOG_DIR of the configuration]");
    private static readonly Option<string?> Config = Common("--config", "FILE", $"Packuilon's own configuration. [default: {FactoryConfiguration.DefaultPath}]");
    private static readonly Option<string?> TimeZone = Common("--time-zone", "TZ", "The zone of stamps that name none, such as Europe/London. [default: this host's]");
    private static readonly Option<string?> Now = Common("--now", "TIME", "The instant that stamps without a year are held against, in ISO-8601. [default: the clock]");
    private static readonly Option<string?> Colour = Common("--color", "WHEN", "auto, always or never.");
    private static readonly Option<string?> Theme = Common("--theme", "NAME", "dark, light or mono.");
    private static readonly Option<bool> Ascii = new("--ascii") { Description = "Draw with ASCII characters only.", Recursive = true };
    private static readonly Option<string?> Speed = new("--speed") { Description = "How many times faster than life builds run. [default: 10]", HelpName = "N" };
    private static readonly Option<string?> Seed = new("--seed") { Description = "The same seed gives the same factory. [default: 1]", HelpName = "N" };
    private static readonly Option<string?> Dialect = new("--dialect") { Description = "The revision of rabbit2packer that is simulated. [default: e7ec5f0]", HelpName = "NAME" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object a line." };
    private static readonly Argument<string> Build = new("BUILD") { Description = "An id of status, IMAGE, or IMAGE.TEMPLATE (then the newest build of it)." };
    private static readonly Option<bool> Plain = new("--plain") { Description = "No colours, no escapes." };
    private static readonly Option<bool> SinceLastGood = new("--since-last-good") { Description = "Only lines that the last good build of the same image and template did not have." };
    private static readonly Option<bool> Follow = new("--follow") { Description = "Go on with what is written later." };

    /// <summary>Runs what the arguments ask for and returns the exit code.</summary>
    public static int Run(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0)
            throw new WrongUseException($"{parsed.Errors[0].Message.TrimEnd('.')}; see packuilon-monitor --help");
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static RootCommand Root()
    {
        var status = new Command("status", "Print the state as of the end of the logs.") { Json };
        status.SetAction(parsed => StatusCommand.Run(SourcesOf(parsed), parsed.GetValue(Json)));
        var events = new Command("events", "Print one line per event, in file order.") { Json, Follow };
        events.SetAction(parsed => EventsCommand.Run(SourcesOf(parsed), parsed.GetValue(Json), parsed.GetValue(Follow)));
        var log = new Command("log", "Print one build's Packer log.") { Build, Follow, Plain, SinceLastGood };
        log.SetAction(parsed => LogCommand.Run(
            SourcesOf(parsed), parsed.GetValue(Build)!, new LogOptions(
                parsed.GetValue(Follow), parsed.GetValue(Plain), parsed.GetValue(SinceLastGood), parsed.GetValue(Colour))));
        var demo = new Command("demo", "Show the dashboard on a simulated factory.") { Speed, Seed, Dialect };
        demo.SetAction(parsed => DemoCommand.Run(
            new DemoOptions(parsed.GetValue(Speed), parsed.GetValue(Seed), parsed.GetValue(Dialect)), AppearanceOf(parsed)));
        var root = new RootCommand("Watches a Packuilon image factory: who builds what, at which step, and what failed and why.")
        {
            Messages, LogDirectory, Config, TimeZone, Now, Colour, Theme, Ascii, demo, status, events, log,
        };
        root.SetAction(parsed => DashboardCommand.Run(SourcesOf(parsed), AppearanceOf(parsed)));
        return root;
    }

    private static Option<string?> Common(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };

    private static Appearance AppearanceOf(ParseResult parsed) => Appearance.Of(
        parsed.GetValue(Theme), parsed.GetValue(Colour), parsed.GetValue(Ascii), Environment.GetEnvironmentVariable);

    private static Sources SourcesOf(ParseResult parsed) => Sources.Of(
        new SourceOptions(
            parsed.GetValue(Messages) ?? [], parsed.GetValue(LogDirectory), parsed.GetValue(Config),
            parsed.GetValue(TimeZone), parsed.GetValue(Now)),
        DateTimeOffset.Now);
}
