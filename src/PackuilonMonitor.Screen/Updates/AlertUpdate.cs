using System.Collections.Immutable;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>Bells at once; hook, webhook and desktop notification a moment later.</summary>
public static class AlertUpdate
{
    /// <summary>The daemon's last lines in a log come a moment after the line that ended the build.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>What is new between the factories before and those of the state, whichever of them is shown.</summary>
    public static Transition Compare(Snapshot before, ScreenState state)
    {
        var (watch, alerts) = state.Alerts.Watch.Between(before, state.Alerts.ComparedAt ?? state.Now, state.Factories, state.Now);
        var pending = state.Alerts.Pending.AddRange(alerts.Select(alert => new PendingAlert(alert, state.Now + Settling)));
        return new Transition(
            state with
            {
                Alerts = state.Alerts with { Watch = watch, ComparedAt = state.Now, Pending = pending },
            },
            [.. Bells.For(alerts, state.User)]
        );
    }

    /// <summary>Examines the checks and announces what is due. Not before everything was read: until then nothing is raised.</summary>
    public static Transition Judge(ScreenState state)
    {
        if (!state.Factories.IsComplete)
            return state;
        var (watch, notices) = state.Alerts.Health.See(state.Factories.Only(null).ChecksAt(state.Second), state.Now);
        var next = state with { Alerts = state.Alerts with { Health = watch } };
        if (notices.IsEmpty)
            return next;
        var effects = ImmutableArray.CreateBuilder<Effect>();
        if (notices.FirstOrDefault(notice => notice.Rings) is { } bad)
            effects.AddRange(Bells.For([new Alert(AlertKind.Health, bad.At, null, null, bad.Factory)], state.User));
        foreach (
            var bulletin in notices
                .Select(notice => Bulletin.Of(notice, state.Factories))
                .Where(bulletin => state.Settings.Notified.Contains(bulletin.Kind))
        )
        {
            effects.Add(new SendBulletin(bulletin));
            if (state.Settings.HasDesktopNotices)
                effects.Add(new ShowDesktopNotice(bulletin.Text));
        }

        return new Transition(next, effects.ToImmutable());
    }

    /// <summary>Sends what is due, with what the log's last lines say by now: the build may have been cancelled and not failed.</summary>
    public static Transition SendDue(ScreenState state)
    {
        var due = state.Alerts.Pending.TakeWhile(pending => pending.DueAt <= state.Now).ToList();
        if (due.Count == 0)
            return state;
        var sent = ImmutableArray.CreateBuilder<Effect>();
        foreach (
            var bulletin in due.Select(pending => Bulletin.Of(pending.Alert, state.Factories, state.Now))
                .Where(bulletin => state.Settings.Notified.Contains(bulletin.Kind))
        )
        {
            sent.Add(new SendBulletin(bulletin));
            if (state.Settings.HasDesktopNotices)
                sent.Add(new ShowDesktopNotice(bulletin.Text));
        }

        return new Transition(
            state with
            {
                Alerts = state.Alerts with { Pending = state.Alerts.Pending.RemoveRange(0, due.Count) },
            },
            sent.ToImmutable()
        );
    }
}
