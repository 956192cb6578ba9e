using System.IO.Enumeration;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// A rotated file: its path, its status, and whether it is compressed. A name that is not a file, or cannot be examined, is a sibling that
/// cannot be opened.
/// </summary>
public readonly record struct Sibling(string Path, FileStatus Status, bool Compressed);

/// <summary>Finds the rotated files of a log: numbered or dated, plain or compressed, beside it or in a directory for old logs.</summary>
public static class RotatedSiblings
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// The siblings of a path, oldest first. If the path is a link, those beside its target count too. A directory that cannot be listed
    /// has none.
    /// </summary>
    public static IReadOnlyList<Sibling> Of(string path)
    {
        var found = All(path, OldDirectories.Of(path));
        return Target(path) is { } target && target != path
            ? [.. All(target, OldDirectories.Of(target)).Concat(found).DistinctBy(Identity)]
            : found;
    }

    /// <param name="olds">Directories in addition to its own.</param>
    internal static IReadOnlyList<Sibling> All(string path, IReadOnlyList<string> olds)
    {
        var own = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        var rotated = Named(path, own)
            .Concat(olds.SelectMany(old => Named(path, old)))
            .Where(candidate => candidate.Name.IsRead && PackedFile.CanRead(candidate.Name.Packing));
        var found = rotated
            .OrderBy(candidate => candidate.Name.Age)
            .Select(candidate => (candidate.Path, candidate.Name.Packing, StatResult: StatResult.At(candidate.Path)))
            .Where(candidate => !candidate.StatResult.Absent)
            .ToList();
        var plain = found
            .Where(candidate => candidate.Packing.Length == 0 && candidate.StatResult.Status.IsRegular)
            .Select(candidate => candidate.Path)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found
                // While a file is being compressed both exist, and only the plain one is complete.
                .Where(candidate => candidate.Packing.Length == 0 || !plain.Contains(candidate.Path[..^candidate.Packing.Length]))
                .Select(candidate => new Sibling(candidate.Path, candidate.StatResult.Status, candidate.Packing.Length > 0))
                .DistinctBy(Identity),
        ];
    }

    /// <summary>
    /// Rotated files that are not read, oldest first, each with the reason: an unknown or missing decompressor, or an unknown form of name.
    /// </summary>
    public static IReadOnlyList<(string Path, string Why)> PassedOver(string path, LineFilter? isTimed)
    {
        var directories = OldDirectories.Of(path).Prepend(Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".").ToList();
        var packed = directories
            .SelectMany(directory => Named(path, directory))
            .OrderBy(candidate => candidate.Name.Age)
            .Where(candidate => !candidate.Name.IsRead || !PackedFile.CanRead(candidate.Name.Packing))
            .Select(candidate =>
                (
                    candidate.Path,
                    candidate.Name.IsRead
                        ? $"{PackedFile.ToolOf(candidate.Name.Packing)} is not on this host"
                        : $"packed as {candidate.Name.Packing}, which is not read"
                )
            );
        var strange = Strange(path, directories[0])
            .Order(StringComparer.Ordinal)
            .Where(candidate => isTimed is not null && IsLog(candidate, isTimed))
            .Select(candidate => (candidate, "named in no way of rotating that is known"));
        return [.. packed.Concat(strange)];
    }

    /// <summary>Whether a file must be decompressed, by its name.</summary>
    public static bool IsCompressed(ReadOnlySpan<char> name) =>
        RotatedName.PackingOf(name) is { Length: > 0 } packing && new RotatedName(default, packing).IsRead;

    /// <summary>Why a compressed sibling cannot be read to its end; null if it can, or is not compressed.</summary>
    public static string? Damage(Sibling sibling)
    {
        if (!sibling.Compressed || SiblingScan.Open(sibling) is not { } file)
            return null;
        using var opened = file;
        var (damage, buffer, events) = ((string?)null, new byte[64 * 1024], new List<TailEvent>());
        using var inflation = new Inflation(
            file,
            sibling.Path,
            new LineSplitter(new SourceId(sibling.Path), static _ => false),
            new TailOptions()
        );
        for (var budget = buffer.Length; !inflation.Read(buffer, ref budget, events, (_, why) => damage = why); budget = buffer.Length)
            events.Clear();
        return damage?.Replace($"{sibling.Path} ", "it ", StringComparison.Ordinal);
    }

    private static (FileIdentity, string) Identity(Sibling sibling) =>
        (sibling.Status.Identity, sibling.Status.IsRegular ? "" : sibling.Path);

    private static List<(string Path, RotatedName Name)> Named(string path, string directory)
    {
        var log = Path.GetFileName(path);
        // messages and messages.log have separate rotated files.
        var endingIsOurs = !File.Exists(Path.Combine(directory, $"{log}.log"));
        return
        [
            .. Listed(directory, log)
                .Select(name => (Path: Path.Combine(directory, name), Name: RotatedName.Of(log, name, endingIsOurs)))
                .Where(candidate => candidate.Name is not null)
                .Select(candidate => (candidate.Path, candidate.Name!.Value)),
        ];
    }

    private static IEnumerable<string> Strange(string path, string directory)
    {
        var log = Path.GetFileName(path);
        return Listed(directory, log)
            .Where(name =>
                name.Length > log.Length + 1
                && name.StartsWith(log, StringComparison.Ordinal)
                && name[log.Length] is '.' or '-' or '_'
                && name.AsSpan(log.Length).ContainsAnyInRange('0', '9')
                && !name.AsSpan(log.Length).ContainsAnyExcept(OfDates)
                && RotatedName.Of(log, name, true) is null
            )
            .Select(name => Path.Combine(directory, name));
    }

    private static readonly System.Buffers.SearchValues<char> OfDates = System.Buffers.SearchValues.Create("0123456789-._:T");

    // It begins like a log: with a line that has a time.
    private static bool IsLog(string path, LineFilter isTimed)
    {
        using var file = OpenFile.At(path).File;
        if (file is null)
            return false;
        var bytes = new byte[LongestFirst];
        try
        {
            var begun = bytes.AsSpan(0, RandomAccess.Read(file.Handle, bytes, 0));
            return isTimed(begun.IndexOf((byte)'\n') is >= 0 and var end ? begun[..end] : begun);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private const int LongestFirst = 1024;

    // All names that begin like the log's, before its extension.
    private static string[] Listed(string directory, string log)
    {
        var stem = log.LastIndexOf('.') is > 0 and var dot ? log[..dot] : log;
        try
        {
            return
            [
                .. new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                        entry.FileName.Length > log.Length && entry.FileName.StartsWith(stem, StringComparison.Ordinal),
                },
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Target(string path)
    {
        if (StatResult.At(path, followLink: false) is not { Found: true, Status.IsLink: true })
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
