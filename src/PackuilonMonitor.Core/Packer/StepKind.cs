namespace PackuilonMonitor.Core.Packer;

/// <summary>What a step of Packer's is about; <see cref="Other"/> is a step this version has no word for.</summary>
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
}
