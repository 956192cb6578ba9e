using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Reads all there is now of several sources, in the order given, each file after its rotated siblings and once, by identity. They can be followed from where this ends: nothing is lost or doubled between.</summary>
public sealed class OneShot : IDisposable
{
    private const string StandardInput = "-";

    private readonly IReadOnlyList<ILineSource> _sources;

    /// <summary>The path "-" is the given stream, read once to its end. Options that begin elsewhere than at the oldest line are kept.</summary>
    public OneShot(IEnumerable<string> paths, TailOptions options, Func<Stream> standardInput)
    {
        var once = new ReadOnce();
        _sources = [.. paths
            .DistinctBy(path => path == StandardInput ? path : Path.GetFullPath(path))
            .Select(path => path == StandardInput
                ? (ILineSource)new StreamSource(new SourceId(StandardInput), standardInput, options, static lines => lines)
                : new FileSource(new TailReader(FilePlace.At(path), options, once)))];
    }

    /// <summary>Another source in place of files.</summary>
    public OneShot(ILineSource source) => _sources = [source];

    /// <summary>The readers of the files.</summary>
    public IReadOnlyList<TailReader> Readers => [.. _sources.OfType<FileSource>().Select(source => source.Reader)];

    /// <summary>The events of all sources in turn, a batch at a time; at most a turn's share of bytes is held. A source that cannot be read ends its part with a change to missing or unreadable.</summary>
    public IEnumerable<IReadOnlyList<TailEvent>> Read(Func<Moment> clock) =>
        _sources.SelectMany(source => source.ReadAll(clock)).Where(events => events.Count > 0);

    /// <summary>What was added to the files since.</summary>
    public IEnumerable<IReadOnlyList<TailEvent>> ReadAgain(Func<Moment> clock)
    {
        foreach (var reader in Readers)
        {
            do
                yield return reader.Poll(clock());
            while (reader.HasMore);
        }
    }

    /// <summary>The events of all sources from now on, as they come.</summary>
    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) =>
        _sources.Select(source => source.Follow(tail, hints)).Merge();

    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
    }
}
