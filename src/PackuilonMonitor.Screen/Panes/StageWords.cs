using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>Where a change stands on its way from Aquilon to a worker, each stage with when that was.</summary>
public static class StageWords
{
    /// <summary>A stage in a few words.</summary>
    /// <param name="named">With its name.</param>
    public static Piece Of(Stage stage, FactorySnapshot factory, Paint paint, StageDetail detail, bool named = false)
    {
        var at = stage.At is not { } time ? "" : detail is StageDetail.Seconds ? $" {paint.Clock(time)}" : $" {paint.Minute(time)}";
        var text = stage.Name switch
        {
            "packet" => stage.State switch
            {
                "received" => detail is StageDetail.Shortest ? at.TrimStart() : $"packet{at}",
                "down" => $"cdp-listend down since{at}",
                _ => detail is StageDetail.Shortest ? "-" : "no packet seen",
            },
            "trigger" => stage.State switch
            {
                "ok" => $"ok{at}",
                "failed" => $"FAILED{at}",
                "running" => detail is StageDetail.Shortest ? "runs" : $"runs since{at}",
                _ => detail is StageDetail.Shortest ? "-" : "no run seen",
            },
            "broker" => Broker(stage, factory, at, detail),
            _ => Daemon(stage, factory, at, detail),
        };
        if (named)
            text = $"{Name(stage)} {text}";
        return new(stage.IsTrouble ? $"{paint.Glyphs.Failed} {text}" : text, stage.IsTrouble ? paint.Palette.Bad : paint.Palette.Plain);
    }

    /// <summary>All stages of a factory in a few words: the first that is in trouble, or what hides them.</summary>
    public static Piece Of(FactorySnapshot factory, Paint paint)
    {
        var health = factory.HealthAt(paint.Now);
        if (health.Stages.FirstOrDefault(stage => stage.IsTrouble) is { } trouble)
            return Of(trouble, factory, paint, StageDetail.Minutes, named: true);
        // What nobody can see is not known to be well.
        return health.Checks.FirstOrDefault(check => check.Severity is Severity.Unknown) is { } blind
            ? new($"? {blind.Code.Name()}", paint.Palette.Plain)
            : new("all well", paint.Palette.Plain);
    }

    public static string Name(Stage stage) => stage.Name switch
    {
        "packet" => "Aquilon",
        "trigger" => "cdb2rabbit",
        "broker" => "RabbitMQ",
        _ => "rabbit2packer",
    };

    private static string Broker(Stage stage, FactorySnapshot factory, string at, StageDetail detail)
    {
        if (stage.IsTrouble)
            return $"no connection since{at}";
        var how = factory.State.Measured is not null ? "asked" : "inferred";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{factory.Waiting} waiting{(detail < StageDetail.WithoutSource ? $" ({how})" : "")}"
        );
    }

    private static string Daemon(Stage stage, FactorySnapshot factory, string at, StageDetail detail)
    {
        var threads = factory.Workers.Where(row => row.Thread is not null).ToArray();
        var alive = stage.IsTrouble ? 0 : threads.Count(row => row.Worker is { Activity: not Lost });
        var workers =
            threads.Length == 0 ? ""
            : detail >= StageDetail.Figures && !stage.IsTrouble
                ? string.Create(CultureInfo.InvariantCulture, $", {alive}/{threads.Length}")
            : string.Create(CultureInfo.InvariantCulture, $", {alive} of {Words.Count(threads.Length, "worker")}");
        // One that never wrote may be idle or dead, and nobody can tell.
        var unseen = threads.Count(row => row.Worker is null);
        if (unseen > 0 && !stage.IsTrouble)
            workers += string.Create(CultureInfo.InvariantCulture, $", {unseen} not seen");
        return stage.State switch
        {
            "up" => detail < StageDetail.WithoutStart ? $"up since{at}{workers}" : $"up{workers}",
            "down" => $"down since{at}{workers}",
            "stopped" => $"stopped{at}{workers}",
            "starting" => $"starts since{at}",
            _ => "not seen",
        };
    }
}
