using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>The files that make one source just now, in the order of their lines: rotated ones that may still get late lines, then the one at the path.</summary>
internal sealed partial class FileChain : IDisposable
{
    private readonly FilePlace _place;
    private readonly TailOptions _options;
    private readonly SourceLedger _ledger;
    private readonly Func<FileIdentity, bool> _claims;
    private readonly SiblingScan? _siblings;
    private readonly List<Generation> _files = [];
    private readonly HashSet<(FileIdentity, string)> _refused = [];
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
            StartAt.FromPlaces places => FirstOf(siblings, places),
            _ => siblings.Count,
        };
        if (_options.Start is StartAt.FromOldest)
        {
            foreach (var (path, why) in RotatedSiblings.PassedOver(_place.Source.Path, _options.Stamped))
                _ledger.Unread(0, $"{path}: not read: {why}");
        }

        using var live = from < siblings.Count ? _place.Open().File : null;
        for (var i = 0; i < siblings.Count; i++)
        {
            if (i < from)
                Skip(siblings[i]);
            else if (siblings[i].Compressed ? _claims(siblings[i].Status.Identity) : !Stale(siblings[i], siblings, i + 1, live))
                Enqueue(siblings[i], OffsetIn(siblings[i], isFirst: i == from), now);
        }
    }

    // Where reading begins with the first byte of a file, it is the one before it that was wanted and cannot be read.
    private void Skip(Sibling sibling)
    {
        if (sibling.Compressed || SiblingScan.Opens(sibling))
            _siblings!.Skip(sibling);
        else if (_options.Start is StartAt.FromPlace { Bytes: 0 })
            Refuse(sibling);
        else
            _refused.Add(Key(sibling));
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

        var live = recalled ?? (_siblings is not null && RotatedSiblings.IsCompressed(_place.Source.Path)
            ? Generation.Compressed(file, _place.Source.Path, NewSplitter(), _options)
            : Generation.From(file, atStart ? Start(file) : 0, GenerationKind.Log, NewSplitter(), _options.Read));
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

    /// <summary>A file that had been rotated away, and after which there are lines, is not written to any more: its last line is whole without its end.</summary>
    public void End(Generation file, List<TailEvent> events)
    {
        if (file is { IsPast: true, AtEnd: true } && file != Live && _files.Skip(_files.IndexOf(file) + 1).Any(later => later.Limit > 0))
            file.Splitter.Close(events);
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

    private void Remove(Generation file)
    {
        file.Dispose();
        _files.Remove(file);
        if (file == Live)
            Live = null;
    }

    private LineSplitter NewSplitter() => new(_place.Source, _options.Keep, _options.LongestLine, _options.Search, _options.Stamped, _options.Silence);
}
