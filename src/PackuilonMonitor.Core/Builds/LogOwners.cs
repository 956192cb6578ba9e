using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>Which build owns a file's log: what was read stays with its build when the file restarts or is removed.</summary>
internal static class LogOwners
{
    /// <summary>The file is about to restart, if it has not yet: what was read of it is the log of the build before.</summary>
    public static void KeepLogOfTheBuildBefore(this StateDraft draft, string file)
    {
        if (draft.Logs.Find(file) is not { } log || draft.EndedWithoutLog(file) is not { } before)
            return;
        draft.Builds = draft.Builds.Set(before with { Log = log });
        draft.Logs = draft.Logs.Without(file);
    }

    /// <summary>What a log contained while it existed is still true of its build.</summary>
    public static void ForgetLog(this StateDraft draft, string file)
    {
        if (draft.Logs.Find(file) is { } log && draft.EndedWithoutLog(file) is { } owner)
            draft.Builds = draft.Builds.Set(owner with { Log = log });
        draft.Logs = draft.Logs.Without(file);
    }

    /// <summary>A restarted log was the log of the builds before; they keep what was read of it.</summary>
    public static void ReadLog(this StateDraft draft, BuildLogRead read)
    {
        if (read.EarlierBuild is { } earlier)
        {
            draft.ReadCopy(FactoryName.Own(draft.Factory, earlier), read.Log);
            return;
        }

        if (draft.Logs.Before(read) is { } before && draft.EndedWithoutLog(read.File) is { } owner)
            draft.Builds = draft.Builds.Set(owner with { Log = before });
        if (draft.Grew(read) is { } alive)
            draft.Builds = draft.Builds.Set(alive with { GrewSinceDoubt = true });
        draft.Logs = draft.Logs.Set(read);
    }

    /// <summary>
    /// A copy has at least what was read of the log while it was in its file. What is still known of that file is not the next build's.
    /// </summary>
    private static void ReadCopy(this StateDraft draft, string id, BuildLog log)
    {
        if (draft.Builds.All.LastOrDefault(build => build.Id == id) is not { } build)
            return;
        if (draft.EndedWithoutLog(build.Name.File)?.Id == id)
            draft.ForgetLog(build.Name.File);
        var before = draft.Builds.Find(build.Number)?.Log;
        draft.Builds = draft.Builds.Set(build with
        {
            Log = before is not null && before.LineCount > log.LineCount ? before : log,
            HasLogCopy = true,
        });
    }

    /// <summary>The build whose state was unknown, if its log was seen to grow since and does not show its end.</summary>
    private static Build? Grew(this StateDraft draft, BuildLogRead read) =>
        draft.Builds.Find(draft.Builds.LastOf(read.File)) is { State: BuildState.Unknown, SharedLog: false } build
        && read.Log.LastLineAt > build.DoubtedAt
        && Verdict.Of(read.Log).Outcome is PackerOutcome.Unknown
            ? build
            : null;

    private static Build? EndedWithoutLog(this StateDraft draft, string file) =>
        draft.Builds.Find(draft.Builds.LastOf(file)) is { Running: false, Log: null } build ? build : null;
}
