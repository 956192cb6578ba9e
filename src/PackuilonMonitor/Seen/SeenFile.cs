using System.Text.Json;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Seen;

/// <summary>What one user has seen, in a file of the state directory, and in the host's store where a recorder writes that.</summary>
public sealed class SeenFile(string? directory)
{
    public const string Name = "seen.json";

    private string? _asked;

    /// <summary>The folder of the host's store; null where no recorder writes it.</summary>
    public string? Store { get; init; }

    /// <summary>Its path; null if no directory is known, so that nothing is stored.</summary>
    public string? Path { get; } = directory is null ? null : System.IO.Path.Combine(directory, Name);

    /// <summary>The later of the two marks; null if there is none.</summary>
    /// <exception cref="IOException">A file cannot be read, or has other content.</exception>
    public SeenMark? Read()
    {
        var own = Path is null ? null : At(Path);
        var hosts = Store is null ? null : At(HostSeen.PathOf(Store, ThisUser.Id));
        return own is null || hosts?.At > own.At ? hosts : own;
    }

    /// <summary>Replaces the mark. Nobody ever reads half a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(SeenMark mark)
    {
        if (Path is not null)
            Replace(Path, mark, WholeFile.ForUserAlone);
        if (Store is not null)
            Guarded(Store, () => Ask(Store, mark));
    }

    /// <summary>After one that failed the next request is a new one.</summary>
    private string Ask(string store, SeenMark mark)
    {
        var before = _asked;
        _asked = null;
        return _asked = HostSeen.Ask(store, Text(mark), before);
    }

    /// <summary>The mark in a file; null without one.</summary>
    internal static SeenMark? At(string path) =>
        File.Exists(path)
            ? Guarded(path, () => Parse(TextFile.Read(path)))
                ?? throw new IOException($"{path}: not a mark of what was seen; remove it to begin again")
            : null;

    /// <summary>A mark in its written form; null for what is none.</summary>
    internal static SeenMark? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var written = document.RootElement;
            var at = written.GetProperty("at").GetDateTimeOffset();
            return new SeenMark(
                at,
                written.TryGetProperty("keys", out var keys) && keys.ValueKind is not JsonValueKind.Null
                    ? [.. keys.EnumerateArray().Select(key => key.GetString()).OfType<string>()]
                    : [],
                written.TryGetProperty("lookedAt", out var looked) && looked.ValueKind is not JsonValueKind.Null
                    ? looked.GetDateTimeOffset()
                    : at
            );
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <param name="mode">The rights of the file.</param>
    internal static void Replace(string path, SeenMark mark, UnixFileMode mode)
    {
        try
        {
            WholeFile.MakeFolder(System.IO.Path.GetDirectoryName(path)!);
            WholeFile.Replace(path, Text(mark) + "\n", mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: {FileWords.NotWritten(path, error)}", error);
        }
    }

    private static string Text(SeenMark mark) => Json.Object(json =>
    {
        json.WriteString("at", mark.At);
        json.WriteString("lookedAt", mark.LookedAt);
        json.Texts("keys", mark.Keys.Order(StringComparer.Ordinal));
    });

    private static T Guarded<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{path}: may not be read", error);
        }
    }
}
