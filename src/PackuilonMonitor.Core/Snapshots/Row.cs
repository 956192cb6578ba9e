using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>A line of a list that the cursor can be on. Every case is in this file.</summary>
/// <param name="Id">Who it is: the same for as long as the thing is remembered, wherever it stands.</param>
/// <param name="Factory">Whose it is, where factories are named.</param>
public abstract record Row(string Id, string? Factory = null)
{
    /// <summary>The build it is about, if it is about one.</summary>
    public virtual BuildView? Build => null;

    /// <summary>Its names in full, which a filter looks at beside what is shown.</summary>
    public abstract string Searched { get; }

    /// <summary>The same with the factory's name before it.</summary>
    public string SearchedWhole => Factory is null ? Searched : $"{Factory} {Searched}";
}

/// <summary>The heading of a factory's workers, where factories are named.</summary>
public sealed record FactoryRow(string Name) : Row($"factory {Name}", Name)
{
    public override string Searched => "";
}

/// <summary>A worker thread, or a running build that no thread is known for.</summary>
/// <param name="Thread">Its number, or null for a build without a known thread.</param>
/// <param name="Worker">Null for a thread without any line.</param>
/// <param name="Running">The build it runs.</param>
/// <param name="Position">Which template of its message that is, from 1; null where that is unknown.</param>
/// <param name="Templates">How many templates the image has, by its last finished message; null where none is known.</param>
public sealed record WorkerRow(int? Thread, Worker? Worker, BuildView? Running, int? Position, int? Templates, string? Factory = null)
    : Row(Thread is { } number ? FactoryName.Own(Factory, $"thread {number}") : $"build {Running!.Id}", Factory)
{
    public override BuildView? Build => Running;

    public override string Searched => $"T{Thread} {Running?.Name.File} {Worker?.Job?.Image.Text} {Worker?.Text}";
}

/// <summary>A change and what became of it; a message that came without one; or a run of cdb2rabbit that named none.</summary>
/// <param name="At">When cdb2rabbit named the profile, or when the message was taken; of several that are one row the newest.</param>
/// <param name="Triggers">The changes, oldest first: several where the same came of all of them; none where none was seen.</param>
/// <param name="Builds">Oldest first.</param>
/// <param name="Rejection">Why its message came to nothing.</param>
/// <param name="Holder">The worker whose message it is now.</param>
/// <param name="Image">The image of its message.</param>
/// <param name="ToCome">Templates that its image usually has and that were not begun, where they still may be.</param>
public sealed record TriggerRow(
    string Key, DateTimeOffset At, IReadOnlyList<Trigger> Triggers, IReadOnlyList<BuildView> Builds, Rejection? Rejection, Worker? Holder,
    ImageName? Image, IReadOnlyList<string> ToCome, string? Factory = null) : Row(Key, Factory)
{
    /// <summary>The newest change.</summary>
    public Trigger? Trigger => Triggers.Count > 0 ? Triggers[^1] : null;

    /// <summary>Runs of cdb2rabbit that failed alike before they named a profile, oldest first.</summary>
    public IReadOnlyList<FailedRun> Runs { get; init; } = [];

    /// <summary>Templates that will not be built any more, because the message is gone.</summary>
    public IReadOnlyList<string> NeverBegun { get; init; } = [];

    /// <summary>The thread that took the message; of a build that turned out to be another thread's, that one.</summary>
    public WorkerId? Taker =>
        Builds.Select(build => build.Worker).FirstOrDefault(worker => worker is not null)
        ?? Holder?.Id
        ?? Rejection?.Worker
        ?? Trigger?.TakenBy;

    /// <summary>The last word on it is still to come.</summary>
    public bool IsUnfinished =>
        Trigger switch
        {
            { Result: null } trigger => !trigger.RunOver,
            { Waiting: true } => true,
            _ => Rejection is null
                && Trigger?.Refused is null
                && (Builds.Any(build => build.Running) || Holder is { Activity: Preparing } || Holder is not null && ToCome.Count > 0),
        };

    /// <summary>Something was to be built and was not, or not well.</summary>
    public bool IsProblem =>
        Runs.Count > 0
        || Rejection is not null
        || Builds.Any(build => build.State is BuildState.Failed or BuildState.Lost)
        || Trigger switch
        {
            null => false,
            { Result: null } trigger => trigger.RunOver,
            { Result: TriggerResult.NotDownloaded or TriggerResult.PushFailed or TriggerResult.NewUnchanged } or { Refused: not null } =>
                true,
            _ => false,
        };

    public override BuildView? Build => Builds.Count > 0 ? Builds[^1] : null;

    public override string Searched =>
        $"{string.Join(' ', Triggers.Select(trigger => trigger.Profile))} "
        + $"{Image?.Text} {string.Join(' ', Builds.Select(build => build.Name.File))}";
}

/// <summary>A build, in a list of builds.</summary>
public sealed record BuildRow(BuildView View) : Row($"build {View.Id}", View.Factory)
{
    public override BuildView? Build => View;

    public override string Searched => $"{View.Name.File} {View.State} {View.Reason} {View.ImageId}";
}

/// <summary>A message that came to no build.</summary>
/// <param name="Rejection">The message.</param>
/// <param name="Ordinal">Which of those of one thread at one time.</param>
public sealed record RejectionRow(Rejection Rejection, int Ordinal, string? Factory = null)
    : Row(FactoryName.Own(Factory, $"rejection {Rejection.At.UtcTicks} {Rejection.Worker?.Number} {Ordinal}"), Factory)
{
    public override string Searched => $"{Rejection.Image?.Text} {Rejection.Why} {Rejection.Text} FAIL";
}

/// <summary>Something that was observed.</summary>
/// <param name="Number">Its place among all that were shown, from 0.</param>
public sealed record EventRow(long Number, Observation Seen, string? Factory = null)
    : Row(FactoryName.Own(Factory, $"event {Number}"), Factory)
{
    public override string Searched => Seen.Source.Path;
}

/// <summary>What failed by one cause.</summary>
/// <param name="Masked">The cause without its ids, numbers and dates.</param>
/// <param name="Cause">As the newest has it.</param>
/// <param name="Members">What failed, newest first.</param>
public sealed record CauseRow(string Masked, string Cause, IReadOnlyList<Row> Members) : Row($"cause {Masked}", Members[0].Factory)
{
    public override string Searched => $"{Cause} {string.Join(' ', Members.Select(member => member.Searched))}";
}

/// <summary>One of those, below the row of their cause.</summary>
public sealed record MemberRow(Row Of) : Row($"member {Of.Id}", Of.Factory)
{
    public override BuildView? Build => Of.Build;

    public override string Searched => Of.Searched;
}

/// <summary>A check that is raised.</summary>
public sealed record CheckRow(RaisedCheck Raised) : Row($"check {Raised.Key}", Raised.Factory)
{
    public override string Searched =>
        $"{Raised.Check.Code.Name()} {Raised.Check.Summary} {string.Join(' ', Raised.Check.Items.Select(item => item.Id))}";
}

/// <summary>One of the things that a check is about.</summary>
public sealed record CheckItemRow(RaisedCheck Raised, HealthItem Item) : Row($"item {Raised.KeyOf(Item)}", Raised.Factory)
{
    public override string Searched => $"{Item.Id} {Item.Text}";
}

/// <summary>A line that something rests on.</summary>
public sealed record LineRow(int Number, EvidenceLine Line, string? Factory = null)
    : Row(string.Create(CultureInfo.InvariantCulture, $"line {Number}"), Factory)
{
    public override string Searched => $"{Line.Source.Path} {Line.Text}";
}

/// <summary>A line of what doctor found.</summary>
/// <param name="Text">The grade, what was examined and the result; or a command to type.</param>
/// <param name="IsProblem">A source cannot be read, or the configuration is wrong.</param>
/// <param name="IsCommand">It is a command that fixes what stands above.</param>
public sealed record DoctorRow(int Number, string Text, bool IsProblem, bool IsCommand)
    : Row(string.Create(CultureInfo.InvariantCulture, $"doctor {Number}"))
{
    /// <summary>What was examined, a path or a word or two, also of the command that fixes it; empty of the last line.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The result, without the grade and what was examined; empty of a command.</summary>
    public string Result { get; init; } = "";

    /// <summary>Everything can be read, but something could be better.</summary>
    public bool IsNote { get; init; }

    public override string Searched => Text;
}

/// <summary>A file that is read.</summary>
public sealed record SourceRow(SourceReading Reading, string? Factory = null)
    : Row(FactoryName.Own(Factory, $"source {Reading.Source.Path}"), Factory)
{
    public override string Searched => $"{Reading.Source.Path} {Reading.Health?.Text}";
}

/// <summary>A hop on the way from a packet to an image.</summary>
/// <param name="Number">Its place on the way.</param>
/// <param name="At">When it was reached, or null for what is still to come or has no time.</param>
/// <param name="Stage">Where it is, in a word.</param>
/// <param name="Text">What is known of it; text of others may be in it.</param>
/// <param name="View">The build it is about.</param>
public sealed record ChainRow(int Number, DateTimeOffset? At, string Stage, string Text, BuildView? View = null) : Row($"link {Number}")
{
    /// <summary>What was waited for since the hop before; null where something was done.</summary>
    public Wait? Wait { get; init; }

    /// <summary>How long since the hop before; null where either has no time.</summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>How long it usually takes from the hop before; null where too little is known.</summary>
    public TimeSpan? Usual { get; init; }

    /// <summary>It is the present activity, since the hop before.</summary>
    public bool IsNow { get; init; }

    /// <summary>Since when it is in progress; null if it is over.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>No wait on this way was longer, and it was long.</summary>
    public bool IsLongestWait { get; init; }

    /// <summary>It is why something went wrong.</summary>
    public bool IsProblem { get; init; }

    /// <summary>It is not proven to be of this change.</summary>
    public bool IsDoubtful { get; init; }

    public override BuildView? Build => View;

    public override string Searched => $"{Stage} {Text}";
}

/// <summary>A step of a build beside the same step of the usual build.</summary>
/// <param name="Number">Its place in the list.</param>
/// <param name="Name">In few words.</param>
/// <param name="Depth">0 for a step, more for what is inside.</param>
/// <param name="Now">When it began and how long it took in this build; null where it did not begin or has no time.</param>
/// <param name="Usual">The same in the usual build; null where that has none.</param>
public sealed record StepBarRow(int Number, string Name, int Depth, Stretch? Now, Stretch? Usual)
    : Row(string.Create(CultureInfo.InvariantCulture, $"step {Number}"))
{
    /// <summary>The longest that it took in good builds.</summary>
    public TimeSpan? Worst { get; init; }

    /// <summary>This build has it.</summary>
    public bool Begun { get; init; }

    public override string Searched => Name;
}

/// <summary>A part of a build, by the time since its start.</summary>
public readonly record struct Stretch(TimeSpan From, TimeSpan Took)
{
    public TimeSpan To => From + Took;
}

/// <summary>What a change waits for.</summary>
public enum Wait
{
    /// <summary>cdp-listend, which works off one packet after the other.</summary>
    Socket,

    /// <summary>A free worker.</summary>
    Queue,

    /// <summary>The free worker's next look into the queue, and its preparations.</summary>
    Worker,
    Server,
    Ssh,
    Image,
}
