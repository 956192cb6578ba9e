using System.Text.Json;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Reports;

/// <summary>The state as one JSON object, schema 1 of docs/status.md. Every key is always there.</summary>
public static class StatusJson
{
    /// <param name="state">The state.</param>
    /// <param name="stuck">The builds whose step lasts too long, where that is known.</param>
    public static string Of(MonitorState state, IReadOnlySet<string>? stuck = null) => Json.Object(json =>
    {
        json.WriteNumber("schema", 1);
        json.Time("asOf", state.Sources.LastLineAt);
        json.Array("sources", state.Sources.Readings, Write);
        json.Array("workers", state.Workers.Values, (to, worker) => Write(to, worker, state));
        json.Array("builds", BuildView.All(state), (to, build) => Write(to, build, stuck?.Contains(build.Id) == true));
        json.Array("rejected", state.Rejections, Write);
        json.Array("triggers", state.Triggers.Triggers, Write);
        json.WriteStartObject("queue");
        json.WriteNumber("waiting", state.Waiting);
        json.WriteString("source", ContractWords.QueueSource(state));
        json.WriteEndObject();
        json.WriteNumber("unrecognised", state.UnrecognisedLines);
    });

    private static void Write(Utf8JsonWriter json, SourceReading reading)
    {
        json.WriteString("path", reading.Source.Path);
        json.WriteString("state", ContractWords.Of(reading.Health?.State ?? SourceState.Following));
        json.WriteNumber("lines", reading.Lines);
        json.Time("lastLineAt", reading.LastLineAt);
    }

    private static void Write(Utf8JsonWriter json, Worker worker, MonitorState state)
    {
        var build = state.Builds.Find(worker.Build);
        json.WriteString("host", worker.Host);
        json.WriteString("thread", worker.Id.ToString());
        json.WriteString("state", ContractWords.Of(worker.Activity));
        json.Time("since", worker.Since);
        json.WriteString("image", build?.Image.Text ?? (worker.Activity is Activity.Preparing ? worker.Job?.Image.Text : null));
        json.WriteString("template", build?.Template);
        json.WriteString("build", build?.Id);
        json.WriteString("text", worker.Text);
    }

    internal static void Write(Utf8JsonWriter json, BuildView build, bool isStuck)
    {
        json.WriteString("id", build.Id);
        json.WriteString("host", build.Build?.Host);
        json.WriteString("thread", build.Worker?.ToString());
        json.WriteString("image", build.Image.Text);
        json.WriteString("template", build.Template);
        json.WriteString("logPath", build.Build?.LogPath);
        json.WriteString("logFile", build.Name.File);
        json.WriteString("state", ContractWords.Of(build.State));
        json.Time("takenAt", build.Build?.TakenAt);
        json.Time("startedAt", build.StartedAt);
        json.Time("endedAt", build.EndedAt);
        json.Number("exitCode", build.ExitCode);
        json.Seconds("durationSeconds", build.Took);
        json.WriteString("step", build.Step);
        json.WriteString("reason", build.Reason);
        json.WriteString("imageId", build.ImageId);
        json.WriteString("trigger", build.Build?.Trigger);
        json.Strings("flags", ContractWords.Flags(build, isStuck));
    }

    private static void Write(Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteString("host", rejection.Host);
        json.WriteString("thread", rejection.Worker?.ToString());
        json.WriteString("image", rejection.Image?.Text);
        json.Time("at", rejection.At);
        json.WriteString("why", ContractWords.Of(rejection.Why));
        json.WriteString("text", rejection.Text);
    }

    private static void Write(Utf8JsonWriter json, Trigger trigger)
    {
        json.WriteString("id", trigger.Id);
        json.WriteString("host", trigger.Host);
        json.Time("at", trigger.At);
        json.WriteString("profile", trigger.Profile);
        json.WriteString("result", trigger.Result is { } result ? ContractWords.Of(result) : null);
        json.Time("queuedAt", trigger.QueuedAt);
        json.Time("takenAt", trigger.TakenAt);
        json.Strings("builds", trigger.Builds ?? []);
        json.WriteString("matchedBy", trigger.TakenAt is null ? null : trigger.ByName ? "name" : "order");
    }
}
