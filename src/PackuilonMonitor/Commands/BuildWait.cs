using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>How waiting ended: the exit code of the contract, and a line that says what was waited for and what came of it.</summary>
/// <param name="IsFinal">No line that may still come can say otherwise.</param>
internal sealed record WaitEnd(int Code, string Text, bool IsFinal = true);

/// <summary>Waits for one build: the one of an id, else the newest that runs under a name, else the next that begins under it.</summary>
internal sealed class BuildWait
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int LostOrRejected = 2;
    public const int TimedOut = 4;
    public const int Cancelled = 5;
    public const int CouldNotWatch = 255;

    /// <summary>The daemon's last lines in a log come a moment after its verdict; a failed build may prove to be a cancelled one.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly MonitorState _start;
    private readonly string _name;
    private readonly string? _id;
    private readonly int _lastNumber;

    private BuildWait(MonitorState start, string name, string? id)
    {
        (_start, _name, _id) = (start, name, id);
        _lastNumber = start.Builds.All.LastOrDefault()?.Number ?? 0;
    }

    /// <summary>What is waited for, in words.</summary>
    public string Subject => SafeText.Plain(_id ?? $"the next build of {_name}");

    /// <exception cref="WrongUseException">The name is an id of no known build.</exception>
    public static BuildWait For(MonitorState start, string name)
    {
        var builds = BuildView.All(start);
        // A log that nobody announced may have been left unfinished for ever: that is no running build.
        var found = builds.FirstOrDefault(build => build.Id == name)
            ?? builds.LastOrDefault(build => build.Build is { Running: true } && build.Running && NamedBuild.IsNamed(build, name));
        if (found is null && name.Contains('@'))
            throw new WrongUseException($"wait: no such build: {SafeText.Plain(name)}; {NamedBuild.Suggestion(builds)}");
        return new BuildWait(start, name, found?.Id);
    }

    /// <summary>How it ends, once; the states are those that follow the one that waiting began with.</summary>
    public IObservable<WaitEnd> Ends(IObservable<MonitorState> states, TimeSpan? limit, IScheduler clock) => states
        .StartWith(_start)
        .Publish(shared => shared
            .Select(Look)
            .OfType<WaitEnd>()
            .Merge(limit is { } time ? Observable.Timer(time, clock).Select(_ => new WaitEnd(TimedOut, $"no verdict of {Subject} in {Words.Span(time)}")) : Observable.Never<WaitEnd>())
            .Take(1)
            .SelectMany(end => end.IsFinal
                ? Observable.Return(end)
                : shared.Select(Look).OfType<WaitEnd>().StartWith(end).TakeUntil(Observable.Timer(Settling, clock)).LastAsync()));

    /// <summary>How it ended by what is known, or null.</summary>
    private WaitEnd? Look(MonitorState state)
    {
        var view = _id is not null
            ? BuildView.All(state).FirstOrDefault(build => build.Id == _id)
            : state.Builds.All.Where(build => build.Number > _lastNumber).Select(build => BuildView.Of(state, build)).FirstOrDefault(build => NamedBuild.IsNamed(build, _name));
        if (view is not null)
            return Verdict(view);
        if (_id is not null)
            return null;
        if (state.Rejections.FirstOrDefault(IsNew) is { } rejected)
            return new WaitEnd(LostOrRejected, $"{rejected.Image?.Text}: rejected: {rejected.Text}");
        return state.Workers.Values.FirstOrDefault(IsNewlyLost) is { } lost
            ? new WaitEnd(LostOrRejected, $"{_name}: lost with {lost.Id}, that was to build it: {lost.Text}", IsFinal: false)
            : null;
    }

    /// <summary>The thread that took the message is gone, so what it had not begun is never built.</summary>
    private bool IsNewlyLost(Worker worker) =>
        worker is { Activity: Lost, Job.Image: var image } && NamedBuild.MayBe(image.Text, _name)
        && _start.Workers.GetValueOrDefault(worker.Id.Number) is not { Activity: Lost };

    private bool IsNew(Rejection rejection) =>
        rejection.Image is { } image && NamedBuild.MayBe(image.Text, _name) && !_start.Rejections.Contains(rejection);

    private static WaitEnd? Verdict(BuildView view)
    {
        var after = view.Took is { } took ? $" after {Words.Span(took)}" : "";
        var why = view.Reason is { } reason ? $": {reason}" : "";
        return view.State switch
        {
            BuildState.Building or BuildState.Unknown => null,
            BuildState.Succeeded => new WaitEnd(Succeeded, $"{view.Id}: succeeded{after}"),
            BuildState.Failed => new WaitEnd(Failed, $"{view.Id}: failed{after}{why}", IsFinal: false),
            BuildState.Lost => new WaitEnd(LostOrRejected, $"{view.Id}: lost{after}{why}", IsFinal: false),
            BuildState.Cancelled => new WaitEnd(Cancelled, $"{view.Id}: cancelled{after}{why}"),
        };
    }
}
