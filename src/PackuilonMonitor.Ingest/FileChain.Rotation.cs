using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

// What rotations leave behind: which siblings and copies are read, and in which place.
internal sealed partial class FileChain
{
    /// <summary>A file that was seen empty may have been filled, copied and emptied again since: true if such copies were put before it.</summary>
    public bool FindCopies(Generation file, TimeSpan now)
    {
        if (_siblings is null || file is not { Kind: GenerationKind.Log, Offset: 0, SeenModified: { } seen })
            return false;
        // The clock of a file system moves in steps: what was done in the step of a look shows no newer time, so one more look is needed.
        var unchanged = seen == file.Modified && file.Limit == 0;
        if (unchanged && file.SettledAt == seen)
            return false;

        file.SettledAt = unchanged ? seen : null;
        file.ForgetLook();
        if (Insert(file, _siblings.List(), 0, now) == 0)
            return false;
        file.Announcement = _ledger.Rotated(Rotation.Truncated);
        return true;
    }

    /// <summary>A file began again: what it held and was not read is taken from its copy, or told to be missing. Gives the index to read on from.</summary>
    public int Restart(Generation file, TimeSpan now, List<TailEvent> events)
    {
        var index = _files.IndexOf(file);
        if (_siblings is null)
        {
            if (file.Unread > 0)
                _ledger.Missing(file.Unread, "the log was begun again before it was read to its end");
            file.Splitter.Close(events);
            events.Add(_ledger.Restarted());
        }
        else
        {
            Recover(file, index, _siblings, now);
        }

        file.Restart(NewSplitter(), now);
        file.Measure(now);
        return index;
    }

    private void Enqueue(Sibling sibling, long offset, TimeSpan now)
    {
        if (SiblingScan.Open(sibling) is not { } file)
        {
            Refuse(sibling);
            return;
        }

        var generation = sibling.Compressed
            ? Generation.Compressed(file, sibling.Path, NewSplitter(), _options)
            : Generation.From(file, Math.Min(offset, sibling.Status.Size), GenerationKind.Log, NewSplitter(), _options.Read, isPast: true);
        generation.QuietSince = now;
        _files.Add(generation);
        _newest = generation.Identity;
    }

    // Told once, however often its source rotates.
    private void Refuse(Sibling sibling)
    {
        var opening = OpenFile.At(sibling.Path);
        opening.File?.Dispose();
        if (_refused.Add(Key(sibling)))
            _ledger.Unread(sibling.Status.IsRegular ? sibling.Status.Size : 0, $"{sibling.Path}: {opening.Why ?? "replaced while it was opened"}");
    }

    // What cannot be looked at has no identity.
    private static (FileIdentity, string) Key(Sibling sibling) => (sibling.Status.Identity, sibling.Status.IsRegular ? "" : sibling.Path);

    private void Recover(Generation file, int index, SiblingScan scan, TimeSpan now)
    {
        var siblings = scan.List();
        var copy = scan.CopyOf(file, siblings, read: _files);
        var lost = 0L;
        if (copy is not { } found)
        {
            lost = file.Unread + file.Splitter.Drop();
        }
        else if (found.Size > file.Offset)
        {
            var rest = Generation.From(found.File, file.Offset, GenerationKind.Copy, file.Splitter, _options.Read);
            rest.Measure(now);
            _files.Insert(index, rest);
        }
        else
        {
            lost = file.Splitter.Drop();
            var whole = Generation.From(found.File, found.Size, GenerationKind.Copy, NewSplitter(), _options.Read);
            whole.Measure(now);
            scan.Remember(whole);
        }

        Insert(file, siblings, copy is { } at ? at.Index + 1 : 0, now);
        if (copy is null)
            _ledger.Missing(lost, "truncated, and no copy holds what was not read");
        else if (lost > 0)
            _ledger.Missing(lost, "truncated inside a line");
        file.Announcement = _ledger.Rotated(Rotation.Truncated);
    }

    // Puts before a file the siblings older than it that were never read; a copy whose original is not truncated yet is none of them, and
    // the copy of a truncated file is for that file to take.
    private int Insert(Generation file, IReadOnlyList<Sibling> siblings, int from, TimeSpan now)
    {
        var own = Index(siblings, file.Identity);
        var inserted = 0;
        for (var i = from; i < (own < 0 ? siblings.Count : own); i++)
        {
            var sibling = siblings[i];
            if (Stale(sibling, siblings, i + 1, file.File) || _files.Exists(known => _siblings!.IsOf(sibling, known)) || _siblings!.Unread(sibling, GenerationKind.Copy) is not { } unread)
                continue;
            unread.QuietSince = now;
            _files.Insert(_files.IndexOf(file), unread);
            inserted++;
        }

        return inserted;
    }

    private void TakeUnread(OpenFile live, TimeSpan now)
    {
        var siblings = _siblings!.List();
        _siblings.Prune(siblings);
        var end = Index(siblings, live.Identity) is >= 0 and var own ? own : siblings.Count;
        var newest = _newest is { } last ? Index(siblings, last) : -1;
        for (var i = 0; i < end; i++)
        {
            var sibling = siblings[i];
            var known = _siblings.IsRead(sibling);
            // Older than what we read is history; so is, where ours was deleted, what is older by birth.
            var history = i < newest || (newest < 0 && _newest is { Born: > 0 } ours && sibling.Status.Identity.Born < ours.Born);
            if ((history && !known) || Stale(sibling, siblings, i + 1, live) || _files.Exists(file => _siblings.IsOf(sibling, file)))
                continue;
            if (!known && !sibling.Compressed && !SiblingScan.Opens(sibling))
                Refuse(sibling);
            if (_siblings.Unread(sibling, GenerationKind.Log) is not { } unread)
                continue;
            unread.QuietSince = now;
            _files.Add(unread);
        }
    }

    private bool Stale(Sibling sibling, IReadOnlyList<Sibling> siblings, int next, OpenFile? last)
    {
        if (sibling.Compressed || _files.Exists(file => file.Identity == sibling.Status.Identity) || !_claims(sibling.Status.Identity))
            return true;
        if (_siblings!.IsCopyOf(sibling, last) || _files.Exists(file => file.Kind == GenerationKind.Log && _siblings.IsCopyOf(sibling, file.File)))
            return true;
        if (next >= siblings.Count)
            return false;

        using var newer = SiblingScan.Open(siblings[next]);
        return _siblings.IsCopyOf(sibling, newer);
    }

    private bool Reopen(Generation file, TimeSpan now)
    {
        var opening = _place.Open();
        if (opening.File?.Identity == file.Identity)
        {
            file.Reopen(opening.File);
            return true;
        }

        opening.File?.Dispose();
        if (_siblings?.List().FirstOrDefault(sibling => sibling.Status.Identity == file.Identity) is { Path: not null } moved
            && SiblingScan.Open(moved) is { } found)
        {
            file.Reopen(found);
            return true;
        }

        if (opening.File is not null || opening.Absent)
            return false;
        file.Fail(opening.Error, now);
        return true;
    }
}
