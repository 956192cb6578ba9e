using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Decides which rotated files and copies of a source are read, and in which place.</summary>
/// <param name="files">All files of the source that are being read, in the order of their lines; rotated ones are inserted.</param>
internal sealed class RotatedFiles(
    FileLocation place,
    TailOptions options,
    SourceLedger ledger,
    Func<FileIdentity, bool> claims,
    Func<LineSplitter> newSplitter,
    List<Generation> files
)
{
    private const int Tries = 8;

    private readonly SiblingScan _scan = new(place.Source.Path, options, newSplitter);
    private readonly HashSet<(FileIdentity, string)> _refused = [];

    /// <summary>The newest file that was read.</summary>
    public FileIdentity? Newest { get; set; }

    /// <summary>The first poll: reads the rotated files, or marks them as read.</summary>
    public void Begin(StartPositions start, TimeSpan now)
    {
        var (siblings, opened) = Opened(start);
        var from = start.First(siblings);
        if (start.FromOldest)
        {
            foreach (var (path, why) in RotatedSiblings.PassedOver(place.Source.Path, options.Stamped))
                ledger.Unread(0, $"{path}: not read: {why}");
        }

        using var live = from < siblings.Count ? place.Open().File : null;
        for (var i = 0; i < siblings.Count; i++)
        {
            if (i < from)
                Skip(siblings[i], start);
            else if (siblings[i].Compressed ? claims(siblings[i].Status.Identity) : !Stale(siblings[i], siblings, i + 1, live))
                Enqueue(siblings[i], opened[i], start.In(siblings[i], isFirst: i == from), now);
            else
                opened[i]?.Dispose();
        }
    }

    /// <summary>The file as it was when reading stopped, if it was read before.</summary>
    public Generation? Recall(OpenFile file) => _scan.Recall(file);

    /// <summary>The file was read, and is closed.</summary>
    public void Remember(Generation file) => _scan.Remember(file);

    /// <summary>Opens the rotated file with this identity; null if there is none.</summary>
    public OpenFile? Open(FileIdentity identity) =>
        _scan.List().FirstOrDefault(sibling => sibling.Status.Identity == identity) is { Path: not null } moved
            ? SiblingScan.Open(moved)
            : null;

    /// <summary>
    /// A file that was empty may have been filled, copied and emptied again. Returns whether such copies were put before it.
    /// </summary>
    public bool FindCopies(Generation file, TimeSpan now)
    {
        if (file is not { Kind: GenerationKind.Log, Offset: 0, SeenModified: { } seen })
            return false;
        // A file system's clock moves in steps: a change in the step of a poll shows no newer time, so one more poll is needed.
        var unchanged = seen == file.Modified && file.Limit == 0;
        if (unchanged && file.SettledAt == seen)
            return false;

        file.SettledAt = unchanged ? seen : null;
        file.ForgetLook();
        if (Insert(file, _scan.List(), 0) == 0)
            return false;
        file.Announcement = ledger.Rotated(Rotation.Truncated);
        return true;
    }

    /// <summary>Files that were rotated away between two polls, before the file that is at the path now.</summary>
    public void TakeUnread(OpenFile live, TimeSpan now)
    {
        var newest = Newest;
        for (var attempt = 1; !TakeUnread(live, newest, now, isLast: attempt == Tries); attempt++)
        {
        }
    }

    // False if a rotation goes on: what was taken so far stays, and the rest has other names.
    private bool TakeUnread(OpenFile live, FileIdentity? before, TimeSpan now, bool isLast)
    {
        var siblings = _scan.List();
        options.Hook?.Invoke(TailStep.SiblingsListed);
        var end = Index(siblings, live.Identity) is >= 0 and var own ? own : siblings.Count;
        var newest = before is { } last ? Index(siblings, last) : -1;
        var packed = newest >= 0 ? newest + 1 : UnreadPacked(siblings, end, before);
        _scan.Prune(siblings);
        for (var i = 0; i < end; i++)
        {
            var sibling = siblings[i];
            if (sibling.Compressed)
            {
                // The file that was just opened may be compressed by now.
                if (i >= packed && claims(sibling.Status.Identity) && !IsTaken(sibling) && !_scan.IsPacked(sibling, live))
                    Enqueue(sibling, SiblingScan.Open(sibling), 0, now);
                continue;
            }

            var known = _scan.IsRead(sibling);
            // Files older than what we read are history; if ours was deleted, so are files with an earlier birth.
            var history = i < newest || (newest < 0 && before is { Born: > 0 } ours && sibling.Status.Identity.Born < ours.Born);
            if ((history && !known) || Stale(sibling, siblings, i + 1, live) || files.Exists(file => _scan.IsOf(sibling, file)))
                continue;
            if (!known && !SiblingScan.Opens(sibling))
            {
                if (!isLast && !_scan.IsPresent(siblings))
                    return false;
                Refuse(sibling);
            }

            if (_scan.Unread(sibling, GenerationKind.Log) is not { } unread)
                continue;
            unread.QuietSince = now;
            files.Add(unread);
        }

        return true;
    }

    private bool IsTaken(Sibling sibling) => files.Exists(file => file.Identity == sibling.Status.Identity);

    // The newest file that was read has no name any more. Where it was compressed, the compressed ones behind it were never read.
    private int UnreadPacked(IReadOnlyList<Sibling> siblings, int end, FileIdentity? newest)
    {
        if (newest is not { } identity || (files.Find(file => file.Identity == identity) ?? _scan.Closed(identity)) is not { } last)
            return end;
        for (var i = end - 1; i >= 0; i--)
        {
            if (_scan.IsPacked(siblings[i], last))
                return i + 1;
        }

        // Compressing keeps the time of the last line, so these cannot be history.
        var written = last.File?.Stat() is { Found: true } stat ? stat.Status.Modified : last.Modified;
        foreach (var sibling in siblings.Take(end).Where(sibling => sibling.Compressed && sibling.Status.Modified > written))
            ledger.Unread(sibling.Status.Size, $"{sibling.Path}: not read: newer than the file read last, which is gone");
        return end;
    }

    /// <summary>A file was truncated: reads its unread rest from its copy, or reports that it is missing.</summary>
    public void Recover(Generation file, int index, TimeSpan now)
    {
        var siblings = _scan.List();
        var copy = _scan.CopyOf(file, siblings, read: files);
        var lost = 0L;
        if (copy is not { } found)
        {
            lost = file.Unread + file.Splitter.Drop();
        }
        else if (found.Size > file.Offset)
        {
            var rest = Generation.From(found.File, file.Offset, GenerationKind.Copy, file.Splitter, options.Read);
            rest.Measure(now);
            files.Insert(index, rest);
        }
        else
        {
            lost = file.Splitter.Drop();
            var whole = Generation.From(found.File, found.Size, GenerationKind.Copy, newSplitter(), options.Read);
            whole.Measure(now);
            _scan.Remember(whole);
        }

        Insert(file, siblings, copy is { } at ? at.Index + 1 : 0);
        if (copy is null)
            ledger.Missing(lost, "truncated, and no copy holds what was not read");
        else if (lost > 0)
            ledger.Missing(lost, "truncated inside a line");
        file.Announcement = ledger.Rotated(Rotation.Truncated);
    }

    // A rotation between listing and opening moves every file to another name, or compresses it: what is open then must be what was
    // listed.
    private (IReadOnlyList<Sibling> Siblings, IReadOnlyList<OpenFile?> Opened) Opened(StartPositions start)
    {
        for (var attempt = 1; ; attempt++)
        {
            var siblings = _scan.List();
            options.Hook?.Invoke(TailStep.SiblingsListed);
            var from = start.First(siblings);
            var opened = siblings.Select((sibling, index) => index < from ? null : SiblingScan.Open(sibling)).ToList();
            if (attempt == Tries || _scan.IsPresent(siblings))
                return (siblings, opened);
            foreach (var file in opened)
                file?.Dispose();
        }
    }

    private void Skip(Sibling sibling, StartPositions start)
    {
        if (sibling.Compressed || SiblingScan.Opens(sibling))
            _scan.Skip(sibling);
        else if (start.AtFirstByte)
            Refuse(sibling);
        else
            _refused.Add(Key(sibling));
    }

    private void Enqueue(Sibling sibling, OpenFile? opened, long offset, TimeSpan now)
    {
        if (opened is not { } file)
        {
            Refuse(sibling);
            return;
        }

        var generation = sibling.Compressed
            ? Generation.Compressed(file, sibling.Path, newSplitter(), options)
            : Generation.From(file, Math.Min(offset, sibling.Status.Size), GenerationKind.Log, newSplitter(), options.Read, isPast: true);
        generation.QuietSince = now;
        files.Add(generation);
        Newest = generation.Identity;
    }

    // Reported once, however often the source rotates.
    private void Refuse(Sibling sibling)
    {
        var opening = OpenFile.At(sibling.Path);
        opening.File?.Dispose();
        if (_refused.Add(Key(sibling)))
            ledger.Unread(
                sibling.Status.IsRegular ? sibling.Status.Size : 0,
                $"{sibling.Path}: {opening.Why ?? "replaced while it was opened"}"
            );
    }

    // A file that cannot be examined has no identity.
    private static (FileIdentity, string) Key(Sibling sibling) => (sibling.Status.Identity, sibling.Status.IsRegular ? "" : sibling.Path);

    // Inserts the unread older siblings before a file. A copy whose original is not truncated yet is skipped, and so is the copy of a
    // truncated file, which that file handles.
    private int Insert(Generation file, IReadOnlyList<Sibling> siblings, int from)
    {
        var own = Index(siblings, file.Identity);
        var inserted = 0;
        for (var i = from; i < (own < 0 ? siblings.Count : own); i++)
        {
            var sibling = siblings[i];
            if (
                Stale(sibling, siblings, i + 1, file.File)
                || files.Exists(known => _scan.IsOf(sibling, known))
                || _scan.Unread(sibling, GenerationKind.Copy) is not { } unread
            )
                continue;
            files.Insert(files.IndexOf(file), unread);
            inserted++;
        }

        return inserted;
    }

    private bool Stale(Sibling sibling, IReadOnlyList<Sibling> siblings, int next, OpenFile? last)
    {
        if (sibling.Compressed || IsTaken(sibling) || !claims(sibling.Status.Identity))
            return true;
        if (_scan.IsCopyOf(sibling, last) || files.Exists(file => file.Kind == GenerationKind.Log && _scan.IsCopyOf(sibling, file.File)))
            return true;
        if (next >= siblings.Count)
            return false;

        using var newer = SiblingScan.Open(siblings[next]);
        return _scan.IsCopyOf(sibling, newer);
    }

    private static int Index(IReadOnlyList<Sibling> siblings, FileIdentity file)
    {
        for (var i = 0; i < siblings.Count; i++)
            if (siblings[i].Status.Identity == file)
                return i;
        return -1;
    }
}
