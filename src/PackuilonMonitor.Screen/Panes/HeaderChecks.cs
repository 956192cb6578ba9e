using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// The checks of the header's first line, the worst first, as many as have room. The first keeps its words; long ones of the others give
/// way to the next check, and since when stays.
/// </summary>
/// <param name="Shown">With their texts; at least one where any is raised.</param>
/// <param name="Hidden">How many have no room.</param>
public sealed record HeaderChecks(IReadOnlyList<(RaisedCheck Raised, string Text)> Shown, int Hidden)
{
    /// <summary>Columns between two.</summary>
    public const int Gap = 3;

    /// <summary>Each has the room that it takes; else the only one that is shown is cut.</summary>
    public bool Fits { get; private init; } = true;

    /// <summary>How many have no room, as it is written; empty where all are shown.</summary>
    public string More => Hidden == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{Hidden}");

    /// <summary>The checks that are raised and not muted, with the words that the header has for them.</summary>
    public static IReadOnlyList<(RaisedCheck Raised, string Text)> Raised(Snapshot snapshot, Paint paint) =>
        [
            .. snapshot
                .ChecksAt(paint.Now)
                .Where(raised => !raised.Check.IsMuted)
                .Select(raised => (raised, Coded(raised, HealthWords.Short(raised.Check, paint)))),
        ];

    /// <param name="raised">With their words.</param>
    public static HeaderChecks In(IReadOnlyList<(RaisedCheck Raised, string Text)> raised, int room, Paint paint)
    {
        var ascii = paint.Glyphs.IsAscii;
        if (raised.Count == 0)
            return new([], 0);
        string[] whole = [.. raised.Select(one => one.Text)];
        string[] least = [whole[0], .. raised.Skip(1).Select(one => Coded(one.Raised, HealthWords.Least(one.Raised.Check, paint)))];
        for (var shown = raised.Count; shown > 0; shown--)
        {
            var free = room - Width(least[..shown]) - Rest(raised.Count - shown);
            if (free < 0)
                continue;
            var texts = least[..shown];
            for (var at = 1; at < shown; at++)
            {
                var longer = TextWidth.Of(whole[at], ascii) - TextWidth.Of(texts[at], ascii);
                if (longer <= free)
                    (texts[at], free) = (whole[at], free - longer);
            }

            return new([.. texts.Select((text, at) => (raised[at].Raised, text))], raised.Count - shown);
        }

        // The first has no room of its own: it is cut, and what is cut of it is on HEALTH.
        var widest = Math.Max(0, room - Rest(raised.Count - 1));
        var text = TextWidth.Truncate(HealthWords.Narrowed(raised[0].Raised, whole[0], widest, ascii), widest, ascii);
        return new([(raised[0].Raised, text)], raised.Count - 1) { Fits = false };

        int Width(string[] texts) => texts.Sum(one => TextWidth.Of(one, ascii)) + Gap * (texts.Length - 1);
        int Rest(int hidden) => hidden == 0 ? 0 : Gap + new HeaderChecks([], hidden).More.Length;
    }

    private static string Coded(RaisedCheck raised, string text) =>
        SafeText.Plain($"{HealthWords.Whose(raised)}{raised.Check.Code.Name()} {text}");
}
