using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Tests.Core.LogPages;

public sealed class SearchPatternTests
{
    [TestCase(null)]
    [TestCase("")]
    public void Of_NoText_IsNone(string? text) => Assert.That(SearchPattern.Of(text), Is.Null);

    [TestCase(SearchPattern.Longest)]
    [TestCase(SearchPattern.Longest + 1)]
    public void Of_ALongText_IsItsBeginning(int length) =>
        Assert.That(SearchPattern.Of(new string('x', length))!.Text, Has.Length.EqualTo(SearchPattern.Longest));

    [TestCase("a+", false, "aa b aaa a", 2, "0+2 5+3", TestName = "no more than asked for")]
    [TestCase("a*", false, "ba", 9, "1+1", TestName = "no empty ones")]
    [TestCase("aa", true, "aaaa", 9, "0+2 2+2", TestName = "plain ones do not overlap")]
    [TestCase("a.", true, "ab a. A.", 9, "3+2 6+2", TestName = "plain ones are no expression")]
    public void Matches_InALine_AreFromLeftToRight(string pattern, bool plain, string line, int most, string expected) =>
        Assert.That(
            string.Join(
                ' ',
                SearchPattern.Of(
                    pattern,
                    new SearchHow(SearchCase.Ignored, plain)
                )!.Matches(line, most).Select(match => $"{match.Start}+{match.Length}")
            ),
            Is.EqualTo(expected)
        );

    [TestCase("a", true)]
    [TestCase("A", false)]
    [TestCase(@"\S", true, Description = "an operator's capital")]
    [TestCase(@"\\S", false, Description = "a backslash and a capital")]
    [TestCase(@"a\", true)]
    public void IgnoresCase_UnlessALetterIsACapital(string pattern, bool ignores) =>
        Assert.That(SearchPattern.Of(pattern)!.IgnoresCase, Is.EqualTo(ignores));

    [Test]
    public void Equal_AreTheSameTextSearchedInTheSameWay()
    {
        var one = SearchPattern.Of("a.c");

        Assert.That(SearchPattern.Of("a.c"), Is.EqualTo(one));
        Assert.That(SearchPattern.Of("a.d"), Is.Not.EqualTo(one));
        Assert.That(SearchPattern.Of("a.c", new SearchHow(SearchCase.Counts, false)), Is.Not.EqualTo(one));
        Assert.That(SearchPattern.Of("a.c", new SearchHow(SearchCase.Smart, true)), Is.Not.EqualTo(one));
    }

    [Test]
    public void Request_FitsAnotherOfTheSameLines_WhereverTheyAre()
    {
        var one = new LogRequest(LogTarget.End, 5, 5, new LogFilter(FilterKind.New), SearchPattern.Of("a"));

        Assert.That(one.Fits(one with { Target = LogTarget.Line(7), Before = 1, After = 2, Search = SearchPattern.Of("a") }), Is.True);
        foreach (var other in (LogRequest[])[
            one with { Filter = new LogFilter(FilterKind.All) }, one with { Search = null }, one with { HidesPrefix = false },
            one with { IsOver = true },
        ])
            Assert.That(one.Fits(other), Is.False, other.ToString());
    }
}
