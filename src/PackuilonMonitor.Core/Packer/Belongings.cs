using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What a build uses in OpenStack, as the log names it: untrusted text, to be checked before use.</summary>
public sealed record Belongings : IArchived<Belongings>
{
    private const int LongestName = 200;

    public static readonly Belongings None = new();

    /// <summary>The server that Packer launched.</summary>
    public string? ServerId { get; internal init; }

    /// <summary>The temporary keypair.</summary>
    public string? Keypair { get; internal init; }

    /// <summary>The name under which Aquilon knows the server.</summary>
    public string? HostName { get; internal init; }

    /// <summary>The new image, finished or not.</summary>
    public string? ImageId { get; internal init; }

    /// <summary>As the store had them.</summary>
    public static Belongings Remembered(string? server, string? keypair, string? host, string? image) => new()
    {
        ServerId = server,
        Keypair = keypair,
        HostName = host,
        ImageId = image,
    };

    internal Belongings Apply(PackerLine said) =>
        said switch
        {
            ServerLine server => this with { ServerId = Short(server.Id) },
            ImageLine image => this with { ImageId = Short(image.Id) },
            ListedLine { ImageId: { } id } => this with { ImageId = Short(id) },
            HostLine host => this with { HostName = Short(host.Name) },
            StepLine { Kind: StepKind.CreateKeypair or StepKind.KeypairCreated, Subject: { } keypair } => this with
            {
                Keypair = Short(keypair),
            },
            StepLine { Kind: StepKind.WaitForImage, Subject: { } id } => this with { ImageId = Short(id) },
            _ => this,
        };

    internal static string Short(string text) => Cut.WithSign(text, LongestName);

    Belongings IArchived<Belongings>.Through(Archive archive) => new()
    {
        ServerId = archive.TextOrNull(ServerId),
        Keypair = archive.TextOrNull(Keypair),
        HostName = archive.TextOrNull(HostName),
        ImageId = archive.TextOrNull(ImageId),
    };
}
