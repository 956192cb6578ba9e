using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Commands;

/// <summary>
/// The meaning of BUILD on a command line: an id, an image, an image and template with or without the template's extension, or a log's file
/// name.
/// </summary>
internal static class NamedBuild
{
    /// <summary>The build with that id, otherwise the newest one of that name; null if there is none.</summary>
    public static BuildView? Find(IReadOnlyList<BuildView> builds, string name) =>
        builds.FirstOrDefault(build => build.Id == name) ?? builds.LastOrDefault(build => IsNamed(build, name));

    /// <summary>Whether the name, which is not an id, is one of this build's.</summary>
    public static bool IsNamed(BuildView build, string name) =>
        build.Image.Text == name
        || build.Name.File == name
        || (
            build.Template is { } template
            && (name == $"{build.Image}.{template}" || $"{name}.json" == $"{build.Image}.{template}" || name == Words.Name(build))
        );

    /// <summary>Whether the name is that of the build's image, which means all its templates.</summary>
    public static bool IsImage(BuildView build, string name) => build.Image.Text == name;

    /// <summary>Whether a message for this image may lead to a build of that name.</summary>
    public static bool MayBe(string image, string name) => name == image || name.StartsWith($"{image}.", StringComparison.Ordinal);

    private const int LeastTyped = 3;

    /// <summary>A valid name: an image of which a part was typed, otherwise the newest build.</summary>
    public static string Suggestion(IReadOnlyList<BuildView> builds, string typed) =>
        builds.Count == 0 ? "no builds are known: see --messages and --log-dir"
        : typed.Length >= LeastTyped
            && builds.LastOrDefault(build => build.Image.Text.Contains(typed, StringComparison.OrdinalIgnoreCase)) is { } near
            ? $"did you mean {SafeText.Plain(near.Image.Text)}?"
        : $"the newest is {SafeText.Plain(builds[^1].Id)}";
}
