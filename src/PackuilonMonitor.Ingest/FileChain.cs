using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>The files that make one source just now, in the order of their lines: rotated ones that may still get late lines, then the one at the path.</summary>
internal sealed class FileChain : IDisposable
{
    private readonly FilePlace _place;
    private readonly TailOptions _options;
    private readonly SourceLedger _ledger;
    private readonly Func<FileIdentity, bool> _claims;
    private readonly SiblingScan? _siblings;
    private readonly List<Generation> _files = [];
    private bool _atPath;
    private FileStatus _status;
    private FileIdentity? _newest;

    public FileChain(FilePlace place, TailOptions options, SourceLedger ledger, Func<FileIdentity, bool> claims)
    {
        (_place, _options, _ledger, _claims) = (place, options, ledger, claims);
        if (options.Kind == SourceKind.Stream)
            _siblings = new SiblingScan(place.Source.Path, options, NewSplitter);
    }

    public IReadOnlyList<Generation> Files => _files;

    /// <summary>The file at the path, or the one that was there last; null when that was let go.</summary>
    public Generation? Live { get; private set; }

    /// <summary>Whether there ever was a file at the path.</summary>
    public bool Seen { get; private set; }

    /// <summary>The first look: rotated siblings are read, or taken for read.</summary>
    public void Begin(TimeSpan now)
    {
        if (_siblings is null)
            return;

        var siblings = _siblings.List();
        var from = _options.Start switch
        {
            StartAt.FromOldest => 0,
            StartAt.FromPlace place => First(siblings, place.File),
            _ => siblings.Count,
        };
        using var live = from < siblings.Count ? _place.Open().File : null;
        for (var i = 0; i < siblings.Count; i++)
        {
            if (i < from)
                _siblings.Skip(siblings[i]);
            else if (siblings[i].Compressed ? _claims(siblings[i].Status.Identity) : !Stale(siblings[i], siblings, i + 1, live))
                Enqueue(siblings[i], _options.Start is StartAt.FromPlace place && i == from ? place.Bytes : 0, now);
        }
    }

    /// <summary>Whether the file found at the path is one that we read already; it is the live one then.</summary>
    public bool Stand(FileStatus status)
    {
        var known = _files.Find(file => file.Identity == status.Identity);
        if (known is null)
            return false;

        if (known != Live)
        {
            _files.Remove(known);
            _files.Add(known);
        }

        (Live, _atPath, Seen, _newest, _status) = (known, true, true, known.Identity, status);
        return true;
    }

    /// <summary>A file that was just opened at the path follows all others; what was rotated away between two looks comes before it.</summary>
    public void Append(OpenFile file, bool atStart, TimeSpan now)
    {
        Leave(now);
        var (before, recalled) = (Seen, _siblings?.Recall(file));
        if (_siblings is not null)
            TakeUnread(file, now);

        var live = recalled ?? Generation.From(file, atStart ? Start(file) : 0, GenerationKind.Log, NewSplitter(), _options.Read);
        recalled?.Reopen(file);
        live.QuietSince = now;
        if (before && recalled is null)
            live.Announcement = _siblings is null ? _ledger.Restarted() : _ledger.Rotated(Rotation.Replaced);
        _files.Add(live);
        (Live, _atPath, Seen, _newest) = (live, true, true, live.Identity);
    }

    /// <summary>No file of ours is at the path: the last one is read on until it is silent.</summary>
    public void Leave(TimeSpan now)
    {
        if (_atPath && Live is not null)
            Live.QuietSince = now;
        _atPath = false;
    }

    /// <summary>Looks how long every file is, the newest first: then all that was written before the newest one's limit is within the limits of the older ones.</summary>
    public void Measure(TimeSpan now, List<TailEvent> events)
    {
        for (var i = _files.Count - 1; i >= 0; i--)
        {
            var file = _files[i];
            if (file.File is null && !IsResting(file) && now >= file.RetryAt && !Reopen(file, now))
                Gone(file, events);
            else
                file.Measure(now);
        }
    }

    /// <summary>A file that was seen empty may have been filled, copied and emptied again since: true if such copies were put before it.</summary>
    public bool FindCopies(Generation file, TimeSpan now)
    {
        if (_siblings is null || file is not { Kind: GenerationKind.Log, Offset: 0, SeenModified: { } seen }
            || (seen == file.Modified && file.Limit == 0))
            return false;

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

    /// <summary>Closes files that left the path and are read and silent.</summary>
    public void LetGo(TimeSpan now, List<TailEvent> events)
    {
        for (var i = 0; i < _files.Count; i++)
        {
            var file = _files[i];
            if (!file.AtEnd || (file == Live && _atPath) || !IsDone(file, now))
                continue;

            if (file.Kind == GenerationKind.Copy && file.Splitter.Drop() is > 0 and var bytes)
                _ledger.Missing(bytes, "a copy of a truncated file ended inside a line");
            file.Splitter.Close(events);
            Remove(file);
            if (file.Inflation is null)
                _siblings?.Remember(file);
            i--;
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
        _files.Clear();
        Live = null;
    }

    // Closed by us, and nothing was written to it since.
    private bool IsResting(Generation file) =>
        file.Failures == 0 && file == Live && _atPath && _status.Size == file.Offset && _status.Modified == file.SeenModified;

    private void Gone(Generation file, List<TailEvent> events)
    {
        if (file.Failures > 0 || file.Unread > 0)
            _ledger.Missing(file.Unread + file.Splitter.Drop(), "a file went away before it could be read again");
        file.Splitter.Close(events);
        Remove(file);
    }

    private bool IsDone(Generation file, TimeSpan now)
    {
        if (file.Kind != GenerationKind.Log || (_siblings is null && file != Live))
            return true;
        // While nothing came after it, a file that has a name may be written to for as long as its writer likes.
        if (file.Linked && !_files.Exists(later => later.Kind == GenerationKind.Log && later.Offset > 0 && _files.IndexOf(later) > _files.IndexOf(file)))
            return false;
        var silent = now - file.QuietSince;
        return silent >= (file.Splitter.UnfinishedBytes > 0 ? _options.UnfinishedPatience : _options.Quiet);
    }

    private void Remove(Generation file)
    {
        file.Dispose();
        _files.Remove(file);
        if (file == Live)
            Live = null;
    }

    private void Enqueue(Sibling sibling, long offset, TimeSpan now)
    {
        if (SiblingScan.Open(sibling) is not { } file)
        {
            var opening = OpenFile.At(sibling.Path);
            opening.File?.Dispose();
            _ledger.Missing(sibling.Status.Size, $"{sibling.Path}: {opening.Why ?? "replaced while it was opened"}");
            return;
        }

        var generation = sibling.Compressed
            ? Generation.Compressed(file, sibling.Path, NewSplitter(), _options)
            : Generation.From(file, Math.Min(offset, sibling.Status.Size), GenerationKind.Log, NewSplitter(), _options.Read);
        generation.QuietSince = now;
        _files.Add(generation);
        _newest = generation.Identity;
    }

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

    // Puts before a file the siblings older than it that were never read; a copy whose original is not truncated yet is none of them.
    private int Insert(Generation file, IReadOnlyList<Sibling> siblings, int from, TimeSpan now)
    {
        var own = Index(siblings, file.Identity);
        var inserted = 0;
        for (var i = from; i < (own < 0 ? siblings.Count : own); i++)
        {
            if (Stale(siblings[i], siblings, i + 1, file.File) || _siblings!.Unread(siblings[i], GenerationKind.Copy) is not { } unread)
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
            if ((history && !known) || Stale(sibling, siblings, i + 1, live) || _files.Exists(file => _siblings.IsOf(sibling, file))
                || _siblings.Unread(sibling, GenerationKind.Log) is not { } unread)
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

    private long Start(OpenFile file)
    {
        var size = file.Look().Status.Size;
        return _options.Start switch
        {
            StartAt.FromEnd => LineStart(file, size),
            StartAt.FromOffset at when at.Bytes <= size => at.Bytes,
            StartAt.FromPlace place when place.File == file.Identity && place.Bytes <= size => place.Bytes,
            _ => 0,
        };
    }

    // The end may be inside a line that is being written: begin where that line does.
    private long LineStart(OpenFile file, long size)
    {
        var bytes = new byte[(int)Math.Min(_options.LongestLine, size)];
        var got = Generation.Fill(_options.Read, file, bytes, size - bytes.Length);
        return size - bytes.Length + bytes.AsSpan(0, got).LastIndexOf((byte)'\n') + 1;
    }

    private static int First(IReadOnlyList<Sibling> siblings, FileIdentity file) =>
        Index(siblings, file) is >= 0 and var found ? found : siblings.Count;

    private static int Index(IReadOnlyList<Sibling> siblings, FileIdentity file)
    {
        for (var i = 0; i < siblings.Count; i++)
            if (siblings[i].Status.Identity == file)
                return i;
        return -1;
    }

    private LineSplitter NewSplitter() => new(_place.Source, _options.Keep, _options.LongestLine, _options.Search);
}
