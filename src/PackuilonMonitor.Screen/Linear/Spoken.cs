using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Linear;

/// <summary>Words that read well aloud: units and results in words, no signs that only draw.</summary>
public static class Spoken
{
    private const int Columns = 80;

    /// <summary><c>3 min 12 s</c>; hours from one on, days from four on, as on the screen.</summary>
    public static string Span(TimeSpan time)
    {
        var span = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        return span.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s")
            : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s")
            : span.TotalDays < 4 ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalDays} days {span.Hours} h");
    }

    public static string Result(BuildState state) => state switch
    {
        BuildState.Building => "building",
        BuildState.Succeeded => "good",
        BuildState.Failed => "failed",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Unknown => "unknown",
    };

    public static string Worker(int? thread) =>
        thread is { } number ? string.Create(CultureInfo.InvariantCulture, $"worker {number}") : "a worker";

    public static string Worker(WorkerId? worker) => Worker(worker?.Number);

    /// <summary>The image and its template as two words.</summary>
    public static string Name(BuildView build) => build.Template is not { } template
        ? build.Image.Text
        : $"{build.Image} {Words.WithoutJson(template)}";

    /// <summary>Lines of at most 80 columns, what follows the first indented; without controls, boxes, blocks and Braille.</summary>
    public static IEnumerable<string> Lines(string sentence)
    {
        var (line, indent) = (new StringBuilder(), "");
        foreach (var word in Plain(sentence).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Columns)
            {
                yield return line.ToString();
                indent = "  ";
                line.Clear().Append(indent);
            }

            if (line.Length > indent.Length)
                line.Append(' ');
            line.Append(word);
        }

        yield return line.ToString();
    }

    /// <summary>One line as somebody wrote it.</summary>
    public static string Plain(string text) => string.Concat(SafeText.Plain(text).Select(letter => IsDrawn(letter) ? ' ' : letter));

    private static bool IsDrawn(char letter) => letter is >= '\u2500' and <= '\u259f' or >= '\u2800' and <= '\u28ff';
}
