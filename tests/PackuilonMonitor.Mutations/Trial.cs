using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PackuilonMonitor.Mutations;

/// <summary>
/// Has each mutation of a build tried by a worker, and starts another worker where a mutation makes a loop without an end.
/// </summary>
/// <param name="seconds">The most that the tests of one mutation may take together, as they took without it.</param>
internal sealed class Trial(string program, string assembly, double seconds) : IDisposable
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

    /// <summary>
    /// The tests that reach it are run until one fails: first those of the same folder, and the short ones before the long ones, until the
    /// time for one change is used up.
    /// </summary>
    public (Fate Fate, string? By) Try(int number, Mutation mutation)
    {
        if (!_reaches.TryGetValue(number, out var reaching))
            return (Fate.Unreached, null);
        var left = seconds;
        var folder = $".{Path.GetFileName(Path.GetDirectoryName(mutation.File))!.Split('.')[^1]}.";
        var tests = reaching
            .OrderByDescending(one => one.Test.Contains(folder, StringComparison.Ordinal))
            .ThenBy(one => one.Seconds)
            .TakeWhile((one, index) => (left -= one.Seconds) >= 0 || index == 0)
            .ToList();
        var early = tests.TakeWhile(one => one.Seconds < 0.05).Take(200).ToList();
        foreach (var some in new[] { early, tests[early.Count..] }.Where(some => some.Count > 0))
        {
            if (Noticed(mutation.IsOnce ? $"once {number}" : $"{number}", some, mutation.IsOnce) is { } by)
                return (Fate.Noticed, by);
        }

        return (Fate.Survived, null);
    }

    private string? Noticed(string number, IReadOnlyList<(string Test, double Seconds)> tests, bool isOnce)
    {
        if (isOnce)
            Stop();
        if (_worker is null || _worker.HasExited)
            Start("try");
        _worker!.StandardInput.WriteLine($"{number}\t{string.Join('\t', tests.Select(one => one.Test))}");
        _worker.StandardInput.Flush();
        while (Said(Forever) is { } before && before != "begun")
            continue;
        // Ten times as long as without it is no slow test any more.
        var said = Said(TimeSpan.FromSeconds(20 + 10 * tests.Sum(one => one.Seconds)));
        if (said is null || isOnce)
            Stop();
        return said is null ? "it does not end, or ends the program"
            : said.StartsWith("noticed ", StringComparison.Ordinal) ? said["noticed ".Length..]
            : null;
    }

    public void Dispose() => Stop();

    private void Start(string what)
    {
        var start = new ProcessStartInfo("dotnet", [program, what, assembly])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // A loop that collects without an end shall end its process alone.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0xC0000000";
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
