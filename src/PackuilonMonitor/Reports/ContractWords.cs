using System.Diagnostics;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Reports;

/// <summary>The words of the contract for the values of the state.</summary>
internal static class ContractWords
{
    /// <summary>All states of a worker.</summary>
    public static readonly string[] Activities = ["idle", "preparing", "building", "reconnecting", "lost"];

    public static string Of(WorkerActivity activity) => activity switch
    {
        Idle or BetweenTemplates => "idle",
        Preparing => "preparing",
        Building => "building",
        Reconnecting => "reconnecting",
        Lost => "lost",
        _ => throw new UnreachableException($"{activity.GetType().Name} has no word"),
    };

    /// <summary>Whether a doubtful build still runs is a flag: programs know these five.</summary>
    public static string Of(BuildState state) => state switch
    {
        BuildState.Building or BuildState.Unknown => "building",
        BuildState.Succeeded => "succeeded",
        BuildState.Failed => "failed",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "lost",
    };

    public static string Of(Refusal why) => why switch
    {
        Refusal.MalformedProfile => "malformed-profile",
        Refusal.NoSourceImage => "no-source-image",
        Refusal.TemplateMissing => "template-missing",
        Refusal.NoTemplate => "no-template",
        Refusal.Unwritable => "unwritable",
        Refusal.WorkerDied => "worker-died",
    };

    public static string Of(TriggerResult result) => result switch
    {
        TriggerResult.Queued => "queued",
        TriggerResult.Unchanged => "unchanged",
        TriggerResult.NewUnchanged => "new-unchanged",
        TriggerResult.NotDownloaded => "not-downloaded",
        TriggerResult.PushFailed => "push-failed",
    };

    public static string Of(SourceState state) => state switch
    {
        SourceState.Following => "following",
        SourceState.Waiting or SourceState.Missing => "missing",
        SourceState.Unreadable => "unreadable",
    };

    public static string Of(Speaker program) => program switch
    {
        Speaker.Rabbit2Packer => "rabbit2packer",
        Speaker.Cdb2Rabbit => "cdb2rabbit",
        Speaker.CdpListend => "cdp-listend",
        Speaker.SystemLog => "syslog",
        Speaker.Systemd => "systemd",
        Speaker.Monitor => "monitor",
    };

    /// <summary>"broker" only if it is so for each factory.</summary>
    public static string QueueSource(params IReadOnlyList<MonitorState> states) =>
        states.Any(state => state.Measured is null) ? "inferred" : "broker";

    public static IEnumerable<string> Flags(BuildView build, bool isStuck)
    {
        if (build.LogShared)
            yield return "log-shared";
        if (build.LogGone)
            yield return "log-gone";
        if (isStuck)
            yield return "stuck";
        if (build.State is BuildState.Unknown)
            yield return "unknown";
        if (build.NoArtifact)
            yield return "no-artifact";
    }

    public static string Of(LeftKind kind) => kind switch
    {
        LeftKind.Server => "server",
        LeftKind.Keypair => "keypair",
        LeftKind.Volume => "volume",
        LeftKind.FloatingIp => "floating-ip",
        LeftKind.Image => "image",
    };
}
