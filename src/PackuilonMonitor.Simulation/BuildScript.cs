namespace PackuilonMonitor.Simulation;

/// <summary>Everything that is decided about a build before it runs.</summary>
internal sealed record BuildScript(
    PackerWording Wording, string Image, string? Template, TimeSpan Time, FailureCause Cause, TimeSpan HangsInSsh, bool Hostile);
