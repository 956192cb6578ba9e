using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;
using Terminal.Gui.ViewBase;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Terminal.Gui's application with our own input, output and size. The library accepts such parts (<see cref="AnsiComponentFactory"/>), but
/// in 2.5.0 the constructor is not public; the version is pinned, and a test starts an application this way.
/// </summary>
internal static class Gui
{
    public static IApplication Create(IComponentFactory parts, Func<TimeSpan> elapsed) =>
        (IApplication)New(parts, new MonotonicTime(elapsed));

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType("Terminal.Gui.App.ApplicationImpl, Terminal.Gui")]
    private static extern object New(IComponentFactory parts, ITimeProvider time);
}

/// <summary>The parts of one application.</summary>
internal sealed class ScreenParts(IInput<char> input, IOutput output, ISizeMonitor sizes) : AnsiComponentFactory
{
    public override IInput<char> CreateInput() => input;

    public override IOutput CreateOutput() => output;

    public override ISizeMonitor CreateSizeMonitor(IOutput consoleOutput, IOutputBuffer outputBuffer) => sizes;
}

/// <summary>Input that the loop itself reads between two turns: no thread polls for it.</summary>
internal sealed class LoopInput : IInput<char>
{
    private ConcurrentQueue<char> _queue = new();

    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    public void Initialize(ConcurrentQueue<char> inputQueue) => _queue = inputQueue;

    public void Run(CancellationToken runCancellationToken)
    {
    }

    public void Add(string characters)
    {
        foreach (var character in characters)
            _queue.Enqueue(character);
    }

    public void Dispose()
    {
    }
}

/// <summary>Checks the terminal's size once a turn, and reports that input is done and drawing is about to begin.</summary>
internal sealed class LoopSizes(IOutput output, Action beforeDrawing) : ISizeMonitor
{
    private System.Drawing.Size _last = output.GetSize();

    public event EventHandler<SizeChangedEventArgs>? SizeChanged;

    public bool InitialSizeReceived => true;

    public int InitialCursorRow => 0;

    public void Initialize(IDriver? driver)
    {
    }

    public bool Poll()
    {
        var size = output.GetSize();
        var changed = size != _last;
        _last = size;
        if (changed)
            SizeChanged?.Invoke(this, new SizeChangedEventArgs(size));
        beforeDrawing();
        return changed;
    }
}
