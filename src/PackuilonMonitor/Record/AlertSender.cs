using System.Collections.Immutable;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Record;

/// <summary>
/// Sends the alerts of all factories, each once, however many dashboards are open and however often the recorder starts. On one thread.
/// </summary>
public sealed class AlertSender
{
    /// <summary>Only the passing of time makes a build stuck.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly IScheduler _scheduler;
    private readonly ImmutableArray<AlertKind> _kinds;
    private readonly Action<string, string, Bulletin> _send;
    private readonly Func<Snapshot, DateTimeOffset, Snapshot> _judge;
    private readonly Dictionary<string, MonitorState> _latest = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Snapshot _before;
    private DateTimeOffset _comparedAt;
    private AlertState _alerts;

    /// <param name="start">The factories as they were when everything was sent; news begins with the first real state of each.</param>
    /// <param name="given">The keys of the alerts sent before.</param>
    /// <param name="send">Receives a factory's name, an alert's key and the bulletin, on the scheduler's thread.</param>
    /// <param name="judge">Given the factories each second, with what may change their facts.</param>
    public AlertSender(
        Snapshot start,
        IEnumerable<string> given,
        ImmutableArray<AlertKind> kinds,
        IScheduler scheduler,
        Action<string, string, Bulletin> send,
        Func<Snapshot, DateTimeOffset, Snapshot>? judge = null
    )
    {
        (_before, _kinds, _scheduler, _send, _judge) = (start, kinds, scheduler, send, judge ?? (static (factories, _) => factories));
        _alerts = AlertState.Start with { Watch = AlertWatch.Having(given) };
        _comparedAt = scheduler.Now;
    }

    /// <summary>Starts to compare.</summary>
    public IDisposable Begin() => _scheduler.Schedule(Pace, again =>
    {
        Turn();
        again(Pace);
    });

    /// <summary>The newest state of a factory; returns at once. From any thread.</summary>
    public void See(MonitorState state)
    {
        lock (_gate)
            _latest[state.Factory ?? ""] = state;
    }

    /// <summary>The store's builds of a factory. From any thread.</summary>
    public void Remember(string? factory, BuildHistory history) =>
        _scheduler.Schedule(() => _before = _before.With(factory, facts => facts with { History = history }));

    private void Turn()
    {
        var after = _before;
        lock (_gate)
        {
            foreach (var state in _latest.Values)
                after = ReferenceEquals(after.Of(state.Factory).State, state) ? after : after.Next(state);
        }

        var now = _scheduler.Now;
        var (watch, alerts) = _alerts.Watch.Between(_before, _comparedAt, after, now);
        var pending = _alerts.Pending.AddRange(alerts.Select(alert => new PendingAlert(alert, now + AlertUpdate.Settling)));
        var due = pending.TakeWhile(one => one.DueAt <= now).ToList();
        (_before, _comparedAt, _alerts) = (after, now, new AlertState(watch, now, pending.RemoveRange(0, due.Count)));
        foreach (var (alert, _) in due)
        {
            var bulletin = Bulletin.Of(alert, after, now);
            if (_kinds.Contains(bulletin.Kind))
                _send(alert.Factory ?? "", AlertWatch.KeyOf(alert), bulletin);
        }

        _before = _judge(after, now);
    }
}
