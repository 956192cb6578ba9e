using System.Collections.Immutable;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.LogPages;

/// <summary>
/// The knowledge about one log besides its lines (hits, new lines, arrivals), and the pages made from it. Works in steps of a few
/// milliseconds, without a thread or a clock.
/// </summary>
internal sealed class LogAnswers(
    bool compares,
    Func<IReadOnlyList<(long From, DateTimeOffset? At)>>? arrivals = null,
    Func<long?>? whole = null
)
{
    private ComparisonState _comparison = compares ? ComparisonState.Reading : ComparisonState.None;
    private LastGood? _good;
    private readonly Arrivals _arrivals = new();
    private LineScan? _search;
    private LineScan? _others;
    private LineScan? _news;
    private (string Name, LineScan Lines)? _builder;
    private Dictionary<ulong, int> _missing = [];
    private (SearchPattern? Pattern, bool HidesPrefix) _searched;
    private (bool Search, bool Others, bool News, bool Builder) _left;
    private int _generation;
    private long? _size;
    private long? _linesBefore;
    private long _arrived;
    private DateTimeOffset? _grewAt;
    private (long, int, string?, long?, long, long, (bool, bool, bool, bool), long?) _facts;
    private (long Size, int Generation, List<ShownLine> Lines)? _diff;

    /// <summary>The log grew in the last step.</summary>
    public bool Grew { get; private set; }

    /// <summary>The next page differs from the last one.</summary>
    public bool Changed { get; private set; } = true;

    /// <summary>The last good log was read; null if it could not be.</summary>
    public void Compare(LastGood? good)
    {
        (_good, _comparison, _diff) = (good, good is null ? ComparisonState.Failed : ComparisonState.Ready, null);
        Changed = true;
    }

    /// <summary>Continues the work that the request needs. Returns whether some is left.</summary>
    public bool Step(LogReader reader, LogRequest request, DateTimeOffset now)
    {
        Grow(reader, now);
        if (_searched != (request.Search, request.HidesPrefix))
        {
            _searched = (request.Search, request.HidesPrefix);
            (_search, _others) = (null, null);
        }

        if (request.Search is { } pattern)
            _search ??= new LineScan(line => pattern.IsMatch(LineText.Searched(line, request.HidesPrefix)));
        if (request is { Search: { } other, Filter.Kind: FilterKind.Others })
            _others ??= new LineScan(line => !other.IsMatch(LineText.Searched(line, request.HidesPrefix)));
        if (request.Filter is { Kind: FilterKind.Builder, Builder: { } builder } && _builder?.Name != builder)
            _builder = (builder, new LineScan(line => !LineOwner.IsOther(line, builder)));
        if (_good is not null && _news is null)
            (_news, _missing) = (new LineScan(IsNew), Counts(_good.Lines));

        _left = (
            _search?.Step(reader) == true,
            _others?.Step(reader) == true,
            _news?.Step(reader) == true,
            _builder?.Lines.Step(reader) == true
        );
        var facts = (
            reader.Size,
            reader.Generation,
            reader.Why,
            reader.TotalLines,
            _search?.Hits.Found ?? 0,
            _news?.Hits.Found ?? 0,
            _left,
            whole?.Invoke()
        );
        Changed |= facts != _facts;
        _facts = facts;
        return _left.Search || _left.Others || _left.News || _left.Builder;
    }

    /// <summary>The present answer.</summary>
    public LogPage Answer(LogReader reader, LogRequest request, bool absent)
    {
        Changed = false;
        var run = Run(reader, request);
        return new LogPage(request, Timed(run.Lines), run.AtStart, run.AtEnd)
        {
            Place = run.Lines.Count > 0 ? run.Lines[run.Place].Key : default,
            Total = reader.TotalLines,
            Counted = reader.IndexedLines,
            Arrived = _arrived,
            Here = reader.Size,
            Whole = whole?.Invoke(),
            GrewAt = _grewAt,
            Generation = reader.Generation,
            File = reader.Why is null ? LogFileState.Open : absent ? LogFileState.Gone : LogFileState.Unreadable,
            Why = reader.Why,
            Hits = _search?.Hits ?? HitList.None,
            Searching = _left.Search,
            NewCount = _news is { } news && !_left.News ? news.Hits.Found : null,
            Comparison = _comparison,
            MissingCount = _good is not null && !_left.News && request.IsOver ? _missing.Values.Sum(count => (long)count) : null,
        };
    }

    private void Grow(LogReader reader, DateTimeOffset now)
    {
        if (reader.Generation != _generation)
        {
            (_search, _others, _news, _builder) = (null, null, null, null);
            (_linesBefore, _arrived, _generation, _diff) = (0, 0, reader.Generation, null);
            _arrivals.Clear();
            _size = 0;
        }

        Grew = _size is { } size && reader.Size > size;
        if (Grew)
        {
            _arrivals.Add(_size!.Value, now);
            _grewAt = now;
        }

        // It is unknown when earlier content arrived, except for a copy, which stores the times.
        if (_size is null && arrivals is not null)
            _arrivals.Set(arrivals());
        _size = reader.Size;
        if (reader.TotalLines is { } lines)
        {
            _linesBefore ??= lines;
            _arrived = lines - _linesBefore.Value;
        }
    }

    private LineRun Run(LogReader reader, LogRequest request) =>
        request.Filter.Kind switch
        {
            FilterKind.All => LogLinesAround.All(reader, request.Target, request.Before, request.After),
            // Until the new lines are known, the whole log is shown.
            FilterKind.New when _comparison is ComparisonState.Reading => LogLinesAround.All(
                reader,
                request.Target,
                request.Before,
                request.After
            ),
            FilterKind.Matching => Kept(reader, request, _search, _left.Search),
            FilterKind.Others => Kept(reader, request, _others, _left.Others),
            FilterKind.New => Kept(reader, request, _news, _left.News),
            FilterKind.Builder => Kept(reader, request, _builder?.Lines, _left.Builder),
            FilterKind.Diff => Diff(reader, request),
        };

    private static LineRun Kept(LogReader reader, LogRequest request, LineScan? scan, bool left) => scan is null
        ? LineRun.None
        : LogLinesAround.Kept(reader, scan, !left, request.Filter.Context, request.Target, request.Before, request.After);

    private LineRun Diff(LogReader reader, LogRequest request)
    {
        if (_good is null || _good.Lines.Length > LogDiff.MostLines || reader.TotalLines is > LogDiff.MostLines or null)
            return LogLinesAround.All(reader, request.Target, request.Before, request.After);
        if (_diff is not { } known || known.Size != reader.Size || known.Generation != reader.Generation)
        {
            var all = LogLinesAround.All(reader, LogTarget.Line(1), 0, LogDiff.MostLines);
            _diff = known = (reader.Size, reader.Generation, LogDiff.Of(all.Lines, _good.Lines, request.IsOver, reader.Size));
        }

        var lines = known.Lines;
        var target = request.Target.Kind switch
        {
            TargetKind.End => lines.Count - 1,
            TargetKind.Key => lines.FindIndex(line => line.Key >= request.Target.Key),
            TargetKind.Number => lines.FindIndex(line => line.Number >= request.Target.Number),
            TargetKind.Percent => lines.FindIndex(line => line.Key.Offset >= request.Target.ByteIn(reader.Size)),
        };
        target = target < 0 ? lines.Count - 1 : target;
        if (target < 0)
            return LineRun.None;
        var first = Math.Max(0, target - request.Before);
        var last = Math.Min(lines.Count - 1, target + request.After);
        return new LineRun(lines.GetRange(first, last - first + 1), target - first, first == 0, last == lines.Count - 1);
    }

    /// <summary>Adds when lines arrived and which of them no good build had.</summary>
    private ImmutableArray<ShownLine> Timed(List<ShownLine> lines)
    {
        var times = _arrivals.Of([.. lines.Select(line => line.Key.Offset)]);
        var timed = ImmutableArray.CreateBuilder<ShownLine>(lines.Count);
        foreach (var (index, line) in lines.Index())
        {
            var status =
                line.Status is LineStatus.Usual && !line.Unfinished && _good?.Baseline.IsNew(line.Text) == true
                    ? LineStatus.New
                    : line.Status;
            timed.Add(line with { ArrivedAt = line.Status is LineStatus.Missing ? null : times[index], Status = status });
        }

        return timed.MoveToImmutable();
    }

    private bool IsNew(string line)
    {
        var mask = LineMask.HashOf(line);
        if (_missing.TryGetValue(mask, out var left) && left > 0)
            _missing[mask] = left - 1;
        return _good!.Baseline.IsNew(line);
    }

    private static Dictionary<ulong, int> Counts(IEnumerable<string> lines)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var line in lines)
        {
            var mask = LineMask.HashOf(line);
            counts[mask] = counts.GetValueOrDefault(mask) + 1;
        }

        return counts;
    }
}
