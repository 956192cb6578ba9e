using PackuilonMonitor.Configuration;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Doctor;

/// <summary>Whether the history has a place; creates nothing.</summary>
public static class StateFindings
{
    public static Finding Of(HistorySettings settings, Account account, Func<string, string?> environment)
    {
        if (!settings.On)
            return Finding.Fine("history", "off by the settings");
        if ((settings.StateDirectory ?? HistoryLocation.UsualFolder(environment)) is not { } path)
            return Finding.Note(
                "history",
                "neither HOME nor XDG_STATE_HOME is set, so there is no place for it",
                $"export HOME=$(getent passwd {Rights.Quoted(account.User)} | cut -d: -f6)",
                "packuilon-monitor doctor --settings FILE   # with state-dir in [history]"
            );
        var store = Path.Combine(path, HistoryStore.FileName);
        if (Another(store, account, environment) is var (foreign, owner))
        {
            return account.IsRoot
                ? Finding.Note(
                    "history",
                    $"root creates no files in another user's folder: {foreign} belongs to uid {owner}; run it as that user",
                    $"sudo -u '#{owner}' packuilon-monitor"
                )
                : Finding.Note(
                    "history",
                    $"nothing can be kept in {path}: {foreign} belongs to uid {owner}, as a run with sudo leaves it",
                    $"sudo chown -R {Rights.Quoted(account.User)} {Rights.Quoted(foreign)}"
                );
        }

        if (StateFolder.Open(store) is [var (open, mode), ..] openings)
            return Finding.Note(
                "history",
                $"{open} is open to others; the next run closes it",
                [.. openings.Select(one => $"chmod {Convert.ToString((int)one.Mode, 8)} {Rights.Quoted(one.Path)}")]
            );
        var place = path;
        while (StatResult.At(place) is { Found: false } && Path.GetDirectoryName(place) is { } above)
            place = above;
        var stat = StatResult.At(place);
        if (!stat.Status.IsDirectory)
            return Finding.Note("history", $"{place} is no directory, so {path} cannot be one", $"ls -ld {Rights.Quoted(place)}");
        if (!Rights.MayMakeFiles(account, stat.Status))
            return Finding.Note(
                "history",
                $"nothing can be kept in {path}: {place} may not be written to ({stat.Status.Rights})",
                $"sudo install -d -o {Rights.Quoted(account.User)} -m 700 {Rights.Quoted(path)}"
            );
        if (StatResult.At(store) is { Found: true, Status: var file } && !Rights.MayWrite(account, file))
            return Finding.Note(
                "history",
                $"nothing can be kept: {store} may not be written to ({file.Rights})",
                $"chmod u+rw {Rights.Quoted(store)}"
            );
        return Finding.Fine("history", place == path ? $"kept in {path}" : $"kept in {path}, which will be created");
    }

    /// <summary>
    /// The topmost of the store, its folder and the directories above them within the user's home that belongs to another user.
    /// </summary>
    private static (string Path, uint Owner)? Another(string store, Account account, Func<string, string?> environment)
    {
        if (account.IsRoot)
            return StateFolder.Foreign(store, account.Id);
        var home = environment("HOME") is { Length: > 0 } named ? named.TrimEnd('/') : null;
        var own = StateFolder.Foreign(store, account.Id);
        for (
            var directory = Path.GetDirectoryName(store);
            home is not null && directory is not null && directory.StartsWith($"{home}/", StringComparison.Ordinal);
            directory = Path.GetDirectoryName(directory)
        )
        {
            if (StatResult.At(directory) is { Found: true, Status: var status } && status.Owner != account.Id)
                own = (directory, status.Owner);
        }

        return own;
    }
}
