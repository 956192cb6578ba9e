using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Logs;

/// <summary>
/// Walks through open logs, drawn by chance: any command, patterns, lines that arrive, logs that begin again, hits elsewhere; each step
/// with what it changes, and now and then the picture in its colours. ACCEPT=1 rewrites the tables.
/// </summary>
[SetCulture("")]
public sealed class LogWalkTests
{
    private const int Steps = 150;
    private const int StepsToAPicture = 6;

    private static readonly string[] Texts = ["", "waiting", "server", "(", "SSH", "openstack", "0 errors", "ünï", "line 1"];

    private static readonly Size[] Sizes = [new(80, 18), new(100, 24), new(60, 11), new(118, 20), new(40, 8), new(20, 5)];

    private static readonly ImmutableArray<OtherHit> Elsewhere =
    [
        new("web@1", "web-el9-x86_64.managed", 10, "Launching server", "==> Waiting for server to become ready...", LineStatus.New),
        .. Enumerable.Range(0, 7).Select(number => new OtherHit(
            $"db@{number}", "db-el9-x86_64.unmanaged", 1234 + number, null, "==> openstack: Waiting for SSH to become available...")
        {
            Began = (GivenLogs.Noon.AddMinutes(-number), "Thread-2"),
        }),
    ];

    [TestCase("running")]
    [TestCase("failed")]
    [TestCase("shared")]
    [TestCase("long")]
    public void Walk_ThroughALog_ShowsWhatIsListed(string kind)
    {
        // Not for secrets: the same walk each time.
        var random = new Random(kind.Length);
        var (view, log) = Given(kind);
        var (size, text, before, arrived) = (Sizes[0], new StringBuilder(), new Dictionary<string, string?>(), 24);
        view = view.Read(log, size);
        for (var step = 0; step < Steps; step++)
        {
            text.Append(Any()).Append('\n');
            var now = Fields(view, size);
            foreach (var (name, value) in now.Where(field => before.GetValueOrDefault(field.Key) != field.Value))
                text.Append(CultureInfo.InvariantCulture, $"    {name}: {value}\n");
            before = now;
            if (step % StepsToAPicture == 0)
                text.Append(CultureInfo.InvariantCulture, $"========\n{Picture(view, size, isAscii: step % 4 == 0)}========\n");
        }

        Golden.Matches($"LogWalks.{kind}.txt", text.ToString());

        string Any()
        {
            switch (random.Next(16))
            {
                case 0:
                    size = Sizes[random.Next(Sizes.Length)];
                    view = view.Unscrolled().Read(log, size);
                    return $"size {size.Columns}x{size.Rows}";
                case 1 when arrived < GivenLogs.Good.Length:
                    var (second, line) = GivenLogs.Good[arrived++];
                    view = view.Grown(log.Arrive(GivenLogs.Noon.AddSeconds(second), line), size);
                    return "a line arrives";
                case 2 when random.Next(8) == 0:
                    log.BeginAgain();
                    view = view.Grown(log.Arrive(GivenLogs.Noon, [.. GivenLogs.Failed.Select(one => one.Text)]), size);
                    return "begins again";
                case 3 when view.AllBuilds.Pattern is { } pattern:
                    var (hits, isSearching) = (random.Next(Elsewhere.Length + 1), random.Next(2) == 0);
                    view = view.With(new OtherHits(pattern, Elsewhere[..hits], hits * 3, hits, isSearching)).Read(log, size);
                    return $"{hits} hits elsewhere{(isSearching ? ", and more" : "")}";
                case 4 or 5:
                    var sought = Texts[random.Next(Texts.Length)];
                    view = view.Do(log, size, new ContentCommand(ContentAct.Find, Text: sought), ContentAct.Open);
                    return $"find '{sought}'";
                case < 11:
                    var acts = Enum.GetValues<ContentAct>();
                    var number = random.Next(4) == 0 ? random.Next(130) : (int?)null;
                    var content = new ContentCommand(acts[random.Next(acts.Length)], number);
                    view = view.Do(log, size, content);
                    return $"{content.Act} {number}".TrimEnd();
                default:
                    var all = Enum.GetValues<LogAct>();
                    var act = all[random.Next(all.Length)];
                    view = view.Do(log, size, act);
                    return $"{act}";
            }
        }
    }

    private static Dictionary<string, string?> Fields(LogView view, Size size) =>
        new()
        {
            ["at"] = $"{view.Position}",
            ["look"] = $"{view.Look}",
            ["filter"] = $"{view.Filter}",
            ["search"] = $"{view.Search}",
            ["hit"] = $"{view.HitIndex} of {view.Hits.Count}{(view.Searching ? ", searching" : "")}",
            ["marks"] = string.Join(' ', view.Marks.Keys),
            ["notice"] = view.Notice,
            ["elsewhere"] = $"{view.AllBuilds.Pattern?.Text} {view.AllBuilds.Chosen}{(view.AllBuilds.Focused ? ", focused" : "")}",
            ["below"] = $"{view.NewBelow}",
            ["line"] = $"{view.CurrentLine(size)?.Number}",
            ["can undo"] = $"{view.CanUndo(size)}",
            ["copy"] = view.TextToCopy(size)?.Replace("\e", "␛", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal),
        };

    private static string Picture(LogView view, Size size, bool isAscii)
    {
        var cells = new CellBuffer(size, isAscii);
        var now = GivenLogs.Noon.AddSeconds(view.IsOver ? 400 : 195);
        LogPane.Render(view, view.Build, MonitorState.Empty, now, cells, Palette.Dark, isAscii ? Glyphs.Ascii : Glyphs.Unicode);
        return Styled.Of(cells);
    }

    private static (LogView View, PaperLog Log) Given(string kind) => kind switch
    {
        "shared" => (GivenLogs.SharedView, GivenLogs.Paper(GivenLogs.Failed, live: false)),
        "failed" => (
            GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346)).With(GivenLogs.Past, "web@0"),
            GivenLogs.Paper(GivenLogs.Failed, baseline: Baseline.Of(GivenLogs.Good.Select(line => line.Text)))
        ),
        "long" => (GivenLogs.View(), PaperLog.Numbered(120)),
        _ => (
            GivenLogs.View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good[..24]))).With(GivenLogs.Past, null),
            GivenLogs.Paper(GivenLogs.Good[..24])
        ),
    };
}
