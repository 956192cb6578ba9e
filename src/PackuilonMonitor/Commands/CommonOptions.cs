using System.CommandLine;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>The options that every command has, and what their values mean together.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Colour = Text("--color", "WHEN", "auto, always or never.");

    internal static readonly Option<string[]> Messages = new("--messages")
    {
        Description =
            "A file of the system log; repeatable. Rotated siblings are read before it; - is standard input. "
            + "[default: /var/log/messages, else /var/log/syslog]",
        HelpName = "PATH",
        Recursive = true,
    };

    internal static readonly Option<string[]> Factory = new("--factory")
    {
        Description =
            "Only this factory of the settings; with --from the factory to read, with ship the factory to ship. Repeatable. "
            + "[default: all; of ship this host's name]",
        HelpName = "NAME",
        Recursive = true,
    };

    internal static readonly Option<string?> FromJournal = new("--journal")
    {
        Description = "Read systemd's journal instead of files; with - the JSON of journalctl -o json on standard input.",
        HelpName = "-",
        Arity = ArgumentArity.ZeroOrOne,
        Recursive = true,
    };

    internal static readonly Option<string?> SettingsFile = Text(
        "--settings",
        "FILE",
        $"Settings of this program, instead of {SettingsPaths.HostFile} and the user's own."
    );
    internal static readonly Option<string?> LogDirectory = Text(
        "--log-dir",
        "DIR",
        "Where Packer's logs are. [default: LOG_DIR of the configuration]"
    );
    internal static readonly Option<string?> Config = Text(
        "--config",
        "FILE",
        $"Packuilon's own configuration. [default: {FactoryConfiguration.DefaultPath}]"
    );
    internal static readonly Option<bool> AskBroker = new("--broker")
    {
        Description = "Ask RabbitMQ for the length of the queue, by RABBIT_ values of --config.",
        Recursive = true,
    };
    internal static readonly Option<string?> From = Text(
        "--from",
        "amqp://USER:PASSWORD@HOST:PORT",
        "Read the events that a remote factory ships to this RabbitMQ, instead of this host's logs."
    );
    internal static readonly Option<string?> Since = Text(
        "--since",
        "WHEN",
        "With --from, where to begin: first, next, an offset of the stream, or a time in ISO-8601. [default: first] "
        + "With wait, accept what began then or later, even if ended; with snapshot, omit what came before: 14:02, 30m, ISO-8601."
    );
    internal static readonly Option<string?> TimeZone = Text(
        "--time-zone",
        "TZ",
        "The zone of stamps without one, such as Europe/London. [default: this host's]"
    );
    internal static readonly Option<string?> Now = Text(
        "--now",
        "TIME",
        "The present time, for stamps without a year, in ISO-8601. [default: the clock]"
    );
    internal static readonly Option<string?> StateDirectory = Text(
        "--state-dir",
        "DIR",
        "Where the history is kept. [default: $XDG_STATE_HOME/packuilon-monitor; none with --now]"
    );
    internal static readonly Option<bool> NoHistory = new("--no-history")
    {
        Description = "Neither read nor write the history.",
        Recursive = true,
    };
    internal static readonly Option<string?> Theme = Text("--theme", "NAME", "dark, light or mono.");
    internal static readonly Option<bool> Linear = new("--linear")
    {
        Description = "Lines and commands by name instead of a screen, for screen readers.",
        Recursive = true,
    };
    internal static readonly Option<bool> Ascii = new("--ascii") { Description = "Draw with ASCII characters only.", Recursive = true };

    /// <summary>In the order of the help text.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Messages,
        FromJournal,
        LogDirectory,
        Config,
        SettingsFile,
        AskBroker,
        From,
        Factory,
        Since,
        TimeZone,
        Now,
        StateDirectory,
        NoHistory,
        Colour,
        Theme,
        Ascii,
        Linear,
    ];

    /// <summary>The logs are a recording, not this host's present, and no folder was named for a history of it.</summary>
    public static bool IsRecordingAlone(ParseResult parsed) => parsed.GetValue(Now) is not null && parsed.GetValue(StateDirectory) is null;

    /// <summary>An instant was given instead of the clock.</summary>
    public static bool HasNow(ParseResult parsed) => parsed.GetValue(Now) is not null;

    /// <summary>The typed starting place.</summary>
    public static string? SinceOf(ParseResult parsed) => parsed.GetValue(Since);

    internal static Journal JournalOf(ParseResult parsed) =>
        parsed.GetResult(FromJournal) is not { } given
            ? Journal.No
            : given.Tokens switch
            {
                [] => Journal.Followed,
                [{ Value: Sources.StandardInput }] => Journal.OnStandardInput,
                [var other, ..] => throw new WrongUseException(
                    $"--journal: takes nothing or - and not {other.Value}; write what belongs to the command before it"
                ),
            };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
