using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

// Where reading begins, and when a file is done with.
internal sealed partial class FileChain
{
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

    private long Start(OpenFile file)
    {
        var size = file.Look().Status.Size;
        return _options.Start switch
        {
            StartAt.FromEnd => LineStart(file, size),
            StartAt.FromOffset at when at.Bytes <= size => at.Bytes,
            StartAt.FromPlace place when place.File == file.Identity && place.Bytes <= size => place.Bytes,
            StartAt.FromPlaces places when places.Files.TryGetValue(file.Identity, out var bytes) && bytes <= size => bytes,
            _ => 0,
        };
    }

    private long OffsetIn(Sibling sibling, bool isFirst) => _options.Start switch
    {
        StartAt.FromPlace place when isFirst => place.Bytes,
        StartAt.FromPlaces places => places.Files.GetValueOrDefault(sibling.Status.Identity),
        _ => 0,
    };

    // The end may be inside a line that is being written: begin where that line does.
    private long LineStart(OpenFile file, long size)
    {
        var bytes = new byte[(int)Math.Min(_options.LongestLine, size)];
        var got = Generation.Fill(_options.Read, file, bytes, size - bytes.Length);
        return size - bytes.Length + bytes.AsSpan(0, got).LastIndexOf((byte)'\n') + 1;
    }

    private static int First(IReadOnlyList<Sibling> siblings, FileIdentity file) =>
        Index(siblings, file) is >= 0 and var found ? found : siblings.Count;

    private static int FirstOf(IReadOnlyList<Sibling> siblings, StartAt.FromPlaces places)
    {
        for (var i = 0; i < siblings.Count; i++)
            if (places.Files.ContainsKey(siblings[i].Status.Identity))
                return i;
        return siblings.Count;
    }

    private static int Index(IReadOnlyList<Sibling> siblings, FileIdentity file)
    {
        for (var i = 0; i < siblings.Count; i++)
            if (siblings[i].Status.Identity == file)
                return i;
        return -1;
    }
}
