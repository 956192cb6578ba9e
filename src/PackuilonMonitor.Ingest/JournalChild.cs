using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PackuilonMonitor.Ingest;

/// <summary>One run of journalctl: its output in blocks, and its error messages.</summary>
internal sealed class JournalChild : IDisposable
{
    private readonly LineSplitter _splitter;
    private readonly JournalLines _lines;
    private readonly Process? _process;
    private readonly Task<string>? _error;
    private readonly string? _fault;
    private readonly StreamPump _pump;
    private long _offset;

    public JournalChild(ProcessStartInfo start, LineSplitter splitter, JournalLines lines)
    {
        (_splitter, _lines) = (splitter, lines);
        try
        {
            _process = Process.Start(start);
            _process!.StandardInput.Close();
            _error = _process.StandardError.ReadToEndAsync();
        }
        catch (Win32Exception error)
        {
            _fault = $"cannot run {start.FileName}: {error.Message}";
        }

        _pump = new StreamPump(() => _process?.StandardOutput.BaseStream ?? Stream.Null, "journal");
    }

    public StreamBlock? Take(TimeSpan? patience) => _pump.Take(patience);

    public IDisposable Listen(Action arrived) => _pump.Listen(arrived);

    /// <summary>A last line without a newline is not an entry: the next run reads it again.</summary>
    public IReadOnlyList<TailEvent> Events(StreamBlock block)
    {
        var events = new List<TailEvent>();
        _splitter.Take(block.Bytes.Span, _offset, events);
        _offset += block.Bytes.Length;
        return _lines.Translate(events);
    }

    /// <summary>Why it failed, or null; waits for its end.</summary>
    public string? Complaint()
    {
        if (_process is null)
            return _fault;
        _process.WaitForExit();
        if (_process.ExitCode == 0)
            return null;
        var said = _error!.Result.Split('\n')[0].Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"journalctl ended with {_process.ExitCode}{(said.Length > 0 ? $": {said}" : "")}"
        );
    }

    public void Dispose()
    {
        _pump.Dispose();
        if (_process is null)
            return;
        try
        {
            if (!_process.HasExited)
                _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // The process has ended meanwhile.
        }

        _process.Dispose();
    }
}
