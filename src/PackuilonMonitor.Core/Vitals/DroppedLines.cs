using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>A program or file that lost lines, perhaps ours.</summary>
/// <param name="Who"><c>rsyslogd</c>, <c>journald</c>, or the path of a file.</param>
/// <param name="Amount">Messages, or bytes of a file; 0 if the number is unknown.</param>
public sealed record Loss(string Who, bool IsFile, long Amount, DateTimeOffset FirstAt, DateTimeOffset LastAt, EvidenceLine Line)
    : IArchived<Loss>
{
    Loss IArchived<Loss>.Through(Archive archive) => new(
        archive.Text(Who),
        archive.Flag(IsFile),
        archive.Number(Amount),
        archive.Time(FirstAt),
        archive.Time(LastAt),
        archive.Shared(Line)
    );
}

/// <summary>The losses, each with its newest time.</summary>
public sealed record DroppedLines : IArchived<DroppedLines>
{
    private const int Most = 20;

    /// <summary>Losses further apart than this count as two.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    public static readonly DroppedLines None = new();

    public ImmutableSortedDictionary<string, Loss> Losses { get; private init; } =
        ImmutableSortedDictionary.Create<string, Loss>(StringComparer.Ordinal);

    internal DroppedLines Add(Observation seen, MessagesDropped dropped) =>
        Add(
            seen.Text?.Contains("imuxsock", StringComparison.Ordinal) == true
            || seen.Text?.Contains("imjournal", StringComparison.Ordinal) == true
                ? "rsyslogd"
                : "journald",
            false,
            dropped.Messages ?? 0,
            EvidenceLine.Of(seen)
        );

    internal DroppedLines Lost(Observation seen, LinesLost lost) =>
        Add(seen.Source.Path, true, lost.Bytes, EvidenceLine.Of(seen) with { Text = lost.Why });

    private DroppedLines Add(string who, bool isFile, long amount, EvidenceLine line)
    {
        var known = Losses.GetValueOrDefault(who);
        if (known is null && Losses.Count >= Most)
            return this;
        var goesOn = known is not null && line.At - known.LastAt < Apart;
        return this with
        {
            Losses = Losses.SetItem(
                who,
                new Loss(who, isFile, amount + (goesOn ? known!.Amount : 0), goesOn ? known!.FirstAt : line.At, line.At, line)
            ),
        };
    }

    DroppedLines IArchived<DroppedLines>.Through(Archive archive) => new()
    {
        Losses = archive.ByName(Losses, static (archive, loss) => archive.Own(loss)),
    };
}
