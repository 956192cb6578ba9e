using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>In place of the overview while nothing could be read yet: what is missing, and what to do.</summary>
internal static class NothingReadPane
{
    private const int Indent = 5;

    /// <summary>No source was read, and nothing is known of an earlier day.</summary>
    public static bool IsAll(Snapshot snapshot) =>
        snapshot is { IsComplete: true, Builds.Count: 0, Ended.Count: 0, Triggers.Count: 0 }
        && snapshot.Workers.All(row => row.Worker is null)
        && Unread(snapshot).Any()
        && snapshot.Sources.All(row => row.Reading is { LastLineAt: null, Health.State: not SourceState.Following });

    public static void Render(Snapshot snapshot, KeyMap keys, CellBuffer into, Paint paint)
    {
        var palette = paint.Palette;
        var items = snapshot
            .ChecksAt(paint.Now)
            .Where(raised => raised.Check.Code is CheckCode.SourceUnreadable)
            .SelectMany(raised => raised.Check.Items)
            .ToLookup(item => item.Path ?? item.Id);
        var row = 1;
        Line(1, "Nothing can be read, so nothing can be said about the factory.", palette.Heading);
        row++;
        foreach (var source in Unread(snapshot))
        {
            var reading = source.Reading;
            Line(1, $"{paint.Glyphs.Failed} {reading.Source.Path}: {Trouble(reading.Health!)}", palette.Bad);
            if (items[reading.Source.Path].FirstOrDefault()?.Do is { } command)
                Line(Indent, $"do: {command}", palette.Heading);
        }

        row++;
        if (Key("doctor") is { } doctor)
            Line(1, $"{doctor} runs doctor: it shows here what is missing, and the command for each.", palette.Plain);
        if (Key("read-again") is { } again)
            Line(1, $"{again} tries again. Once something can be read, the overview appears by itself.", palette.Plain);
        Line(1, "If the logs are elsewhere: packuilon-monitor --messages FILE --log-dir DIR", palette.Plain);
        Line(1, "To see a factory that can be read: packuilon-monitor demo", palette.Plain);

        string? Key(string name) =>
            keys.Named(name) is { } binding ? keys.KeyOf(binding, ScreenKind.Overview)?.Name : null;

        void Line(int at, string text, Style style)
        {
            if (row < into.Size.Rows)
                into.Write(row++, at, SafeText.Plain(text), style, Math.Max(0, into.Size.Columns - at - 1));
        }
    }

    private static string Trouble(SourceHealth health) =>
        health is { State: SourceState.Waiting, Why: null } || health.Text == "missing" ? "is not there" : health.Text;

    private static IEnumerable<SourceRow> Unread(Snapshot snapshot) =>
        snapshot.Sources.Where(row => row.Reading.Health is { State: not SourceState.Following });
}
