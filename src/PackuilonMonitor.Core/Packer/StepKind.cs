namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// What a step of Packer's is about; <see cref="Other"/> is a step this version has no word for. The values are stored: none may change.
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

    /// <summary>A pause, a restart or a program inside of a provisioner.</summary>
    Inside,

    /// <summary>Another step after the provisioners.</summary>
    Conclude,
    FloatingIpDeleted,
    DeleteVolume,
    DeleteSourceImage,

    /// <summary>Another step that puts away what the build made, or anything that is done after it was stopped.</summary>
    CleanUp,
}

/// <summary>Where in a build a step may stand.</summary>
internal enum StepPlace
{
    /// <summary>Before the first provisioner.</summary>
    Before,

    /// <summary>It begins a provisioner, or a script of a post-processor.</summary>
    Opens,

    /// <summary>Within a provisioner.</summary>
    Inside,

    /// <summary>After the last provisioner.</summary>
    After,

    /// <summary>It puts away what the build made: after an error or an interruption Packer jumps here.</summary>
    Clearing,

    /// <summary>The image is made; a post-processor begins.</summary>
    Processing,

    /// <summary>It may stand anywhere.</summary>
    Anywhere,
}

internal static class StepPlaces
{
    public static StepPlace Place(this StepKind kind) =>
        kind switch
        {
            StepKind.Other or StepKind.Finish => StepPlace.Anywhere,
            StepKind.Upload or StepKind.Provision or StepKind.LocalScript or StepKind.PostProcess => StepPlace.Opens,
            StepKind.Inside => StepPlace.Inside,
            StepKind.StopServer or StepKind.CreateImage or StepKind.WaitForImage or StepKind.Conclude => StepPlace.After,
            StepKind.PostProcessor => StepPlace.Processing,
            StepKind.TerminateServer
            or StepKind.DeleteKeypair
            or StepKind.ProvisionCleanup
            or StepKind.FloatingIpDeleted
            or StepKind.DeleteVolume
            or StepKind.DeleteSourceImage
            or StepKind.CleanUp => StepPlace.Clearing,
            _ => StepPlace.Before,
        };
}
