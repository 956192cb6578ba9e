using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Reads all there is now of several sources, in the order given, each after its rotated siblings; every file once, by identity. The readers can be followed from where this ends: nothing is lost or doubled between.</summary>
public sealed class OneShot : IDisposable
{
    private const string StandardInput = "-";
    private const int BufferLength = 64 * 1024;

    private readonly IReadOnlyList<(string Path, TailReader? Reader)> _sources;
    private readonly TailOptions _options;
    private readonly Func<Stream> _standardInput;

    /// <summary>The path "-" is the given stream, read once to its end. Options that begin elsewhere than at the oldest line are kept.</summary>
    public OneShot(IEnumerable<string> paths, TailOptions options, Func<Stream> standardInput)
    {
        var once = new ReadOnce();
        (_options, _standardInput) = (options, standardInput);
        _sources = [.. paths
            .DistinctBy(path => path == StandardInput ? path : Path.GetFullPath(path))
            .Select(path => (path, path == StandardInput ? null : new TailReader(FilePlace.At(path), options, once)))];
    }

    /// <summary>The readers of the files, to be followed on; none for standard input.</summary>
    public IReadOnlyList<TailReader> Readers => [.. _sources.Select(source => source.Reader).OfType<TailReader>()];

    /// <summary>The events of all sources in turn, a batch at a time; at most a turn's share of bytes is held. A source that cannot be read ends its part with a change to missing or unreadable.</summary>
    public IEnumerable<IReadOnlyList<TailEvent>> Read(Func<Moment> clock)
    {
        foreach (var (_, reader) in _sources)
            foreach (var events in reader is null ? ReadStream(clock) : Read(reader, clock))
                if (events.Count > 0)
                    yield return events;
    }

    public void Dispose()
    {
        foreach (var reader in Readers)
            reader.Dispose();
    }

    private static IEnumerable<IReadOnlyList<TailEvent>> Read(TailReader reader, Func<Moment> clock)
    {
        do
            yield return reader.Poll(clock());
        while (reader.HasMore);

        if (reader.Health.State == SourceState.Waiting)
            yield return [new SourceChanged(reader.Health with { State = SourceState.Missing, Why = "missing" })];
    }

    private IEnumerable<IReadOnlyList<TailEvent>> ReadStream(Func<Moment> clock)
    {
        var source = new SourceId(StandardInput);
        var splitter = new LineSplitter(source, _options.Keep, _options.LongestLine, _options.Search);
        var health = new SourceHealth(source, SourceState.Following, null, clock().At);
        yield return [new SourceChanged(health)];

        var (buffer, offset) = (new byte[BufferLength], 0L);
        using var stream = _standardInput();
        for (var ended = false; !ended;)
        {
            var events = new List<TailEvent>();
            ended = true;
            try
            {
                var got = stream.Read(buffer);
                splitter.Take(buffer.AsSpan(0, got), offset, events);
                (offset, ended) = (offset + got, got == 0);
                if (ended)
                    splitter.Close(events);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                events.Add(new SourceChanged(health with { State = SourceState.Unreadable, Why = $"unreadable: {error.Message}", Since = clock().At }));
            }

            yield return events;
        }
    }
}
