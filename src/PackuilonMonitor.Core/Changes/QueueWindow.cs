using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The takes and messages that are still compared. The ties of those that left the window stay.</summary>
internal sealed record QueueWindow : IArchived<QueueWindow>
{
    /// <summary>Beyond this number the oldest take leaves the window.</summary>
    private const int MostCompared = 24;

    /// <summary>Beyond this number of waiting messages the oldest is dropped.</summary>
    private const int MostWaiting = 256;

    private const int MostDoubted = 32;

    public static readonly QueueWindow Empty = new();

    /// <summary>The tickets of the takes, in order.</summary>
    public ImmutableArray<int> Tickets { get; private init; } = [];

    /// <summary>In the order of publishing.</summary>
    public ImmutableArray<Message> Messages { get; private init; } = [];

    /// <summary>The state of each message.</summary>
    public ImmutableArray<MessageState> States { get; private init; } = [];

    /// <summary>
    /// Uncertain takes that left the window, by their image and time: a message that waited then may have been theirs, so its name alone
    /// makes it not certain.
    /// </summary>
    private ImmutableArray<(string Name, long Second)> Doubted { get; init; } = [];

    /// <summary>The same for takes of any image.</summary>
    private long AllDoubted { get; init; } = long.MinValue;

    /// <summary>Whether a take of this image that left the window may have been a message that was queued then.</summary>
    public bool IsDoubted(string image, long queued)
    {
        foreach (var (name, second) in Doubted)
        {
            if (queued <= second && name == image)
                return true;
        }

        return queued <= AllDoubted;
    }

    public QueueWindow Add(int ticket) => this with { Tickets = Tickets.Add(ticket) };

    /// <summary>Drops the oldest message for a new one if there are too many.</summary>
    public bool IsFull => Messages.Length == MostWaiting;

    public QueueWindow Add(Message message)
    {
        var start = IsFull ? 1 : 0;
        return this with
        {
            Messages = [.. Messages.AsSpan()[start..], message],
            States = [.. States.AsSpan()[start..], new MessageState(message.Trigger)],
        };
    }

    /// <summary>With the present knowledge of the messages' profiles.</summary>
    public QueueWindow With(Pairs pairs) =>
        this with { Messages = ImmutableArray.CreateRange(Messages, static (message, pairs) => message.With(pairs), pairs) };

    public QueueWindow With(ImmutableArray<MessageState> states) => this with { States = states };

    /// <summary>Without the message of this change.</summary>
    public QueueWindow Withdraw(string trigger)
    {
        for (var index = Messages.Length - 1; index >= 0; index--)
        {
            if (Messages[index].Trigger == trigger)
                return this with { Messages = Messages.RemoveAt(index), States = States.RemoveAt(index) };
        }

        return this;
    }

    /// <summary>Without that take, if it is the oldest.</summary>
    public QueueWindow WithoutFirst(int ticket) =>
        Tickets is [var first, ..] && first == ticket ? this with { Tickets = Tickets.RemoveAt(0) } : this;

    /// <summary>Without this many of the oldest takes and messages.</summary>
    public QueueWindow Without(int takes, int messages) => this with
    {
        Tickets = Tickets.RemoveRange(0, takes),
        Messages = Messages.RemoveRange(0, messages),
        States = States.RemoveRange(0, messages),
    };

    /// <summary>With a doubt about the messages that waited at the time of this take, unless its message is certain.</summary>
    public QueueWindow Doubt(Take take)
    {
        if (PlaceOf(take.Ticket) is >= 0 and var place && States[place].Certain)
            return this;
        if (take.Image is null)
            return this with { AllDoubted = Math.Max(AllDoubted, take.Second) };
        return Doubted.Length < MostDoubted
            ? this with { Doubted = Doubted.Add((take.Name, take.Second)) }
            : this with
            {
                Doubted = [.. Doubted.AsSpan()[1..], (take.Name, take.Second)],
                AllDoubted = Math.Max(AllDoubted, Doubted[0].Second),
            };
    }

    /// <summary>
    /// How many of the oldest takes leave, with their messages and those that they passed over. Takes leave in whole polls, so that no
    /// take stays without its message.
    /// </summary>
    public (int Takes, int Messages) TooMany()
    {
        if (Tickets.Length <= 2 * MostCompared)
            return (0, 0);
        var known = Places();
        var places = Array.ConvertAll(Tickets.ToArray(), ticket => known.GetValueOrDefault(ticket, -1));
        for (int cut = 1, last = places[0]; cut < places.Length; last = Math.Max(last, places[cut++]))
        {
            var whole = Array.FindIndex(places, cut, place => place >= 0 && place <= last) < 0;
            if (cut >= places.Length - MostCompared && whole || cut >= places.Length - MostCompared / 2)
                return (cut, last + 1);
        }

        return (0, 0);
    }

    /// <summary>The index of the take's message, or -1.</summary>
    private int PlaceOf(int ticket)
    {
        var place = States.Length - 1;
        while (place >= 0 && States[place].Ticket != ticket)
            place--;
        return place;
    }

    /// <summary>The indexes of the messages that were taken, certainly or perhaps, by the tickets of their takes.</summary>
    private Dictionary<int, int> Places()
    {
        var places = new Dictionary<int, int>();
        for (var index = 0; index < States.Length; index++)
        {
            if ((States[index].Ticket ?? States[index].Perhaps) is { } ticket)
                places[ticket] = index;
        }

        return places;
    }

    QueueWindow IArchived<QueueWindow>.Through(Archive archive) => new()
    {
        Tickets = archive.Array(Tickets, static (archive, ticket) => archive.Number(ticket)),
        Messages = archive.Array(Messages),
        States = archive.Array(States, static (archive, state) => archive.Shared(state)),
        Doubted = archive.Array(Doubted, static (archive, doubted) => (archive.Text(doubted.Name), archive.Number(doubted.Second))),
        AllDoubted = archive.Number(AllDoubted),
    };
}
