using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The files of one source in the order of their lines: rotated ones that may still receive late lines, then the one at the path.
/// </summary>
internal sealed class FileChain : IDisposable
{
    private readonly FileLocation _place;
    private readonly TailOptions _options;
    private readonly SourceLedger _ledger;
    private readonly StartPositions _start;

    /// <summary>Null for a build log, which is not rotated but restarted.</summary>
    private readonly RotatedFiles? _rotated;
    private readonly List<Generation> _files = [];
    private bool _atPath;
    private FileStatus _status;

    public FileChain(FileLocation place, TailOptions options, SourceLedger ledger, Func<FileIdentity, bool> claims)
    {
        (_place, _options, _ledger, _start) = (place, options, ledger, new StartPositions(options));
        if (options.Kind == SourceKind.Stream)
            _rotated = new RotatedFiles(place, options, ledger, claims, NewSplitter, _files);
    }

    public IReadOnlyList<Generation> Files => _files;

    /// <summary>The file at the path, or the last one there; null when that was closed.</summary>
    public Generation? Live { get; private set; }

    /// <summary>Whether a file ever existed at the path.</summary>
    public bool Seen { get; private set; }

    /// <summary>The first poll: reads the rotated files, or marks them as read.</summary>
    public void Begin(TimeSpan now) => _rotated?.Begin(_start, now);

    /// <summary>Whether the file at the path is one that we already read; it then becomes the live one.</summary>
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

        (_atPath, _status) = (true, status);
        Follow(known);
        return true;
    }

    /// <summary>
    /// Adds a file that was just opened at the path after all others, preceded by files that were rotated away between two polls.
    /// </summary>
    public void Append(OpenFile file, bool atStart, TimeSpan now)
    {
        Leave(now);
        var (before, recalled) = (Seen, _rotated?.Recall(file));
        _rotated?.TakeUnread(file, now);

        var live = recalled ?? (_rotated is not null && RotatedSiblings.IsCompressed(_place.Source.Path)
            ? Generation.Compressed(file, _place.Source.Path, NewSplitter(), _options)
            : Generation.From(file, atStart ? _start.In(file) : 0, GenerationKind.Log, NewSplitter(), _options.Read));
        recalled?.Reopen(file);
        live.QuietSince = now;
        if (before && recalled is null)
            live.Announcement = _rotated is null ? _ledger.Restarted() : _ledger.Rotated(Rotation.Replaced);
        _files.Add(live);
        _atPath = true;
        Follow(live);
    }

    /// <summary>The path has none of our files: the last one is read until it is silent.</summary>
    public void Leave(TimeSpan now)
    {
        if (_atPath && Live is not null)
            Live.QuietSince = now;
        _atPath = false;
    }

    /// <summary>
    /// Measures every file, the newest first: then everything written before the newest file's limit is within the limits of the older
    /// ones.
    /// </summary>
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

    /// <summary>Nobody writes to a file that was rotated away and that lines follow: its last line is complete without a newline.</summary>
    public void End(Generation file, List<TailEvent> events)
    {
        if (file is { IsPast: true, AtEnd: true } && file != Live && _files.Skip(_files.IndexOf(file) + 1).Any(later => later.Limit > 0))
            file.Splitter.Close(events);
    }

    /// <summary>
    /// A file that was empty may have been filled, copied and emptied again. Returns whether such copies were put before it.
    /// </summary>
    public bool FindCopies(Generation file, TimeSpan now) => _rotated?.FindCopies(file, now) == true;

    /// <summary>
    /// A file restarted: reads its unread rest from its copy, or reports that it is missing. Returns the index to continue from.
    /// </summary>
    public int Restart(Generation file, TimeSpan now, List<TailEvent> events)
    {
        var index = _files.IndexOf(file);
        if (_rotated is null)
        {
            if (file.Unread > 0)
                _ledger.Missing(file.Unread, "the log was begun again before it was read to its end");
            file.Splitter.Close(events);
            events.Add(_ledger.Restarted());
        }
        else
        {
            _rotated.Recover(file, index, now);
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
                _rotated?.Remember(file);
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

    private void Follow(Generation file)
    {
        (Live, Seen) = (file, true);
        if (_rotated is not null)
            _rotated.Newest = file.Identity;
    }

    // We closed it, and nothing was written to it since.
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
        if (file.Kind != GenerationKind.Log || (_rotated is null && file != Live))
            return true;
        // While no lines follow, the writer of a file with a name may still write to it.
        if (
            file.Linked
            && !_files.Exists(later => later.Kind == GenerationKind.Log && later.Offset > 0 && _files.IndexOf(later) > _files.IndexOf(file))
        )
            return false;
        var silent = now - file.QuietSince;
        return silent >= (file.Splitter.UnfinishedBytes > 0 ? _options.UnfinishedPatience : _options.Quiet);
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
        if (_rotated?.Open(file.Identity) is { } found)
        {
            file.Reopen(found);
            return true;
        }

        if (opening.File is not null || opening.Absent)
            return false;
        file.Fail(opening.Error, now);
        return true;
    }

    private void Remove(Generation file)
    {
        file.Dispose();
        _files.Remove(file);
        if (file == Live)
            Live = null;
    }

    private LineSplitter NewSplitter() =>
        new(_place.Source, _options.Keep, _options.LongestLine, _options.Search, _options.Stamped, _options.Silence, _options.Runs);
}
