using System.Collections;
using System.CommandLine;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>What holds for this run, read once: the settings with the options over them, and where they came from.</summary>
/// <param name="Warnings">What of the settings could not be understood and does not hold.</param>
/// <param name="Files">The settings files that were read.</param>
internal sealed record Given(Settings Settings, SettingsPlaces Places, IReadOnlyList<string> Warnings, IReadOnlyList<string> Files);

/// <summary>The options that every command has, and what their values mean together.</summary>
internal static partial class CommonOptions
{
    public static readonly Option<string?> Colour = Text("--color", "WHEN", "auto, always or never.");

    private static readonly Option<string[]> Messages = new("--messages")
    {
        Description =
            "A file of the system log; repeatable. Rotated siblings are read before it; - is standard input. [default: /var/log/messages, else /var/log/syslog]",
        HelpName = "PATH",
        Recursive = true,
    };

    private static readonly Option<string[]> Factory = new("--factory")
    {
        Description =
            "Only this factory of the settings; with --from and ship the one that is read or shipped. Repeatable. [default: all; of ship this host's name]",
        HelpName = "NAME",
        Recursive = true,
    };

    private static readonly Option<string?> FromJournal = new("--journal")
    {
        Description = "Read systemd's journal and no files; with - as its value the JSON of journalctl -o json on standard input.",
        HelpName = "-",
        Arity = ArgumentArity.ZeroOrOne,
        Recursive = true,
    };

    private static readonly Option<string?> SettingsFile = Text(
        "--settings",
        "FILE",
        $"Settings of this program, in place of {SettingsPlaces.HostFile} and the user's own."
    );
    private static readonly Option<string?> LogDirectory = Text(
        "--log-dir",
        "DIR",
        "Where Packer's logs are. [default: LOG_DIR of the configuration]"
    );
    private static readonly Option<string?> Config = Text(
        "--config",
        "FILE",
        $"Packuilon's own configuration. [default: {FactoryConfiguration.DefaultPath}]"
    );
    private static readonly Option<bool> AskBroker = new("--broker")
    {
        Description = "Ask RabbitMQ for the depth of the queue, with the configuration's RABBIT_ values.",
        Recursive = true,
    };
    private static readonly Option<string?> From = Text(
        "--from",
        "amqp://USER:PASSWORD@HOST:PORT",
        "Read the events that a factory elsewhere ships to this RabbitMQ, and no logs of this host."
    );
    internal static readonly Option<string?> Since = Text(
        "--since",
        "WHEN",
        "With --from, where to begin: first, next, an offset of the stream, or a time in ISO-8601. [default: first] With wait, what began then or later counts, also if it has ended: 14:02, 30m, ISO-8601."
    );
    private static readonly Option<string?> TimeZone = Text(
        "--time-zone",
        "TZ",
        "The zone of stamps that name none, such as Europe/London. [default: this host's]"
    );
    private static readonly Option<string?> Now = Text(
        "--now",
        "TIME",
        "The instant that stamps without a year are held against, in ISO-8601. [default: the clock]"
    );
    private static readonly Option<string?> StateDirectory = Text(
        "--state-dir",
        "DIR",
        "Where the history is kept. [default: $XDG_STATE_HOME/packuilon-monitor; none with --now]"
    );
    private static readonly Option<bool> NoHistory = new("--no-history")
    {
        Description = "Neither read nor write the history.",
        Recursive = true,
    };
    private static readonly Option<string?> Theme = Text("--theme", "NAME", "dark, light or mono.");
    private static readonly Option<bool> Ascii = new("--ascii") { Description = "Draw with ASCII characters only.", Recursive = true };

    /// <summary>Options that say the same as a line of a settings file, and are laid over it.</summary>
    private static readonly (Option<string?> Option, string Section, string Key)[] SameAsSettings =
    [
        (LogDirectory, "sources", "log-dir"),
        (Config, "sources", "config"),
        (TimeZone, "sources", "time-zone"),
        (Colour, "display", "color"),
        (Theme, "display", "theme"),
        (StateDirectory, "history", "state-dir"),
    ];

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
    ];

    /// <summary>The settings with the options over them; what was wrong in a file nobody named is told on standard error.</summary>
    /// <exception cref="WrongUseException">An option, or a line of a settings file that was named, has a value that cannot be.</exception>
    public static Given GivenBy(ParseResult parsed)
    {
        var given = Read(parsed);
        foreach (var warning in given.Warnings)
            Complaints.Say(warning);
        return given;
    }

    /// <summary>The same, and nothing is told.</summary>
    public static Given Read(ParseResult parsed)
    {
        var named = parsed.GetValue(SettingsFile);
        NotEmpty(SettingsFile, named is null ? [] : [named]);
        NotEmpty(Messages, parsed.GetValue(Messages) ?? []);
        var places = SettingsPlaces.Of(named, Environment.GetEnvironmentVariable);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        var reading = SettingsReading.Of(places, variables);
        if (
            named is not null
            && reading.Complaints.FirstOrDefault(complaint => complaint.StartsWith(named, StringComparison.Ordinal)) is { } wrong
        )
            throw new WrongUseException($"--settings: {wrong}");
        var settings = Over(reading.Settings, parsed);
        var zone = settings.Sources.Zone is null ? HostZone.Of(Environment.GetEnvironmentVariable).Complaint : null;
        return new Given(settings, places, zone is null ? reading.Complaints : [.. reading.Complaints, zone], reading.Files);
    }

    /// <exception cref="WrongUseException">keys.conf has a line that cannot be.</exception>
    public static Appearance AppearanceOf(Given given) =>
        Appearance.Of(given.Settings.Display, given.Places.KeyFiles, Environment.GetEnvironmentVariable);

    private static Settings Over(Settings settings, ParseResult parsed)
    {
        foreach (var (option, section, key) in SameAsSettings)
        {
            if (parsed.GetValue(option) is not { } text)
                continue;
            var laid = SettingTable.Find(section, key)!.Lay(settings, text, "");
            settings = laid.Error is null ? laid.Value : throw new WrongUseException($"{option.Name}: {laid.Error}");
        }

        if (parsed.GetValue(NoHistory))
            settings = settings with { History = settings.History with { On = false } };
        var journal = JournalOf(parsed);
        if (parsed.GetValue(Messages) is { Length: > 0 } messages)
        {
            if (journal is not Journal.No)
                throw new WrongUseException("--journal: the system log is the journal or files, not both; leave out --messages");
            settings = settings with { Sources = settings.Sources with { Messages = [.. messages], Journal = Journal.No } };
        }
        else if (journal is not Journal.No)
        {
            settings = settings with { Sources = settings.Sources with { Messages = [], Journal = journal } };
        }

        if (parsed.GetValue(AskBroker))
            settings = settings with { Sources = settings.Sources with { Broker = true } };
        return parsed.GetValue(Ascii) ? settings with { Display = settings.Display with { Ascii = true } } : settings;
    }

    /// <summary>The logs are a recording, not this host's present, and no folder was named for a history of it.</summary>
    public static bool IsRecordingAlone(ParseResult parsed) => parsed.GetValue(Now) is not null && parsed.GetValue(StateDirectory) is null;

    /// <summary>An instant was given in place of the clock.</summary>
    public static bool HasNow(ParseResult parsed) => parsed.GetValue(Now) is not null;

    /// <summary>Where to begin, as it was typed.</summary>
    public static string? SinceOf(ParseResult parsed) => parsed.GetValue(Since);

    private static Journal JournalOf(ParseResult parsed) =>
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

    // An empty variable in a script gives such a path.
    private static void NotEmpty(Option option, IEnumerable<string> paths)
    {
        if (paths.Any(string.IsNullOrWhiteSpace))
            throw new WrongUseException($"{option.Name}: a path is missing; give one like {option.Name} {Examples.Value(option)}");
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
