using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Reports;

/// <summary>The state as one JSON object, schema 1 of docs/status.md. Every key is always present.</summary>
public static class StatusJson
{
    /// <param name="state">The state.</param>
    /// <param name="stuck">The builds whose step lasts too long, if known.</param>
    /// <param name="expected">When builds and changes will be done, by their ids, if known.</param>
    public static string Of(
        MonitorState state,
        IReadOnlySet<string>? stuck = null,
        IReadOnlyDictionary<string, DateTimeOffset>? expected = null
    ) => Of([state], stuck, expected);

    /// <summary>Several factories in one object: lists in order of time, and each element names its factory.</summary>
    public static string Of(
        IReadOnlyList<MonitorState> states,
        IReadOnlySet<string>? stuck = null,
        IReadOnlyDictionary<string, DateTimeOffset>? expected = null
    ) =>
        Json.Object(json =>
        {
            DateTimeOffset? Expected(string id) => expected is not null && expected.TryGetValue(id, out var at) ? at : null;
            json.WriteNumber("schema", 1);
            json.Time("asOf", states.Max(state => state.Sources.LastLineAt));
            json.Array("sources", Each(states, state => state.Sources.Readings), (to, one) => Write(to, one.State.Factory, one.What));
            json.Array("workers", Each(states, state => state.Workers.Values), (to, one) => Write(to, one.What, one.State));
            json.Array("builds", Each(states, BuildView.All, build => build.StartedAt), (to, one) =>
                Write(to, one.What, stuck?.Contains(one.What.Id) == true, Expected(one.What.Id))
            );
            json.Array("rejected", Each(states, state => state.Rejections, rejection => rejection.At), (to, one) =>
                Write(to, one.State.Factory, one.What)
            );
            json.Array("triggers", Each(states, state => state.Triggers.Triggers, trigger => trigger.At), (to, one) =>
                Write(to, one.State.Factory, one.What, Expected(one.What.Id))
            );
            WriteQueue(json, states);
            json.WriteNumber("unrecognised", states.Sum(state => state.UnrecognisedLines));
            if (states.Any(state => state.Factory is not null))
                json.Array("factories", states, WriteFactory);
        });

    private static IEnumerable<(MonitorState State, T What)> Each<T>(
        IReadOnlyList<MonitorState> states, Func<MonitorState, IEnumerable<T>> list, Func<T, DateTimeOffset?>? at = null)
    {
        var all = states.SelectMany(state => list(state).Select(what => (State: state, What: what)));
        return at is null || states.Count == 1 ? all : all.OrderBy(one => at(one.What) ?? DateTimeOffset.MinValue);
    }

    private static void WriteQueue(Utf8JsonWriter json, IReadOnlyList<MonitorState> states)
    {
        json.WriteStartObject("queue");
        json.WriteNumber("waiting", states.Sum(state => state.Waiting));
        json.WriteString("source", ContractWords.QueueSource(states));
        json.WriteEndObject();
    }

    private static void WriteFactory(Utf8JsonWriter json, MonitorState state)
    {
        json.WriteString("name", state.Factory);
        json.Time("asOf", state.Sources.LastLineAt);
        WriteQueue(json, [state]);
        json.WriteNumber("unrecognised", state.UnrecognisedLines);
    }

    private static void Whose(Utf8JsonWriter json, string? factory)
    {
        if (factory is not null)
            json.WriteString("factory", factory);
    }

    private static void Write(Utf8JsonWriter json, string? factory, SourceReading reading)
    {
        Whose(json, factory);
        json.WriteString("path", reading.Source.Path);
        json.WriteString("state", ContractWords.Of(reading.Health?.State ?? SourceState.Following));
        json.WriteNumber("lines", reading.Lines);
        json.Time("lastLineAt", reading.OfBuildLogs ? null : reading.LastLineAt);
    }

    private static void Write(Utf8JsonWriter json, Worker worker, MonitorState state)
    {
        var build = state.Builds.Find(worker.Build);
        Whose(json, state.Factory);
        json.WriteString("host", worker.Host);
        json.WriteString("thread", worker.Id.ToString());
        json.WriteString("state", ContractWords.Of(worker.Activity));
        json.Time("since", worker.Since);
        json.WriteString("image", build?.Image.Text ?? (worker.Activity is Preparing ? worker.Job?.Image.Text : null));
        json.WriteString("template", build?.Template);
        json.WriteString("build", build?.Id);
        json.WriteString("text", worker.Text);
    }

    internal static void Write(Utf8JsonWriter json, BuildView build, bool isStuck, DateTimeOffset? expected = null)
    {
        Whose(json, build.Factory);
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
        json.WriteString("reasonContext", build.ReasonContext);
        json.WriteString("imageId", build.ImageId);
        json.WriteString("trigger", build.Build?.Trigger);
        json.Time("expectedAt", expected);
        json.Strings("flags", ContractWords.Flags(build, isStuck));
        json.Array("leftBehind", build.LeftBehind, (to, left) =>
        {
            to.WriteString("kind", ContractWords.Of(left.Kind));
            to.WriteString("id", left.Name);
        });
    }

    private static void Write(Utf8JsonWriter json, string? factory, Rejection rejection)
    {
        Whose(json, factory);
        json.WriteString("host", rejection.Host);
        json.WriteString("thread", rejection.Worker?.ToString());
        json.WriteString("image", rejection.Image?.Text);
        json.Time("at", rejection.At);
        json.WriteString("why", ContractWords.Of(rejection.Why));
        json.WriteString("text", rejection.Text);
    }

    private static void Write(Utf8JsonWriter json, string? factory, Trigger trigger, DateTimeOffset? expected)
    {
        Whose(json, factory);
        json.WriteString("id", trigger.Id);
        json.WriteString("host", trigger.Host);
        json.Time("at", trigger.At);
        json.WriteString("profile", trigger.Profile);
        json.WriteString("result", trigger.Result is { } result ? ContractWords.Of(result) : null);
        json.Time("queuedAt", trigger.QueuedAt);
        json.Time("takenAt", trigger.TakenAt);
        json.Strings("builds", trigger.Builds ?? []);
        json.WriteString("matchedBy", trigger.TakenAt is null ? null : trigger.ByName ? "name" : "order");
        if (trigger.Images is { } images)
            json.Strings("images", images);
        else
            json.WriteNull("images");
        json.Time("packetAt", trigger.PacketAt);
        if (trigger.PacketEpoch is { } epoch)
            json.WriteNumber("packetEpoch", epoch);
        else
            json.WriteNull("packetEpoch");
        json.WriteString("refusedWhy", RefusedWhy(trigger));
        json.WriteBoolean("certain", trigger.Certain);
        json.Time("expectedAt", expected);
    }

    private static string? RefusedWhy(Trigger trigger) =>
        trigger.Refused is { } why ? $"{ContractWords.Of(why)}: {trigger.RefusedWhy}" : trigger.RefusedWhy;
}
