using System.Runtime.InteropServices;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Handles signals and crashes while the terminal is ours: asks the loop first, and restores the terminal itself if the loop does not
/// answer.
/// </summary>
internal sealed class Exits : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>A loop that ends removes temporary files, too, and on a busy machine all of it takes a while.</summary>
    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(2);

    // All catchable signals that end a program: HUP INT QUIT ABRT USR1 USR2 ALRM TERM STKFLT XCPU XFSZ VTALRM PROF IO PWR SYS and the
    // real-time ones, the same on x64 and arm64. ILL, TRAP, BUS, FPE, SEGV and the first real-time one are the runtime's.
    private static readonly int[] Endings = [1, 2, 3, 6, 10, 12, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31, .. Enumerable.Range(35, 30)];

    private readonly ITerminal _terminal;
    private readonly Action<LoopCall> _call;
    private readonly Action<Exception> _fault;
    private readonly Func<Exception, string> _lastWords;
    private readonly List<IDisposable> _registrations = [];
    private readonly ManualResetEventSlim _answered = new();
    private readonly ManualResetEventSlim _continued = new();
    private readonly Lock _stopping = new();
    private int _endedBy;
    private int _stopAsked;
    private int _stopRefused;

    public Exits(ITerminal terminal, Action<LoopCall> call, Action<Exception> fault, Func<Exception, string> lastWords)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Linux only");
        (_terminal, _call, _fault, _lastWords) = (terminal, call, fault, lastWords);
        foreach (var number in Endings)
            On((PosixSignal)number, () => End(number));
        On(PosixSignal.SIGTSTP, Stop);
        On(PosixSignal.SIGCONT, Continue);
        On(PosixSignal.SIGWINCH, () => _call(LoopCall.Resize));
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>The signal that ends the program, or 0.</summary>
    public int EndedBy => Volatile.Read(ref _endedBy);

    /// <summary>While another program has the terminal, Ctrl-C is for that program.</summary>
    public bool IsAway { get; set; }

    /// <summary>The loop has done what the signal asks for.</summary>
    public void Answer() => _answered.Set();

    /// <summary>
    /// Whether a stop is still requested, which the loop then performs: once is enough, and the signal's thread does not wait for ever.
    /// </summary>
    public bool TakeStop() => Interlocked.Exchange(ref _stopAsked, 0) == 1;

    /// <summary>Whether a stop that did not wait for the loop stopped nothing; true once, and the loop then says so.</summary>
    public bool TakeRefusal() => Interlocked.Exchange(ref _stopRefused, 0) == 1;

    /// <summary>
    /// Stops this process until it is continued, after leaving the terminal. False if nothing stopped it, because no shell could continue
    /// it.
    /// </summary>
    public bool Sleep()
    {
        _continued.Reset();
        JobControl.Stop();
        return _continued.Wait(Patience);
    }

    public void Dispose()
    {
        Answer();
        _registrations.ForEach(registration => registration.Dispose());
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    // Always cancelled: the runtime's own handling of SIGCONT would put the terminal into cooked mode over ours.
    private void On(PosixSignal signal, Action act) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    }));

    private void End(int number)
    {
        // The end has begun: nobody would answer a second time.
        if (IsAway && number is 2 or 3 || Interlocked.CompareExchange(ref _endedBy, number, 0) != 0)
            return;
        LastSignals.Hold();
        _answered.Reset();
        _call(LoopCall.End);
        if (_answered.Wait(PatienceToEnd))
            return;
        _terminal.Bar();
        Libc.ExitAtOnce(128 + number);
    }

    private void Stop()
    {
        if (IsAway)
        {
            JobControl.Stop();
            return;
        }

        // A stop that follows at once waits for the one before; otherwise it would not see its own answer, and would stop us once more.
        lock (_stopping)
        {
            _answered.Reset();
            Volatile.Write(ref _stopAsked, 1);
            _call(LoopCall.Suspend);
            if (_answered.Wait(Patience) || !TakeStop())
                return;
            _terminal.Bar();
            var stopped = Sleep();
            _terminal.Unbar();
            if (!stopped)
                Volatile.Write(ref _stopRefused, 1);
            _call(LoopCall.Resume);
        }
    }

    private void Continue()
    {
        _continued.Set();
        _call(LoopCall.Resume);
    }

    // The runtime would end the program with its own report, on the alternate screen.
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs thrown)
    {
        _terminal.Bar();
        LastWords.Print(thrown.ExceptionObject is Exception exception ? _lastWords(exception) : thrown.ExceptionObject.ToString() ?? "");
        Libc.ExitAtOnce(TerminalApp.BugCode);
    }

    private void OnProcessExit(object? sender, EventArgs e) => _terminal.Bar();

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs thrown)
    {
        thrown.SetObserved();
        _fault(thrown.Exception);
    }
}

/// <summary>What a signal asks the loop to do.</summary>
[Flags]
internal enum LoopCall
{
    None = 0,
    End = 1,
    Suspend = 2,
    Resume = 4,
    Resize = 8,
}
