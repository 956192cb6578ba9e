using PackuilonMonitor.Commands;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Doctor;

/// <summary>Whether the history has a place; nothing is made.</summary>
public static class StateFindings
{
    public static Finding Of(HistorySettings settings, Account account, Func<string, string?> environment)
    {
        if (!settings.On)
            return Finding.Fine("history", "off by the settings");
        if ((settings.StateDirectory ?? HistoryPlace.UsualFolder(environment)) is not { } path)
            return Finding.Note("history", "neither HOME nor XDG_STATE_HOME is set, so there is no place for it", "export XDG_STATE_HOME=$HOME/.local/state", "packuilon-monitor doctor --settings FILE   # with state-dir in [history]");
        var place = path;
        while (Looked.At(place) is { Found: false } && Path.GetDirectoryName(place) is { } above)
            place = above;
        var looked = Looked.At(place);
        if (!looked.Status.IsDirectory)
            return Finding.Note("history", $"{place} is no directory, so {path} cannot be one", $"ls -ld {Rights.Quoted(place)}");
        if (!Rights.MayMakeFiles(account, looked.Status))
            return Finding.Note("history", $"nothing can be kept in {path}: {place} may not be written to ({looked.Status.Rights})", $"sudo install -d -o {Rights.Quoted(account.User)} -m 700 {Rights.Quoted(path)}");
        return Finding.Fine("history", place == path ? $"kept in {path}" : $"kept in {path}, which will be made");
    }
}
