using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>One check as it was seen last, and what of it was announced.</summary>
public sealed record WatchedCheck(RaisedCheck Last, DateTimeOffset Since)
{
    /// <summary>A check that comes back within this time is the same alarm.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(10);

    /// <summary>Changes within this time are announced together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(30);

    /// <summary>It must be clear this long before that is announced.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(60);

    /// <summary>How long a flapping check must stay raised, or clear, before it is notified again.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private const int FlapsFrom = 3;

    public DateTimeOffset? ClearedAt { get; private init; }

    private ImmutableList<DateTimeOffset> Rises { get; init; } = [Since];

    private ImmutableHashSet<string>? NotifiedItems { get; init; }

    private Severity NotifiedSeverity { get; init; }

    private DateTimeOffset? ChangedAt { get; init; }

    private bool IsClearTold { get; init; }

    private bool Flaps { get; init; }

    /// <summary>A check that was raised before the watch began: it is the past and is not announced.</summary>
    public static WatchedCheck Before(RaisedCheck raised, DateTimeOffset now) =>
        new(raised, now) { NotifiedItems = Ids(raised.Check), NotifiedSeverity = raised.Check.Severity };

    /// <summary>What was recorded as raised.</summary>
    /// <param name="notified">The items that were announced; null if none were.</param>
    public static WatchedCheck Recorded(RaisedCheck raised, DateTimeOffset since, ImmutableHashSet<string>? notified) =>
        new(raised, since) { NotifiedItems = notified, NotifiedSeverity = raised.Check.Severity };

    /// <summary>Whether nothing of it need be known any more.</summary>
    public bool IsForgotten(DateTimeOffset now) => now - ClearedAt > Hour;

    /// <summary>Raised, or raised again.</summary>
    public static WatchedCheck Rise(WatchedCheck? known, RaisedCheck raised, DateTimeOffset now)
    {
        if (known is null)
            return new WatchedCheck(raised, now);
        var rises = known.Rises.RemoveAll(rise => now - rise > Hour).Add(now);
        var again = known with { Last = raised, Since = now, ClearedAt = null, Rises = rises, IsClearTold = false, ChangedAt = null };
        return now - known.ClearedAt <= Same ? again : again with { NotifiedItems = null };
    }

    public WatchedCheck Clear(DateTimeOffset now) => this with { ClearedAt = now, ChangedAt = null };

    /// <summary>The present check; a change for the worse is announced a little later.</summary>
    public WatchedCheck See(RaisedCheck raised, DateTimeOffset now)
    {
        var next = this with { Last = raised };
        var isWorse =
            NotifiedItems is { } notified
            && (raised.Check.Severity > NotifiedSeverity || raised.Check.Items.Any(item => !notified.Contains(item.Id)));
        return next with { ChangedAt = isWorse ? ChangedAt ?? now : null };
    }

    /// <summary>The notice that is due, if any.</summary>
    public (WatchedCheck Next, HealthNotice? Notice) Notify(DateTimeOffset now)
    {
        var check = Last.Check;
        if (Flaps)
            return (now - (ClearedAt ?? Since) >= Calm ? this with { Flaps = false, Rises = [Since] } : this, null);
        if (ClearedAt is { } cleared)
        {
            return NotifiedItems is not null && !IsClearTold && now - cleared >= Gone
                ? (this with { IsClearTold = true }, Notice(cleared, "is over", false))
                : (this, null);
        }

        // Warnings have words of their own: failed, lost, stuck, worker-lost.
        if (check.IsMuted || check.Severity is Severity.Warn)
            return (this, null);
        if (Rises.Count > FlapsFrom)
        {
            var since = Rises[0].ToString("HH:mm", CultureInfo.InvariantCulture);
            return (
                this with
                {
                    Flaps = true,
                    NotifiedItems = Ids(check),
                },
                Notice(now, string.Create(CultureInfo.InvariantCulture, $"is flapping, {Rises.Count - 1} times since {since}"), true)
            );
        }

        var isDue = NotifiedItems is null ? now - Since >= Delay(check.Code) : now - ChangedAt >= Together;
        return isDue
            ? (
                this with
                {
                    NotifiedItems = Ids(check),
                    NotifiedSeverity = check.Severity,
                    ChangedAt = null,
                },
                Notice(check.ChangedAt ?? Since, $"{check.Severity.Name()}: {check.Summary}", true)
            )
            : (this, null);
    }

    public static ImmutableHashSet<string> Ids(Check check) => [.. check.Items.Select(item => item.Id)];

    private HealthNotice Notice(DateTimeOffset at, string text, bool rings) =>
        new(at, Last.Factory, Last.Check.Code, Last.Check.Severity, $"{Last.Check.Code.Name()} {text}", rings);

    /// <summary>How long it must be raised before it is announced.</summary>
    public static TimeSpan Delay(CheckCode code) =>
        code switch
        {
            CheckCode.BuildFailed or CheckCode.BuildLost => TimeSpan.FromSeconds(2),
            CheckCode.WorkerLost => TimeSpan.FromSeconds(10),
            CheckCode.DaemonDown or CheckCode.ChangeNotBuilt or CheckCode.MessagesDropped => TimeSpan.FromSeconds(30),
            CheckCode.BrokerDown => TimeSpan.FromSeconds(60),
            CheckCode.SourceUnreadable or CheckCode.SourceSilent => TimeSpan.FromMinutes(2),
            // Their limits are inside.
            CheckCode.QueueWaiting or CheckCode.WorkerSilent or CheckCode.BuildStuck => TimeSpan.Zero,
            CheckCode.TriggerFailing
            or CheckCode.TimesUnreadable
            or CheckCode.TwoHosts
            or CheckCode.LinesUnrecognised
            or CheckCode.ImageFlaky
            or CheckCode.LeftBehind
            or CheckCode.HistoryOff
            or CheckCode.NotifyFailing
            or CheckCode.ShipBehind => TimeSpan.FromMinutes(5),
        };
}
