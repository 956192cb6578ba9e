using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>The longest time between two lines, found by looking at few of them, is that which looking at each gives.</summary>
public sealed class LongestSilenceTests
{
    private static readonly Gen<int[]> Gaps = Gen.Frequency((6, Gen.Int[0, 30]), (2, Gen.Int[290, 310]), (1, Gen.Int[600, 4_000])).Array[
        1,
        40
    ];

    [Test]
    public void In_AnyLines_IsThatOfLookingAtEach() => Gaps.Sample(
        gaps =>
        {
            var longest = gaps.Max();
            var expected = longest > LongestSilence.Shortest.TotalSeconds ? longest : 0;
            return Forms.All(form => (int)LongestSilence.In(Lines(gaps, form)).TotalSeconds == expected);
        },
        iter: 2_000);

    [Test]
    public void In_LinesWithoutATimeBetween_PassesThemOver() =>
        Assert.That(
            LongestSilence.In("Nov 22 12:00:00 vm x: a\nno time\nnone either\nNov 22 12:10:00 vm x: b\n"u8),
            Is.EqualTo(TimeSpan.FromMinutes(10))
        );

    [TestCase("")]
    [TestCase("Nov 22 12:00:00 vm x: only\n")]
    [TestCase("no time\nat all\n")]
    [TestCase("Nov 22 12:00:00 vm x: a\nNov 22 11:00:00 vm x: set back\n")]
    public void In_NothingToCompare_IsNone(string lines) =>
        Assert.That(LongestSilence.In(Encoding.UTF8.GetBytes(lines)), Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void In_ABusyLog_LooksAtTwoLines()
    {
        var lines = Lines([.. Enumerable.Repeat(1, 200)], Forms[0]);
        LongestSilence.In(lines);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LongestSilence.In(lines);
        var busy = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        LongestSilence.In(Lines([1], Forms[0]));

        Assert.That(busy, Is.LessThan(4 * (GC.GetAllocatedBytesForCurrentThread() - before)));
    }

    private static readonly Func<DateTimeOffset, string>[] Forms =
    [
        at => at.ToString("MMM d HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + " vm x: line",
        at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", System.Globalization.CultureInfo.InvariantCulture) + " vm x: line",
        at =>
            "<14>1 "
            + at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", System.Globalization.CultureInfo.InvariantCulture)
            + " vm x - - - line",
    ];

    private static byte[] Lines(int[] gaps, Func<DateTimeOffset, string> form)
    {
        var (at, text) = (Given.Noon, new StringBuilder(form(Given.Noon) + "\n"));
        foreach (var gap in gaps)
            text.Append(form(at = at.AddSeconds(gap)) + "\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
