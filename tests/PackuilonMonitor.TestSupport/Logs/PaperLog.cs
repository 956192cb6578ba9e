using System.Text;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Tests.Logs;

/// <summary>
/// A log in memory that answers requests the plain way: the oracle for the source that reads files, and a source for the view.
/// </summary>
internal sealed class PaperLog
{
    private readonly List<(string Text, DateTimeOffset? At)> _lines = [];
    private long _arrived;

    public Baseline? Baseline { get; init; }

    public int Count => _lines.Count;

    public int Generation { get; private set; }

    public static PaperLog Of(params IEnumerable<string> lines)
    {
        var log = new PaperLog();
        foreach (var line in lines)
            log._lines.Add((line, null));
        return log;
    }

    public static PaperLog Numbered(int count) => Of(Enumerable.Range(1, count).Select(number => $"    openstack: line {number}"));

    public PaperLog Arrive(DateTimeOffset? at, params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _lines.Add((line, at));
            _arrived++;
        }

        return this;
    }

    public void BeginAgain()
    {
        _lines.Clear();
        (_arrived, Generation) = (0, Generation + 1);
    }

    public LineKey KeyOf(int number) =>
        new(_lines.Take(_lines.Count == 0 ? 0 : number % _lines.Count).Sum(line => Encoding.UTF8.GetByteCount(line.Text) + 1L));

    public LogPage Answer(LogRequest request)
    {
        var all = new List<ShownLine>();
        var hits = HitList.None;
        var offset = 0L;
        foreach (var (text, at) in _lines)
        {
            var status = Baseline?.IsNew(text) == true ? LineStatus.New : LineStatus.Usual;
            all.Add(new ShownLine(new LineKey(offset), all.Count + 1, at, text, status));
            if (request.Search?.IsMatch(LineText.Searched(text, request.HidesPrefix)) == true)
                hits = hits.Add(new Hit(offset, all.Count));
            offset += Encoding.UTF8.GetByteCount(text) + 1;
        }

        var shown = all.Where((line, index) => IsShown(all, index, request)).ToList();
        var target = request.Target.Kind switch
        {
            TargetKind.End => shown.Count - 1,
            TargetKind.Key => shown.FindIndex(line => line.Key >= request.Target.Key),
            TargetKind.Number => shown.FindIndex(line => line.Number >= request.Target.Number),
            TargetKind.Percent => shown.FindIndex(line => line.Key.Offset >= offset * request.Target.Number / 100),
            _ => throw new InvalidOperationException(),
        };
        target = target < 0 ? shown.Count - 1 : target;
        var first = Math.Max(0, target - request.Before);
        var last = Math.Min(shown.Count - 1, target + request.After);
        return new LogPage(request, [.. shown.Skip(first).Take(last - first + 1)], first == 0, last == shown.Count - 1)
        {
            Place = shown.Count == 0 ? default : shown[Math.Max(0, target)].Key,
            Total = all.Count,
            Arrived = _arrived,
            Hits = hits,
            Generation = Generation,
        };
    }

    private static bool IsShown(List<ShownLine> all, int index, LogRequest request)
    {
        bool Matches(ShownLine line) => request.Search?.IsMatch(LineText.Searched(line.Text, request.HidesPrefix)) == true;
        bool Near(Func<ShownLine, bool> wanted) =>
            all.Skip(index - request.Filter.Context)
                .Take(request.Filter.Context * 2 + 1 + Math.Min(0, index - request.Filter.Context))
                .Any(wanted);

        return request.Filter.Kind switch
        {
            FilterKind.All or FilterKind.Diff => true,
            FilterKind.Matching => Near(Matches),
            FilterKind.Others => !Matches(all[index]),
            FilterKind.Builder => !LineOwner.IsOther(all[index].Text, request.Filter.Builder!),
            FilterKind.New => Near(line => line.Status is LineStatus.New),
            _ => throw new InvalidOperationException(),
        };
    }
}
