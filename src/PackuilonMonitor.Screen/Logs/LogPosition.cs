using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>Which part of a log is shown.</summary>
public sealed record LogPosition
{
    public static readonly LogPosition AtEnd = new();

    /// <summary>The end is shown and what arrives moves into sight.</summary>
    public bool Follows { get; init; } = true;

    /// <summary>Nothing moves until it is asked to.</summary>
    public bool Frozen { get; init; }

    /// <summary>The line the screen begins with, or the one that stands <see cref="Lead"/> rows below the top.</summary>
    public LineKey Anchor { get; init; }

    public int AnchorRow { get; init; }

    public int Lead { get; init; }

    /// <summary>The line that was gone to last.</summary>
    public LineKey? Current { get; init; }

    /// <summary>A place whose lines are not there yet; until they come the screen stays as it is.</summary>
    public LogTarget? Wanted { get; init; }

    public int WantedLead { get; init; }

    /// <summary>Lines that had arrived when following stopped.</summary>
    public long ArrivedBefore { get; init; }

    /// <summary>What is asked for next.</summary>
    public LogTarget Target => Wanted ?? (Follows ? LogTarget.End : LogTarget.At(Anchor));

    /// <summary>At the end, which is followed again.</summary>
    public LogPosition Following() => AtEnd with { Anchor = Anchor, WantedLead = WantedLead, ArrivedBefore = ArrivedBefore };

    /// <summary>Following stops here.</summary>
    /// <param name="arrived">The lines that have arrived.</param>
    public LogPosition Leaving(long arrived) => this with
    {
        Follows = false,
        Frozen = false,
        Wanted = null,
        Lead = 0,
        AnchorRow = 0,
        ArrivedBefore = Follows && !Frozen ? arrived : ArrivedBefore,
    };

    /// <summary>At a place that was wanted and whose lines came.</summary>
    /// <param name="current">The line gone to; null where the page has none.</param>
    public LogPosition Arrived(LineKey place, LineKey? current) => this with
    {
        Wanted = null,
        Anchor = place,
        AnchorRow = 0,
        Lead = WantedLead,
        Current = current,
    };
}
