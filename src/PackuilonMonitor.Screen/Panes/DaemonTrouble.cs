using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>While rabbit2packer is down its workers have nothing to show: their lines say why it is, and what to do.</summary>
public static class DaemonTrouble
{
    private const string Daemon = "rabbit2packer";
    private const string Copies = " (! shows more, c copies it)";

    /// <summary>As wide as the sign before the reason.</summary>
    public const int Indent = 2;

    /// <summary>Why it is down; null while it is not, or where each lost worker says that itself.</summary>
    public static CheckItemRow? Of(Snapshot snapshot, string? factory, DateTimeOffset now) =>
        snapshot.Of(factory).State.Vitals.Daemon is { Down: not null } or { Stopped: not null }
            ? snapshot
                .ChecksAt(now)
                .Where(raised => raised.Check.Code is CheckCode.DaemonDown && raised.Factory == factory)
                .SelectMany(raised => raised.Check.Items.Where(item => item.Id == Daemon).Select(item => new CheckItemRow(raised, item)))
                .FirstOrDefault()
            : null;

    /// <summary>The same where the row under the cursor is one of those workers.</summary>
    public static CheckItemRow? Of(Row? row, Snapshot snapshot, DateTimeOffset now) =>
        row is WorkerRow { Running: null } worker ? Of(snapshot, worker.Factory, now) : null;

    public static CheckItemRow? Of(ScreenState state) => Of(Selection.Row(state), state.Shown.Factories, state.Shown.Now);

    /// <summary>Behind the name of the pane.</summary>
    public static string Title(HealthItem item, int workers, Paint paint) => string.Create(
        CultureInfo.InvariantCulture,
        $"0 of {workers}: {Daemon} is down{(item.Since is { } since ? $" since {paint.Clock(since)}" : "")}"
    );

    /// <summary>What stands on so many lines: the reason, what it rests on, and last the command.</summary>
    public static IReadOnlyList<Piece> Lines(HealthItem item, int lines, int columns, Paint paint)
    {
        var command = $"do: {item.Do}";
        if (Indent + command.Length + Copies.Length <= columns)
            command += Copies;
        Piece[] last = lines > 1 ? [new(command, paint.Palette.Heading)] : [];
        return
        [
            new($"{paint.Glyphs.Failed} {item.Text}", paint.Palette.Bad),
            .. item.Lines.Take(Math.Max(0, lines - 2)).Select(line => new Piece(line.Text, paint.Palette.Plain)),
            .. last,
        ];
    }
}
