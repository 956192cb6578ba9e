namespace PackuilonMonitor.Core.Health;

/// <summary>The possible checks, in the order of their display within a severity.</summary>
public enum CheckCode
{
    DaemonDown,
    BrokerDown,
    WorkerLost,
    WorkerSilent,
    BuildFailed,
    BuildLost,
    BuildStuck,
    ChangeNotBuilt,
    TriggerFailing,
    QueueWaiting,
    SourceUnreadable,
    SourceSilent,
    MessagesDropped,
    TimesUnreadable,
    TwoHosts,
    LinesUnrecognised,
    ImageFlaky,
    LeftBehind,
    HistoryOff,
    NotifyFailing,
    ShipBehind,
}

/// <summary>How bad a check is, the worst last. An unmuted UNKNOWN check never lets the overall state be OK.</summary>
public enum Severity
{
    /// <summary>The monitor cannot see.</summary>
    Unknown,

    /// <summary>Somebody must look today.</summary>
    Warn,

    /// <summary>Nothing will be built, or no change can arrive.</summary>
    Error,
}

/// <summary>The overall state: the worst of the checks.</summary>
public enum Overall
{
    Ok,
    Warn,
    Error,
    Unknown,
}

/// <summary>The names of the checks, which are part of the contract, and their usual severity.</summary>
public static class CheckCodes
{
    public static IReadOnlyList<CheckCode> All { get; } = Enum.GetValues<CheckCode>();

    private static readonly string[] Names = [.. All.Select(NameOf)];

    /// <summary>The written form, <c>BUILD_FAILED</c>.</summary>
    public static string Name(this CheckCode code) => Names[(int)code];

    public static string Name(this Severity severity) => severity switch
    {
        Severity.Error => "ERROR",
        Severity.Warn => "WARN",
        Severity.Unknown => "UNKNOWN",
    };

    public static string Name(this Overall overall) => overall switch
    {
        Overall.Ok => "OK",
        Overall.Warn => "WARN",
        Overall.Error => "ERROR",
        Overall.Unknown => "UNKNOWN",
    };

    /// <summary>The code of a name in any case; null if there is none.</summary>
    public static CheckCode? Of(string name)
    {
        var at = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : All[at];
    }

    /// <summary>While such a check is raised the monitor may be blind, and the overall state is never OK.</summary>
    public static bool IsBlind(this CheckCode code) =>
        code
            is CheckCode.SourceUnreadable
                or CheckCode.SourceSilent
                or CheckCode.MessagesDropped
                or CheckCode.TimesUnreadable
                or CheckCode.TwoHosts;

    /// <summary>It is about the monitor's own work, and about no factory.</summary>
    public static bool IsOwn(this CheckCode code) => code is CheckCode.HistoryOff or CheckCode.NotifyFailing;

    /// <summary>Its usual severity.</summary>
    public static Severity Usual(this CheckCode code) => code switch
    {
        CheckCode.DaemonDown or CheckCode.BrokerDown => Severity.Error,
        _ when code.IsBlind() => Severity.Unknown,
        _ => Severity.Warn,
    };

    private static string NameOf(CheckCode code) =>
        string.Concat(
            code.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}")
        );
}
