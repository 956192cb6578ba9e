namespace PackuilonMonitor.Core.Changes;

/// <summary>How well the name of a job's image fits what a message may have asked for.</summary>
internal enum NameLevel : byte
{
    None,

    /// <summary>Seen once before.</summary>
    Soft,

    /// <summary>The beginning of the image's name, up to the label of its system.</summary>
    Personal,

    Sure,
}

/// <summary>The comparison of one take with one message.</summary>
internal static class NameLevels
{
    /// <param name="hosts">Images have the names of hosts, without a label of their system.</param>
    public static NameLevel Of(Take take, Message message, bool hosts)
    {
        // Most pairs have no bit in common, which is decided without comparing letters.
        if (take.Image is null || (take.Marks & message.Marks) == 0)
            return NameLevel.None;
        if (message.Asks is { } asks)
            return asks.Has(take.Name, hosts) ? NameLevel.Sure : NameLevel.None;
        if (take.Name == message.Name || take.Name == message.Short)
            return NameLevel.Sure;
        if (message.Learned is { } pair && pair.Image == take.Name)
            return pair.Confirmed ? NameLevel.Sure : NameLevel.Soft;
        return !hosts && (IsOf(take.Personality, message) || IsOf(take.Release, message)) ? NameLevel.Personal : NameLevel.None;
    }

    /// <summary>The image's name begins the profile's or the other way round.</summary>
    public static bool AreAlike(Take take, Message message)
    {
        if (take.Image is null || message.Asks is not null)
            return false;
        var (name, other) = (take.ShortName, message.Short);
        return name.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(name, StringComparison.Ordinal);
    }

    /// <summary>Whether the take may be this message without a common name.</summary>
    public static bool MayBeNext(Take take, Message message) =>
        take.Image is null
        || message is { Asks: null, IsKnown: false }
            && (message.Learned is not { Image.Length: > 0 } pair || pair.Image == take.Name);

    /// <summary>A bit that equal names have in common, and other names mostly do not.</summary>
    public static ulong Mark(string name) => 1UL << (string.GetHashCode(name, StringComparison.Ordinal) & 63);

    private static bool IsOf(string name, Message message) => name.Length > 0 && (name == message.Name || name == message.Short);
}
