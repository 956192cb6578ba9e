using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>How long a source was silent, within what is read at once and between two readings.</summary>
public sealed class SilenceTableTests
{
    private const int Day = 24;

    [Test]
    public void Reading_WithoutAStamp_TellsNothing() =>
        Assert.That(After(Given.Seen(new SourceRead(5, null) { Silence = TimeSpan.FromHours(2) })), Is.Null);

    [TestCase(0, 1, 0, 2, 3, 0, 1, Description = "between two readings")]
    [TestCase(0, 1, 0, 2, 6, 3, 3, Description = "within the second")]
    [TestCase(0, 4, 3, 5, 6, 0, 3, Description = "within the first")]
    [TestCase(0, 4, 0, 4, 5, 0, 0, Description = "the second begins where the first ends")]
    [TestCase(0, 4, 0, 3, 5, 0, 0, Description = "the second begins before the first ends")]
    public void Longest_OfTwoReadings_IsTheLongestSilence(int from, int to, int silence, int next, int end, int nextSilence, int longest)
    {
        var known = After(Read(from, to, silence), Read(next, end, nextSilence))!;

        Assert.That(
            (known.Longest, known.FirstAt, known.LastAt),
            Is.EqualTo((TimeSpan.FromHours(longest), Given.Noon.AddHours(from), Given.Noon.AddHours(end)))
        );
    }

    [Test]
    public void Reading_WithoutItsFirstStamp_BeginsWithItsLast() =>
        Assert.That(After(Given.Seen(new SourceRead(1, Given.Noon)))!.FirstAt, Is.EqualTo(Given.Noon));

    [TestCase(5, 3, 5, Description = "the shorter later")]
    [TestCase(3, 5, 5, Description = "the longer later")]
    public void Day_HasItsLongestSilenceAlone(int one, int other, int longest)
    {
        var known = After(Read(0, 1, one), Read(1, 2, other))!;

        Assert.That((known.Longest, known.Days.Count), Is.EqualTo((TimeSpan.FromHours(longest), 1)));
    }

    [Test]
    public void Day_WithoutASilence_IsNone() => Assert.That(After(Read(0, 1, 0))!.Days, Is.Empty);

    [TestCase(6 * Day, 9)]
    [TestCase(7 * Day, 2)]
    public void Silence_OfADay_IsForgottenAfterSeven(int later, int longest) =>
        Assert.That(
            After(
                [Read(0, 1, 9), .. Enumerable.Range(2, later).Select(hour => Read(hour - 1, hour, 0)), Read(later, later + 1, 2)])!.Longest,
            Is.EqualTo(TimeSpan.FromHours(longest))
        );

    [Test]
    public void Sources_HaveSilencesOfTheirOwn()
    {
        var state = Given.Folded(Read(0, 1, 2), Read(0, 1, 5) with { Source = new("/other") });

        Assert.That(
            (state.Vitals.Silences.Of(Given.Messages)!.Longest, state.Vitals.Silences.Of(new("/other"))!.Longest),
            Is.EqualTo((TimeSpan.FromHours(2), TimeSpan.FromHours(5)))
        );
    }

    private static Observation Read(int from, int to, int silence) =>
        Given.Seen(
            new SourceRead(9, Given.Noon.AddHours(to)) { FirstLineAt = Given.Noon.AddHours(from), Silence = TimeSpan.FromHours(silence) }
        );

    private static Silence? After(params IEnumerable<Observation> seen) => Given.Folded(seen).Vitals.Silences.Of(Given.Messages);
}
