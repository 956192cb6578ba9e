using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Screen.State;

/// <summary>What can happen to the screen. Data only; every case is in this file.</summary>
public abstract record Message
{
    /// <summary>A later message of the same source takes the place of one that still waits; null if none may.</summary>
    public virtual object? Source => null;
}

/// <summary>From something that is listened to. The update drops it when the state does not want this id any more.</summary>
public abstract record SubscriptionMessage(SubscriptionId From) : Message
{
    /// <summary>A later one takes the place of one that still waits.</summary>
    public virtual bool ReplacesEarlier => true;

    public sealed override object? Source => ReplacesEarlier ? (From, GetType()) : null;
}

/// <summary>The one answer to a request. The update drops it when nobody waits for its number.</summary>
public abstract record Answer(int Number) : Message;

public sealed record KeyPressed(KeyPress Key) : Message;

public sealed record MousePressed(MousePress Press) : Message;

public sealed record Resized(Size Size) : Message;

/// <summary>The text of the open line of input changed.</summary>
public sealed record LineTyped(int Number, string Text) : Message;

public sealed record LineEntered(int Number, string Text) : Message;

public sealed record LineCancelled(int Number) : Message;

/// <summary>A command by its name, with what it is about; from a session without keys.</summary>
public sealed record CommandNamed(string Text) : Message;

/// <summary>The first picture is on the terminal.</summary>
public sealed record PictureShown : Message;

/// <summary>The shell continued the program.</summary>
public sealed record Resumed : Message;

/// <summary>The program was to stop and was not, because no shell with job control started it.</summary>
public sealed record NotSuspended : Message;

public sealed record Ticked(SubscriptionId From) : SubscriptionMessage(From);

public sealed record StatePublished(SubscriptionId From, MonitorState State) : SubscriptionMessage(From);

/// <param name="Factory">The factory's name where factories have names.</param>
public sealed record HistoryRead(SubscriptionId From, string? Factory, BuildHistory History, HistoryStatus Status)
    : SubscriptionMessage(From);

public sealed record PageRead(SubscriptionId From, LogPage Page) : SubscriptionMessage(From);

public sealed record HitsFound(SubscriptionId From, OtherHits Hits) : SubscriptionMessage(From);

/// <param name="Channel">Which way of notifying, such as <c>hook</c>.</param>
/// <param name="Trouble">Why it fails; null when it works again.</param>
public sealed record ChannelReported(SubscriptionId From, string Channel, string? Trouble) : SubscriptionMessage(From)
{
    public override bool ReplacesEarlier => false;
}

/// <param name="Factory">The factory's name where factories have names.</param>
public sealed record MutesRead(SubscriptionId From, string? Factory, ImmutableArray<Mute> Mutes) : SubscriptionMessage(From);

public sealed record MutesKept(int Number) : Answer(Number);

public sealed record MutesNotKept(int Number, string Why) : Answer(Number);

public sealed record WholeLogRead(int Number, ImmutableArray<string> Lines) : Answer(Number);

public sealed record WholeLogNotRead(int Number, string Why) : Answer(Number);

public sealed record LogSaved(int Number, long Bytes, string Path) : Answer(Number);

public sealed record LogNotSaved(int Number, string Why) : Answer(Number);

public sealed record PagerEnded(int Number, int Code) : Answer(Number);

public sealed record PagerNotStarted(int Number, string Why) : Answer(Number);

/// <param name="From">When the recording begins.</param>
/// <param name="Until">When it ends.</param>
public sealed record PastFound(int Number, Segments.PastMoment Moment, DateTimeOffset From, DateTimeOffset Until) : Answer(Number);

/// <param name="Why">Fit to be shown.</param>
public sealed record PastNotFound(int Number, string Why) : Answer(Number);

/// <param name="Found">A line each, in the order in which they are printed.</param>
public sealed record DoctorRan(int Number, ImmutableArray<DoctorRow> Found) : Answer(Number);

public sealed record PlainTextClosed(int Number) : Answer(Number);
