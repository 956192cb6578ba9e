using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>Whether this program still hears: each source's age or what is wrong with it, and what else is uncertain.</summary>
public static class StatusBar
{
    private const int MostSources = 3;
    private const int LongestTrouble = 40;

    public static void Render(Snapshot snapshot, UserState view, ChannelState channels, CellBuffer into, Paint paint)
    {
        var x = 1;
        foreach (var (text, style) in Parts(snapshot, view, channels, paint))
        {
            var safe = SafeText.Plain(text);
            if (x + TextWidth.Of(safe, into.IsAscii) > into.Size.Columns - 1)
                continue;
            into.Write(0, x, safe, style);
            x += TextWidth.Of(safe, into.IsAscii) + 3;
        }
    }

    private static IEnumerable<Piece> Parts(Snapshot snapshot, UserState view, ChannelState channels, Paint paint)
    {
        var palette = paint.Palette;
        // Those in trouble first: the line may be too short for all.
        var rows = snapshot.Sources.Where(row => IsShown(row.Reading)).OrderBy(row => !row.Reading.InTrouble).ToArray();
        if (rows.Length == 0)
            yield return new Piece("no source yet", palette.Warning);
        foreach (var row in rows.Take(MostSources))
            yield return Source(row, paint);
        if (channels is { Recorder: { } recorder, StoreTrouble: null })
            yield return new Piece($"recorder {Words.Age(recorder.WroteAt is { } wrote ? paint.Now - wrote : TimeSpan.Zero)}", palette.Dim);
        foreach (var trouble in channels.Troubles.Values)
            yield return new Piece(
                $"{paint.Glyphs.Problem} "
                + $"{(trouble.Length <= LongestTrouble ? trouble : trouble[..LongestTrouble] + paint.Glyphs.Ellipsis)}",
                palette.Bad
            );
        if (rows.Length > MostSources)
            yield return new Piece($"{rows.Length - MostSources} more", palette.Dim);
        if (snapshot.Factories.Any(factory => factory.State.Vitals.Hosts.MixedAt(paint.Now) is not null))
            yield return new Piece("two hosts in one file", palette.Warning);
        if (snapshot.UnrecognisedLines > 0)
            yield return new Piece($"unrecognised {snapshot.UnrecognisedLines}", palette.Warning);
        if (!view.BellForAll)
            yield return new Piece("bell off", palette.Dim);
        if (view.BellFor.Count > 0)
            yield return new Piece($"bell for {Words.Count(view.BellFor.Count, "build")}", palette.Dim);
        yield return new Piece(snapshot.IsMeasured ? "queue from broker" : "queue inferred", palette.Dim);
        if (channels.Remembered(paint.Zone) is { } remembered)
            yield return new Piece(remembered, palette.Dim);
    }

    private static Piece Source(SourceRow row, Paint paint)
    {
        var (reading, name) = (row.Reading, FactoryName.Own(row.Factory, row.Reading.Source.Name));
        if (reading.Health is { State: not SourceState.Following } health)
            return new Piece($"{paint.Glyphs.Problem} {name}: {health.Text} since {paint.Minute(health.Since)}", paint.Palette.Bad);
        if (reading.GapText is { } gap)
            return new Piece($"{paint.Glyphs.Problem} {name}: {gap}", paint.Palette.Warning);
        if (reading.Untimed is not null)
            return new Piece($"{paint.Glyphs.Problem} {name}: times unreadable", paint.Palette.Bad);
        return new Piece(reading.LastLineAt is { } at ? $"{name} {paint.Age(at)}" : $"{name}: no line yet", paint.Palette.Dim);
    }

    /// <summary>RabbitMQ has no lines: while it answers, the queue's own word says so.</summary>
    private static bool IsShown(SourceReading reading) =>
        reading.LastLineAt is not null || reading.InTrouble || !reading.Source.Path.StartsWith("amqp://", StringComparison.Ordinal);

}
