using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What is wrong with a log's file, in plain words.</summary>
public static class LogTrouble
{
    /// <summary>Nothing while nothing is wrong.</summary>
    /// <param name="offset">The zone of the times in it.</param>
    public static IReadOnlyList<string> Of(LogView view, TimeSpan offset)
    {
        if (view.Latest is { File: not LogFileState.Open } page)
            return
            [
                page.File is LogFileState.Gone
                    ? $"log gone: {page.Why ?? "the file is not there"}"
                    : $"log not readable: {page.Why ?? "no reason known"}",
            ];
        // Whichever of its writers came last, the file is still theirs.
        var isGone = !view.Build.LogReadable && !SharedLog.Writers(view).Any(build => build.LogReadable);
        string[] gone = isGone ? ["log gone: a later build has overwritten it; what is below is that build's"] : [];
        if (SharedLog.IsOf(view))
            return [.. SharedLog.Warning(view, offset), .. gone];
        if (isGone || view.Build.LogGone)
            return gone;
        return view.Build.Log?.Marks switch
        {
            null or LogMarks.None => [],
            LogMarks.NulHole => ["log torn: it was truncated under a writer; its end proves nothing"],
            _ => ["log torn: lines of two builds are mixed in it; its end proves nothing"],
        };
    }
}
