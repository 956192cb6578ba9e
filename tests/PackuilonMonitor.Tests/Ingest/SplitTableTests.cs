using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Short bytes in short chunks, drawn by chance: line ends, NULs, carriage returns and characters of several bytes wherever they may be.
/// ACCEPT=1 rewrites the table.
/// </summary>
public sealed class SplitTableTests
{
    private const int Texts = 260;

    /// <summary>A line with an a is ours, one with a t has a time.</summary>
    private static readonly string[] Parts = ["a", "a", "t", "b", "b", "\n", "\n", "\n", "\r\n", "\r", "\0", "\0\0", "é", "日"];

    [Test]
    public void Chunks_OfAnyBytes_AreSplitAsListed()
    {
        // Not for secrets: the same texts each time.
        var (random, text) = (new Random(1), new StringBuilder());
        for (var number = 0; number < Texts; number++)
        {
            var longest = random.Next(2) == 0 ? random.Next(1, 7) : 64;
            var (keeps, searches, stamps) = (random.Next(3) > 0, random.Next(2) == 0, random.Next(2) == 0);
            var splitter = new LineSplitter(
                new SourceId("s"), keeps ? static line => line.Contains((byte)'a') : null, longest, keeps && searches ? Ours : null,
                stamps ? static line => line.Contains((byte)'t') : null, static lines => TimeSpan.FromSeconds(lines.Length)
            );
            text.Append(CultureInfo.InvariantCulture, $"longest {longest}{(keeps ? ", keeps" : "")}{(stamps ? ", stamped" : "")}\n");
            var offset = 100L;
            for (var chunks = random.Next(1, 5); chunks > 0; chunks--)
            {
                var chunk = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Parts[random.Next(Parts.Length)]));
                var bytes = Encoding.UTF8.GetBytes(chunk);
                // A chunk may end inside a character.
                if (random.Next(3) == 0)
                    bytes = bytes[..^1];
                Do(Shown(Encoding.UTF8.GetString(bytes)), events => splitter.Take(bytes, offset, events));
                offset += bytes.Length;
            }

            if (random.Next(3) == 0)
                Do("nuls", _ => splitter.SkipNuls(3));
            if (random.Next(4) == 0)
                text.Append(CultureInfo.InvariantCulture, $"  drop: {splitter.Drop()}\n");
            Do("close", splitter.Close);

            void Do(string what, Action<List<TailEvent>> act)
            {
                var events = new List<TailEvent>();
                act(events);
                var part = splitter.UnfinishedBytes == 0 ? "" : $" ({splitter.UnfinishedBytes}: {Shown(splitter.Unfinished)})";
                text.Append(CultureInfo.InvariantCulture, $"  {what}: ").AppendJoin(' ', events.Select(Describe)).Append(part).Append('\n');
            }
        }

        Golden.Matches("Splitting.txt", text.ToString());
    }

    /// <summary>The first place of a line of ours, or of a NUL.</summary>
    private static int Ours(ReadOnlySpan<byte> lines, out int ends)
    {
        var place = lines.IndexOfAny((byte)'a', (byte)0);
        ends = (place < 0 ? lines : lines[..place]).Count((byte)'\n');
        return place;
    }

    private static string Describe(TailEvent seen) => seen switch
    {
        LineRead read => string.Create(CultureInfo.InvariantCulture, $"'{Shown(read.Line.Text)}'@{read.Line.Offset}"),
        MarkRead mark => string.Create(CultureInfo.InvariantCulture, $"mark '{Shown(mark.Line.Text)}'@{mark.Line.Offset}"),
        ChunkRead chunk => string.Create(CultureInfo.InvariantCulture, $"[{chunk.Lines}, {chunk.Nuls} nuls, {chunk.Silence.TotalSeconds}]"),
        _ => seen.GetType().Name,
    };

    private static string Shown(string text) =>
        text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\0", "\\0", StringComparison.Ordinal);
}
