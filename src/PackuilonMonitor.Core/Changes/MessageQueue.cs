using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// The published messages, the takes of the workers, and the matches between them. Each take compares the newest takes again,
/// because a later name can show that an earlier guess was wrong.
/// </summary>
internal sealed record MessageQueue : IArchived<MessageQueue>
{
    private const int MostTakes = 2_000;

    /// <summary>By ticket; there is no ticket 0.</summary>
    private NumberedList<Take?> Takes { get; init; } = NumberedList<Take?>.Empty.Add(null);

    private QueueWindow Window { get; init; } = QueueWindow.Empty;

    private KnownImages Images { get; init; } = KnownImages.None;

    /// <summary>The daemon writes "Name is", so images are hosts.</summary>
    private bool Hosts { get; init; }

    private long Published { get; init; }

    /// <summary>When the waiting messages must be examined again, because a poll is over then.</summary>
    private DateTimeOffset? Due { get; init; }

    public Pairs Pairs { get; init; } = Pairs.Empty;

    /// <summary>Those of them that concern messages in the window.</summary>
    private Pairs Shown { get; init; } = Pairs.Empty;

    /// <summary>Builds whose change was corrected; the reader clears it.</summary>
    public ImmutableList<(int Build, string? Trigger)> Moved { get; init; } = [];

    /// <summary>Messages whose state has changed; the reader clears it.</summary>
    public ImmutableList<MessageState> Changed { get; init; } = [];

    /// <summary>Whether there are messages that a take may match.</summary>
    public bool IsOpen => !Window.Messages.IsEmpty;

    /// <summary>The take with this ticket; null if it was dropped.</summary>
    public Take? Find(int ticket) => Takes.Has(ticket) ? Takes.At(ticket) : null;

    public MessageQueue Publish(string trigger, string profile, DateTimeOffset at)
    {
        var name = Names.OfProfile(profile);
        var message = new Message(Published + 1, trigger, profile, at, name)
        {
            Short = Pairs.Shortened(name),
            IsKnown = Images.Has(name) || Images.Has(Pairs.Shortened(name)),
        };
        return this with
        {
            Published = message.Number,
            Window = Window.Add(message.With(Pairs)),
            Changed = Window.IsFull && Window.States[0] is { Waits: true } oldest
                ? Changed.Add(oldest with { PassedOver = true })
                : Changed,
        };
    }

    /// <summary>The broker did not accept it.</summary>
    public MessageQueue Withdraw(string trigger) => this with { Window = Window.Withdraw(trigger) };

    /// <summary>The daemon names the image of the message that it takes now.</summary>
    public MessageQueue Named(ImageName image, DateTimeOffset at) =>
        (this with { Hosts = true }).Add(New(at, null, image) with { Ordered = true, Unclaimed = true });

    /// <summary>A worker names the image that it processes: the take that a "Name is" line announced, or a new one.</summary>
    public (MessageQueue, int Ticket) Taken(WorkerId worker, ImageName image, DateTimeOffset at, Waiting waiting)
    {
        if (Announced(image, at) is { } take)
            return (Claimed(take with { Worker = worker, Waiting = waiting }).Aligned(at), take.Ticket);
        if (Hosts && RefusedAs(image) is { } guessed)
        {
            // Each job is named once, so the name was this job's, and the refused message had none.
            var queue = Claimed(guessed with { Worker = worker, Waiting = waiting, Refused = null, RefusedText = null });
            return (queue.Add(guessed with { Ticket = Takes.Next, Image = null, Ordered = false }), guessed.Ticket);
        }

        return (Add(New(at, worker, image) with { Waiting = waiting }), Takes.Next);
    }

    /// <summary>The take whose "Name is" line came just before: the first of this poll, otherwise the newest; or null.</summary>
    private Take? Announced(ImageName image, DateTimeOffset at)
    {
        Take? found = null;
        for (var index = Window.Tickets.Length - 1; index >= 0; index--)
        {
            if (Takes.At(Window.Tickets[index]) is not { Unclaimed: true } take || take.Image != image)
                continue;
            if (found is not null && at.ToUnixTimeSeconds() - take.Second > 1)
                break;
            found = take;
        }

        return found;
    }

    /// <summary>The newest take of this image whose name a refusal seemed to concern, or null.</summary>
    private Take? RefusedAs(ImageName image)
    {
        for (var index = Window.Tickets.Length - 1; index >= 0; index--)
        {
            if (Takes.At(Window.Tickets[index]) is { Refused: not null, Image: not null } take && take.Image == image)
                return take;
        }

        return null;
    }

    /// <summary>
    /// A worker could not use the message that it took. If the image's name is logged first, the newest name is the message's.
    /// </summary>
    public MessageQueue Refuse(WorkerId worker, Refusal why, string text, DateTimeOffset at, Waiting waiting)
    {
        // A profile that cannot be decoded has no name.
        for (var index = Window.Tickets.Length - 1; why is not Refusal.MalformedProfile && index >= 0; index--)
        {
            if (Takes.At(Window.Tickets[index]) is { Unclaimed: true } take)
                return Claimed(take with { Worker = worker, Refused = why, RefusedText = text }).Aligned(at);
        }

        return Add(New(at, worker, null) with { Refused = why, RefusedText = text, Waiting = waiting });
    }

    /// <summary>A thread without a job died, perhaps because of a message that it had just taken.</summary>
    public MessageQueue Die(WorkerId worker, DateTimeOffset at) => IsOpen ? Add(New(at, worker, null) with { IsDeath = true }) : this;

    public MessageQueue AddBuild(int ticket, int number, string id) =>
        Find(ticket) is { } take ? Set(take with { Builds = take.Builds.Add((number, id)) }) : this;

    public MessageQueue RemoveBuild(int ticket, int number) =>
        Find(ticket) is { } take ? Set(take with { Builds = take.Builds.RemoveAll(build => build.Number == number) }) : this;

    /// <summary>The content of a profile was read.</summary>
    public MessageQueue Read(ProfileRead read) => (this with { Pairs = Pairs.Read(read) }).Aligned(Due ?? DateTimeOffset.MinValue);

    /// <summary>The profile does not ask for its earlier image any more.</summary>
    public MessageQueue Contradict(string profile, DateTimeOffset now) =>
        Pairs.Contradict(profile) is var pairs && ReferenceEquals(pairs, Pairs) ? this : (this with { Pairs = pairs }).Aligned(now);

    /// <summary>Time has passed: the takes of one poll are complete.</summary>
    public MessageQueue At(DateTimeOffset now) => now > Due ? Aligned(now) : this;

    private Take New(DateTimeOffset at, WorkerId? worker, ImageName? image) => new(Takes.Next, at, worker, image) { Published = Published };

    private MessageQueue Set(Take take) => this with { Takes = Takes.Set(take.Ticket, take) };

    /// <summary>Updates the messages with the present knowledge of their profiles.</summary>
    private MessageQueue Refreshed() => ReferenceEquals(Shown, Pairs) ? this : this with { Shown = Pairs, Window = Window.With(Pairs) };

    /// <summary>The thread of the named message is known now.</summary>
    private MessageQueue Claimed(Take take) =>
        Set(take with { Unclaimed = false }) with { Changed = Changed.AddRange(Window.States.Where(state => state.Ticket == take.Ticket)) };

    private MessageQueue Add(Take take)
    {
        // Without a message in the queue there is nothing to compare, so this one was queued by hand.
        var alone = Window.Messages.IsEmpty;
        var images = Images.With(take, Hosts);
        // A dropped take is not compared; that happens only when thousands of jobs meet an empty queue.
        var (kept, window) = Takes.Count < MostTakes ? (Takes, Window) : (Takes.WithoutFirst(), Window.WithoutFirst(Takes.First));
        var queue = this with { Takes = kept.Add(take), Window = window, Images = images };
        if (alone)
            return Published > 0 ? queue with { Images = images.WithByHand(take) } : queue;
        queue = (queue with { Window = window.Add(take.Ticket) }).Refreshed();
        if (!queue.IsChangedBy(take))
            return queue.Trimmed();
        return queue.Aligned(take.At, settles: true).Trimmed();
    }

    /// <summary>Whether the take can be any message: a waiting one, or one that is matched with another take.</summary>
    private bool IsChangedBy(Take take)
    {
        for (var index = 0; index < Window.Messages.Length; index++)
        {
            if (Window.States[index].Waits || NameLevels.Of(take, Window.Messages[index], Hosts) is not NameLevel.None)
                return true;
        }

        return false;
    }

    private MessageQueue Aligned(DateTimeOffset now, bool settles = false)
    {
        if (Window.Messages.IsEmpty || Window.Tickets.IsEmpty)
            return this with { Due = null };
        return Refreshed().Compared(now, settles);
    }

    private MessageQueue Compared(DateTimeOffset now, bool settles)
    {
        var takes = new Take[Window.Tickets.Length];
        for (var index = 0; index < takes.Length; index++)
            takes[index] = Takes.At(Window.Tickets[index])!;
        using var matching = Alignment.Of(takes, Window, Hosts, Images.ByHand, now);
        var queue = this;
        for (var index = 0; index < takes.Length; index++)
            queue = queue.Tied(takes[index], matching.Ties[index], matching.ByHand[index]);
        queue = queue.WithStates(matching) with { Due = matching.Unsettled ? now.AddSeconds(2) : null };
        var (settled, messages) = settles ? matching.Settled(now.ToUnixTimeSeconds()) : default;
        return queue.Without(settled, messages);
    }

    /// <summary>Stores the match of a take.</summary>
    private MessageQueue Tied(Take take, Tie tie, bool isByHand)
    {
        var message = tie.Message < 0 ? null : Window.Messages[tie.Message];
        var (queue, pairs) = (this, Pairs);
        if (take.Trigger != message?.Trigger || take.IsByHand != isByHand)
            queue = queue.Set(take with { Trigger = message?.Trigger, IsByHand = isByHand });
        if (take.Trigger != message?.Trigger)
        {
            queue = queue with { Moved = queue.Moved.AddRange(take.Builds.Select(build => (build.Number, message?.Trigger))) };
            pairs = pairs.Unlearn(take.Ticket);
        }

        if (message is not null && tie.Confirmed && take.Image is { } image)
            pairs = pairs.Learn(message.Profile, image, take.Ticket);
        return ReferenceEquals(pairs, Pairs) ? queue : queue with { Pairs = pairs };
    }

    /// <summary>Stores the present state of each message.</summary>
    private MessageQueue WithStates(Matching matching)
    {
        var (states, changed) = ((MessageState[]?)null, Changed);
        for (var index = 0; index < Window.States.Length; index++)
        {
            var (before, now) = (Window.States[index], matching.StateOf(index, Window.States[index]));
            if (ReferenceEquals(before, now))
                continue;
            states ??= [.. Window.States];
            states[index] = now;
            changed = changed.Add(now);
        }

        return states is null
            ? this
            : this with { Window = Window.With(ImmutableCollectionsMarshal.AsImmutableArray(states)), Changed = changed };
    }

    private MessageQueue Trimmed()
    {
        var (takes, messages) = Window.TooMany();
        return Without(takes, messages);
    }

    /// <summary>Removes the oldest takes and messages from the comparison. Messages that nobody took by then count as gone.</summary>
    private MessageQueue Without(int takes, int messages)
    {
        if (takes == 0 && messages == 0)
            return this;
        var (images, changed, window) = (Images, Changed, Window);
        for (var index = 0; index < takes; index++)
        {
            var take = Takes.At(Window.Tickets[index])!;
            images = take.IsByHand ? images.WithByHand(take) : images;
            window = window.Doubt(take);
        }

        for (var index = 0; index < messages; index++)
        {
            if (Window.States[index] is { Waits: true } state)
                changed = changed.Add(state with { PassedOver = true });
        }

        return this with { Images = images, Changed = changed, Window = window.Without(takes, messages) };
    }

    MessageQueue IArchived<MessageQueue>.Through(Archive archive) => new()
    {
        Takes = (Takes ?? NumberedList<Take?>.Empty).Through(archive, static (archive, take) => archive.OwnOrNull(take)),
        Window = archive.Own(Window),
        Images = archive.Own(Images),
        Hosts = archive.Flag(Hosts),
        Published = archive.Number(Published),
        Due = archive.TimeOrNull(Due),
        Pairs = archive.Shared(Pairs),
        Shown = archive.Shared(Shown),
        Moved = archive.List(Moved, static (archive, moved) => (archive.Number(moved.Build), archive.TextOrNull(moved.Trigger))),
        Changed = archive.List(Changed, static (archive, state) => archive.Shared(state)),
    };
}
