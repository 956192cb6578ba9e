using CsCheck;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Tests.Core.Changes;

public sealed class MarkIndexTests
{
    private const int Most = 200;

    // Up to 200 messages, so that rows end inside a word and at its edge; few marks, so that many have one in common.
    [Test]
    public void AnyMarksAndRange_FindTheMessagesThatALookAtEachFinds() =>
        Gen.Select(Gen.ULong[0, 255].Array[0, Most], Gen.ULong[0, 255], Gen.Int[0, Most].Array[2]).Sample((marks, wanted, range) =>
        {
            var (from, end) = (Math.Min(range[0], marks.Length), Math.Min(range[1], marks.Length));
            using var index = Of(marks);

            var found = new List<int>();
            for (var at = index.Next(wanted, from, end); at >= 0; at = index.Next(wanted, at + 1, end))
                found.Add(at);

            var expected = Enumerable.Range(0, marks.Length).Where(at => at >= from && at < end && (marks[at] & wanted) != 0);
            return found.SequenceEqual(expected);
        });

    [TestCase(0, 64, 63)]
    [TestCase(0, 63, -1)]
    [TestCase(64, 66, 65)]
    [TestCase(64, 65, -1)]
    [TestCase(66, 130, 129)]
    public void Next_LooksFromItsPlaceOn_AndNotAtItsEnd(int from, int end, int expected)
    {
        using var index = Of([.. Enumerable.Range(0, 130).Select(message => message is 63 or 65 or 129 ? 1UL << 63 : 1)]);

        Assert.That(index.Next(1UL << 63, from, end), Is.EqualTo(expected));
    }

    private static MarkIndex Of(ulong[] marks)
    {
        var index = new MarkIndex(marks.Length);
        for (var message = 0; message < marks.Length; message++)
            index.Add(message, marks[message]);
        return index;
    }
}
