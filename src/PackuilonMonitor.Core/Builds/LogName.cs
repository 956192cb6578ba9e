using System.Globalization;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The name of a build log: IMAGE.log, IMAGE.TEMPLATE.json.log or IMAGE.TEMPLATE.json.EPOCH.log. An image may contain dots, so the parts
/// are parsed from the right; with a worker's job <see cref="TemplateFor"/> is exact.
/// </summary>
/// <param name="File">The file name, without folders.</param>
/// <param name="Image">The image, parsed from the name.</param>
/// <param name="Template">The template with its <c>.json</c>, or null in the dialect that has none.</param>
/// <param name="Epoch">The second of the build's start, if the name has it.</param>
public sealed record LogName(string File, ImageName Image, string? Template, long? Epoch) : IArchived<LogName>
{
    private const string Extension = ".log";
    private const string TemplateEnd = ".json";

    /// <summary>No file has a longer name; a forged one is cut off.</summary>
    private const int Longest = 255;

    /// <summary>The name without extension and epoch, as an end line names the build.</summary>
    public string Stem { get; } = Parts(File).Stem;

    /// <summary>Parses the last component of a path; any text is accepted.</summary>
    public static LogName Of(string path)
    {
        var start = path.LastIndexOf('/') + 1;
        var file = path.Substring(start, Math.Min(Longest, path.Length - start));
        var (stem, epoch) = Parts(file);
        if (!stem.EndsWith(TemplateEnd, StringComparison.Ordinal))
            return new LogName(file, new ImageName(stem), null, null);
        var dot = stem.AsSpan(0, stem.Length - TemplateEnd.Length).LastIndexOf('.');
        return dot <= 0
            ? new LogName(file, new ImageName(stem), null, epoch)
            : new LogName(file, new ImageName(SharedText.Of(stem.AsSpan(0, dot))), SharedText.Of(stem.AsSpan(dot + 1)), epoch);
    }

    /// <summary>Whether a build of this image can have this log.</summary>
    public bool Fits(ImageName image) => Fits(image, out _);

    /// <summary>Whether a build of this image can have this log, and for which template; empty in the dialect that has none.</summary>
    public bool Fits(ImageName image, out ReadOnlySpan<char> template)
    {
        template = default;
        if (!Stem.StartsWith(image.Text, StringComparison.Ordinal))
            return false;
        if (Stem.Length == image.Text.Length)
            return true;
        if (Stem[image.Text.Length] != '.' || Stem.Length == image.Text.Length + 1 || !Stem.EndsWith(TemplateEnd, StringComparison.Ordinal))
            return false;
        template = Stem.AsSpan(image.Text.Length + 1);
        return true;
    }

    /// <summary>The template, if the log is one of this image's and its name has one.</summary>
    public string? TemplateFor(ImageName image) => Fits(image, out var template) && !template.IsEmpty ? SharedText.Of(template) : null;

    /// <summary>The name without extension and epoch. Digits are an epoch only after a template, as every revision writes them.</summary>
    private static (string Stem, long? Epoch) Parts(string file)
    {
        var stem = file.EndsWith(Extension, StringComparison.Ordinal) ? file[..^Extension.Length] : file;
        var dot = stem.LastIndexOf('.');
        return
            dot > 0
            && stem.AsSpan(0, dot).EndsWith(TemplateEnd)
            && long.TryParse(stem.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? (SharedText.Of(stem.AsSpan(0, dot)), epoch)
            : (stem, null);
    }

    LogName IArchived<LogName>.Through(Archive archive) => new(
        archive.Text(File),
        new ImageName(archive.Text(Image.Text)),
        archive.TextOrNull(Template),
        archive.NumberOrNull(Epoch)
    );
}
