using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>
/// The checks of one factory from a recording: those raised at its end, and what of them was announced. A restarted recorder continues
/// from them.
/// </summary>
public sealed class RecordedHealth(string? factory)
{
    private const string Notice = "health ";

    private readonly Dictionary<CheckCode, Known> _known = [];
    private readonly Dictionary<CheckCode, DateTimeOffset> _turned = [];

    private sealed record Known(HealthTurned Last, DateTimeOffset Since, DateTimeOffset ChangedAt, ImmutableHashSet<string> Items)
    {
        /// <summary>The items before the last change.</summary>
        public ImmutableHashSet<string> Before { get; init; } = [];
    }

    /// <summary>Something was recorded of any check.</summary>
    public bool IsAny { get; private set; }

    /// <summary>The key under which a notice of a check is noted before it is given.</summary>
    public static string KeyOf(HealthNotice notice, DateTimeOffset now) =>
        FormattableString.Invariant($"{Notice}{notice.Code.Name()} {now.UtcTicks}");

    /// <summary>One more turn, in the order of their times.</summary>
    public void Take(Observation seen)
    {
        if (seen.Event is not HealthTurned turned || CheckCodes.Of(turned.Code) is not { } code)
            return;
        IsAny = true;
        switch (turned.Turn)
        {
            case "raised":
                _known[code] = new Known(turned, seen.At, seen.At, [.. turned.Items]);
                break;
            case "changed" when _known.TryGetValue(code, out var before):
                var items = before.Items.Except(turned.Gone).Union(turned.Items);
                _known[code] = before with { Last = turned, ChangedAt = seen.At, Items = items, Before = before.Items };
                break;
            case "cleared":
                _known.Remove(code);
                break;
        }
    }

    /// <summary>The key of an alert that was given; those of other alerts are passed over.</summary>
    public void Take(string alert)
    {
        if (
            alert.StartsWith(Notice, StringComparison.Ordinal)
            && alert[Notice.Length..].Split(' ') is [var name, var ticks]
            && CheckCodes.Of(name) is { } code
            && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at)
            && at is > 0
            && at <= DateTimeOffset.MaxValue.UtcTicks
        )
        {
            var time = new DateTimeOffset(at, TimeSpan.Zero);
            _turned[code] = _turned.GetValueOrDefault(code) > time ? _turned[code] : time;
        }
    }

    /// <summary>What is raised at the end.</summary>
    public IEnumerable<WatchedCheck> Raised() => _known.Select(one =>
    {
        var (code, known) = one;
        var severity = Enum.GetValues<Severity>().FirstOrDefault(severity => severity.Name() == known.Last.Severity, code.Usual());
        var items = known.Items.Order(StringComparer.Ordinal).Select(id => new HealthItem(id, "", known.Since));
        var check = new Check(code, severity, [.. items], CheckSummary.Of(known.Last.Summary), "");
        var at = _turned.GetValueOrDefault(code);
        return WatchedCheck.Recorded(
            new RaisedCheck(code.IsOwn() ? null : factory, check),
            known.Since,
            at < known.Since ? null : at < known.ChangedAt ? known.Before : known.Items
        );
    });
}
