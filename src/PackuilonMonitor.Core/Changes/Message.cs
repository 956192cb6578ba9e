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
    public AskedNames? Asks { get; init; }

    /// <summary>The image that this profile turned out to ask for before; null where that is not known.</summary>
    public Pair? Learned { get; init; }
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
}
