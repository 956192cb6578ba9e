using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>
/// The search over whole blocks must never pass over a line that the filter wants, and must count every line end it passes.
/// </summary>
public sealed class LineSieveTests
{
    private static readonly string[] Ours =
    [
        .. from header in Header.All from sentence in Sentence.All select header.Write(sentence.Speaker, sentence.Text),
    ];

    private static readonly string[] Others =
    [
        "", "b", "<", "Nov 22 12:00:00 vm sshd[1]: babbling p-p-p cdp-list", "Nov 22 12:00:00 vm rabbitmq-server[2]: accepting connection",
        "Nov 22 12:00:00 vm systemd[1]: Started Session 12 of user root.", "rabbi\rrabbi",
    ];

    private static readonly Gen<string> Line = Gen.Frequency(
        (3, Gen.OneOf(Others)),
        (1, Gen.OneOf(Ours)),
        (1, Gen.String[Gen.Char["<bp-rait\0\r 1:"], 0, 40])
    );

    [Test]
    public void Next_EverySampleBehindAnyNoise_StopsInItsLine()
    {
        foreach (var (line, number) in Ours.Select((line, number) => (line, number)))
        {
            var noise = new string('x', number % 40) + "\n";
            var place = LineSieve.Next(Encoding.UTF8.GetBytes(noise + line + "\nlast\n"), out var ends);

            Assert.That(
                (place >= noise.Length && place < noise.Length + Encoding.UTF8.GetByteCount(line), ends),
                Is.EqualTo((true, 1)),
                line
            );
        }
    }

    [Test]
    public void Next_AnyLines_PassesOverNoneThatTheFilterWants() =>
        Line.Array[0, 30]
            .Sample(
                lines =>
                {
                    var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
                    var place = LineSieve.Next(bytes, out var ends);
                    var passed = place < 0 ? lines.Length : ends;
                    return ends == bytes.AsSpan(0, place < 0 ? bytes.Length : place).Count((byte)'\n')
                        && !lines
                            .Take(passed)
                            .Any(line =>
                                LineFilter.Concerns(Encoding.UTF8.GetBytes(line)) || line.Contains('\0', StringComparison.Ordinal)
                            );
                },
                iter: 50_000
            );

    [Test]
    public void Next_NoiseOfAnyLength_IsCountedToTheEnd()
    {
        for (var length = 0; length < 200; length++)
        {
            var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab\n", length)));
            Assert.That((LineSieve.Next(bytes, out var ends), ends), Is.EqualTo((-1, length)));
        }
    }

    /// <summary>More line ends than the bytes of one register can count.</summary>
    [TestCase(254 * 16)]
    [TestCase(255 * 16 - 1)]
    [TestCase(255 * 16)]
    [TestCase(255 * 16 + 1)]
    [TestCase(256 * 16)]
    [TestCase(512 * 16 + 7)]
    [TestCase(100_000)]
    public void Next_NothingButLineEnds_CountsAll(int count)
    {
        var ends = new string('\n', count);
        var line = "<14>1 of the system";

        Assert.That((LineSieve.Next(Encoding.ASCII.GetBytes(ends), out var all), all), Is.EqualTo((-1, count)));
        Assert.That(
            (LineSieve.Next(Encoding.ASCII.GetBytes(ends + line), out var before), before),
            Is.EqualTo((count + line.IndexOf('>', StringComparison.Ordinal), count))
        );
    }

    [Test]
    public void Next_AnyBlock_AllocatesNothing()
    {
        var block = Encoding.UTF8.GetBytes(string.Join('\n', Others));
        var before = GC.GetAllocatedBytesForCurrentThread();
        LineSieve.Next(block, out _);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
