using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>
/// What is read of bytes that a terminal may send, drawn by chance: keys, clicks, answers and pastes, whole and torn apart, and what
/// becomes of them after a pause. ACCEPT=1 rewrites the table.
/// </summary>
public sealed partial class TypedTableTests
{
    private const int Texts = 420;

    private static readonly string[] Parts =
    [
        "\u001b", "\u001b", "\u001b", "\u001b[", "[", "O", "P", "]", "X", "M", "A", "E", "a", "j", "q", "~", "\\", "<", "?", ";", ":", "1",
        "5", "7", "8", "24", "25", " ", "\r", "\u0007", "\u007f", "\u009c", "é", "日", "\u001b\\", "\u001b[A", "\u001b[1;5D", "\u001bOP",
        "\u001b[[", "\u001b[<0;4;2M", "\u001b[<0;4;2m", "\u001b[M", "\u001b]11;x", "\u001bP>|X", "\u001b[200~", "\u001b[200~a b",
        "\u001b[201~", "\u001b[201~", "\u001b[8;3~", "\u001b[3;2~", "\u001b[?1;2c", "\u001b[97;5u", "\u001b[I", "201~",
    ];

    [Test]
    public void Bytes_OfATerminal_AreReadAsListed()
    {
        // Not for secrets: the same bytes each time.
        var (random, text) = (new Random(1), new StringBuilder());
        for (var number = 0; number < Texts; number++)
        {
            var sequences = new KeySequences();
            text.Append(CultureInfo.InvariantCulture, $"{number}\n");
            for (var chunks = random.Next(2, 5); chunks > 0; chunks--)
            {
                var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(random))));
                // A chunk may end inside a character.
                if (random.Next(4) == 0 && chunk.Length > 1)
                    chunk = chunk[..^1];
                Read(sequences, chunk, text);
                if (random.Next(4) == 0)
                    Tell(sequences, "release", sequences.Release(), text);
                if (random.Next(8) == 0)
                    Tell(sequences, "give up", sequences.GiveUp(), text);
            }

            Read(sequences, "z"u8, text);
        }

        Golden.Matches("Typed.txt", text.ToString());
    }

    /// <summary>A sequence, an answer and a paste that are longer than what is kept of them.</summary>
    [TestCase("\u001b[", "1", 61, "m", "\u001b[<61 1>mz")]
    [TestCase("\u001b[", "1", 62, "m", "z")]
    [TestCase("\u001b[", "1", 63, "m", "z")]
    [TestCase("\u001b[200~", "a", 4096, "\u001b[201~", "\u001b[200~<4096 a>\u001b[201~z")]
    [TestCase("\u001b[200~", "a", 4097, "\u001b[201~", "\u001b[200~<4096 a>\u001b[201~z")]
    [TestCase("\u001b]", "1", 9000, "\u0007", "z")]
    public void Bytes_BeyondWhatIsHeld_AreReadAs(string begin, string middle, int times, string end, string expected)
    {
        var read = new KeySequences().Read(Encoding.UTF8.GetBytes(begin + string.Concat(Enumerable.Repeat(middle, times)) + end + "z"));

        Assert.That(Long().Replace(read, run => $"<{run.Length} {run.Value[0]}>"), Is.EqualTo(expected));
    }

    private static string Part(Random random) => Parts[random.Next(Parts.Length)];

    private static void Read(KeySequences sequences, ReadOnlySpan<byte> bytes, StringBuilder to) =>
        Tell(sequences, $"'{Encoding.Latin1.GetString(bytes)}'", sequences.Read(bytes), to);

    private static void Tell(KeySequences sequences, string what, string read, StringBuilder to) =>
        to.Append("  ")
            .Append(Shown(what))
            .Append(read.Length == 0 ? "" : $" is '{Shown(read)}'")
            .Append(sequences.IsInside ? ", inside" : sequences.IsHolding ? ", held" : "")
            .Append('\n');

    private static string Shown(string text) =>
        string.Concat(text.Select(letter => letter switch
        {
            < ' ' => (char)('\u2400' + letter),
            '\u007f' => '\u2421',
            _ => letter,
        }));

    [GeneratedRegex("(.)\\1{9,}")]
    private static partial Regex Long();
}
