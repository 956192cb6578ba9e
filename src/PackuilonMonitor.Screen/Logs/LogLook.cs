namespace PackuilonMonitor.Screen.Logs;

/// <summary>What stands before each line.</summary>
public enum TimeColumn
{
    Off,
    SinceStart,
    Clock,

    /// <summary>How long nothing came before the line.</summary>
    Gap,
}

/// <summary>Whose colours log lines have.</summary>
public enum LogColours
{
    /// <summary>The log's own.</summary>
    Own,

    /// <summary>Ours, by what a line means.</summary>
    ByMeaning,
    None,
}

/// <summary>How the lines of a log are drawn, and what stands beside them.</summary>
public sealed record LogLook
{
    public static readonly LogLook Start = new();

    public bool Wraps { get; init; }

    /// <summary>Columns that are left out on the left of lines that do not wrap.</summary>
    public int Sideways { get; init; }

    public bool HidesPrefix { get; init; } = true;

    public TimeColumn Time { get; init; } = TimeColumn.SinceStart;

    public LogColours Colours { get; init; }

    public bool FullScreen { get; init; }

    /// <summary>The steps beside the log, or over it on a narrow screen; null leaves it to the width.</summary>
    public bool? ShowsSteps { get; init; }

    /// <summary>The first step that is shown where the steps have the place of the log; null for those about the current one.</summary>
    public int? StepsTop { get; init; }

    /// <summary>Widths are those of the screen without UTF-8.</summary>
    public bool Ascii { get; init; }

    public LogLook WithNextTime() => this with
    {
        Time = Time switch
        {
            TimeColumn.Off => TimeColumn.SinceStart,
            TimeColumn.SinceStart => TimeColumn.Clock,
            TimeColumn.Clock => TimeColumn.Gap,
            TimeColumn.Gap => TimeColumn.Off,
        },
    };

    public LogLook WithNextColours() => this with
    {
        Colours = Colours switch
        {
            LogColours.Own => LogColours.ByMeaning,
            LogColours.ByMeaning => LogColours.None,
            LogColours.None => LogColours.Own,
        },
    };
}
