using System.Text.Json;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Health;

/// <summary>Packuilon's list of templates for each image: an image with an empty list is never built, which is no trouble.</summary>
public static class TemplateMap
{
    private const long Largest = 1024 * 1024;

    /// <summary>Whether an image has an empty list; null if the file cannot be read.</summary>
    public static Func<ImageName, bool>? Read(string? path)
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
            var empty = map.RootElement.EnumerateObject()
                .Where(image => image.Value.ValueKind is JsonValueKind.Array && image.Value.GetArrayLength() == 0)
                .Select(image => image.Name)
                .ToHashSet(StringComparer.Ordinal);
            return image => empty.Contains(image.Text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
