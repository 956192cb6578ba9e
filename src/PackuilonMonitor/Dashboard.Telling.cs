using System.Reactive.Concurrency;
using PackuilonMonitor.App;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

// Bells at once, and a moment later whoever else is to be told.
internal sealed partial class Dashboard
{
    /// <summary>The daemon's last lines in a log come a moment after the line that ended the build.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Never for what was there at the start: the first state that knows all logs is only remembered.</summary>
    private void Ring(Snapshot before)
    {
        var now = Now;
        if (_shownAt is { } then)
        {
            (_watch, var alerts) = _watch.Between(before, then, _snapshot, now);
            foreach (var bell in Bells.For(alerts, _view))
                Do(bell);
            foreach (var alert in alerts)
                _factories[0].Tail.Schedule(Settling, () => Post(() => Tell(alert)));
        }

        if (_shownAt is not null || _snapshot.Factories.Any(factory => factory.State.Logs.Complete))
            _shownAt = now;
    }

    /// <summary>With what the log's last lines say by now, which may be that the build was cancelled and did not fail.</summary>
    private void Tell(Alert alert)
    {
        var bulletin = Bulletin.Of(alert, _snapshot, Now);
        if (!_notify.Events.Contains(bulletin.Kind))
            return;
        _notifier.Tell(bulletin);
        if (_notify.Osc9 is Osc9Choice.Always || _notify.Osc9 is Osc9Choice.Auto && DesktopNotice.IsKnown(Environment.GetEnvironmentVariable))
            _app.Send(DesktopNotice.Request(bulletin.Text, Environment.GetEnvironmentVariable));
    }

    /// <summary>A way of telling is in trouble, or no more: a word at once, and a sign for as long as it lasts.</summary>
    private void Troubled(string way, string? trouble)
    {
        var troubles = _snapshot.Facts.Troubles;
        _snapshot = _snapshot.With(_snapshot.Facts with { Troubles = trouble is null ? troubles.Remove(way) : troubles.SetItem(way, trouble) });
        if (trouble is not null)
            _view = _view.Saying(trouble, isProblem: true);
        _app.Invalidate();
    }
}
