using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Reads the present content of several sources, in the given order, each file after its rotated siblings and once, by identity. They can
/// be followed afterwards: nothing is lost or doubled in between.
/// </summary>
public sealed class OneShot : IDisposable
{
    private const string StandardInput = "-";

    private readonly IReadOnlyList<ILineSource> _sources;

    /// <summary>The path "-" is the given stream, read once to its end. Options that start later than the oldest line are kept.</summary>
    /// <param name="start">Where each path starts; null for all means as the options say.</param>
    public OneShot(IEnumerable<string> paths, TailOptions options, Func<Stream> standardInput, Func<string, StartAt>? start = null)
    {
        var once = new ReadOnce();
        _sources =
        [
            .. paths
                .DistinctBy(path => path == StandardInput ? path : Path.GetFullPath(path))
                .Select(path =>
                    path == StandardInput
                        ? (ILineSource)new StreamSource(new SourceId(StandardInput), standardInput, options, static lines => lines)
                        : new FileSource(
                            new TailReader(FileLocation.At(path), start is null ? options : options with { Start = start(path) }, once)
                        )
                ),
        ];
    }

    /// <summary>Another source instead of files.</summary>
    public OneShot(ILineSource source) => _sources = [source];

    /// <summary>The readers of the files.</summary>
    public IReadOnlyList<TailReader> Readers => [.. _sources.OfType<FileSource>().Select(source => source.Reader)];

    /// <summary>
    /// The events of all sources in turn, a batch at a time; holds at most a turn's share of bytes. A source that cannot be read ends with
    /// a change to missing or unreadable.
    /// </summary>
    public IEnumerable<IReadOnlyList<TailEvent>> Read(Func<Moment> clock) =>
        _sources.SelectMany(source => source.ReadAll(clock)).Where(events => events.Count > 0);

    /// <summary>The present events of the files, a batch at a time; none of streams, which may be slow.</summary>
    public IEnumerable<IReadOnlyList<TailEvent>> CatchUp(Func<Moment> clock) =>
        _sources.OfType<FileSource>().SelectMany(source => source.CatchUp(clock)).Where(events => events.Count > 0);

    /// <summary>New events of all sources.</summary>
    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) =>
        _sources.Select(source => source.Follow(tail, hints)).Merge();

    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
    }
}
