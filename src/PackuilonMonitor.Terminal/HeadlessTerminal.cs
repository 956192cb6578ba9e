using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// A screen without a terminal, for tests: keys go in, bytes and text come out, and nothing moves except in <see cref="Turn"/>.
/// </summary>
public sealed class HeadlessTerminal : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Memory _memory;
    private TimeSpan _elapsed;

    public HeadlessTerminal(Size size)
    {
        _memory = new Memory { Size = size };
        App = new TerminalApp(_memory, () => _elapsed);
    }

    public TerminalApp App { get; }

    /// <summary>Whether the alternate screen is on.</summary>
    public bool IsEntered => _memory.IsEntered;

    /// <summary>Whether the terminal accepts no bytes, as after Ctrl-S.</summary>
    public bool IsStalled
    {
        get => _memory.IsStalled;
        set => _memory.IsStalled = value;
    }

    /// <summary>Whether no other job has the terminal.</summary>
    public bool IsFree
    {
        get => _memory.IsFree;
        set => _memory.IsFree = value;
    }

    /// <summary>Starts as <see cref="TerminalApp.Run"/> does, and makes the first turn.</summary>
    public HeadlessTerminal Show(ScreenContent content)
    {
        App.Begin(content, session: true);
        return Turn();
    }

    /// <summary>One turn of the loop; no time passes.</summary>
    public HeadlessTerminal Turn()
    {
        App.Turn();
        return this;
    }

    /// <summary>Advances the time, then makes a turn.</summary>
    public HeadlessTerminal Advance(TimeSpan time)
    {
        _elapsed += time;
        return Turn();
    }

    /// <summary>Presses keys by name, one after the other, and advances the time a little after each.</summary>
    public HeadlessTerminal Press(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            App.Inject(KeyNames.Parse(name));
            Turn();
            // An Esc counts as a key only after a while, and one more turn draws its effect.
            Advance(Moment).Turn();
        }

        return this;
    }

    /// <summary>Types bytes at once, as a terminal would send them, and advances the time a little.</summary>
    public HeadlessTerminal Type(string bytes)
    {
        _memory.Type(Encoding.UTF8.GetBytes(bytes));
        return Turn().Advance(Moment).Turn();
    }

    public HeadlessTerminal Resize(Size size)
    {
        _memory.Size = size;
        App.Call(LoopCall.Resize);
        return Advance(Moment);
    }

    /// <summary>A SIGCONT, as after a stop.</summary>
    public HeadlessTerminal Continue()
    {
        App.Call(LoopCall.Resume);
        return Turn();
    }

    /// <summary>The rows that Terminal.Gui expects on the screen, without trailing spaces.</summary>
    public string Text() => App.Text();

    /// <summary>The bytes sent since the last call.</summary>
    public string TakeBytes() => _memory.TakeBytes();

    public void Dispose() => App.Dispose();

    private sealed class Memory : ITerminal
    {
        private readonly Queue<byte[]> _typed = new();
        private readonly List<byte> _sent = [];
        private bool _barred;

        public Size Size { get; set; }

        public bool IsEntered { get; private set; }

        public bool IsStalled { get; set; }

        public bool IsFree
        {
            get;
            set
            {
                field = value;
                if (!value)
                    Leave();
            }
        } = true;

        public bool Enter() => IsEntered = !_barred && IsFree;

        public void Leave() => IsEntered = false;

        public void Bar()
        {
            _barred = true;
            Leave();
        }

        public void Unbar() => _barred = false;

        // Time never passes here: a wait returns at once.
        public WakeReason Wait(TimeSpan? atMost, bool untilWritable, bool forKeys) =>
            (forKeys && _typed.Count > 0 ? WakeReason.Input : WakeReason.None)
            | (untilWritable && !IsStalled ? WakeReason.Output : WakeReason.None);

        public void Wake()
        {
        }

        public void Type(byte[] bytes) => _typed.Enqueue(bytes);

        public string TakeBytes()
        {
            var sent = Encoding.UTF8.GetString([.. _sent]);
            _sent.Clear();
            return sent;
        }

        public int Read(Span<byte> buffer)
        {
            var bytes = _typed.Dequeue();
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        public int Write(ReadOnlySpan<byte> bytes)
        {
            if (IsStalled)
                return 0;
            if (!IsEntered)
                return bytes.Length;
            _sent.AddRange(bytes);
            return bytes.Length;
        }

        public void Dispose()
        {
        }
    }
}
