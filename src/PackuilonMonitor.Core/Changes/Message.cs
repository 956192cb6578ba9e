using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>A message that cdb2rabbit published for a change.</summary>
/// <param name="Number">Its number in the order of publishing.</param>
/// <param name="Trigger">The id of the change.</param>
/// <param name="Name">The profile's name for comparisons.</param>
internal sealed record Message(long Number, string Trigger, string Profile, DateTimeOffset QueuedAt, string Name) : IArchived<Message>
{
    /// <summary>The profile's name without the prefix of all profiles of this factory; the same as the name if there is none.</summary>
    public string Short { get; init; } = Name;

    /// <summary>An image of the same name was built before, so this profile asks for that one.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The images that its profile asks for; null if its content was not read.</summary>
    public AskedNames? Asks { get; private init; }

    /// <summary>The image that this profile asked for before; null if that is unknown.</summary>
    public Pair? Learned { get; private init; }

    /// <summary>A take without any of these bits has none of its names.</summary>
    public ulong Marks { get; private init; }

    /// <summary>When it was queued, in whole seconds since 1970: some headers have no fractions.</summary>
    public long Second { get; } = QueuedAt.ToUnixTimeSeconds();

    /// <summary>With the present knowledge of its profile; itself if nothing changed.</summary>
    public Message With(Pairs pairs)
    {
        var (asks, learned) = (pairs.NamesOf(Profile), pairs.Of(Profile));
        if (Marks != 0 && Equals(asks, Asks) && Equals(learned, Learned))
            return this;
        var names = NameLevels.Mark(Name) | NameLevels.Mark(Short) | (learned is null ? 0 : NameLevels.Mark(learned.Image));
        return this with { Asks = asks, Learned = learned, Marks = names | (asks?.Marks ?? 0) };
    }

    Message IArchived<Message>.Through(Archive archive) => new(
        archive.Number(Number),
        archive.Text(Trigger),
        archive.Text(Profile),
        archive.Time(QueuedAt),
        archive.Text(Name)
    )
    {
        Short = archive.Text(Short),
        IsKnown = archive.Flag(IsKnown),
        Asks = archive.SharedOrNull(Asks),
        Learned = archive.SharedOrNull(Learned),
        Marks = archive.Unsigned(Marks),
    };
}

/// <summary>What is known of a message.</summary>
/// <param name="Trigger">The id of its change.</param>
/// <param name="Ticket">The take that got it, or null.</param>
/// <param name="Perhaps">The take at whose time it was taken, if the lines do not show whether it was that one; otherwise null.</param>
internal sealed record MessageState(
    string Trigger,
    int? Ticket = null,
    bool ByName = false,
    bool Certain = false,
    int? Perhaps = null,
    bool PassedOver = false
) : IArchived<MessageState>
{
    /// <summary>Nobody took it yet, as far as is known.</summary>
    public bool Waits => Ticket is null && Perhaps is null && !PassedOver;

    /// <summary>With this take; itself if that was known.</summary>
    public MessageState TakenBy(int ticket, Tie tie) =>
        Ticket == ticket && ByName == tie.ByName && Certain == tie.Certain ? this : new(Trigger, ticket, tie.ByName, tie.Certain);

    /// <summary>Without a take; itself if it had none.</summary>
    public MessageState Open(bool passedOver, int? perhaps) =>
        Ticket is null && PassedOver == passedOver && Perhaps == perhaps
            ? this
            : new(Trigger, PassedOver: passedOver, Perhaps: perhaps);

    MessageState IArchived<MessageState>.Through(Archive archive) => new(
        archive.Text(Trigger),
        archive.NumberOrNull(Ticket),
        archive.Flag(ByName),
        archive.Flag(Certain),
        archive.NumberOrNull(Perhaps),
        archive.Flag(PassedOver)
    );
}
