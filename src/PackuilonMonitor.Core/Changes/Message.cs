namespace PackuilonMonitor.Core.Changes;

/// <summary>A message that cdb2rabbit published for a change.</summary>
/// <param name="Number">Its place in the order of publishing.</param>
/// <param name="Trigger">The id of the change.</param>
/// <param name="Name">The profile's name for comparisons.</param>
internal sealed record Message(long Number, string Trigger, string Profile, DateTimeOffset QueuedAt, string Name)
{
    /// <summary>The profile's name without the prefix that all profiles of this factory bear; the same as the name without one.</summary>
    public string Short { get; init; } = Name;

    /// <summary>An image of the same name was built before, so this profile asks for that one.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The images that its profile asks for, where its content was read; else null.</summary>
    public AskedNames? Asks { get; private init; }

    /// <summary>The image that this profile turned out to ask for before; null where that is not known.</summary>
    public Pair? Learned { get; private init; }

    /// <summary>A take without one of these bits has none of its names.</summary>
    public ulong Marks { get; private init; }

    /// <summary>When it was queued, in whole seconds since 1970: some headers have no more.</summary>
    public long Second { get; } = QueuedAt.ToUnixTimeSeconds();

    /// <summary>With what is known of its profile by now; itself where it holds that already.</summary>
    public Message With(Pairs pairs)
    {
        var (asks, learned) = (pairs.NamesOf(Profile), pairs.Of(Profile));
        if (Marks != 0 && Equals(asks, Asks) && Equals(learned, Learned))
            return this;
        var names = NameLevels.Mark(Name) | NameLevels.Mark(Short) | (learned is null ? 0 : NameLevels.Mark(learned.Image));
        return this with { Asks = asks, Learned = learned, Marks = names | (asks?.Marks ?? 0) };
    }
}

/// <summary>What is known of a message.</summary>
/// <param name="Trigger">The id of its change.</param>
/// <param name="Ticket">The take that it was, or null.</param>
/// <param name="Perhaps">The take at whose time it was taken, though the lines do not tell whether it was that one; or null.</param>
internal sealed record MessageState(
    string Trigger,
    int? Ticket = null,
    bool ByName = false,
    bool Certain = false,
    int? Perhaps = null,
    bool PassedOver = false
)
{
    /// <summary>Nobody took it yet, as far as is known.</summary>
    public bool Waits => Ticket is null && Perhaps is null && !PassedOver;

    /// <summary>It was this take; itself where that is known.</summary>
    public MessageState TakenBy(int ticket, Tie tie) =>
        Ticket == ticket && ByName == tie.ByName && Certain == tie.Certain ? this : new(Trigger, ticket, tie.ByName, tie.Certain);

    /// <summary>No take is known to be it; itself where no more than that is known.</summary>
    public MessageState Open(bool passedOver, int? perhaps) =>
        Ticket is null && PassedOver == passedOver && Perhaps == perhaps
            ? this
            : new(Trigger, PassedOver: passedOver, Perhaps: perhaps);
}
