namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// What a step of Packer's does; <see cref="Other"/> is a step without a word in this version. The values are stored: none may change.
/// </summary>
public enum StepKind
{
    Other,
    Discover,
    LoadFlavor,
    CreateKeypair,
    KeypairCreated,
    ConvertKey,
    LaunchServer,
    WaitForServer,
    FloatingIp,
    Communicator,
    WaitForSsh,
    Connected,
    Upload,
    Provision,
    LocalScript,
    ProvisionCleanup,
    StopServer,
    CreateImage,
    WaitForImage,
    TerminateServer,
    DeleteKeypair,
    PostProcessor,
    PostProcess,
    Finish,

    /// <summary>Another step before the provisioners.</summary>
    Prepare,
    SourceImage,
    CreateVolume,
    WaitForVolume,

    /// <summary>A pause, a restart or a program inside a provisioner.</summary>
    Inside,

    /// <summary>Another step after the provisioners.</summary>
    Conclude,
    FloatingIpDeleted,
    DeleteVolume,
    DeleteSourceImage,

    /// <summary>Another step that removes what the build made, or anything done after it was stopped.</summary>
    CleanUp,
}

/// <summary>Where in a build a step may occur.</summary>
internal enum StepPhase
{
    /// <summary>Before the first provisioner.</summary>
    Before,

    /// <summary>It begins a provisioner, or a script of a post-processor.</summary>
    Opens,

    /// <summary>Within a provisioner.</summary>
    Inside,

    /// <summary>After the last provisioner.</summary>
    After,

    /// <summary>It removes what the build made: after an error or an interruption Packer jumps here.</summary>
    Clearing,

    /// <summary>The image is created; a post-processor begins.</summary>
    Processing,

    /// <summary>It may occur anywhere.</summary>
    Anywhere,
}

internal static class StepPhases
{
    public static StepPhase Place(this StepKind kind) =>
        kind switch
        {
            StepKind.Other or StepKind.Finish => StepPhase.Anywhere,
            StepKind.Upload or StepKind.Provision or StepKind.LocalScript or StepKind.PostProcess => StepPhase.Opens,
            StepKind.Inside => StepPhase.Inside,
            StepKind.StopServer or StepKind.CreateImage or StepKind.WaitForImage or StepKind.Conclude => StepPhase.After,
            StepKind.PostProcessor => StepPhase.Processing,
            StepKind.TerminateServer
            or StepKind.DeleteKeypair
            or StepKind.ProvisionCleanup
            or StepKind.FloatingIpDeleted
            or StepKind.DeleteVolume
            or StepKind.DeleteSourceImage
            or StepKind.CleanUp => StepPhase.Clearing,
            _ => StepPhase.Before,
        };
}
