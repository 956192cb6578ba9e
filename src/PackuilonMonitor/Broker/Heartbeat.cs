using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Broker;

/// <summary>
/// The message by which a reader tells a quiet factory from a dead shipper: all that there was is published, as of then.
/// </summary>
/// <param name="At">By the shipper's clock.</param>
/// <param name="Sources">What it reads, and how that is.</param>
public sealed record Heartbeat(DateTimeOffset At, ImmutableArray<ReportedSource> Sources)
{
    /// <summary>How often there is one.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private const string Type = "heartbeat";

    /// <summary>That of a shipper that has read this.</summary>
    /// <param name="countsLines">All lines of its sources are read, so that their silence proves something.</param>
    public static Heartbeat Of(MonitorState state, bool countsLines, DateTimeOffset now) => new(
        now,
        [
            .. state.Sources.Readings.Where(reading => reading.Health is not null)
                .Select(reading => ReportedSource.Of(reading, countsLines ? state.Vitals.Silences.Of(reading.Source) : null)),
        ]
    );

    public string Json() => Reports.Json.Object(json =>
    {
        json.WriteString("type", Type);
        json.Time("at", At);
        json.Array("sources", Sources, static (json, source) =>
        {
            json.WriteString("path", source.Path);
            json.WriteString("state", ContractWords.Of(source.State));
            json.WriteString("why", source.Why);
            json.Time("since", source.Since);
            json.WriteNumber("lines", source.Lines);
            json.Time("firstLineAt", source.FirstLineAt);
            json.Time("lastLineAt", source.LastLineAt);
            json.Seconds("silence", source.Silence);
        });
    });

    /// <summary>Reads one back; null for a message that is none.</summary>
    public static Heartbeat? Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var said = document.RootElement;
            return said.ValueKind is JsonValueKind.Object && said.TryGetProperty("type", out var type) && type.ValueEquals(Type)
                && Time(said, "at") is { } at
                ? new Heartbeat(at, [.. said.GetProperty("sources").EnumerateArray().Select(Source).OfType<ReportedSource>()])
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static ReportedSource? Source(JsonElement said) =>
        said.GetProperty("path").GetString() is { } path && State(said.GetProperty("state").GetString()) is { } state
        && Time(said, "since") is { } since
            ? new ReportedSource(path, state, said.GetProperty("why").GetString(), since)
            {
                Lines = Math.Max(0, said.GetProperty("lines").GetInt64()),
                FirstLineAt = Time(said, "firstLineAt"),
                LastLineAt = Time(said, "lastLineAt"),
                Silence = said.GetProperty("silence") is { ValueKind: JsonValueKind.Number } silence
                    ? TimeSpan.FromSeconds(Math.Clamp(silence.GetDouble(), 0, LongestSilence))
                    : TimeSpan.Zero,
            }
            : null;

    /// <summary>A month, in seconds: more than any rule asks about.</summary>
    private const double LongestSilence = 30 * 86_400;

    private static SourceState? State(string? word) =>
        Enum.GetValues<SourceState>().Cast<SourceState?>().LastOrDefault(state => ContractWords.Of(state!.Value) == word);

    private static DateTimeOffset? Time(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}

/// <summary>A source of a factory elsewhere, as its shipper has read it.</summary>
public sealed record ReportedSource(string Path, SourceState State, string? Why, DateTimeOffset Since)
{
    /// <summary>Lines of all programs; 0 where they are not counted.</summary>
    public long Lines { get; init; }

    public DateTimeOffset? FirstLineAt { get; init; }

    public DateTimeOffset? LastLineAt { get; init; }

    /// <summary>The longest time between two of its lines in the last days.</summary>
    public TimeSpan Silence { get; init; }

    /// <param name="silence">How long it is used to be silent; null where only some of its lines are read.</param>
    internal static ReportedSource Of(SourceReading reading, Silence? silence) =>
        new(reading.Source.Path, reading.Health!.State, reading.Health.Why, reading.Health.Since)
        {
            Lines = silence is null ? 0 : reading.Lines,
            FirstLineAt = silence?.FirstAt,
            LastLineAt = silence is null ? null : reading.LastLineAt,
            Silence = silence?.Longest ?? TimeSpan.Zero,
        };
}
