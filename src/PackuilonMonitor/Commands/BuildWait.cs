using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Commands;

/// <summary>
/// The result of waiting: the exit code of the contract, a line that names the builds and their results, and the new images.
/// </summary>
/// <param name="Settling">How long no other result may follow before this one is final.</param>
public sealed record WaitEnd(int Code, string Text, TimeSpan Settling = default)
{
    /// <summary>The ids of the images, in the order of the builds.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>When the last of the builds ended; null if that is unknown.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether what may still change it would have come by then.</summary>
    public bool IsSettledAt(DateTimeOffset now) => Settling == default || Since is { } since && now - since >= Settling;

    public bool Equals(WaitEnd? other) =>
        other is not null && Code == other.Code && Text == other.Text && Settling == other.Settling && Images.SequenceEqual(other.Images);

    public override int GetHashCode() => HashCode.Combine(Code, Text, Images.Count);
}

/// <summary>Waits for one build, for all builds of an image's message, or for those of a change.</summary>
public sealed class BuildWait
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int LostOrRejected = 2;
    public const int TimedOut = 4;
    public const int Cancelled = 5;
    public const int CouldNotWatch = 255;

    private readonly MonitorState _start;
    private readonly Func<MonitorState, WaitEnd?> _look;

    private BuildWait(MonitorState start, string subject, Func<MonitorState, WaitEnd?> look) =>
        (_start, Subject, _look) = (start, SafeText.Plain(subject), look);

    /// <summary>A description of the builds.</summary>
    public string Subject { get; }

    /// <param name="since">
    /// Accepts a build that began then or later, even if it has ended, and a message that came to nothing since; null accepts only those
    /// that run or are still to come.
    /// </param>
    /// <exception cref="WrongUseException">The name is an id of no known build.</exception>
    public static BuildWait For(MonitorState start, string name, DateTimeOffset? since = null)
    {
        var builds = BuildView.All(start);
        if (builds.FirstOrDefault(build => build.Id == name) is { } known)
            return new BuildWait(start, known.Id, state =>
                BuildView.All(state).FirstOrDefault(build => build.Id == known.Id) is { } view ? WaitVerdict.Of([view]) : null
            );
        if (name.Contains('@'))
            throw new WrongUseException($"wait: no such build: {SafeText.Plain(name)}; {NamedBuild.Suggestion(builds, name)}");
        // A log that no line announced may remain unfinished for ever: that is not a running build.
        var found = builds.LastOrDefault(build =>
            NamedBuild.IsNamed(build, name)
            && (
                since is { } from
                    ? (build.Build?.TakenAt ?? build.StartedAt) >= from
                    : build.Build is { Running: true } && build.Running
                        || NamedBuild.IsImage(build, name) && !WaitedMessage.Of(start, build).IsOver
            )
        );
        var subject =
            found is null ? $"the next build of {name}"
            : NamedBuild.IsImage(found, name) ? $"all templates of {name}, of the message of {found.Id}"
            : found.Id;
        return new BuildWait(start, subject, new NamedWait(start, name, found, since).Check);
    }

    /// <summary>All builds of the newest unfinished change of a profile, otherwise of its next one.</summary>
    /// <param name="since">Accepts a change that was announced then or later, even if it is done.</param>
    public static BuildWait ForChange(MonitorState start, string profile, DateTimeOffset now, DateTimeOffset? since = null)
    {
        var change = new ChangeWait(start, profile, since, now);
        return new BuildWait(start, change.Subject, change.Check);
    }

    /// <summary>The result, once; the states follow the one with which waiting began.</summary>
    public IObservable<WaitEnd> Ends(IObservable<MonitorState> states, TimeSpan? limit, IScheduler clock) =>
        states
            .StartWith(_start)
            .Select(_look)
            .DistinctUntilChanged()
            .Publish(ends =>
                ends.Select(end =>
                        end is null ? Observable.Never<WaitEnd>()
                        : end.Settling == default ? Observable.Return(end)
                        : Observable.Return(end).Delay(end.Settling, clock)
                    )
                    .Switch()
                    .Merge(
                        limit is { } time
                            ? ends.Take(1)
                                .SelectMany(_ => Observable.Timer(time, clock))
                                .WithLatestFrom(ends, (_, end) => AtLimit(end, time, clock.Now))
                            : Observable.Never<WaitEnd>()
                    )
            )
            .Take(1);

    private WaitEnd AtLimit(WaitEnd? end, TimeSpan limit, DateTimeOffset now) =>
        // Only the last lines of a log may be missing where it settles for that short time: the builds have ended.
        end is not null && (end.Settling <= WaitVerdict.Settling || end.IsSettledAt(now))
            ? end
            : new WaitEnd(TimedOut, $"no verdict of {Subject} in {Words.Span(limit)}");
}
