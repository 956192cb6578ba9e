using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What is wrong with a log's file, in plain words.</summary>
public static class LogTrouble
{
    /// <summary>Null while nothing is wrong.</summary>
    public static string? Of(LogView view)
    {
        if (view.Latest is { File: not LogFileState.Open } page)
            return page.File is LogFileState.Gone
                ? $"log gone: {page.Why ?? "the file is not there"}"
                : $"log not readable: {page.Why ?? "no reason known"}";
        if (view.Build is { LogGone: true, LogKept: true })
            return null;
        if (view.Build.LogGone)
            return "log gone: a later build has overwritten it; what is below is that build's";
        if (view.Build.Build?.SharedLog == true)
            return "log written by two builds at once: nothing is concluded from it; the system log tells how each ended";
        return view.Build.Log?.Marks switch
        {
            null or LogMarks.None => null,
            LogMarks.NulHole => "log torn: it was truncated under a writer; its end proves nothing",
            _ => "log torn: lines of two builds are mixed in it; its end proves nothing",
        };
    }
}
