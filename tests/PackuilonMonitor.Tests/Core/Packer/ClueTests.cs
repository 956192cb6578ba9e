using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class ClueTests
{
    private static readonly DateTimeOffset Start = new(2020, 7, 4, 11, 0, 0, TimeSpan.Zero);

    // 65 seconds after the start, on a server whose clock is an hour ahead of UTC.
    private static readonly string Quattor = GivenLog.Output("[INFO] NCM-NCD version 17.2.0 started by root at: Sat Jul  4 12:01:05 2020");
    private static readonly string Renamed = GivenLog.Output("| updated_at       | 2020-07-04T11:07:30Z        |");
    private static readonly string Created = GivenLog.Output("| created_at       | 2020-07-04T11:06:00Z        |");

    [Test]
    public void Log_WithQuattorsClock_ReportsWhenThatWasWhateverItsZone()
    {
        var clue = Clues([.. GivenLog.Start, Quattor], minutes: 8).Single();

        Assert.That((clue.Line, clue.At), Is.EqualTo((9L, Start.AddSeconds(65))));
    }

    [Test]
    public void Log_OfLongBuild_ReportsNothingWhereSeveralZonesWouldDo() =>
        Assert.That(Clues([.. GivenLog.Start, Quattor], minutes: 40), Is.Empty);

    [Test]
    public void Log_WithTimeOfAnotherDay_ReportsNothing() =>
        Assert.That(
            Clues([.. GivenLog.Start, Quattor.Replace("Sat Jul  4", "Sun Jul  5", StringComparison.Ordinal)], minutes: 8),
            Is.Empty
        );

    [Test]
    public void Log_WithGlancesTable_ReportsWhenTheImageBeforeWasRenamed()
    {
        var clue = Clues([.. GivenLog.Start, Created, Renamed], minutes: 8).Single();

        Assert.That((clue.Line, clue.At, clue.Whose), Is.EqualTo((10L, Start.AddSeconds(450), "Glance")));
    }

    [Test]
    public void Log_WithGlancesTableOfLastWeek_ReportsNothing() =>
        Assert.That(Clues([.. GivenLog.Start, Renamed.Replace("07-04", "06-27", StringComparison.Ordinal)], minutes: 8), Is.Empty);

    [Test]
    public void Log_OfTwoBuilds_ReportsNothing() =>
        Assert.That(Clues([.. GivenLog.GoodBuild, .. GivenLog.Start, Quattor], minutes: 8), Is.Empty);

    private static IEnumerable<Clue> Clues(IEnumerable<string> lines, int minutes) =>
        Clue.Of(GivenLog.Log(lines), Start, Start.AddMinutes(minutes));
}
