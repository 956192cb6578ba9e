using PackuilonMonitor.Ingest;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Reports;

/// <summary>A whole log as lines of text.</summary>
public static class LogText
{
    private const int LinesAtOnce = 5_000;

    /// <summary>
    /// The lines as they stand in the file, those that are there when the reading comes to its end; read as they are asked for.
    /// </summary>
    public static IEnumerable<string> Raw(LogReader reader)
    {
        for (var (offset, generation) = (0L, reader.Generation); ;)
        {
            var page = reader.PageFrom(offset, LinesAtOnce);
            // Another build took the file: the rest of this log is gone.
            if (page.Generation != generation || page.Lines.Count == 0)
                yield break;
            foreach (var line in page.Lines)
                yield return line.Text;
            if (page.AtEnd || page.End <= offset)
                yield break;
            offset = page.End;
        }
    }

    /// <summary>The lines as plain text: no escape, no control, fit for any terminal and any file.</summary>
    public static IEnumerable<string> Plain(LogReader reader, bool hidesPrefix) =>
        Raw(reader).Select(line => LineText.Plain(line, hidesPrefix));
}
