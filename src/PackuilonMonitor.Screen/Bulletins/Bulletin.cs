using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Bulletins;

/// <summary>
/// The text of an alert: plain without escapes and line ends, each part of bounded length; null where nothing is known.
/// </summary>
public sealed record Bulletin(AlertKind Kind, DateTimeOffset At)
{
    private const int LongestPart = 300;

    /// <summary>Its name where there are several.</summary>
    public string? Factory { get; init; }

    public string? Host { get; init; }

    public string? Thread { get; init; }

    /// <summary>The build's id, as <c>status</c> has it.</summary>
    public string? Build { get; init; }

    public string? Image { get; init; }

    public string? Template { get; init; }

    public string? Step { get; init; }

    /// <summary>The error of a failed build, or the line that a lost one or a lost worker rests on.</summary>
    public string? Reason { get; init; }

    /// <summary>The log's path as the daemon announced it.</summary>
    public string? LogPath { get; init; }

    public string? ImageId { get; init; }

    public TimeSpan? Took { get; init; }

    /// <summary>The check's code, of a bulletin about the health.</summary>
    public string? Check { get; init; }

    /// <summary>Its severity.</summary>
    public string? Severity { get; init; }

    /// <summary>The names that may stand in braces in a hook's arguments, and what stands for each.</summary>
    public static ImmutableDictionary<string, Func<Bulletin, string?>> Parts { get; } =
        ImmutableDictionary.CreateRange<string, Func<Bulletin, string?>>(
            StringComparer.Ordinal,
            [
                new("event", bulletin => Alert.Word(bulletin.Kind)),
                new("factory", bulletin => bulletin.Factory),
                new("host", bulletin => bulletin.Host),
                new("thread", bulletin => bulletin.Thread),
                new("build", bulletin => bulletin.Build),
                new("image", bulletin => bulletin.Image),
                new("template", bulletin => bulletin.Template),
                new("step", bulletin => bulletin.Step),
                new("reason", bulletin => bulletin.Reason),
                new("log", bulletin => bulletin.LogPath),
                new("image-id", bulletin => bulletin.ImageId),
                new("check", bulletin => bulletin.Check),
                new("severity", bulletin => bulletin.Severity),
                new("text", bulletin => bulletin.Text),
            ]
        );

    /// <summary>The whole as one sentence.</summary>
    public string Text
    {
        get
        {
            var place = (Factory ?? Host) is { } whose ? $"{whose}: " : "";
            var after = Took is { } took ? $" after {Words.Span(took)}" : "";
            var step = Step is null ? "" : $" at \"{Step}\"";
            var why = Reason is null ? "" : $": {Reason}";
            return place + Kind switch
            {
                AlertKind.Failed => $"{Name} failed{after}{step}{why}",
                AlertKind.Lost => $"{Name} was lost{after}{why}",
                AlertKind.Stuck => $"{Name} seems stuck{step}{after}",
                AlertKind.Cancelled => $"{Name} was cancelled{after}{step}",
                AlertKind.WorkerLost => $"{Thread ?? "a worker"} is lost{why}",
                AlertKind.Succeeded => $"{Name} succeeded{after}",
                AlertKind.Health => Reason ?? Check ?? "the factory is not well",
            };
        }
    }

    private string Name => Image is null ? "a build" : Template is null ? Image : $"{Image}.{Template}";

    /// <summary>The text of a check.</summary>
    public static Bulletin Of(HealthNotice notice, Snapshot snapshot) => new(AlertKind.Health, notice.At)
    {
        Factory = notice.Factory,
        Host = Plain(snapshot.Of(notice.Factory).Host),
        Reason = Plain(notice.Text),
        Check = notice.Code.Name(),
        Severity = notice.Severity.Name(),
    };

    /// <summary>The alert with what is known by now: a log's last lines, which say why, come after the line that ended the build.</summary>
    public static Bulletin Of(Alert alert, Snapshot snapshot, DateTimeOffset now)
    {
        var factory = snapshot.Of(alert.Factory);
        var worker = alert.Worker is { } id ? factory.State.Workers.GetValueOrDefault(id.Number) : null;
        if (snapshot.Find(alert.Build) is not { } build)
        {
            return new Bulletin(alert.Kind, alert.At)
            {
                Factory = alert.Factory,
                Host = Plain(worker?.Host ?? factory.Host),
                Thread = alert.Worker?.ToString(),
                Build = Plain(alert.Build),
                Reason = Plain(worker?.Text),
            };
        }

        var kind = alert.Kind is AlertKind.Stuck || build.Running ? alert.Kind : AlertWatch.KindOf(build.State);
        return new Bulletin(kind, kind is AlertKind.Stuck ? alert.At : build.EndedAt ?? alert.At)
        {
            Factory = alert.Factory,
            Host = Plain(build.Build?.Host ?? factory.Host),
            Thread = build.Worker?.ToString(),
            Build = Plain(build.Id),
            Image = Plain(build.Image.Text),
            Template = Plain(build.Template),
            Step = Plain(build.Step),
            Reason = Plain(build.Reason),
            LogPath = Plain(build.Build?.LogPath ?? build.Name.File),
            ImageId = Plain(build.ImageId),
            Took = build.Took ?? (build.StartedAt is { } start ? Words.Positive(now - start) : null),
        };
    }

    private static string? Plain(string? text)
    {
        if (text is null)
            return null;
        var plain = SafeText.Plain(text);
        return plain.Length == 0 ? null : plain.Length <= LongestPart ? plain : $"{plain[..LongestPart]}…";
    }
}
