using System.Runtime.InteropServices;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Linear;

/// <summary>What is typed at a session: a thread reads it, the session's own thread takes it, line by line.</summary>
/// <param name="letters">The terminal that gives single letters; null for pipes, and where the line is edited elsewhere.</param>
/// <param name="post">Runs an act on the session's thread.</param>
internal sealed class LinearInput(LetterInput? letters, Output output, Action<Action> post) : IDisposable
{
    private readonly TypedText _typed = new(letters is null ? static _ => { } : output.Writer.Write);
    private PosixSignalRegistration? _stop;

    /// <summary>The part of a line that is typed and echoed.</summary>
    public string Begun => letters is null ? "" : _typed.Begun;

    public bool IsAtEnd => _typed.IsAtEnd;

    /// <summary>Nobody else ends the line of the prompt.</summary>
    public bool IsEchoed => letters is not null;

    public string? NextLine() => _typed.NextLine();

    /// <param name="continued">Runs on the session's thread when a stopped program goes on.</param>
    public void Start(TextReader input, Action continued)
    {
        if (letters is not null && !OperatingSystem.IsWindows())
            _stop = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context =>
            {
                context.Cancel = true;
                post(letters.Suspend + continued);
            });
        new Thread(() => Read(input)) { Name = "input", IsBackground = true }.Start();
    }

    public void Dispose()
    {
        _stop?.Dispose();
        letters?.Dispose();
    }

    private void Read(TextReader input)
    {
        var buffer = new char[1024];
        try
        {
            try
            {
                while (input.Read(buffer) is > 0 and var count)
                {
                    var read = buffer[..count];
                    post(() => _typed.Add(read));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A folder, or a terminal that is gone: no more can be typed.
            }

            post(_typed.End);
        }
        catch (ObjectDisposedException)
        {
            // The session has ended, and its input with it, while something was typed.
        }
    }
}
