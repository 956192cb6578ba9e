using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The present logs of the log directory, by file name.</summary>
public sealed record LogTable : IArchived<LogTable>
{
    public static readonly LogTable Empty = new();

    private ImmutableSortedDictionary<string, BuildLogRead> ByFile { get; init; } =
        ImmutableSortedDictionary.Create<string, BuildLogRead>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, BuildLogRefused> NotRead { get; init; } =
        ImmutableSortedDictionary.Create<string, BuildLogRefused>(StringComparer.Ordinal);

    /// <summary>The names of logs that are not read now, with the reasons.</summary>
    public IEnumerable<BuildLogRefused> Refused => NotRead.Values;

    /// <summary>The directory was read completely, so a log that is not here does not exist.</summary>
    public bool Complete { get; init; }

    public IEnumerable<BuildLogRead> All => ByFile.Values;

    public BuildLog? Find(string file) => ByFile.GetValueOrDefault(file)?.Log;

    /// <summary>Why the log of that name is not read now; null if it is, or does not exist.</summary>
    public string? WhyNot(string file) => NotRead.GetValueOrDefault(file)?.Why;

    internal LogTable Set(BuildLogRead read) => this with { ByFile = ByFile.SetItem(read.File, read) };

    internal LogTable Refuse(BuildLogRefused refused) =>
        this with
        {
            NotRead = refused.Why is null ? NotRead.Remove(refused.File) : NotRead.SetItem(refused.File, refused),
        };

    internal LogTable Without(string file) => this with { ByFile = ByFile.Remove(file) };

    /// <summary>The log as it was, if the file now contains another one.</summary>
    internal BuildLog? Before(BuildLogRead read) =>
        ByFile.GetValueOrDefault(read.File) is { } known && known.Generation != read.Generation ? known.Log : null;

    LogTable IArchived<LogTable>.Through(Archive archive) => new()
    {
        ByFile = archive.ByName(ByFile, static (archive, read) => archive.Own(read)),
        NotRead = archive.ByName(NotRead, static (archive, refused) => archive.Own(refused)),
        Complete = archive.Flag(Complete),
    };
}
