using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Text;

/// <summary>Times, names and errors in few words, on both sides of each place where the form changes.</summary>
public sealed class ShortTextTests
{
    [TestCase("-0:00:01", "0:00")]
    [TestCase("0:59:59", "59:59")]
    [TestCase("1:00:00", "1h00m")]
    [TestCase("1.02:05:59", "26h05m")]
    [TestCase("3.23:59:59", "95h59m")]
    [TestCase("5.06:30:00", "5d06h")]
    public void Duration_IsInMinutesUpToAnHour(string time, string expected) =>
        Assert.That(Durations.Short(Time(time)), Is.EqualTo(expected));

    [TestCase(9, "<10s ago")]
    [TestCase(10, "<1m ago")]
    [TestCase(59, "<1m ago")]
    [TestCase(60, "1m ago")]
    [TestCase(3_599, "59m ago")]
    [TestCase(3_600, "1h ago")]
    [TestCase(172_799, "47h ago")]
    [TestCase(172_800, "2d ago")]
    public void Ago_IsCoarse(int seconds, string expected) =>
        Assert.That(Durations.Ago(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [TestCase("0:59:59", "59:59", "59:59")]
    [TestCase("1:00:00", "1:00:00", "1h00m")]
    [TestCase("9:59:59", "9:59:59", "9h59m")]
    [TestCase("10:00:00", "10h00m", "10h")]
    [TestCase("3.23:59:59", "95h59m", "95h")]
    [TestCase("4.00:00:00", "4d00h", "4d")]
    public void Span_ChangesItsFormWithItsLength(string time, string span, string roughly) =>
        Assert.That((Words.Span(Time(time)), Words.Roughly(Time(time))), Is.EqualTo((span, roughly)));

    [TestCase("Exiting Thread-2", "its thread ended, no sign since")]
    [TestCase("Exception in thread Thread-2:", "its thread ended, no sign since")]
    [TestCase("something", "no sign since")]
    [TestCase("", "no sign since")]
    [TestCase(null, "no sign since")]
    public void LostBy_IsTheCauseWithoutTheLine(string? line, string expected) => Assert.That(Words.LostBy(line), Is.EqualTo(expected));

    [TestCase(0, "0 logs")]
    [TestCase(1, "1 log")]
    [TestCase(2, "2 logs")]
    public void Count_HasAnSUnlessItIsOne(long number, string expected) => Assert.That(Words.Count(number, "log"), Is.EqualTo(expected));

    [TestCase("a ~", true)]
    [TestCase("", true)]
    [TestCase("a\u001f", false)]
    [TestCase("a\u007f", false)]
    public void Plain_IsPrintableAscii(string text, bool plain) => Assert.That(Words.IsPlain(text), Is.EqualTo(plain));

    [TestCase("faild", "failed")]
    [TestCase("list", "lost")]
    [TestCase("stuckk", "stuck")]
    [TestCase("xailed", "failed")]
    [TestCase("", "lost", Description = "the fewest letters to add")]
    public void Nearest_OfNames_NeedsTheFewestChanges(string typed, string expected) =>
        Assert.That(Spelling.Nearest(typed, ["failed", "lost", "stuck", "cancelled"]), Is.EqualTo(expected));

    [TestCase("faild", "did you mean failed?")]
    [TestCase("tsuck", "did you mean stuck?", Description = "two of five letters")]
    [TestCase("lsot", "give one like failed", Description = "two of four letters")]
    [TestCase("can", "did you mean cancelled?", Description = "its beginning")]
    [TestCase("lost-build", "did you mean lost?", Description = "it begins so")]
    [TestCase("c", "give one like failed", Description = "a single letter says nothing")]
    [TestCase("--", "give one like failed")]
    [TestCase("", "give one like failed")]
    [TestCase("zzzzzz", "give one like failed")]
    public void Offer_IsTheNameThatWasMeant_OrAnExample(string typed, string expected) =>
        Assert.That(Spelling.Offer(typed, ["failed", "lost", "stuck", "cancelled"]), Is.EqualTo(expected));

    [Test]
    public void Offer_IsWrittenAsItIsTyped() => Assert.That(Spelling.Offer("lots", ["lost"], "[X]"), Is.EqualTo("give one like [lost]"));

    [Test]
    public void Nearest_OfEqualDistance_IsTheFirst() => Assert.That(Spelling.Nearest("ab", ["ax", "ay"]), Is.EqualTo("ax"));

    [Test]
    public void Nearest_OfALongWord_IsByItsFirstSixtyLetters()
    {
        var start = new string('a', 59);

        Assert.That(Spelling.Nearest(start + "bzzzz", [start + "czzzz", start + "b"]), Is.EqualTo(start + "b"));
        Assert.That(
            Spelling.Nearest(start + "bz", [start + "by", start + "bz"]),
            Is.EqualTo(start + "by"),
            "the letters after are not looked at"
        );
    }

    [TestCase("a", true)]
    [TestCase("A-9_b.c", true)]
    [TestCase("", false)]
    [TestCase("a/b", false)]
    [TestCase("a b", false)]
    [TestCase("é", false)]
    public void FactoryName_IsOfLettersDigitsAndFewSigns(string name, bool isOne) =>
        Assert.That(FactoryName.IsOne(name), Is.EqualTo(isOne));

    [TestCase(40, true)]
    [TestCase(41, false)]
    public void FactoryName_HasAtMostFortyLetters(int length, bool isOne) =>
        Assert.That(FactoryName.IsOne(new string('a', length)), Is.EqualTo(isOne));

    [TestCase("north/a.log@1", "north", "a.log@1")]
    [TestCase("a.log@1", null, "a.log@1")]
    [TestCase("/a.log@1", null, "a.log@1")]
    public void FactoryName_BeginsAnId(string id, string? factory, string own) =>
        Assert.That((FactoryName.Of(id), FactoryName.Without(id)), Is.EqualTo((factory, own)));

    [TestCase("/usr/sbin/ccm-fetch --quiet", "ccm-fetch")]
    [TestCase("ccm-fetch", "ccm-fetch")]
    [TestCase("cdbsync-nch (/usr/local/bin/cdb2rabbit.py)", "cdb2rabbit.py")]
    [TestCase("cdbsync-nch (/usr/local/bin/cdb2rabbit.py) now", "cdbsync-nch")]
    [TestCase(" (x)", "")]
    [TestCase("a (b) (c)", "b)")]
    [TestCase("", "")]
    public void CalledProgram_IsTheFileNameOfTheCommand(string command, string name) =>
        Assert.That(CalledProgram.NameIn(command).ToString(), Is.EqualTo(name));

    [TestCase(255, 255)]
    [TestCase(256, 255)]
    public void CalledProgram_OfALongName_IsCut(int length, int shown) =>
        Assert.That(CalledProgram.NameIn(new string('x', length)).Length, Is.EqualTo(shown));

    [TestCase("FileNotFoundError(2, 'No such file or directory')", "No such file or directory")]
    [TestCase("FileNotFoundError(2, 'No such file')", "No such file")]
    [TestCase("OSError(28, 'a')", "a")]
    [TestCase("OSError(28, '')", null)]
    [TestCase("OSError(, 'a')", null)]
    [TestCase("OSError(2x, 'a')", null)]
    [TestCase("KeyError('system')", null)]
    [TestCase("(2, 'a')", null)]
    [TestCase("no error", null)]
    public void SystemError_HasTheSystemsOwnWords(string error, string? reason) =>
        Assert.That(SystemError.ReasonIn(error), Is.EqualTo(reason));

    [TestCase(null, null, null, null, "")]
    [TestCase("sl7x-x86_64", null, null, null, "p-sl7x-x86_64")]
    [TestCase("k", "sl", "7x", "x86_64", "p-k p-sl7x p-sl7x-x86_64")]
    [TestCase(null, "sl", "7x", null, "p-sl7x")]
    [TestCase(null, "sl", null, "x86_64", "")]
    [TestCase(null, null, "7x", "x86_64", "")]
    [TestCase("sl7x", "sl", "7x", null, "p-sl7x", Description = "each once")]
    public void Profile_AsksForImagesByTheirLabels(
        string? kernel, string? distribution, string? version, string? architecture, string images) =>
        Assert.That(
            string.Join(' ', new ProfileContent(null, "p", kernel, distribution, version, architecture).LabelledImages),
            Is.EqualTo(images)
        );

    [Test]
    public void Profile_WithoutAPersonality_AsksForNoLabelledImage() =>
        Assert.That(new ProfileContent("host", null, "k", "sl", "7x", null).LabelledImages, Is.Empty);

    [Test]
    public void Gaps_OfASource_AreCountedAndTheNewestSaysWhy()
    {
        var health = new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon);

        Assert.That(health.GapText, Is.Null);
        Assert.That(health.Missed(0, "x").GapText, Is.EqualTo("lines may be missing: x"));
        Assert.That(health.Missed(3, "x").Missed(4, "y").GapText, Is.EqualTo("7 bytes missing: y"));
        Assert.That(health.Missed(3, "x").Missed(4, "y").Gaps, Is.EqualTo(2));
    }

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
