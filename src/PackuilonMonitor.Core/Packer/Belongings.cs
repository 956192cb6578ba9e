namespace PackuilonMonitor.Core.Packer;

/// <summary>What a build made in OpenStack and what became of it, as the log names it: text of others, to be checked before use.</summary>
public sealed record Belongings
{
    private const int LongestName = 200;

    public static readonly Belongings None = new();

    /// <summary>The server that Packer launched.</summary>
    public string? ServerId { get; internal init; }

    /// <summary>The log says that the server is being terminated, and not that this went wrong.</summary>
    public bool ServerTerminated { get; internal init; }

    /// <summary>The temporary keypair.</summary>
    public string? Keypair { get; internal init; }

    /// <summary>The log says that the keypair is being deleted, and not that this went wrong.</summary>
    public bool KeypairDeleted { get; internal init; }

    /// <summary>The name under which Aquilon knows the server.</summary>
    public string? HostName { get; internal init; }

    /// <summary>The image that was made, or is being made.</summary>
    public string? ImageId { get; internal init; }

    /// <summary>As they were remembered.</summary>
    public static Belongings Remembered(string? server, bool serverTerminated, string? keypair, bool keypairDeleted, string? host, string? image) => new()
    {
        ServerId = server,
        ServerTerminated = serverTerminated,
        Keypair = keypair,
        KeypairDeleted = keypairDeleted,
        HostName = host,
        ImageId = image,
    };

    internal Belongings Apply(PackerLine said) => said switch
    {
        ServerLine server => this with { ServerId = Short(server.Id), ServerTerminated = false },
        ImageLine image => this with { ImageId = Short(image.Id) },
        ListedLine { ImageId: { } id } => this with { ImageId = Short(id) },
        HostLine host => this with { HostName = Short(host.Name) },
        StepLine { Kind: StepKind.CreateKeypair or StepKind.KeypairCreated, Subject: { } keypair } =>
            this with { Keypair = Short(keypair), KeypairDeleted = false },
        StepLine { Kind: StepKind.WaitForImage, Subject: { } id } => this with { ImageId = Short(id) },
        StepLine { Kind: StepKind.TerminateServer } step when IsOurs(step.Subject, ServerId) => this with { ServerTerminated = true },
        StepLine { Kind: StepKind.DeleteKeypair } step when IsOurs(step.Subject, Keypair) => this with { KeypairDeleted = true },
        ErrorLine error when error.Text.StartsWith("Error terminating server", StringComparison.Ordinal) =>
            this with { ServerTerminated = false },
        ErrorLine error when error.Text.StartsWith("Error cleaning up keypair", StringComparison.Ordinal) =>
            this with { KeypairDeleted = false },
        _ => this,
    };

    private static bool IsOurs(string? named, string? ours) => named is null || ours is null || Short(named) == ours;

    private static string Short(string text) => Cut.WithSign(text, LongestName);
}
