using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PackuilonMonitor.Tests.Support;

/// <summary>A program that goes on until it is told to stop; killed at the end of the test if it was not.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    public const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(TestPatience.Milliseconds);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _seen = [];

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, told) => Take(told.Data);
        process.ErrorDataReceived += (_, told) => Take(told.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The monitor itself.</summary>
    public static readonly string Monitor = Path.Combine(AppContext.BaseDirectory, "packuilon-monitor");

    public int Pid => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public static RunningProgram Start(string program, params IEnumerable<string> arguments) => Start(program, arguments, []);

    public static RunningProgram Start(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>The first line of standard output or error that holds the text.</summary>
    public string WaitFor(string text)
    {
        if (_seen.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
            return found;
        var until = DateTime.UtcNow + Patience;
        while (_lines.TryTake(out var line, until - DateTime.UtcNow is { Ticks: > 0 } left ? left : TimeSpan.Zero))
        {
            _seen.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new TimeoutException($"no line with \"{text}\" came; what came:\n{string.Join('\n', _seen)}");
    }

    /// <summary>All lines that came and were waited for or not.</summary>
    public IEnumerable<string> Output => [.. _seen, .. _lines];

    /// <summary>Sends the signal, waits for the end and returns the exit code.</summary>
    public int End(int signal = Terminate)
    {
        _ = Kill(_process.Id, signal);
        return Ended();
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public int Ended() => _process.WaitForExit(Patience) ? _process.ExitCode : throw new TimeoutException("the program does not end");

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            _lines.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
