using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What is remembered of a log as JSON text, for stores, streams and recordings. Times are milliseconds since 1970.</summary>
public static class LogJson
{
    /// <summary>The first and the last second of all years that .NET knows.</summary>
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(RememberedLog log)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Number(json, "lines", log.LineCount);
            Number(json, "red", log.RedCount);
            Number(json, "last", Ms(log.LastLineAt));
            Number(json, "marks", (int)log.Marks);
            Number(json, "said", (int)log.Evidence);
            Text(json, "interrupted", log.Interrupted);
            Row(json, "final", log.Final is { } final ? [final.Epoch, final.ExitCode] : []);
            Row(json, "configured", log.Configured is { } sum ? [sum.Ok ? 1 : 0, sum.Errors, sum.Warnings] : []);
            Text(json, "server", log.Belongings.ServerId);
            Text(json, "keypair", log.Belongings.Keypair);
            Text(json, "host", log.Belongings.HostName);
            Text(json, "image", log.Belongings.ImageId);
            Text(json, "builder", log.Builder.Length > 0 ? log.Builder : null);
            Text(json, "running", log.Running);
            json.WriteStartArray("left");
            foreach (var left in log.Left)
                Row(json, null, [(int)left.Kind, left.Id]);
            json.WriteEndArray();
            if (log.Reasons is { } reasons)
            {
                Row(json, "failed", RowOf(reasons.Failed));
                Row(json, "stopped", RowOf(reasons.Cancelled));
                Number(json, "reasons", 1);
            }

            json.WriteStartArray("steps");
            foreach (var step in log.Steps)
                Row(json, null, [(int)step.Kind, step.Name, step.Line, Ms(step.StartedAt)]);
            json.WriteEndArray();
            json.WriteStartArray("stages");
            foreach (var stage in log.Stages)
                Row(json, null, [stage.Name, stage.Line, Ms(stage.StartedAt)]);
            json.WriteEndArray();
            Row(
                json,
                "quattor",
                log.QuattorBegan is { } began
                    ? [began.Line, new DateTimeOffset(DateTime.SpecifyKind(began.At, DateTimeKind.Utc)).ToUnixTimeMilliseconds()]
                    : []
            );
            Row(json, "putAway", log.ImagePutAway is { } gone ? [gone.Line, Ms(gone.At)] : []);
            json.WriteStartArray("components");
            foreach (var part in log.Components)
                Row(json, null, [part.Name, part.Line, Ms(part.StartedAt), Ms(part.EndedAt), part.Errors, part.Warnings]);
            json.WriteEndArray();
            Number(json, "problemCount", log.ProblemCount);
            json.WriteStartArray("problems");
            foreach (var problem in log.Problems)
                Row(json, null, [(int)problem.Kind, problem.Line, problem.Text, problem.IsNew ? 1 : 0]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>A time in milliseconds; null for one beyond any calendar.</summary>
    public static DateTimeOffset? TimeOf(long at) =>
        at is > FirstSecond * 1000 and < (LastSecond + 1) * 1000 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Null for a text that <see cref="Of"/> did not write.</summary>
    public static RememberedLog? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static RememberedLog Read(JsonElement log) =>
        new()
        {
            LineCount = Long(log, "lines") ?? 0,
            RedCount = Long(log, "red") ?? 0,
            LastLineAt = At(Long(log, "last")),
            Marks = (LogMarks)(Long(log, "marks") ?? 0),
            Evidence = (EvidenceMarks)(Long(log, "said") ?? 0),
            Interrupted = Text(log, "interrupted"),
            Final = Row(log, "final") is [var epoch, var code] && epoch.GetInt64() is > FirstSecond and <= LastSecond and var second
                ? new DaemonFinishedLine(second, code.GetInt32())
                : null,
            Configured = Row(log, "configured") is [var ok, var errors, var warnings]
                ? new ConfigureDoneLine(ok.GetInt32() == 1, errors.GetInt64(), warnings.GetInt64())
                : null,
            Belongings = Belongings.Remembered(Text(log, "server"), Text(log, "keypair"), Text(log, "host"), Text(log, "image")),
            Builder = Text(log, "builder") ?? "",
            Running = Text(log, "running"),
            Left =
            [
                .. log.TryGetProperty("left", out _)
                    ? Row(log, "left").Select(left => new Possession(Kind<LeftKind>(left[0]), Needed(left[1])))
                    : LeftOnce(log),
            ],
            Reasons = Long(log, "reasons") == 1 ? new RememberedReasons(ReasonOf(Row(log, "failed")), ReasonOf(Row(log, "stopped"))) : null,
            Steps =
            [
                .. Row(log, "steps")
                    .Select(step => new Step(Kind<StepKind>(step[0]), Needed(step[1]), step[2].GetInt64(), At(Long(step[3])))),
            ],
            Stages =
            [
                .. Row(log, "stages")
                    .Select(stage => new ScriptStage(Needed(stage[0]), stage[1].GetInt64(), At(Long(stage[2])))),
            ],
            QuattorBegan =
                Row(log, "quattor") is [var line, var local] && At(local.GetInt64()) is { } began
                    ? (line.GetInt64(), began.DateTime)
                    : null,
            ImagePutAway =
                Row(log, "putAway") is [var place, var changed] && At(changed.GetInt64()) is { } gone ? (place.GetInt64(), gone) : null,
            Components =
            [
                .. Row(log, "components")
                    .Select(part => new Component(
                        Needed(part[0]),
                        part[1].GetInt64(),
                        At(Long(part[2])),
                        At(Long(part[3])),
                        Long(part[4]),
                        Long(part[5])
                    )),
            ],
            ProblemCount = Long(log, "problemCount") ?? 0,
            Problems = [.. Row(log, "problems").Select(ProblemOf)],
        };

    /// <summary>Older versions stored one server and one keypair, and whether they were removed.</summary>
    private static IEnumerable<Possession> LeftOnce(JsonElement log)
    {
        if (Text(log, "server") is { } server && Long(log, "serverGone") != 1)
            yield return new Possession(LeftKind.Server, server);
        if (Text(log, "keypair") is { } keypair && Long(log, "keypairGone") != 1)
            yield return new Possession(LeftKind.Keypair, keypair);
    }

    private static object?[] RowOf(Reason? reason) =>
        reason is null ? [] : [reason.Text, reason.Line, reason.Context];

    // Older versions stored the lines around a reason and a problem behind these.
    private static Reason? ReasonOf(JsonElement[] row) =>
        row.Length == 0 ? null : new Reason(Needed(row[0]), row[1].GetInt64()) { Context = row[2].GetString() };

    private static Problem ProblemOf(JsonElement row) =>
        new(Kind<ProblemKind>(row[0]), row[1].GetInt64(), Needed(row[2]), row[3].GetInt32() == 1);

    private static string Needed(JsonElement text) => text.GetString() ?? throw new FormatException("a text is null");

    private static T Kind<T>(JsonElement value)
        where T : struct, Enum =>
        (T)Enum.ToObject(typeof(T), value.GetInt32()) is var kind && Enum.IsDefined(kind)
            ? kind
            : throw new FormatException("no such kind");

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? At(long? at) => at is { } known ? TimeOf(known) : null;

    private static long? Long(JsonElement log, string name) => log.TryGetProperty(name, out var value) ? Long(value) : null;

    private static long? Long(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : value.GetInt64();

    private static string? Text(JsonElement log, string name) => log.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement[] Row(JsonElement log, string name) =>
        log.TryGetProperty(name, out var value) ? [.. value.EnumerateArray()] : [];

    /// <summary>Unknown values are not written, so that a row is short.</summary>
    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void Row(Utf8JsonWriter json, string? name, ReadOnlySpan<object?> values)
    {
        if (name is not null && values.IsEmpty)
            return;
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var value in values)
        {
            switch (value)
            {
                case null: json.WriteNullValue(); break;
                case string text: json.WriteStringValue(text); break;
                case int number: json.WriteNumberValue(number); break;
                case long number: json.WriteNumberValue(number); break;
                default: throw new ArgumentException($"{value.GetType().Name} is not stored", nameof(values));
            }
        }

        json.WriteEndArray();
    }
}
