using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What a build may leave in OpenStack.</summary>
public enum LeftKind
{
    Server,
    Keypair,
}

/// <summary>Something a build made in OpenStack and, by its log, never put away.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its id or name, as the log gives it: text of others.</param>
/// <param name="Command">The shell command that would remove it; null where the name is not one that OpenStack gives, so that none is offered.</param>
public sealed record LeftBehind(LeftKind Kind, string Name, string? Command)
{
    private static readonly SearchValues<char> KeypairCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz _-.@");

    /// <summary>
    /// What a build that has ended left behind; the caller knows that it has, also where the log just stops. Nothing where two builds
    /// wrote into the log: it cannot be told whose is whose.
    /// </summary>
    public static IEnumerable<LeftBehind> Of(BuildLog log)
    {
        if (log.Marks != LogMarks.None)
            yield break;

        var belongings = log.Belongings;
        if (belongings is { ServerId: { } server, ServerTerminated: false })
            yield return new LeftBehind(LeftKind.Server, server, IsId(server) ? $"openstack server delete {server}" : null);
        if (belongings is { Keypair: { } keypair, KeypairDeleted: false })
            yield return new LeftBehind(LeftKind.Keypair, keypair, IsKeypair(keypair) ? $"openstack keypair delete '{keypair}'" : null);
    }

    private static bool IsId(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    /// <summary>None of these characters means anything to a shell between single quotes; a dash in front would be an option.</summary>
    private static bool IsKeypair(string text) =>
        text.Length is > 0 and <= 150 && text[0] is not ('-' or ' ') && !text.AsSpan().ContainsAnyExcept(KeypairCharacters);
}
