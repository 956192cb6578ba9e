using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Something that a build made in the cloud.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, or a keypair's name.</param>
/// <param name="IsGone">The log says that it was removed, and reports no error about that.</param>
/// <param name="IsProduct">It is the image that the build is for: a good build keeps it.</param>
public sealed record Possession(LeftKind Kind, string Id, bool IsGone = false, bool IsProduct = false) : IArchived<Possession>
{
    Possession IArchived<Possession>.Through(Archive archive) =>
        new((LeftKind)archive.Number((int)Kind), archive.Text(Id), archive.Flag(IsGone), archive.Flag(IsProduct));
}

/// <summary>What one builder made, and whether it was removed.</summary>
public sealed record Ledger : IArchived<Ledger>
{
    private const int Most = 50;

    public static readonly Ledger Empty = new();

    public ImmutableArray<Possession> Items { get; private init; } = [];

    public static Ledger Remembered(IEnumerable<Possession> items) => new() { Items = [.. items] };

    internal Ledger Apply(PackerLine said) =>
        said switch
        {
            // Server ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
            ServerLine server => Made(LeftKind.Server, server.Id),

            // Volume ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
            // Waiting for volume packer_… (volume id: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b) to become available...
            VolumeLine volume => Made(LeftKind.Volume, volume.Id),
            StepLine { Kind: StepKind.WaitForVolume, Subject: { } id } => Made(LeftKind.Volume, id),

            // Created floating IP: '5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' (192.0.2.7)
            FloatingIpLine address => Made(LeftKind.FloatingIp, address.Id),

            // Created temporary keypair: packer_5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b      ("Creating" is no sign that it exists)
            StepLine { Kind: StepKind.KeypairCreated, Subject: { } name } => Made(LeftKind.Keypair, name),

            // Created image with ID 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
            StepLine { Kind: StepKind.SourceImage, Subject: { } id } => Made(LeftKind.Image, id),

            // Image: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
            ImageLine image => Product(image.Id),
            StepLine { Kind: StepKind.WaitForImage, Subject: { } id } => Product(id),

            // Terminating the source server: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
            // Version 0.8 named none: "Terminating the source server..."
            StepLine { Kind: StepKind.TerminateServer } step => Gone(LeftKind.Server, step.Subject, true),
            StepLine { Kind: StepKind.DeleteKeypair } step => Gone(LeftKind.Keypair, step.Subject, true),
            StepLine { Kind: StepKind.DeleteVolume } step => Gone(LeftKind.Volume, step.Subject, true),
            StepLine { Kind: StepKind.FloatingIpDeleted } step => Gone(LeftKind.FloatingIp, step.Subject, true),
            StepLine { Kind: StepKind.DeleteSourceImage } => Gone(LeftKind.Image, null, true),
            CleanUpErrorLine error when CleanUpErrors.About(error.Text) is { } kind && !CleanUpErrors.IsGone(error.Text) => Gone(
                kind,
                null,
                false
            ),
            _ => this,
        };

    private Ledger Product(string id) =>
        Made(LeftKind.Image, id) is var ledger && ledger.Items.Length > Items.Length
            ? ledger with { Items = ledger.Items.SetItem(Items.Length, ledger.Items[^1] with { IsProduct = true }) }
            : this;

    private Ledger Made(LeftKind kind, string id)
    {
        var name = Belongings.Short(id);
        return Items.Length >= Most || Items.Any(item => item.Kind == kind && item.Id == name)
            ? this
            : this with
            {
                Items = Items.Add(new Possession(kind, name)),
            };
    }

    /// <summary>The named item, or all of that kind.</summary>
    private Ledger Gone(LeftKind kind, string? id, bool gone)
    {
        var name = id is null ? null : Belongings.Short(id);
        var items = Items;
        for (var at = 0; at < items.Length; at++)
        {
            if (items[at].Kind == kind && !items[at].IsProduct && items[at].IsGone != gone && (name is null || items[at].Id == name))
                items = items.SetItem(at, items[at] with { IsGone = gone });
        }

        return items == Items ? this : this with { Items = items };
    }

    Ledger IArchived<Ledger>.Through(Archive archive) => new() { Items = archive.Array(Items) };
}
