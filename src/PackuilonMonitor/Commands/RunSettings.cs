using System.Collections;
using System.CommandLine;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Commands;

/// <summary>What holds for this run, read once: the settings with the options over them, and where they came from.</summary>
/// <param name="Warnings">What of the settings could not be understood and does not hold.</param>
/// <param name="Files">The settings files that were read.</param>
internal sealed record RunSettings(Settings Settings, SettingsPaths Places, IReadOnlyList<string> Warnings, IReadOnlyList<string> Files)
{
    /// <summary>The dashboard is a conversation in lines.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Options that say the same as a line of a settings file, and are laid over it.</summary>
    private static readonly (Option<string?> Option, string Section, string Key)[] SameAsSettings =
    [
        (CommonOptions.LogDirectory, "sources", "log-dir"),
        (CommonOptions.Config, "sources", "config"),
        (CommonOptions.TimeZone, "sources", "time-zone"),
        (CommonOptions.Colour, "display", "color"),
        (CommonOptions.Theme, "display", "theme"),
        (CommonOptions.StateDirectory, "history", "state-dir"),
    ];

    /// <summary>The settings overridden by the options. Errors in a file that no option named are printed on standard error.</summary>
    /// <exception cref="WrongUseException">An option, or a line of a settings file that was named, has a value that cannot be.</exception>
    public static RunSettings By(ParseResult parsed)
    {
        var given = Read(parsed);
        foreach (var warning in given.Warnings)
            Complaints.Print(warning);
        return given;
    }

    /// <summary>The same without printing.</summary>
    public static RunSettings Read(ParseResult parsed)
    {
        var named = parsed.GetValue(CommonOptions.SettingsFile);
        NotEmpty(CommonOptions.SettingsFile, named is null ? [] : [named]);
        NotEmpty(CommonOptions.Messages, parsed.GetValue(CommonOptions.Messages) ?? []);
        var places = SettingsPaths.Of(named, Environment.GetEnvironmentVariable);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        var reading = SettingsReading.Of(places, variables);
        if (
            named is not null
            && reading.Complaints.FirstOrDefault(complaint => complaint.StartsWith(named, StringComparison.Ordinal)) is { } wrong
        )
            throw new WrongUseException($"--settings: {wrong}");
        var settings = Over(reading.Settings, parsed);
        FromFolderThatIsThere(
            [.. settings.Sources.Messages, settings.Sources.LogDirectory, settings.Sources.Config, settings.History.StateDirectory]
        );
        var zone = settings.Sources.Zone is null ? HostZone.Of(Environment.GetEnvironmentVariable).Complaint : null;
        return new RunSettings(settings, places, zone is null ? reading.Complaints : [.. reading.Complaints, zone], reading.Files)
        {
            IsLinear = parsed.GetValue(CommonOptions.Linear),
        };
    }

    /// <exception cref="WrongUseException">keys.conf has a line that cannot be.</exception>
    public Appearance Appearance() =>
        Dashboard.Appearance.Of(Settings.Display, Places.KeyFiles, Environment.GetEnvironmentVariable);

    private static Settings Over(Settings settings, ParseResult parsed)
    {
        foreach (var (option, section, key) in SameAsSettings)
        {
            if (parsed.GetValue(option) is not { } text)
                continue;
            var laid = SettingTable.Find(section, key)!.Lay(settings, text, "");
            settings = laid.Error is null ? laid.Value : throw new WrongUseException($"{option.Name}: {laid.Error}");
        }

        if (parsed.GetValue(CommonOptions.NoHistory))
            settings = settings with { History = settings.History with { On = false } };
        var journal = CommonOptions.JournalOf(parsed);
        if (parsed.GetValue(CommonOptions.Messages) is { Length: > 0 } messages)
        {
            if (journal is not Journal.No)
                throw new WrongUseException("--journal: the system log is the journal or files, not both; leave out --messages");
            settings = settings with { Sources = settings.Sources with { Messages = [.. messages], Journal = Journal.No } };
        }
        else if (journal is not Journal.No)
        {
            settings = settings with { Sources = settings.Sources with { Messages = [], Journal = journal } };
        }

        if (parsed.GetValue(CommonOptions.AskBroker))
            settings = settings with { Sources = settings.Sources with { Broker = true } };
        return parsed.GetValue(CommonOptions.Ascii) ? settings with { Display = settings.Display with { Ascii = true } } : settings;
    }

    // An empty variable in a script gives such a path.
    private static void NotEmpty(Option option, IEnumerable<string> paths)
    {
        if (paths.Any(string.IsNullOrWhiteSpace))
            throw new WrongUseException($"{option.Name}: a path is missing; give one like {option.Name} {Examples.Value(option)}");
    }

    /// <summary>A shell may stand in a folder that was removed: then no relative path means anything.</summary>
    private static void FromFolderThatIsThere(IEnumerable<string?> paths)
    {
        var own = paths.OfType<string>().Where(path => path != Inputs.Sources.StandardInput);
        if (own.FirstOrDefault(path => !Path.IsPathRooted(path)) is not { } relative)
            return;
        try
        {
            Path.GetFullPath(relative);
        }
        catch (IOException)
        {
            throw new WrongUseException($"{relative}: the current folder was removed; cd to another, or give the whole path");
        }
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
