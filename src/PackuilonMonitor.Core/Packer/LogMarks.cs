namespace PackuilonMonitor.Core.Packer;

/// <summary>Signs that more than one build wrote a log. With any of them its end proves nothing.</summary>
[Flags]
public enum LogMarks
{
    None = 0,

    /// <summary>A run of NUL bytes: the log was truncated under a writer that continued at its old offset.</summary>
    NulHole = 1,

    /// <summary>Pieces of two lines in one.</summary>
    Torn = 2,

    /// <summary>Packer started twice, or its output precedes its beginning or follows its end.</summary>
    TwoBuilds = 4,
}
