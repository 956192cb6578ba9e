using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Tests.Core.LogPages;

/// <summary>Positions in a log, and how its lines are compared with those of a good one.</summary>
public sealed class LogPageTests
{
    [TestCase(0, 0, 0)]
    [TestCase(10, 0, 0)]
    [TestCase(11, 0, 1)]
    [TestCase(20, 1, 1, Description = "the missing lines stand before the line itself")]
    [TestCase(20, 2, 2)]
    [TestCase(20, 0, 3)]
    [TestCase(99, 0, 3, Description = "the last line is the nearest")]
    public void IndexOf_AKey_IsThatLineOrTheNextOne(long offset, int missing, int index) =>
        Assert.That(Page(new(10), new(20, 1), new(20, 2), new(20)).IndexOf(new LineKey(offset, missing)), Is.EqualTo(index));

    [Test]
    public void IndexOf_InAnEmptyPage_IsTheStart() => Assert.That(Page().IndexOf(new LineKey(5)), Is.Zero);

    [TestCase(5, 0, 5, 0, 0)]
    [TestCase(5, 0, 6, 0, -1)]
    [TestCase(5, 1, 5, 2, -1)]
    [TestCase(5, 2, 5, 0, -1)]
    public void Key_IsBeforeAnother_ByPositionThenTheMissingLinesFirst(long one, int missing, long other, int otherMissing, int sign)
    {
        var (first, second) = (new LineKey(one, missing), new LineKey(other, otherMissing));

        Assert.That(
            (first < second, first <= second, first > second, first >= second, second > first, second >= first),
            Is.EqualTo((sign < 0, sign <= 0, false, sign == 0, sign < 0, sign <= 0))
        );
    }

    [TestCase(-1, 1)]
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    public void Line_IsNotBeforeTheFirst(long number, long line) => Assert.That(LogTarget.Line(number).Number, Is.EqualTo(line));

    [TestCase(-1, 0)]
    [TestCase(50, 50)]
    [TestCase(101, 100)]
    public void Percent_IsOfTheFile(int asked, long percent) => Assert.That(LogTarget.Percent(asked).Number, Is.EqualTo(percent));

    [TestCase("a b", "a b", "0 1", TestName = "equal logs")]
    [TestCase("a b", "a x b", "0 -x@1.1 1", TestName = "a missing line stands before the next")]
    [TestCase("a b", "a x y b", "0 -x@1.1 -y@1.2 1", TestName = "two missing lines are numbered")]
    [TestCase("a b", "x a y b", "-x@0.1 0 -y@1.1 1", TestName = "missing lines at two places")]
    [TestCase("a b", "a b x", "0 1 -x@9.1", TestName = "a missing line at the end")]
    [TestCase("b a", "a b", "0 1", TestName = "a line that moved is not missing")]
    [TestCase("b a", "a b b", "0 1 -b@9.1", TestName = "a line that moved once is missing once")]
    [TestCase("a n b", "a b", "0 1 2", TestName = "a new line")]
    [TestCase("", "a", "-a@9.1", TestName = "an empty log")]
    [TestCase("a", "", "0", TestName = "an empty good log")]
    public void Diff_OfTwoLogs_HasTheMissingLinesInTheirPlaces(string here, string good, string expected) =>
        Assert.That(string.Join(' ', Diff(Letters(here), Letters(good), true).Select(Shown)), Is.EqualTo(expected));

    [TestCase(true, "0 -x@9.1")]
    [TestCase(false, "0")]
    public void Diff_OfALogThatGoesOn_HasNoMissingLineBehindItsEnd(bool isOver, string expected) =>
        Assert.That(string.Join(' ', Diff(["a"], ["a", "x"], isOver).Select(Shown)), Is.EqualTo(expected));

    /// <summary>Each half has its own lines on both sides; the line between is common, and found by comparing all of them.</summary>
    [TestCase(250, true)]
    [TestCase(251, false)]
    public void Diff_OfLogsThatDifferInAThousandLinesAndMore_IsOfTheirEndsAlone(int half, bool found)
    {
        string[] Log(char own) => [.. Words(own, half), "common", .. Words((char)(own + 1), half)];

        var diff = Diff(Log('p'), Log('s'), true);

        Assert.That(diff.Count(line => line.Status is LineStatus.Missing), Is.EqualTo(2 * half));
        Assert.That(diff.FindIndex(line => line.Text == "common") == 2 * half, Is.EqualTo(found));
    }

    private static IEnumerable<string> Words(char first, int count) =>
        Enumerable.Range(0, count).Select(number => $"{first}{(char)('g' + number / 20)}{(char)('g' + number % 20)}");

    private static List<ShownLine> Diff(string[] here, string[] good, bool isOver) =>
        LogDiff.Of(
            [.. here.Select((text, at) => new ShownLine(new LineKey(at), at + 1, null, text))], good, isOver,
            here.Length > 9 ? 99_999 : 9);

    private static string Shown(ShownLine line) =>
        line.Status is LineStatus.Missing ? $"-{line.Text}@{line.Key.Offset}.{line.Key.Missing}" : $"{line.Key.Offset}";

    private static string[] Letters(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static LogPage Page(params LineKey[] keys) =>
        new(new LogRequest(LogTarget.End, 1, 1), [.. keys.Select(key => new ShownLine(key, null, null, ""))], true, true);
}
