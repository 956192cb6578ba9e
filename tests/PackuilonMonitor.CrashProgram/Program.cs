using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Terminal;

// A command without a screen, with a bug on a thread of its own.
if (args[0] == "command")
{
    using var net = new BugNet(ExitCodes.Bug);
    new Thread(() => throw new InvalidOperationException("a bug in command: \u001b]0;quoted from a log\u0007")).Start();
    Thread.Sleep(Timeout.Infinite);
}

// A screen as the dashboard's, with a bug where the argument says, once "x" is pressed.
using var app = TerminalApp.Open() ?? throw new InvalidOperationException("needs a terminal");
var scheduler = new StoppableScheduler(args[0]);
var (pressed, line) = (false, "waiting");

void Bug() => throw new InvalidOperationException($"a bug in {args[0]}: \u001b]0;quoted from a log\u0007");

return app.Run(new ScreenContent
{
    Picture = Picture,
    Resized = _ => { },
    Key = Press,
    NotSuspended = () => line = "not suspended",
    LastWords = bug => CrashReport.Write(bug),
});

Frame Picture()
{
    if (pressed && args[0] == "render")
        Bug();
    return new Frame([CellLine.Of(line)]);
}

void Press(KeyPress key)
{
    pressed = true;
    app.Use(new Controls(null, Mouse: true));
    app.Due();
    switch (args[0])
    {
        case "key":
            Bug();
            break;
        case "posted":
            app.Post(null, Bug);
            break;
        case "timer":
            app.NextTick(TimeSpan.Zero, Bug);
            break;
        case "chain":
            Observable
                .Throw<int>(new InvalidOperationException("a bug in chain"), scheduler)
                .Subscribe(_ => { }, bug => app.Post(null, () => throw new InvalidOperationException("following failed", bug)));
            break;
        case "tail" or "log" or "store" or "webhook":
            scheduler.Schedule(Bug);
            break;
        // The loop draws all the time and must not come back between the restored terminal and the end.
        case "drawn":
            Draw();
            goto case "pool";
        case "pool":
            ThreadPool.QueueUserWorkItem(_ => Bug());
            break;
        // No bug, but a loop that is busy until somebody writes into a pipe.
        case "busy" when line == "waiting":
            line = "busy";
            app.NextTick(TimeSpan.Zero, () => File.ReadAllBytes(args[1]));
            break;
        case "busy":
            app.Quit();
            break;
        case "task":
            line = "forgotten";
            new Thread(Collect) { IsBackground = true }.Start();
            break;
        default:
            break;
    }
}

void Draw()
{
    line = new string((char)('a' + (line[0] + 1) % 26), 60);
    app.Due();
    app.NextTick(TimeSpan.Zero, Draw);
}

static async Task Forgotten()
{
    await Task.Yield();
    throw new InvalidOperationException("a bug in task");
}

// A forgotten task tells its fault when it is collected, which is here and now.
static void Collect()
{
    for (var forgotten = Faulted(); forgotten.IsAlive;)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}

// On a stack of its own, so that nothing here still holds the task.
[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
static WeakReference Faulted()
{
    var task = Forgotten();
    ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
    return new WeakReference(task);
}
