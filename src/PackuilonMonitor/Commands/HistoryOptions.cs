using System.CommandLine;
using System.Globalization;
using PackuilonMonitor.Ingest.History;

namespace PackuilonMonitor.Commands;

/// <summary>Where the monitor remembers, and how much.</summary>
/// <param name="Path">The store's file; null where nothing is remembered.</param>
/// <param name="Keeping">Its limits.</param>
public sealed record HistoryPlace(string? Path, Keeping Keeping)
{
    public static readonly HistoryPlace None = new(null, Keeping.Usual);
}

/// <summary>The options that say so; every command has them.</summary>
internal static class HistoryOptions
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Option<string?> StateDirectory = new("--state-dir")
    {
        Description = "Where the history is kept. [default: $XDG_STATE_HOME/packuilon-monitor, else ~/.local/state/packuilon-monitor; none with --now]",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<bool> NoHistory = new("--no-history") { Description = "Neither read nor write the history.", Recursive = true };
    private static readonly Option<bool> NoLogCopies = new("--no-log-copies") { Description = "Keep no copies of finished logs.", Recursive = true };

    private static readonly Option<string?> LogCopiesMegabytes = new("--log-copies-mb")
    {
        Description = "How much room the copies of logs may take, packed; the oldest go first. [default: 64]",
        HelpName = "N",
        Recursive = true,
    };

    private static readonly Option<string?> LogCopiesDays = new("--log-copies-days")
    {
        Description = "How long copies of logs are kept. [default: 90]",
        HelpName = "N",
        Recursive = true,
    };

    /// <summary>In the order of the help text.</summary>
    public static IReadOnlyList<Option> All { get; } = [StateDirectory, NoHistory, NoLogCopies, LogCopiesMegabytes, LogCopiesDays];

    /// <exception cref="WrongUseException">An option has a value that cannot be.</exception>
    public static HistoryPlace PlaceOf(ParseResult parsed)
    {
        var keeping = new Keeping(
            !parsed.GetValue(NoLogCopies),
            Number(LogCopiesMegabytes.Name, parsed.GetValue(LogCopiesMegabytes), 64, 1_000_000) * Megabyte,
            TimeSpan.FromDays(Number(LogCopiesDays.Name, parsed.GetValue(LogCopiesDays), 90, 36_500)));
        // A recording that is played again is no part of what this host has built.
        var isOff = parsed.GetValue(NoHistory) || CommonOptions.IsRecording(parsed) && parsed.GetValue(StateDirectory) is null;
        return isOff || Folder(parsed.GetValue(StateDirectory), Environment.GetEnvironmentVariable) is not { } folder
            ? HistoryPlace.None
            : new HistoryPlace(Path.Combine(folder, HistoryStore.FileName), keeping);
    }

    /// <summary>Relative paths in XDG_STATE_HOME are to be passed over, as its specification asks; null for a user without a home.</summary>
    private static string? Folder(string? named, Func<string, string?> variable)
    {
        if (named is not null)
            return named.Length > 0 ? Path.GetFullPath(named) : throw new WrongUseException("--state-dir: no folder named; give a path like /var/lib/packuilon-monitor");
        return variable("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state) ? Path.Combine(state, "packuilon-monitor")
            : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state", "packuilon-monitor")
            : null;
    }

    private static int Number(string option, string? text, int usual, int most) => text is null ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number
        : throw new WrongUseException($"{option}: not a whole number from 1 to {most}: {text}; give one like {usual}");
}
