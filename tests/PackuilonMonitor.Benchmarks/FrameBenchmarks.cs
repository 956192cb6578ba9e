using BenchmarkDotNet.Attributes;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Benchmarks;

/// <summary>One picture of the overview at 140x40, and what the terminal is sent when it is new, the same, or a line further.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private static readonly Size Size = new(140, 40);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly Painter _painter = new();
    private readonly ScreenSettings _settings = new(Palette.Dark, Glyphs.Unicode, KeyMap.Default, TimeZoneInfo.Utc);
    private Snapshot _snapshot = Snapshot.Empty;
    private Cell[][] _first = [];
    private Cell[][] _second = [];

    [GlobalSetup]
    public void Read()
    {
        var clock = new SyslogClock(TimeZoneInfo.Utc, Now);
        var seen = Samples.Ours(60).Select(line => LineParser.Parse(line, ref clock)!).ToArray();
        _snapshot = Snapshot.Empty.Next(MonitorState.Empty.Apply(seen[..^1]));
        _first = Cells(_snapshot);
        _second = Cells(_snapshot.Next(_snapshot.Factories[0].State.Apply(seen[^1])));
        _painter.Paint(_first);
    }

    [Benchmark(Baseline = true)]
    public IReadOnlyList<CellLine> Picture() => PackuilonMonitor.Screen.Panes.Picture.Of(State(_snapshot)).ToLines();

    /// <summary>What a key costs before its picture.</summary>
    [Benchmark]
    public Transition Update() => PackuilonMonitor.Screen.Updates.Update.Apply(State(_snapshot), Now, new KeyPressed(new KeyPress("j")));

    [Benchmark]
    public int SentWhole()
    {
        _painter.Forget();
        return _painter.Paint(_first).Length;
    }

    [Benchmark]
    public int SentAgain() => _painter.Paint(_first).Length;

    [Benchmark(OperationsPerInvoke = 2)]
    public int SentALineFurther() => _painter.Paint(_second).Length + _painter.Paint(_first).Length;

    private Cell[][] Cells(Snapshot snapshot) =>
        [.. PackuilonMonitor.Screen.Panes.Picture.Of(State(snapshot)).ToLines().Select(line => line.Cells.ToArray())];

    private ScreenState State(Snapshot snapshot) => new() { Settings = _settings, Now = Now, Factories = snapshot, Size = Size };
}
