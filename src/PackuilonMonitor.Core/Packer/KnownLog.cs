using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A build log that is known by its growth alone.</summary>
/// <param name="Log">Everything since it began.</param>
/// <param name="Generation">How often the file restarted.</param>
/// <param name="Lines">The number of finished lines.</param>
/// <param name="Check">Identifies these lines; within one process only.</param>
public sealed record KnownLog(BuildLog Log, int Generation, long Lines, ulong Check) : IArchived<KnownLog>
{
    /// <summary>The check of no line.</summary>
    public const ulong NoCheck = 0xCBF29CE484222325;

    public static readonly KnownLog Empty = new(BuildLog.Empty, 0, 0, NoCheck);

    /// <summary>The log after more of it.</summary>
    public KnownLog And(LogGrowth growth)
    {
        var draft = new BuildLogDraft(Before(growth).Log);
        draft.Apply(growth.Lines, growth.ArrivedAt);
        if (growth.HasHole)
            draft.AddHole();
        var log = draft.ToLog().AtEnd(growth.Unfinished) with { ModifiedAt = growth.ModifiedAt };
        return And(growth, growth.IsBrief ? log.Brief() : log);
    }

    /// <summary>The same, if somebody has folded its lines already.</summary>
    /// <param name="log">The log after them.</param>
    public KnownLog And(LogGrowth growth, BuildLog log)
    {
        var known = Before(growth);
        var check = known.Check;
        for (var rest = growth.Lines.Bytes; !rest.IsEmpty;)
            check = CheckOf(check, LogLines.TakeFirst(ref rest));
        return new KnownLog(log, growth.Generation, known.Lines + growth.Lines.Count, check);
    }

    private KnownLog Before(LogGrowth growth) => growth.Began || growth.Generation != Generation ? Empty : this;

    /// <summary>The check of the lines before and one more, without its line end.</summary>
    public static ulong CheckOf(ulong before, ReadOnlySpan<byte> line)
    {
        var hash = new HashCode();
        hash.AddBytes(line);
        return (ulong.RotateLeft(before, 27) ^ (uint)hash.ToHashCode()) * 0x9E3779B97F4A7C15;
    }

    KnownLog IArchived<KnownLog>.Through(Archive archive) =>
        new(archive.Shared(Log), archive.Number(Generation), archive.Number(Lines), archive.Unsigned(Check));
}
