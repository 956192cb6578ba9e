using System.Collections.Immutable;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Record;

/// <summary>
/// Judges the factories as they are recorded: each turn of a check is recorded, and each notice given once, however often the recorder
/// begins again. On one thread.
/// </summary>
/// <param name="recorded">What was recorded of each factory before.</param>
/// <param name="record">Given a factory's name and a turn of a check.</param>
/// <param name="send">Called with a factory's name, a notice's key and the bulletin.</param>
public sealed class HealthSender(
    IReadOnlyCollection<RecordedHealth> recorded,
    Action<string, Observation> record,
    Action<string, string, Bulletin> send
)
{
    /// <summary>As a source of what rests on no line.</summary>
    private static readonly SourceId Source = new("health");

    /// <summary>Without a recording, the checks raised at first are the past: recorded and not announced.</summary>
    private HealthWatch _watch = recorded.Any(one => one.IsAny)
        ? HealthWatch.Having(recorded.SelectMany(one => one.Raised()))
        : HealthWatch.Start;

    private bool _isPast = !recorded.Any(one => one.IsAny);

    /// <summary>The factories now; nothing is judged before all are read.</summary>
    public void See(Snapshot factories, DateTimeOffset now)
    {
        if (!factories.IsComplete)
            return;
        var checks = factories.ChecksAt(now);
        var before = _watch.Events;
        (_watch, var notices) = _watch.See(checks, now);
        if (_isPast)
        {
            foreach (var check in checks)
                Record(factories, new HealthEvent(now, check.Factory, check.Check.Code, HealthTurn.Raised, check.Check.Severity, null,
                    check.Check.Count, check.Check.Words, [.. check.Check.Items.Select(item => item.Id)], []));
            _isPast = false;
        }

        foreach (var turn in _watch.Events.Skip(before.IsEmpty ? 0 : _watch.Events.LastIndexOf(before[^1]) + 1))
            Record(factories, turn);
        foreach (var notice in notices)
            send(Whose(factories, notice.Factory), RecordedHealth.KeyOf(notice, now), Bulletin.Of(notice, factories));
    }

    /// <summary>A check, or an item of it, is muted.</summary>
    public void Muted(string? factory, Mute mute) => record(factory ?? "", Turned(mute, "muted") with
    {
        At = mute.At,
    });

    /// <summary>A mute is over.</summary>
    /// <param name="by">Who ended it by hand; null where it ended by itself.</param>
    public void Unmuted(string? factory, Mute mute, string why, string? by, DateTimeOffset now)
    {
        var seen = Turned(mute, "unmuted");
        record(factory ?? "", seen with { At = now, Event = (HealthTurned)seen.Event with { Why = why, By = by } });
    }

    private static Observation Turned(Mute mute, string turn) => new(mute.At, Source, "", Speaker.Monitor, null,
        new HealthTurned(turn, mute.Code.Name(), mute.Severity.Name(), mute.Severity.Name(), mute.Items.Count, mute.Name)
        {
            Items = [.. mute.Items],
            By = mute.By,
        });

    private void Record(Snapshot factories, HealthEvent turn)
    {
        // The mute itself names its author; it is no turn of the check.
        if (turn.Turn is HealthTurn.Muted or HealthTurn.Unmuted)
            return;
        record(Whose(factories, turn.Factory), new Observation(turn.At, Source, "", Speaker.Monitor, null, turn.Observed()));
    }

    /// <summary>Whose recording it is in: what is nobody's stands with the first.</summary>
    private static string Whose(Snapshot factories, string? factory) => factory ?? factories.Factories[0].Name ?? "";
}
