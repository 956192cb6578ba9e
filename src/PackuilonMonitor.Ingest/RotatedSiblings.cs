using System.IO.Enumeration;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>A rotated file: where it lies, what it is, and whether it must be inflated. What bears its name and is no file, or cannot be looked at, is one that cannot be opened.</summary>
public readonly record struct Sibling(string Path, FileStatus Status, bool Compressed);

/// <summary>Finds what a file was rotated to: .1 …, -YYYYMMDD and -YYYYMMDD-n, each plain or with .gz.</summary>
public static class RotatedSiblings
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The siblings of a path, oldest first. Where the path is a link, those beside its target count too. A directory that cannot be listed has none.</summary>
    public static IReadOnlyList<Sibling> Of(string path)
    {
        var found = Beside(path);
        return Target(path) is { } target && target != path
            ? [.. Beside(target).Concat(found).DistinctBy(sibling => (sibling.Status.Identity, sibling.Status.IsRegular ? "" : sibling.Path))]
            : found;
    }

    /// <summary>Whether a file must be inflated, by its name.</summary>
    public static bool IsCompressed(ReadOnlySpan<char> name) => name.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>Why a compressed sibling cannot be read to its end; null where it can, or is not compressed.</summary>
    public static string? Damage(Sibling sibling)
    {
        if (!sibling.Compressed || SiblingScan.Open(sibling) is not { } file)
            return null;
        using var opened = file;
        var (damage, buffer, events) = ((string?)null, new byte[64 * 1024], new List<TailEvent>());
        using var inflation = new Inflation(file, "it", new LineSplitter(new SourceId(sibling.Path), static _ => false), new TailOptions());
        for (var budget = buffer.Length; !inflation.Read(buffer, ref budget, events, (_, why) => damage = why); budget = buffer.Length)
            events.Clear();
        return damage;
    }

    private static IReadOnlyList<Sibling> Beside(string path)
    {
        var directory = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        var name = Path.GetFileName(path);
        try
        {
            var ranked = new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                    entry.FileName.Length > name.Length && entry.FileName.StartsWith(name, StringComparison.Ordinal),
            }
                .Select(candidate => (Name: candidate, Age: Age(candidate.AsSpan(name.Length), out var compressed), Compressed: compressed))
                .Where(candidate => candidate.Age is not null)
                .ToList();
            var found = ranked
                .OrderBy(candidate => candidate.Age!.Value)
                .Select(candidate => (candidate.Name, Looked: Looked.At(Path.Combine(directory, candidate.Name)), candidate.Compressed))
                .Where(candidate => !candidate.Looked.Absent)
                .ToList();
            var plain = found.Where(candidate => !candidate.Compressed && candidate.Looked.Status.IsRegular).Select(candidate => candidate.Name).ToHashSet();
            return
            [
                .. found
                    // While a file is being compressed both are there, and only the plain one is whole.
                    .Where(candidate => !candidate.Compressed || !plain.Contains(candidate.Name[..^3]))
                    .Select(candidate => new Sibling(Path.Combine(directory, candidate.Name), candidate.Looked.Status, candidate.Compressed))
                    .DistinctBy(sibling => (sibling.Status.Identity, sibling.Status.IsRegular ? "" : sibling.Path)),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Smaller is older. Numbered files are taken for older than dated ones: who changes to dates leaves numbers behind.
    private static (int, long, long)? Age(ReadOnlySpan<char> suffix, out bool compressed)
    {
        compressed = IsCompressed(suffix);
        if (compressed)
            suffix = suffix[..^3];
        if (suffix.Length < 2)
            return null;

        var rest = suffix[1..];
        if (suffix[0] == '.')
            return rest.Length < 7 && Number(rest) is { } turn ? (0, -turn, 0) : null;
        if (suffix[0] != '-' || rest.Length < 8)
            return null;

        var dash = rest.IndexOfAny('-', '.');
        var day = dash < 0 ? rest : rest[..dash];
        var ordinal = dash < 0 ? 0 : Number(rest[(dash + 1)..]);
        return day.Length is >= 8 and <= 14 && Number(day) is { } date && ordinal is { } n ? (1, date, n) : null;
    }

    private static long? Number(ReadOnlySpan<char> digits) =>
        digits.Length is > 0 and < 18 && !digits.ContainsAnyExceptInRange('0', '9')
            ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static string? Target(string path)
    {
        if (Looked.At(path, followLink: false) is not { Found: true, Status.IsLink: true })
            return null;
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
