using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What a worker does, in the words of its columns or in one sentence.</summary>
public static class WorkerWords
{
    public const string Overdue = "overdue";

    public static Piece Sentence(WorkerRow row, Snapshot snapshot, Paint paint)
    {
        var palette = paint.Palette;
        if (row.Worker is not { } worker)
            return new("not seen", palette.Dim);
        var image = worker.Job?.Image.Text ?? "";
        return worker.Activity switch
        {
            Idle or BetweenTemplates => new($"idle since {paint.Clock(worker.Since)}", palette.Dim),
            Preparing when WorkerTrouble.Of(snapshot, row, paint.Now) is Trouble.NoBuild => new(
                $"{image}: no build started since {paint.Clock(worker.Since)}",
                palette.Bad
            ),
            Preparing => new($"{image}: taken at {paint.Clock(worker.Since)}, packer has not started yet", palette.Running),
            Building => new("building, its log is not known", palette.Running),
            // It follows each long build, and is no trouble unless RabbitMQ does not answer.
            Reconnecting when snapshot.Of(row.Factory).HealthAt(paint.Now).Checks.Any(check => check.Code is CheckCode.BrokerDown) => new(
                "no connection to RabbitMQ",
                palette.Bad
            ),
            Reconnecting => new($"idle since {paint.Clock(worker.Since)}", palette.Dim),
            PresumedLost lost => new(
                $"LOST {paint.Minute(lost.Since)}: {snapshot.Of(row.Factory).WhyLost(lost)}",
                palette.Bad
            ),
            Lost lost => new($"LOST {paint.Minute(lost.Since)}  {(lost.Text.Length > 0 ? $"\"{lost.Text}\"" : "")}", palette.Bad),
            _ => throw new UnreachableException($"{worker.Activity.GetType().Name} has no sentence"),
        };
    }

    public static Piece Sign(WorkerRow row, Snapshot snapshot, Paint paint) => WorkerTrouble.Of(snapshot, row, paint.Now) switch
    {
        Trouble.Stuck or Trouble.NoBuild or Trouble.Silent => new(paint.Glyphs.Problem, paint.Palette.Bad),
        Trouble.Lost => new(paint.Glyphs.Failed, paint.Palette.Bad),
        Trouble.None when row.Running is { State: BuildState.Unknown } => new(paint.Glyphs.Problem, paint.Palette.Warning),
        Trouble.None => row.Running is not null || row.Worker is { Activity: Preparing }
            ? new(paint.Glyphs.Running, paint.Palette.Running)
            : new(paint.Glyphs.None, paint.Palette.Dim),
    };

    public static string Place(WorkerRow row) => (row.Position, row.Templates) switch
    {
        (null, _) => "",
        ({ } position, null) => string.Create(CultureInfo.InvariantCulture, $"{position}"),
        ({ } position, { } all) => string.Create(CultureInfo.InvariantCulture, $"{position}/{Math.Max(position, all)}"),
    };

    public static string Step(WorkerRow row, Snapshot snapshot, Paint paint)
    {
        if (row.Running is not { } build)
            return "";
        var outlook = snapshot.OutlookOf(build, paint.Now);
        var words = StepWords.Of(build, snapshot.PastOf(build).Plan);
        return outlook switch
        {
            { Position: 0 } => words,
            { Total: { } total } => string.Create(CultureInfo.InvariantCulture, $"{outlook.Position}/{total} {words}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{outlook.Position} {words}"),
        };
    }

    public static Piece Left(WorkerRow row, Snapshot snapshot, Paint paint)
    {
        if (row.Running is not { } build)
            return new("");
        return snapshot.OutlookOf(build, paint.Now) switch
        {
            { Stuck: not null } => new("STUCK", paint.Palette.Bad),
            _ when build.State is BuildState.Unknown => new("?", paint.Palette.Warning),
            { Late: true } => new(Overdue, paint.Palette.Warning),
            { Left: { } left } => new($"~{Words.Roughly(left)}", paint.Palette.Plain),
            _ => new(""),
        };
    }

    public static Piece Progress(WorkerRow row, Snapshot snapshot, Paint paint)
    {
        if (row.Running is not { } build)
            return new("");
        if (Stuck(row, snapshot, paint.Now) is { } stuck)
            return new(stuck, paint.Palette.Bad);
        if (WorkerTrouble.Of(snapshot, row, paint.Now) is Trouble.Silent && snapshot.OutlookOf(build, paint.Now).Silent is { } silent)
            return new($"no line for {Words.Span(silent)}", paint.Palette.Bad);
        if (build is { State: BuildState.Unknown, Build.DoubtedAt: { } doubted })
            return new($"unknown: messages dropped {paint.Minute(doubted)}", paint.Palette.Warning);
        return snapshot.OutlookOf(build, paint.Now).Done is { } done
            ? new(
                string.Create(CultureInfo.InvariantCulture, $"{paint.Glyphs.Progress(done, 24)} {(int)(done * 100)}%"),
                paint.Palette.Running
            )
            : new("");
    }

    private static readonly TimeSpan Instant = TimeSpan.FromSeconds(2);

    public static string? Stuck(WorkerRow row, Snapshot snapshot, DateTimeOffset now)
    {
        if (row.Running is not { } build || snapshot.OutlookOf(build, now) is not { Stuck: { } usual, InStep: { } spent } outlook)
            return null;
        // Waiting in silence and writing slowly have different causes.
        var doing = outlook.Silent is not { } silent ? "in it" : silent >= spent - Instant ? "silent" : "writing";
        return $"{doing} {Words.Span(spent)}, usual {Words.Span(usual.Median)}, worst {Words.Span(usual.Worst)}";
    }
}
