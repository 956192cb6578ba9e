using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// Where a source's file is and how it is opened: a configured path follows links, a log in the log directory never does.
/// </summary>
public sealed record FileLocation(SourceId Source, Func<StatResult> Stat, Func<Opening> Open)
{
    /// <summary>A path that the user named; links are resolved at each poll.</summary>
    public static FileLocation At(string path) => new(new SourceId(path), () => StatResult.At(path), () => OpenFile.At(path));
}
