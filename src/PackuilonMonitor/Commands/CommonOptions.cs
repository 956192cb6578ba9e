using System.CommandLine;

namespace PackuilonMonitor.Commands;

/// <summary>The options that every command has, and what their values mean together.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Colour = Text("--color", "WHEN", "auto, always or never.");

    private static readonly Option<string[]> Messages = new("--messages")
    {
        Description = "A file of the system log; repeatable. Rotated siblings are read before it; - is standard input. [default: /var/log/messages, else /var/log/syslog]",
        HelpName = "PATH",
        Recursive = true,
    };

    private static readonly Option<string?> FromJournal = new("--journal")
    {
        Description = "Read systemd's journal and no files; with - as its value the JSON of journalctl -o json on standard input.",
        HelpName = "-",
        Arity = ArgumentArity.ZeroOrOne,
        Recursive = true,
    };

    private static readonly Option<string?> LogDirectory = Text("--log-dir", "DIR", "Where Packer's logs are. [default: LOG_DIR of the configuration]");
    private static readonly Option<string?> Config = Text("--config", "FILE", $"Packuilon's own configuration. [default: {FactoryConfiguration.DefaultPath}]");
    private static readonly Option<bool> Broker = new("--broker") { Description = "Ask RabbitMQ for the depth of the queue, with the configuration's RABBIT_ values.", Recursive = true };
    private static readonly Option<string?> TimeZone = Text("--time-zone", "TZ", "The zone of stamps that name none, such as Europe/London. [default: this host's]");
    private static readonly Option<string?> Now = Text("--now", "TIME", "The instant that stamps without a year are held against, in ISO-8601. [default: the clock]");
    private static readonly Option<string?> Theme = Text("--theme", "NAME", "dark, light or mono.");
    private static readonly Option<bool> Ascii = new("--ascii") { Description = "Draw with ASCII characters only.", Recursive = true };

    /// <summary>In the order of the help text.</summary>
    public static IReadOnlyList<Option> All { get; } = [Messages, FromJournal, LogDirectory, Config, Broker, TimeZone, Now, Colour, Theme, Ascii];

    /// <exception cref="WrongUseException">An option has a value that cannot be.</exception>
    public static Appearance AppearanceOf(ParseResult parsed) => Appearance.Of(
        parsed.GetValue(Theme), parsed.GetValue(Colour), parsed.GetValue(Ascii), Environment.GetEnvironmentVariable);

    /// <exception cref="WrongUseException">An option has a value that cannot be.</exception>
    public static Sources SourcesOf(ParseResult parsed) => Sources.Of(
        new SourceOptions(
            parsed.GetValue(Messages) ?? [], parsed.GetValue(LogDirectory), parsed.GetValue(Config),
            parsed.GetValue(TimeZone), parsed.GetValue(Now), JournalOf(parsed), parsed.GetValue(Broker)),
        DateTimeOffset.Now);

    private static Journal JournalOf(ParseResult parsed) => parsed.GetResult(FromJournal) is not { } given ? Journal.No : given.Tokens switch
    {
        [] => Journal.Followed,
        [{ Value: Sources.StandardInput }] => Journal.OnStandardInput,
        [var other, ..] => throw new WrongUseException($"--journal: takes nothing or - and not {other.Value}; write what belongs to the command before it"),
    };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
