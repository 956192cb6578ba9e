using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>Command lines and what the program answers to each: its code, its output, and what it says on standard error.</summary>
internal static partial class CommandTable
{
    /// <param name="home">The user's folder; HOME in a line and in an answer stands for it.</param>
    /// <param name="line">Words between spaces, with quotes around those that hold some.</param>
    /// <param name="more">Words that all lines of a table have.</param>
    /// <param name="keeps">Which lines of the output belong into the table; null for all.</param>
    public static void Tell(
        StringBuilder to,
        string home,
        string line,
        IEnumerable<string>? more = null,
        string input = "",
        IEnumerable<(string Name, string? Value)>? variables = null,
        Func<string, bool>? keeps = null
    )
    {
        var words = Words(line).Concat(more ?? []).Select(word => word.Replace("HOME", home, StringComparison.Ordinal));
        var (code, output, error) = ProgramHere.Run([("HOME", home), .. variables ?? []], input, words);
        to.Append(CultureInfo.InvariantCulture, $"$ {line}\n");
        foreach (var typed in Lines(input))
            to.Append(CultureInfo.InvariantCulture, $"> {typed}\n");
        foreach (var said in Lines(error))
            to.Append(CultureInfo.InvariantCulture, $"! {Hidden(said, home)}\n");
        foreach (var said in Lines(output).Where(keeps ?? (static _ => true)))
            to.Append(CultureInfo.InvariantCulture, $"  {Hidden(said, home)}\n");
        to.Append(CultureInfo.InvariantCulture, $"= {code}\n\n");
    }

    /// <summary>The table without what depends on the clock.</summary>
    public static string Untimed(StringBuilder table) => Time().Replace(table.ToString(), "~");

    private static IEnumerable<string> Words(string line) =>
        Word().Matches(line).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal));

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    private static string Hidden(string said, string home) =>
        Present()
            .Replace(said, "$1$3NOW$2$4")
            .Replace(home, "HOME", StringComparison.Ordinal)
            .Replace($"\"by\":\"{ThisUser.Name}\"", "\"by\":\"USER\"", StringComparison.Ordinal)
            .Replace("packuilon-monitor: ", "", StringComparison.Ordinal)
            .Replace('\u001b', '␛');

    /// <summary>When the program itself saw something, by the clock.</summary>
    [GeneratedRegex("""^()[-0-9]{10} [:0-9]{8}(  (?:\w+ +)?monitor )|("at":")[^"]+(","host":null)""")]
    private static partial Regex Present();

    [GeneratedRegex("(?:[^ ']|'[^']*')+")]
    private static partial Regex Word();

    /// <summary>How long something took or takes since it was read, and the day on which the test runs.</summary>
    [GeneratedRegex(
        @"(?<=1[26]:40:)\d\d|\b(9|10) min \d+ s|(?<= )<?\d+s(?= \d)|(?<=following )\d+ \w{3}(?= )|(?<=\()\d+(?= bytes)|\d+m(?= 0$)|"
        + @"(?<=Since )[^:\n]+:\d\d(?=: nothing ended)|(?<=written last at ).*|(?<=, is )\d+d(?= old)|(?<=^  )\d+ \w{3}(?= oxford/)",
        RegexOptions.Multiline)]
    private static partial Regex Time();
}
