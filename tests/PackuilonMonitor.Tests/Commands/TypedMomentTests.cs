using System.Globalization;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>The times that <c>wait</c>, <c>snapshot</c> and <c>replay</c> take mean the same in each.</summary>
public sealed class TypedMomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 16, 41, 30, TimeSpan.Zero);

    [TestCase("14:02", "2026-11-22T14:02:00Z")]
    [TestCase("yesterday 14:00", "2026-11-21T14:00:00Z")]
    [TestCase("3h ago", "2026-11-22T13:41:30Z")]
    [TestCase("30m", "2026-11-22T16:11:30Z")]
    [TestCase("1h30m", "2026-11-22T15:11:30Z")]
    [TestCase("90s", "2026-11-22T16:40:00Z")]
    [TestCase("90", "2026-11-22T16:40:00Z")]
    [TestCase("2026-11-21T14:02", "2026-11-21T14:02:00Z")]
    public void Text_IsAMoment(string text, string moment) =>
        Assert.That(
            TypedMoment.Of("--since", text, Now, TimeZoneInfo.Utc),
            Is.EqualTo(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture))
        );

    [TestCase("")]
    [TestCase("now")]
    [TestCase("-5m")]
    [TestCase("30m1h")]
    public void Text_ThatIsNone_NamesTheOptionAndTimesThatWouldDo(string text) =>
        Assert.That(
            () => TypedMoment.Of("--since", text, Now, TimeZoneInfo.Utc),
            Throws.TypeOf<WrongUseException>().With.Message.EqualTo(
                $"--since: not a time: {text}; give one like 14:02, 30m, 'yesterday 14:00' or 2026-11-21T14:02"
            )
        );
}
