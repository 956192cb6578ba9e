using System.Text.Json;
using System.Text.Json.Serialization;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.Rows;

namespace PackuilonMonitor.Seen;

/// <summary>What one user has seen, in a file of the state directory.</summary>
public sealed class SeenFile(string? directory)
{
    public const string Name = "seen.json";

    /// <summary>Its path; null if no directory is known, so that nothing is stored.</summary>
    public string? Path { get; } = directory is null ? null : System.IO.Path.Combine(directory, Name);

    /// <summary>The mark; null if there is none.</summary>
    /// <exception cref="IOException">The file cannot be read, or has other content.</exception>
    public SeenMark? Read()
    {
        if (Path is null || !File.Exists(Path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(TextFile.Read(Path), SeenJson.Default.WrittenMark) is { } written
                ? new SeenMark(written.At, [.. written.Keys ?? []], written.LookedAt ?? written.At)
                : null;
        }
        catch (JsonException error)
        {
            throw new IOException(
                $"{Path}: not a mark of what was seen: {error.Message.ReplaceLineEndings(" ")}; remove it to begin again",
                error
            );
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{Path}: {error.Message}", error);
        }
    }

    /// <summary>Replaces the mark. Nobody ever reads half a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(SeenMark mark)
    {
        if (Path is null)
            return;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            var next = $"{Path}.{Environment.ProcessId}";
            File.WriteAllText(
                next,
                JsonSerializer.Serialize(
                    new WrittenMark(mark.At, mark.LookedAt, [.. mark.Keys.Order(StringComparer.Ordinal)]),
                    SeenJson.Default.WrittenMark
                ) + "\n"
            );
            File.Move(next, Path, overwrite: true);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{Path}: {error.Message}", error);
        }
    }
}

internal sealed record WrittenMark(DateTimeOffset At, DateTimeOffset? LookedAt, IReadOnlyList<string>? Keys);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WrittenMark))]
internal sealed partial class SeenJson : JsonSerializerContext;
