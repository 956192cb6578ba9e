using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Notify;

/// <summary>
/// A program that runs for each bulletin, without a shell and in a session of its own, so that it has no terminal: it reads the JSON object
/// on standard input.
/// </summary>
/// <param name="program">Its path and arguments; a name of <see cref="Bulletin.Parts"/> in braces is replaced by that part.</param>
/// <param name="limit">The time after which it is killed, with its children.</param>
public sealed class Hook(ImmutableArray<string> program, TimeSpan limit)
{
    private const int LongestComplaint = 200;

    // The runtime starts no session; without this program the hook shares ours.
    private static readonly string? NewSession = Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    private readonly string _name = SafeText.Plain(Path.GetFileName(program[0]));

    /// <summary>Runs it to its end.</summary>
    public Delivery Run(Bulletin bulletin)
    {
        try
        {
            // With none of the three streams on the terminal, the runtime leaves the terminal's modes alone.
            var start = new ProcessStartInfo(NewSession ?? program[0])
            {
                UseShellExecute = false,
                WorkingDirectory = "/",
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (NewSession is not null)
                start.ArgumentList.Add(Found(program[0]));
            foreach (var argument in program.Skip(1))
                start.ArgumentList.Add(Filled(argument, bulletin));
            using var process = Process.Start(start);
            return process is null ? new Delivery($"{_name}: did not start") : Ended(process, bulletin);
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            return new Delivery($"{_name}: {SafeText.Plain(error.Message)}");
        }
    }

    /// <summary>An argument with its parts inserted. None that begins with a part can become an option.</summary>
    public static string Filled(string argument, Bulletin bulletin)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < argument.Length;)
        {
            var end = argument[at] == '{' ? argument.IndexOf('}', at) : -1;
            if (end < 0 || !Bulletin.Parts.TryGetValue(argument[(at + 1)..end], out var part))
            {
                filled.Append(argument[at++]);
                continue;
            }

            var text = part(bulletin) ?? "";
            filled.Append(filled.Length == 0 ? text.TrimStart('-') : text);
            at = end + 1;
        }

        return filled.ToString();
    }

    // setsid would report it in words of its own.
    private static string Found(string path) =>
        !path.Contains('/', StringComparison.Ordinal) || File.Exists(path)
            ? path
            : throw new FileNotFoundException("No such file or directory");

    private Delivery Ended(Process process, Bulletin bulletin)
    {
        try
        {
            return Outcome(process, bulletin);
        }
        finally
        {
            // Its children may hold the other ends for as long as they like.
            process.StandardInput.BaseStream.Dispose();
            process.StandardOutput.BaseStream.Dispose();
            process.StandardError.BaseStream.Dispose();
        }
    }

    private Delivery Outcome(Process process, Bulletin bulletin)
    {
        var output = Drained(process.StandardOutput);
        var errors = Drained(process.StandardError);
        try
        {
            process.StandardInput.WriteLine(BulletinJson.Of(bulletin));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It need not read its input.
        }

        if (!process.WaitForExit(limit))
        {
            var outcome = IsKilled(process) ? "killed" : "not ended, and it or what it started cannot be killed,";
            return new Delivery(string.Create(CultureInfo.InvariantCulture, $"{_name}: {outcome} after {limit.TotalSeconds} s"));
        }

        if (process.ExitCode == 0)
            return Delivery.Done;
        // Its children may hold the pipes open; its own last words have arrived by now.
        var said =
            Task.WaitAny([errors], LastWords) == 0 && errors.Result is { Length: > 0 } words ? words
            : Task.WaitAny([output], LastWords) == 0 ? output.Result
            : "";
        return new Delivery(
            string.Create(CultureInfo.InvariantCulture, $"{_name}: exit code {process.ExitCode}{(said.Length == 0 ? "" : $": {said}")}")
        );
    }

    private static bool IsKilled(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception error) when (error is AggregateException or Win32Exception)
        {
            // A program that became another user is not ours to kill.
            return false;
        }
    }

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads to the end, so that the program never waits for us, and keeps the last line with text.</summary>
    private static async Task<string> Drained(StreamReader stream)
    {
        var (buffer, kept) = (new char[4096], "");
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var length)
            {
                kept += new string(buffer, 0, length);
                kept = kept[^Math.Min(kept.Length, buffer.Length)..];
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was killed, or its end is not awaited.
        }

        var last = SafeText.Plain(kept.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "");
        return last.Length <= LongestComplaint ? last : $"{last[..LongestComplaint]}…";
    }
}
