using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Doctor;

/// <summary>How rsyslog writes the headers of a file, by its newest lines.</summary>
public static class HeaderFindings
{
    private const int Newest = 16 * 1024;

    public static IEnumerable<Finding> Of(string path, OpenFile file)
    {
        var size = file.Stat().Status.Size;
        var bytes = new byte[(int)Math.Min(size, Newest)];
        int length;
        try
        {
            length = OpenFile.Read(file.Handle, bytes, size - bytes.Length);
        }
        catch (IOException error)
        {
            return [Finding.Unread(path, $"can be opened but not read: {error.Message}", $"dmesg | tail   # the disk?")];
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? [] : [Of(path, lines[^1])];
    }

    /// <summary>What the header of a line allows to know.</summary>
    public static Finding Of(string path, string line)
    {
        var text = line.StartsWith('<') && line.IndexOf('>') is var end and > 0 and < 6 ? line[(end + 1)..] : line;
        if (!LineFilter.HasStamp(Encoding.UTF8.GetBytes(line)))
        {
            return Finding.Note(
                path,
                $"the newest line has no header that this program knows ({UnreadStamp.Of(line)}): "
                + $"is it a file of rsyslog? Its own formats are understood",
                Rsyslog.ToWriteTimes
            );
        }

        return text switch
        {
            ['1', ' ', .. var rest] when IsIso(rest) => Finding.Note(
                path,
                "headers are RFC 5424, which loses names of programs that begin with a slash: their lines are known by their text alone",
                Rsyslog.ToWriteTimes
            ),
            _ when IsIso(text) => Finding.Fine(path, "headers have ISO-8601 times, with year and zone"),
            [>= 'A' and <= 'Z', _, _, ' ', ..] => Finding.Fine(path, "headers have traditional times, without year and zone"),
            [>= '0' and <= '2', >= '0' and <= '9', ':', ..] => Finding.Note(
                path,
                "headers have a time of day and no date: dates are guessed; let rsyslog write whole stamps",
                Rsyslog.ToWriteTimes
            ),
            _ => Finding.Fine(path, "headers have times that are understood"),
        };
    }

    private static bool IsIso(string text) =>
        text.Length > 10 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-' && text[10] == 'T';
}
