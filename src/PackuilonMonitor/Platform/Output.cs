using System.Text;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Platform;

/// <summary>
/// Standard output, line by line. System.Console would swallow the error of a closed pipe, so that a following command would write into
/// nothing for ever.
/// </summary>
public sealed class Output : IDisposable
{
    private const int NoReader = 32; // EPIPE
    private const int NoDescriptor = 9; // EBADF, after >&-

    private readonly StreamWriter _writer = new(
        new StandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024)
    {
        NewLine = "\n",
    };

    /// <summary>Nobody reads any more; the rest is dropped, and that is not a failure.</summary>
    public bool Closed { get; private set; }

    public TextWriter Writer => _writer;

    /// <exception cref="OutputFailedException">
    /// Somebody would read it, but it cannot be written; also in <see cref="Flush"/> and at the end.
    /// </exception>
    public void Line(string text) => Guard(() => _writer.WriteLine(text));

    public void Flush() => Guard(_writer.Flush);

    public void Dispose()
    {
        Flush();
        if (!Closed)
            _writer.Dispose();
    }

    private void Guard(Action write)
    {
        if (Closed)
            return;
        try
        {
            write();
        }
        catch (IOException error)
        {
            Closed = true;
            if (error.HResult is not (NoReader or NoDescriptor))
                throw new OutputFailedException(error.Message);
        }
    }
}
