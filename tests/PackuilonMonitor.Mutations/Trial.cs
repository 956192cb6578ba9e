using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PackuilonMonitor.Mutations;

/// <summary>
/// Has each mutation of a build tried by a worker, and starts another worker where a mutation makes a loop without an end.
/// </summary>
internal sealed class Trial(string program, string assembly) : IDisposable
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly Dictionary<int, List<(string Test, double Seconds)>> _reaches = [];
    private Process? _worker;
    private BlockingCollection<string> _said = [];

    /// <summary>Learns which tests reach which mutation.</summary>
    public void Learn()
    {
        Start("learn");
        while (Said(Forever) is { } line && line != "learnt")
        {
            var words = line.Split(' ', 4);
            if (words[0] != "reaches")
                continue;
            foreach (var number in words[2].Split(',').Select(word => int.Parse(word, CultureInfo.InvariantCulture)))
                (_reaches.TryGetValue(number, out var tests) ? tests : _reaches[number] = []).Add(
                    (words[3], double.Parse(words[1], CultureInfo.InvariantCulture))
                );
        }
    }

    public (Fate Fate, string? By) Try(int number)
    {
        if (!_reaches.TryGetValue(number, out var tests))
            return (Fate.Unreached, null);
        if (_worker is null || _worker.HasExited)
            Start("try");
        _worker!.StandardInput.WriteLine($"{number}\t{string.Join('\t', tests.Select(one => one.Test))}");
        _worker.StandardInput.Flush();
        while (Said(Forever) is { } before && before != "begun")
            continue;
        // Ten times as long as without it is no slow test any more.
        var said = Said(TimeSpan.FromSeconds(30 + 10 * tests.Sum(one => one.Seconds)));
        if (said is not null)
            return said.StartsWith("noticed ", StringComparison.Ordinal) ? (Fate.Noticed, said["noticed ".Length..]) : (Fate.Survived, null);
        Stop();
        return (Fate.Noticed, "it does not end, or ends the program");
    }

    public void Dispose() => Stop();

    private void Start(string what)
    {
        var start = new ProcessStartInfo("dotnet", [program, what, assembly]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var said = _said = [];
        _worker = Process.Start(start)!;
        _worker.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                said.Add(text);
            else
                said.CompleteAdding();
        };
        _worker.BeginOutputReadLine();
    }

    /// <summary>The next line of the worker; null where none comes in time, or the worker ended.</summary>
    private string? Said(TimeSpan limit) => _said.TryTake(out var line, limit) ? line : null;

    private void Stop()
    {
        if (_worker is { HasExited: false })
            _worker.Kill(entireProcessTree: true);
        _worker?.Dispose();
        _worker = null;
    }
}
