using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The triggers seen, oldest first, and the one run of cdb2rabbit that may be going on.</summary>
/// <param name="Triggers">At most <see cref="Most"/>; the oldest are forgotten first.</param>
/// <param name="Current">The profile that cdb2rabbit is at; lines that name none are about it.</param>
/// <param name="PacketAt">The last packet that no run of cdb2rabbit followed yet.</param>
public sealed record TriggerQueue(ImmutableList<Trigger> Triggers, string? Current = null, DateTimeOffset? PacketAt = null)
{
    public const int Most = 2_000;

    public static readonly TriggerQueue Empty = new([]);

    /// <summary>Messages that were pushed and not yet taken, as far as the lines tell.</summary>
    public int Waiting => Triggers.Count(trigger => trigger.Waiting);

    internal TriggerQueue Apply(DateTimeOffset at, string host, MonitorEvent said) => said switch
    {
        PacketReceived { Kind: "cdb" } => this with { PacketAt = at },
        // cdp-listend waits for each run, so no run is going on when it calls the next; a bare "Starting" may have lost its name.
        TriggerStarted or CallMade => this with { Current = null },
        TriggerExited => this with { Current = null, PacketAt = null },
        ProfileRebuilt profile => Begin(at, host, profile.Profile),
        ProfileDownloading profile => Named(at, host, profile.Profile, trigger => trigger),
        ProfileNew profile => Named(at, host, profile.Profile, trigger => trigger with { New = true }),
        ProfileUpdated profile => Named(at, host, profile.Profile, trigger => trigger),
        ProfileUnchanged profile => Named(at, host, profile.Profile,
            trigger => trigger with { Result = trigger.New ? TriggerResult.NewUnchanged : TriggerResult.Unchanged }),
        ProfileFailed { Profile: { } profile } => Named(at, host, profile, trigger => trigger with { Result = TriggerResult.NotDownloaded }),
        ProfileFailed => OfCurrent(trigger => trigger with { Result = trigger.Result ?? TriggerResult.NotDownloaded }),
        MessagePushing => OfCurrent(trigger => trigger with { Result = TriggerResult.Queued, QueuedAt = at }),
        PushFailed => OfCurrent(trigger => trigger with { Result = TriggerResult.PushFailed, QueuedAt = null }),
        _ => this,
    };

    /// <summary>
    /// The trigger a job came from: of those waiting the one whose profile agrees longest with the image's name, the oldest
    /// among equals; where no name tells, the oldest of all, because the queue is first in, first out.
    /// </summary>
    internal (TriggerQueue, string? Trigger) Take(DateTimeOffset at, ImageName image)
    {
        var waiting = Triggers.Where(trigger => trigger.Waiting && trigger.QueuedAt <= at);
        if (waiting.MaxBy(trigger => SameLetters(trigger.Profile, image)) is not { } first)
            return (this, null);
        var taken = first with { TakenAt = at, ByName = SameLetters(first.Profile, image) > 0 };
        return (this with { Triggers = Triggers.SetItem(Triggers.FindIndex(trigger => trigger.Id == first.Id), taken) }, taken.Id);
    }

    internal TriggerQueue AddBuild(string trigger, string build)
    {
        var index = Triggers.FindLastIndex(known => known.Id == trigger);
        return index < 0
            ? this
            : this with { Triggers = Triggers.SetItem(index, Triggers[index] with { Builds = (Triggers[index].Builds ?? []).Add(build) }) };
    }

    /// <summary>The build turned out to be another trigger's, or nobody's.</summary>
    internal TriggerQueue MoveBuild(string build, string? from, string? to)
    {
        if (from == to)
            return this;
        var index = from is null ? -1 : Triggers.FindLastIndex(known => known.Id == from);
        var left = index < 0 ? this : this with { Triggers = Triggers.SetItem(index, Triggers[index] with { Builds = Triggers[index].Builds?.Remove(build) }) };
        return to is null ? left : left.AddBuild(to, build);
    }

    // image-sl-7x-x86-64.example.org.json and image-sl7x-x86_64 are one image; image-norm.example.org.json is image-norm-sl7x-x86_64's.
    private static int SameLetters(string profile, ImageName image)
    {
        var (name, at, same) = (image.Text, 0, 0);
        foreach (var letter in profile.AsSpan(0, profile.IndexOf('.') is var dot and >= 0 ? dot : profile.Length))
        {
            if (!char.IsLetterOrDigit(letter))
                continue;
            while (at < name.Length && !char.IsLetterOrDigit(name[at]))
                at++;
            if (at == name.Length || char.ToUpperInvariant(name[at]) != char.ToUpperInvariant(letter))
                return 0;
            (at, same) = (at + 1, same + 1);
        }

        return same;
    }

    private TriggerQueue Begin(DateTimeOffset at, string host, string profile)
    {
        var stem = $"{profile}@{at.ToUnixTimeSeconds()}";
        var before = Triggers.FindLastIndex(known => known.Profile == profile && known.Id.StartsWith(stem, StringComparison.Ordinal));
        var id = before < 0 ? stem : $"{stem}#{Ordinal(Triggers[before].Id, stem) + 1}";
        var triggers = Triggers.Add(new Trigger(id, host, at, PacketAt, profile));
        return this with { Triggers = triggers.Count > Most ? triggers.RemoveAt(0) : triggers, Current = id };
    }

    private static int Ordinal(string id, string stem) =>
        id.Length == stem.Length ? 1 : int.Parse(id.AsSpan(stem.Length + 1), CultureInfo.InvariantCulture);

    private TriggerQueue Named(DateTimeOffset at, string host, string profile, Func<Trigger, Trigger> change)
    {
        var index = Triggers.FindLastIndex(known => known.Profile == profile);
        return index >= 0 && (Triggers[index].Result is null || Triggers[index].Id == Current)
            ? this with { Triggers = Triggers.SetItem(index, change(Triggers[index])), Current = Triggers[index].Id }
            : Begin(at, host, profile).OfCurrent(change);
    }

    private TriggerQueue OfCurrent(Func<Trigger, Trigger> change)
    {
        var index = Current is null ? -1 : Triggers.FindLastIndex(known => known.Id == Current);
        return index < 0 ? this : this with { Triggers = Triggers.SetItem(index, change(Triggers[index])) };
    }
}
