namespace PackuilonMonitor.Core.Packer;

/// <summary>Packer's errors when it cannot remove what a build made. Such an error is never why the build failed.</summary>
internal static class CleanUpErrors
{
    private static readonly (string Start, LeftKind? Kind)[] Sentences =
    [
        // Error terminating server, may still be around: Internal Server Error
        // Error terminating server, maximum number (10) reached: Internal Server Error
        ("Error terminating server", LeftKind.Server),

        // Error terminating instance, may still be around: UnauthorizedOperation
        ("Error terminating instance", LeftKind.Server),

        // Error cleaning up keypair. Please delete the key manually: packer_5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
        ("Error cleaning up keypair", LeftKind.Keypair),

        // Error cleaning up volume. Please delete the volume manually: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
        // Error cleaning up volume "5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b": … This may need manual deletion.       (plugin 1.1.3)
        ("Error cleaning up volume", LeftKind.Volume),

        // Error deleting temporary floating IP '5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' (192.0.2.7)
        ("Error deleting temporary floating IP", LeftKind.FloatingIp),
        ("Error deleting temporary floating ip", LeftKind.FloatingIp),

        // error cleaning up external source image: Internal Server Error
        ("error cleaning up external source image", LeftKind.Image),

        // Error cleaning up security group. Please delete the group manually: sg-0a1b2c3d
        ("Error cleaning up ", null),
        ("Error shutting down VM: ", null),
        ("Error deleting output directory", null),
    ];

    public static bool Is(string text)
    {
        foreach (var (start, _) in Sentences)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>What may still be there; null if the ledger has no such thing.</summary>
    public static LeftKind? About(string text)
    {
        foreach (var (start, kind) in Sentences)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return kind;
        }

        return null;
    }

    /// <summary>It could not be removed because it is not there any more.</summary>
    public static bool IsGone(string text) =>
        text.Contains("Resource not found", StringComparison.OrdinalIgnoreCase)
        || text.Contains("could not be found", StringComparison.OrdinalIgnoreCase)
        || text.Contains("but got 404", StringComparison.Ordinal);
}
