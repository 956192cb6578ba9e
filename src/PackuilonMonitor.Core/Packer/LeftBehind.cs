using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What a build may leave in the cloud. The values are stored: none may change.</summary>
public enum LeftKind
{
    Server,
    Keypair,
    Volume,
    FloatingIp,
    Image,
}

/// <summary>Something that a build made and, by its log, never removed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its id or name from the log: untrusted text.</param>
/// <param name="Command">The shell command that would remove it; null if the cloud does not give such names, so none is shown.</param>
public sealed record LeftBehind(LeftKind Kind, string Name, string? Command)
{
    private static readonly SearchValues<char> KeypairCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz _-.@");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> HexCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// What an ended build left behind; the caller knows that it has ended, even if the log just stops. Nothing if two builds wrote the
    /// log, because it does not show which made what.
    /// </summary>
    public static IEnumerable<LeftBehind> Of(BuildLog log)
    {
        if (log.Marks != LogMarks.None)
            return [];
        return log.Builders
            .SelectMany(builder => builder.Ledger.Items.Where(item => !item.IsGone && !(item.IsProduct && IsGood(builder, log))))
            .OrderBy(item => item.Kind)
            .Select(item => new LeftBehind(item.Kind, item.Id, CommandFor(item.Kind, item.Id)));
    }

    private static bool IsGood(BuilderTrack builder, BuildLog log) =>
        builder is { Finished: true, Errored: false, Interrupted: false } && !log.Evidence.Cancelled;

    /// <summary>A log is untrusted text: a command may contain only characters without a meaning to a shell.</summary>
    private static string? CommandFor(LeftKind kind, string id) => kind switch
    {
        LeftKind.Server when IsId(id) => $"openstack server delete {id}",
        LeftKind.Server when IsInstance(id) => $"aws ec2 terminate-instances --instance-ids {id}",
        LeftKind.Keypair when IsKeypair(id) => $"openstack keypair delete '{id}'",
        LeftKind.Volume when IsId(id) => $"openstack volume delete {id}",
        LeftKind.FloatingIp when IsId(id) || IsAddress(id) => $"openstack floating ip delete {id}",
        LeftKind.Image when IsId(id) => $"openstack image delete {id}",
        _ => null,
    };

    private static bool IsId(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    // i-0a1b2c3d4e5f67890
    private static bool IsInstance(string text) =>
        text.Length is 10 or 19 && text.StartsWith("i-", StringComparison.Ordinal) && !text.AsSpan(2).ContainsAnyExcept(HexCharacters);

    private static bool IsAddress(string text) => text.Length is >= 7 and <= 15 && !text.AsSpan().ContainsAnyExcept(AddressCharacters);

    /// <summary>None of these characters has a meaning to a shell between single quotes; a leading dash would be an option.</summary>
    private static bool IsKeypair(string text) =>
        text.Length is > 0 and <= 150 && text[0] is not ('-' or ' ') && !text.AsSpan().ContainsAnyExcept(KeypairCharacters);
}
