using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Notify;

/// <summary>A program that is run for each bulletin, without a shell: it reads the JSON object on standard input.</summary>
/// <param name="program">Its path and arguments; a name of <see cref="Bulletin.Parts"/> in braces stands for that part.</param>
/// <param name="limit">After so long it is killed, and what it started.</param>
public sealed class Hook(ImmutableArray<string> program, TimeSpan limit)
{
    private const int LongestComplaint = 200;

    private readonly string _name = SafeText.Plain(Path.GetFileName(program[0]));

    /// <summary>Runs it to its end.</summary>
    public Delivery Run(Bulletin bulletin)
    {
        try
        {
            // With none of the three streams the terminal's, the runtime leaves the terminal's modes alone.
            var start = new ProcessStartInfo(program[0])
            {
                UseShellExecute = false,
                WorkingDirectory = "/",
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
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

    /// <summary>An argument with its parts put in. None that begins with a part can pass for an option.</summary>
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

    private Delivery Ended(Process process, Bulletin bulletin)
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
            // It need not read what it is told.
        }

        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            return new Delivery(string.Create(CultureInfo.InvariantCulture, $"{_name}: killed after {limit.TotalSeconds} s"));
        }

        if (process.ExitCode == 0)
            return Delivery.Done;
        // What it started may hold the pipes open; its own last words are there by now.
        var said = Task.WaitAny([errors], LastWords) == 0 && errors.Result is { Length: > 0 } words ? words : Task.WaitAny([output], LastWords) == 0 ? output.Result : "";
        return new Delivery(string.Create(CultureInfo.InvariantCulture, $"{_name}: exit code {process.ExitCode}{(said.Length == 0 ? "" : $": {said}")}"));
    }

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads to the end, so that the program never waits for us, and keeps the last line that says something.</summary>
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
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It was killed.
        }

        var last = SafeText.Plain(kept.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "");
        return last.Length <= LongestComplaint ? last : $"{last[..LongestComplaint]}…";
    }
}
