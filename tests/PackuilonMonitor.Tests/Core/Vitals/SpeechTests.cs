using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>How many lines our programs said in a day, and how many of them nobody understands.</summary>
public sealed class SpeechTests
{
    private static readonly Observation[] Lines =
    [
        .. Enumerable
            .Range(0, 60)
            .Select(line => Given.Seen(line % 10 == 3 ? new Unrecognised("x") : new JobTaken(Given.Worker(), Given.Image), line * 120)),
    ];

    [Test]
    public void Newest_OfABatch_CountsEachLineOnce() =>
        Assert.That(MonitorState.Empty.Apply(Lines).Vitals.Speech.Newest, Is.EqualTo((60L, 6L)));

    [Test]
    public void Newest_LineByLine_IsThatOfTheBatch() =>
        Assert.That(Given.Folded(Lines).Vitals.Speech.Newest, Is.EqualTo((60L, 6L)));

    [Test]
    public void Newest_ADayLater_HasForgottenTheDayBefore()
    {
        var later = Given.Seen(new JobTaken(Given.Worker(), Given.Image), 27 * 3600);

        Assert.That(MonitorState.Empty.Apply([.. Lines, later]).Vitals.Speech.Newest, Is.EqualTo((1L, 0L)));
    }
}
