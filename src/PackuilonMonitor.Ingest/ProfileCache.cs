using System.Text.Json;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The profiles in cdb2rabbit's cache directory, found by the names in log lines. They are read as data only: regular files directly in
/// that directory, of bounded size, whatever a line says.
/// </summary>
public sealed class ProfileCache(string path)
{
    private const int Largest = 8 * 1024 * 1024;
    private const int MostProfiles = 2_000;
    private const int LongestName = 255;

    private readonly LogDirectory _directory = new(path, isName: IsProfileName);
    private readonly SourceId _source = new(path);
    private readonly Dictionary<string, FileStatus> _read = new(StringComparer.Ordinal);

    /// <summary>New contents of the profiles that these observations announce; they precede the observations.</summary>
    public IEnumerable<Observation> Of(IEnumerable<Observation> seen, DateTimeOffset now) =>
        seen.Select(one => Announced(one.Event))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList()
            .Select(Read)
            .OfType<ProfileRead>()
            .Select(read => new Observation(now, _source, "", Speaker.Monitor, null, read));

    /// <summary>Whether a name may be a profile's: letters, digits, dot, underscore and hyphen, ending in .json.</summary>
    public static bool IsProfileName(string name) =>
        name.Length <= LongestName && name.EndsWith(".json", StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>cdb2rabbit writes the copy before it logs that a profile has updated, and publishes it after.</summary>
    private static string? Announced(MonitorEvent said) => said switch
    {
        ProfileRebuilt profile => profile.Profile,
        ProfileUpdated profile => profile.Profile,
        ProfileUnchanged profile => profile.Profile,
        _ => null,
    };

    private ProfileRead? Read(string name)
    {
        var stat = _directory.Stat(name);
        if (!stat.Found || !stat.Status.IsRegular || _read.GetValueOrDefault(name) == stat.Status)
            return null;
        var opening = _directory.Open(name);
        if (opening.File is not { } file)
            return null;
        using (file)
        {
            if (_read.Count >= MostProfiles)
                _read.Clear();
            _read[name] = stat.Status;
            return stat.Status.Size > Largest ? null : new ProfileRead(name, Content(file, (int)stat.Status.Size));
        }
    }

    private static ProfileContent Content(OpenFile file, int size)
    {
        var bytes = new byte[size];
        try
        {
            var length = 0;
            for (int read; length < size && (read = OpenFile.Read(file.Handle, bytes.AsSpan(length), length)) > 0;)
                length += read;
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length));
            var system = Part(document.RootElement, "system");
            return new ProfileContent(
                Text(Part(Part(system, "network"), "hostname")), Text(Part(Part(system, "personality"), "name")),
                Text(Part(Part(Part(Part(system, "aii"), "nbp"), "pxelinux"), "kernel"))?.Split('/')[0],
                Text(Part(Part(Part(system, "os"), "distribution"), "name")), Text(Part(Part(Part(system, "os"), "version"), "name")),
                Text(Part(Part(system, "os"), "architecture")));
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return ProfileContent.Nothing;
        }
    }

    private static JsonElement? Part(JsonElement? whole, string name) =>
        whole is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var part) ? part : null;

    private static string? Text(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } known && known.GetString() is { Length: > 0 and <= LongestName } text ? text : null;
}
