namespace PackuilonMonitor.Core.Packer;

/// <summary>Signs that more than one build wrote into a log. Any of them means that its end proves nothing.</summary>
[Flags]
public enum LogMarks
{
    None = 0,

    /// <summary>A run of NUL bytes: the log was truncated under a writer that went on at its old offset.</summary>
    NulHole = 1,

    /// <summary>Pieces of two lines in one.</summary>
    Torn = 2,

    /// <summary>Packer began twice, or its output stands before its beginning or after its end.</summary>
    TwoBuilds = 4,
}
