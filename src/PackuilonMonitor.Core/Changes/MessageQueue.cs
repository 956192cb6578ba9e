using System.Buffers;
using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// The messages that were published and the takes of the workers, and which take was which message. The newest takes are
/// compared again whenever one comes, because a later name can show that an earlier guess was wrong.
/// </summary>
internal sealed record MessageQueue
{
    /// <summary>Of more takes than these the oldest stays as it is tied.</summary>
    private const int MostCompared = 24;

    /// <summary>Of more messages that nobody took the oldest is given up.</summary>
    private const int MostWaiting = 256;

    private const int MostTakes = 2_000;
    private const int MostNames = 5_000;

    /// <summary>By ticket; there is no ticket 0.</summary>
    private NumberedList<Take?> Takes { get; init; } = NumberedList<Take?>.Empty.Add(null);

    /// <summary>The tickets that are still compared, in order.</summary>
    private ImmutableList<int> Compared { get; init; } = [];

    /// <summary>The messages that are still compared, in the order of publishing.</summary>
    private ImmutableList<Message> Messages { get; init; } = [];

    /// <summary>What is known of the messages that are compared.</summary>
    public ImmutableList<MessageState> States { get; private init; } = [];

    /// <summary>The images that were built, by their names for comparisons.</summary>
    private ImmutableHashSet<string> Built { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Images that were queued by hand before, for no message in the queue could be theirs.</summary>
    private ImmutableHashSet<string> ByHand { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The daemon writes "Name is", so images are hosts.</summary>
    private bool Hosts { get; init; }

    private long Published { get; init; }

    /// <summary>When the waiting messages must be looked at again, because a poll is over by then.</summary>
    private DateTimeOffset? Due { get; init; }

    public Pairs Pairs { get; init; } = Pairs.Empty;

    /// <summary>Builds that turned out to be another change's, or nobody's; whoever reads it clears it.</summary>
    public ImmutableList<(int Build, string? Trigger)> Moved { get; init; } = [];

    /// <summary>Messages of which something else is known than before; whoever reads it clears it.</summary>
    public ImmutableList<MessageState> Changed { get; init; } = [];

    /// <summary>The take with this ticket; null where it was forgotten.</summary>
    public Take? Find(int ticket) => Takes.Has(ticket) ? Takes.At(ticket) : null;

    public MessageQueue Publish(string trigger, string profile, DateTimeOffset at)
    {
        var name = Names.OfProfile(profile);
        var message = new Message(Published + 1, trigger, profile, at, name)
        {
            Short = Pairs.Shortened(name),
            IsKnown = Built.Contains(name) || Built.Contains(Pairs.Shortened(name)),
        };
        return (
            this with
            {
                Published = message.Number,
                Messages = Messages.Add(message),
                States = States.Add(new MessageState(trigger)),
            }
        ).Trimmed();
    }

    /// <summary>The broker did not take it.</summary>
    public MessageQueue Withdraw(string trigger)
    {
        var index = Messages.FindLastIndex(message => message.Trigger == trigger);
        return index < 0 ? this : this with { Messages = Messages.RemoveAt(index), States = States.RemoveAt(index) };
    }

    /// <summary>The daemon says which image the message asks for that it takes now.</summary>
    public MessageQueue Named(ImageName image, DateTimeOffset at) =>
        (this with { Hosts = true }).Add(new Take(Takes.Next, at, null, image) { Ordered = true, Unclaimed = true });

    /// <summary>A worker says which image it processes: the take that a "Name is" line announced, else a new one.</summary>
    public (MessageQueue, int Ticket) Taken(WorkerId worker, ImageName image, DateTimeOffset at, DateTimeOffset? freeSince)
    {
        foreach (var ticket in Compared)
        {
            if (Takes.At(ticket) is { Unclaimed: true } take && take.Image == image)
                return (Claimed(take with { Worker = worker, FreeSince = freeSince }).Aligned(at), ticket);
        }

        return (Add(new Take(Takes.Next, at, worker, image) { FreeSince = freeSince }), Takes.Next);
    }

    /// <summary>
    /// A worker could not use the message that it took. Where the image's name came before, the newest name is the message's.
    /// </summary>
    public MessageQueue Refuse(WorkerId worker, Refusal why, string text, DateTimeOffset at, DateTimeOffset? freeSince)
    {
        // A profile that cannot be decoded has no name to be said.
        for (var index = Compared.Count - 1; why is not Refusal.MalformedProfile && index >= 0; index--)
        {
            if (Takes.At(Compared[index]) is { Unclaimed: true } take)
                return Claimed(take with { Worker = worker, Refused = why, RefusedText = text }).Aligned(at);
        }

        return Add(new Take(Takes.Next, at, worker, null) { Refused = why, RefusedText = text, FreeSince = freeSince });
    }

    public MessageQueue AddBuild(int ticket, int number, string id) =>
        Find(ticket) is { } take ? Set(take with { Builds = take.Builds.Add((number, id)) }) : this;

    public MessageQueue RemoveBuild(int ticket, int number) =>
        Find(ticket) is { } take ? Set(take with { Builds = take.Builds.RemoveAll(build => build.Number == number) }) : this;

    /// <summary>The content of a profile was read.</summary>
    public MessageQueue Read(ProfileRead read) =>
        (this with { Pairs = Pairs.Read(read) }).Aligned(Due ?? DateTimeOffset.MinValue);

    /// <summary>What the profile asked for earlier it does not ask for any more.</summary>
    public MessageQueue Contradict(string profile, DateTimeOffset now) =>
        Pairs.Contradict(profile) is var pairs && ReferenceEquals(pairs, Pairs) ? this : (this with { Pairs = pairs }).Aligned(now);

    /// <summary>Time has passed: what was taken in one poll is complete by now.</summary>
    public MessageQueue At(DateTimeOffset now) => now > Due ? Aligned(now) : this;

    private MessageQueue Set(Take take) => this with { Takes = Takes.Set(take.Ticket, take) };

    /// <summary>It is known now which thread has the message that was named.</summary>
    private MessageQueue Claimed(Take take) =>
        Set(take with { Unclaimed = false }) with { Changed = Changed.AddRange(States.Where(state => state.Ticket == take.Ticket)) };

    private MessageQueue Add(Take take)
    {
        // With no message in the queue there is nothing to compare: once one was taken, older ones are gone, so this was queued by hand.
        var alone = Messages.IsEmpty;
        var kept = Takes.Count < MostTakes ? Takes : Takes.WithoutFirst();
        // What is forgotten is not compared any more; its turn comes only where thousands of jobs meet an empty queue.
        var compared = Compared.IsEmpty || kept.Has(Compared[0]) ? Compared : Compared.RemoveAt(0);
        var queue = this with
        {
            Takes = kept.Add(take),
            Compared = alone ? compared : compared.Add(take.Ticket),
            Built = take.Image is null ? Built : WithName(take),
            ByHand = alone && Published > 0 && take.Image is not null ? WithHand(ByHand, take) : ByHand,
        };
        return alone ? queue : (queue.Changes(take) ? queue.Aligned(take.At).Settled(take.At) : queue).Trimmed();
    }

    /// <summary>Whether the take can be a message at all: one that waits, or one that was given to another.</summary>
    private bool Changes(Take take)
    {
        for (var index = 0; index < Messages.Count; index++)
        {
            if (States[index].Waits || Alignment.IsNamed(take, Asking(Messages[index]), Hosts))
                return true;
        }

        return false;
    }

    /// <summary>The message with what is known of its profile by now; itself where it holds that already.</summary>
    private Message Asking(Message message)
    {
        var (asks, learned) = (Pairs.Asked(message.Profile), Pairs.Of(message.Profile));
        return Equals(asks, message.Asks) && Equals(learned, message.Learned) ? message : message with { Asks = asks, Learned = learned };
    }

    private ImmutableHashSet<string> WithName(Take take)
    {
        var built = Built.Count < MostNames ? Built : Built.Clear();
        return take.Personality.Length > 0 && !Hosts ? built.Add(take.Name).Add(take.Personality) : built.Add(take.Name);
    }

    private MessageQueue Aligned(DateTimeOffset now)
    {
        if (Messages.IsEmpty || Compared.IsEmpty)
            return this with { Due = null };
        var takes = new Take[Compared.Count];
        for (var index = 0; index < takes.Length; index++)
            takes[index] = Takes.At(Compared[index])!;
        var (messages, before, known) = (new Message[Messages.Count], ArrayPool<MessageState>.Shared.Rent(States.Count), Messages);
        Messages.CopyTo(messages);
        States.CopyTo(before);
        for (var index = 0; index < messages.Length; index++)
        {
            var message = Asking(messages[index]);
            if (ReferenceEquals(message, messages[index]))
                continue;
            messages[index] = message;
            known = known.SetItem(index, message);
        }

        var alignment = new Alignment(takes, messages, Hosts, ByHand, now);
        var takenBy = ArrayPool<int>.Shared.Rent(messages.Length);
        Array.Fill(takenBy, -1);
        var (tied, pairs, moved) = (Takes, Pairs, Moved);
        for (var index = 0; index < takes.Length; index++)
        {
            var (take, tie) = (takes[index], alignment.Ties[index]);
            var message = tie.Message < 0 ? null : messages[tie.Message];
            if (take.Trigger != message?.Trigger || take.IsByHand != alignment.ByHand[index])
                tied = tied.Set(take.Ticket, take with { Trigger = message?.Trigger, IsByHand = alignment.ByHand[index] });
            if (take.Trigger != message?.Trigger)
            {
                foreach (var build in take.Builds)
                    moved = moved.Add((build.Number, message?.Trigger));
                pairs = pairs.Unlearn(take.Ticket);
            }

            if (message is null)
                continue;
            takenBy[tie.Message] = index;
            if (tie.Confirmed && take.Image is not null)
                pairs = pairs.Learn(message.Profile, take.Image.Value, take.Ticket);
        }

        var (states, changed) = (States, Changed);
        for (var index = 0; index < messages.Length; index++)
        {
            var told =
                takenBy[index] is >= 0 and var taken
                    ? new MessageState(
                        messages[index].Trigger,
                        takes[taken].Ticket,
                        alignment.Ties[taken].ByName,
                        alignment.Ties[taken].Certain
                    )
                : alignment.PassedOver[index] || alignment.Perhaps[index] >= 0
                    ? new MessageState(
                        messages[index].Trigger,
                        PassedOver: alignment.PassedOver[index],
                        Perhaps: alignment.Perhaps[index] is >= 0 and var take ? takes[take].Ticket : null
                    )
                : before[index].Waits ? before[index]
                : new MessageState(messages[index].Trigger);
            if (before[index] == told)
                continue;
            states = states.SetItem(index, told);
            changed = changed.Add(told);
        }

        ArrayPool<int>.Shared.Return(takenBy);
        ArrayPool<MessageState>.Shared.Return(before, clearArray: true);
        return this with
        {
            Messages = known,
            Takes = tied,
            Pairs = pairs,
            Moved = moved,
            States = states,
            Changed = changed,
            Due = alignment.Unsettled ? now.AddSeconds(2) : null,
        };
    }

    /// <summary>
    /// Takes at the front whose messages are certain are compared no more, nor these messages: a later take can only be a later
    /// message. Only where each message up to the last of them has its take, for an open one may still be found.
    /// </summary>
    private MessageQueue Settled(DateTimeOffset now)
    {
        var (takes, messages) = (0, 0);
        for (int index = 0, tied = 0, last = -1; index < Compared.Count; index++)
        {
            var take = Takes.At(Compared[index])!;
            if (take.IsByHand)
                continue;
            if (take.Unclaimed || !IsOver(index, now) || PlaceOf(take) is not (>= 0 and var place) || !States[place].Certain)
                break;
            (tied, last) = (tied + 1, Math.Max(last, place));
            if (tied == last + 1)
                (takes, messages) = (index + 1, last + 1);
        }

        return takes == 0 ? this : Without(takes, messages);
    }

    /// <summary>The place of its message, or -1.</summary>
    private int PlaceOf(Take take)
    {
        var place = take.Trigger is null ? -1 : Messages.Count - 1;
        while (place >= 0 && Messages[place].Trigger != take.Trigger)
            place--;
        return place;
    }

    /// <summary>The poll of a take is over: a moment has passed, or its thread, which built something since, has taken another.</summary>
    private bool IsOver(int index, DateTimeOffset now)
    {
        var take = Takes.At(Compared[index])!;
        if (now.ToUnixTimeSeconds() - take.At.ToUnixTimeSeconds() > 1)
            return true;
        for (var later = index + 1; later < Compared.Count; later++)
        {
            if (Takes.At(Compared[later])!.Worker == take.Worker)
                return true;
        }

        return false;
    }

    /// <summary>
    /// What is old stays as it is: takes with their messages, and the messages that they passed over. It goes in whole polls,
    /// so that no take is left behind whose message is gone.
    /// </summary>
    private MessageQueue Trimmed()
    {
        var queue = Messages.Count > MostWaiting ? Without(0, 1) : this;
        if (queue.Compared.Count <= 2 * MostCompared)
            return queue;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < queue.Messages.Count; index++)
            numbers[queue.Messages[index].Trigger] = index;
        var places = queue.Compared.ConvertAll(ticket =>
            queue.Find(ticket)?.Trigger is { } trigger && numbers.TryGetValue(trigger, out var index) ? index : -1
        );
        for (int cut = 1, last = places[0]; cut < places.Count; last = Math.Max(last, places[cut++]))
        {
            var whole = places.FindIndex(cut, place => place >= 0 && place <= last) < 0;
            if (cut >= places.Count - MostCompared && whole || cut >= places.Count - MostCompared / 2)
                return queue.Without(cut, last + 1);
        }

        return queue;
    }

    /// <summary>The oldest takes and messages stay as they are. What nobody took by now is not waited for any more.</summary>
    private MessageQueue Without(int takes, int messages)
    {
        var (hands, changed) = (ByHand, Changed);
        for (var index = 0; index < takes; index++)
        {
            if (Find(Compared[index]) is { IsByHand: true } take)
                hands = WithHand(hands, take);
        }

        for (var index = 0; index < messages; index++)
        {
            if (States[index] is { Waits: true } state)
                changed = changed.Add(state with { PassedOver = true });
        }

        return this with
        {
            Compared = Compared.RemoveRange(0, takes),
            ByHand = hands,
            Messages = Messages.RemoveRange(0, messages),
            States = States.RemoveRange(0, messages),
            Changed = changed,
        };
    }

    private static ImmutableHashSet<string> WithHand(ImmutableHashSet<string> names, Take take) =>
        (names.Count < MostNames ? names : names.Clear()).Add(take.Name);
}
