using System.Collections.Immutable;
using System.Text.Json;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Health;

/// <summary>Packuilon's list of template files for each image, in the order in which they are built.</summary>
public sealed class TemplateMap
{
    private const long Largest = 1024 * 1024;

    /// <summary>The list of every image that has none of its own.</summary>
    private const string Default = "DEFAULT";

    private readonly ImmutableDictionary<string, ImmutableArray<string>> _files;

    private TemplateMap(ImmutableDictionary<string, ImmutableArray<string>> files) => _files = files;

    /// <summary>Null if the file cannot be read, or is no such list.</summary>
    public static TemplateMap? Read(string? path)
    {
        if (path is null)
            return null;
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= Largest })
                return null;
            using var map = JsonDocument.Parse(File.ReadAllBytes(path));
            if (map.RootElement.ValueKind is not JsonValueKind.Object)
                return null;
            var files = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
            foreach (var image in map.RootElement.EnumerateObject().Where(image => image.Value.ValueKind is JsonValueKind.Array))
                files[image.Name] = [.. image.Value.EnumerateArray().Select(file => file.ToString())];
            return new TemplateMap(files.ToImmutable());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The image has an empty list: it is never built, which is no trouble.</summary>
    public bool HasNone(ImageName image) => _files.TryGetValue(image.Text, out var files) && files.IsEmpty;

    /// <summary>The image's own files or the default ones; none where neither is listed.</summary>
    public IReadOnlyList<string> FilesOf(ImageName image) => _files.GetValueOrDefault(image.Text, _files.GetValueOrDefault(Default, []));
}
