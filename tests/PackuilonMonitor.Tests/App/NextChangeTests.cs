using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

public sealed class NextChangeTests
{
    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;
    private static readonly Snapshot Idle = new InventedFactory().Worker("8:00:00", 1).Snapshot;
    private static readonly DateTimeOffset Now = InventedDay.Now.AddMilliseconds(300);

    [Test]
    public void Of_AScreenWithAClock_IsItsNextSecond() =>
        Assert.That(NextChange.Of(At(Idle, new Size(80, 24))), Is.EqualTo(InventedDay.Now.AddSeconds(1)));

    [Test]
    public void Of_NothingThatCounts_IsWhenTheHealthIsJudgedAgain()
    {
        var later = Now.AddSeconds(10);

        Assert.That(NextChange.Of(At(Idle, new Size(30, 10))), Is.EqualTo(later));
        Assert.That(NextChange.Of(At(Day, new Size(10, 3))), Is.EqualTo(later));
        Assert.That(NextChange.Of(At(Day, new Size(80, 24)).Do(ContentAct.Freeze)), Is.EqualTo(later));
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    [TestCase(40, 10)]
    [TestCase(30, 10)]
    public void Picture_BeforeTheNextChange_StaysTheSame(int columns, int rows)
    {
        var size = new Size(columns, rows);
        var next = NextChange.Of(At(Day, size));

        Assert.That(At(next.AddMilliseconds(-1), size), Is.EqualTo(At(Now, size)));
        Assert.That(At(next, size), Is.Not.EqualTo(At(Now, size)));
    }

    [Test]
    public void Picture_OfAnIdleFactory_ChangesInItsClockAlone()
    {
        var size = new Size(80, 24);
        var (before, after) = (Lines(Idle, InventedDay.Now, size), Lines(Idle, InventedDay.Now.AddSeconds(5), size));

        Assert.That(after.Skip(1), Is.EqualTo(before.Skip(1)));
        Assert.That(after[0].Replace("16:42:01", "16:41:56", StringComparison.Ordinal), Is.EqualTo(before[0]));
    }

    private static ScreenState At(Snapshot snapshot, Size size) => Screens.Of(snapshot, size) with { Now = Now };

    private static string At(DateTimeOffset now, Size size) => string.Join('\n', Lines(Day, now, size));

    private static string[] Lines(Snapshot snapshot, DateTimeOffset now, Size size) =>
        [
            .. Picture
                .Render(Screens.Of(snapshot, size, new Paint(Palette.Mono, Glyphs.Ascii, TimeZoneInfo.Utc, now)), [])
                .ToLines()
                .Select(line => line.ToText()),
        ];
}
