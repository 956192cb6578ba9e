using System.Runtime.InteropServices;
using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>The terminal: keys from standard input or from the controlling terminal, pictures to standard output.</summary>
internal sealed unsafe class Tty : ITerminal
{
    // All ways of reporting the mouse: an earlier program that crashed may have left one on.
    private const string MouseOff = "\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1006l\u001b[?1015l";

    // Without an alternate screen our picture remains: later output starts on a fresh last line, with nothing below it.
    private const string FreshLine = "\u001b[999;1H\u001bD";

    // CAN ends a sequence that a stalled write left half sent.
    private static readonly byte[] LeaveBytes =
        Encoding.ASCII.GetBytes($"\u0018\u001b[m\u001b[r\u001b[?2004l{MouseOff}{FreshLine}\u001b[?1049l\u001b[J\u001b[?25h");

    private static readonly byte[] EnterBytes = Encoding.ASCII.GetBytes(
        $"\u001b[?1049h{MouseOff}\u001b[?2004h\u001b[?25l\u001b[m\u001b[2J"
    );

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON
    private const uint NoBreakNoTranslation = 0x5eb;

    // ECHO ECHONL ICANON IEXTEN; ISIG stays, so that ^C and ^Z work even if the loop hangs.
    private const uint EchoCanonicalExtended = 0x804a;
    private const uint PostProcess = 0x1;
    private const int StandardInput = 0;

    private readonly Lock _entering = new();
    private readonly int _input;
    private readonly int _output;
    private readonly int _wake;
    private Libc.Termios _found;
    private volatile bool _entered;
    private bool _showsOurs;
    private bool _refused;
    private bool _barred;

    private Tty(int input, Libc.Termios found)
    {
        (_input, _found) = (input, found);
        // A descriptor of our own: the shell shares the flags of standard output.
        var own = Libc.Open("/proc/self/fd/1", Libc.WriteOnly | Libc.NonBlocking | Libc.NoControllingTerminal | Libc.CloseOnExec);
        _output = own >= 0 ? own : Libc.Open("/dev/tty", Libc.WriteOnly | Libc.NonBlocking | Libc.NoControllingTerminal | Libc.CloseOnExec);
        _wake = Libc.EventFile(0, Libc.NonBlocking | Libc.CloseOnExec);
        if (_output < 0 || _wake < 0)
            throw new IOException("the terminal cannot be opened for writing");
    }

    /// <summary>The terminal, or null if standard input or output is not one.</summary>
    public static Tty? Open()
    {
        if (Libc.IsTerminal(StandardInput) == 0 || Libc.IsTerminal(1) == 0)
            return null;
        Libc.Termios found;
        return Libc.GetAttributes(StandardInput, &found) == 0 ? new Tty(StandardInput, found) : null;
    }

    /// <summary>
    /// The same with keys from the controlling terminal, whatever standard input is; null if there is none or standard output is not a
    /// terminal.
    /// </summary>
    public static Tty? OpenControlling()
    {
        if (Libc.IsTerminal(1) == 0)
            return null;
        var input = Libc.Open("/dev/tty", Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec);
        Libc.Termios found;
        if (input >= 0 && Libc.GetAttributes(input, &found) == 0)
            return new Tty(input, found);
        if (input >= 0)
            _ = Libc.Close(input);
        return null;
    }

    public Size Size
    {
        get
        {
            Libc.WindowSize size;
            return Libc.Control(_output, Libc.GetWindowSize, &size) == 0 ? new Size(size.Columns, size.Rows) : new Size(0, 0);
        }
    }

    public bool IsEntered => _entered;

    public bool IsFree => JobControl.IsForeground(_input);

    public bool Enter()
    {
        lock (_entering)
        {
            if (_barred)
                return false;
            if (!IsFree)
            {
                GiveUp();
                return false;
            }

            using var unstopped = new Unstopped();
            // The earlier modes were those of the shell, which reads keys itself while we are in the background.
            Libc.Termios found;
            if (_refused && Libc.GetAttributes(_input, &found) == 0)
                (_found, _refused) = (found, false);
            // A shell may have changed the modes meanwhile, as around SIGSTOP.
            SetRaw();
            _entered = true;
            if (!_showsOurs)
                WriteAll(EnterBytes);
            return _showsOurs = true;
        }
    }

    public void Leave()
    {
        lock (_entering)
        {
            if (!_showsOurs)
                return;
            (_entered, _showsOurs) = (false, false);
            using var unstopped = new Unstopped();
            // After SIGSTOP our screen may still be there while the modes are the shell's.
            if (!IsFree)
                GiveUp();
            else
                fixed (Libc.Termios* found = &_found)
                    _ = Libc.SetAttributes(_input, Libc.TcsaNow, found);
            // Bytes that a stalled terminal never accepted would precede ours; without them ours find room.
            var stalled = (Poll(PollFor(_output, Libc.PollOut), TimeSpan.Zero) & Libc.PollOut) == 0;
            if (stalled)
                _ = Libc.Flush(_output, Libc.TcOutputFlush);
            WriteAll(LeaveBytes);
        }
    }

    public void Bar()
    {
        lock (_entering)
        {
            _barred = true;
            Leave();
        }
    }

    public void Unbar()
    {
        lock (_entering)
            _barred = false;
    }

    public WakeReason Wait(TimeSpan? atMost, bool untilWritable, bool forKeys)
    {
        var files = stackalloc Libc.PollFile[3];
        files[0] = PollFor(_input, forKeys ? Libc.PollIn : (short)0);
        files[1] = PollFor(_wake, Libc.PollIn);
        files[2] = PollFor(_output, untilWritable ? Libc.PollOut : (short)0);
        var milliseconds = atMost is { } limit ? (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, int.MaxValue) : -1;
        if (Libc.Poll(files, 3, milliseconds) <= 0)
            return WakeReason.None;

        ulong count;
        if (files[1].Returned != 0)
            Libc.Read(_wake, (byte*)&count, sizeof(ulong));
        var woken = WakeReason.None;
        if ((files[0].Returned & Libc.PollIn) != 0)
            woken |= WakeReason.Input;
        if ((files[2].Returned & Libc.PollOut) != 0)
            woken |= WakeReason.Output;
        if (((files[0].Returned | files[2].Returned) & (Libc.PollHangUp | Libc.PollError)) != 0)
            woken |= WakeReason.Gone;
        return woken;
    }

    public void Wake()
    {
        var one = 1UL;
        Libc.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    public int Read(Span<byte> buffer)
    {
        using var unstopped = new Unstopped();
        nint got;
        fixed (byte* start = buffer)
            got = Libc.Read(_input, start, (nuint)buffer.Length);
        if (got > 0)
            return (int)got;
        return IsFree ? -1 : 0;
    }

    // Bytes for the alternate screen must not reach the main one, nor another job's.
    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_entering)
        {
            if (_entered && !IsFree)
                GiveUp();
            if (!_entered)
                return bytes.Length;
            using var unstopped = new Unstopped();
            return WriteNow(bytes);
        }
    }

    // Another job has the terminal, and its modes are not ours to change.
    private void GiveUp() => (_entered, _refused) = (false, true);

    private int WriteNow(ReadOnlySpan<byte> bytes)
    {
        var written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                var taken = (int)Libc.Write(_output, start + written, (nuint)(bytes.Length - written));
                if (taken < 0 && Marshal.GetLastPInvokeError() == Libc.Eintr)
                    continue;
                if (taken <= 0)
                    break;
                written += taken;
            }
        }

        return written;
    }

    public void Dispose()
    {
        Leave();
        _ = Libc.Close(_wake);
        _ = Libc.Close(_output);
        if (_input != StandardInput)
            _ = Libc.Close(_input);
    }

    private void SetRaw()
    {
        var raw = _found;
        raw.Input &= ~NoBreakNoTranslation;
        raw.Output &= ~PostProcess;
        raw.Local &= ~EchoCanonicalExtended;
        raw.Characters[5] = 0; // VTIME
        raw.Characters[6] = 1; // VMIN
        _ = Libc.SetAttributes(_input, Libc.TcsaNow, &raw);
    }

    // Bounded: a terminal that accepts nothing must not keep the program from ending.
    private void WriteAll(ReadOnlySpan<byte> bytes)
    {
        for (var attempt = 0; attempt < 3 && !bytes.IsEmpty; attempt++)
        {
            bytes = bytes[WriteNow(bytes)..];
            if (!bytes.IsEmpty)
                Poll(PollFor(_output, Libc.PollOut), Patience);
        }
    }

    private static short Poll(Libc.PollFile file, TimeSpan atMost)
    {
        Libc.Poll(&file, 1, (int)atMost.TotalMilliseconds);
        return file.Returned;
    }

    private static Libc.PollFile PollFor(int file, short events) => new() { File = file, Events = events };
}
