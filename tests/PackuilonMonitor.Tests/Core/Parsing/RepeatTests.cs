using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Lines that rsyslog collapsed.</summary>
public sealed class RepeatTests
{
    private const string Start = "packer build starting, see: /log/norm.managed.json.log for details";

    [TestCase("message repeated 2 times: [ " + Start + "]", 2)]
    [TestCase("message repeated 3 times: [" + Start + "]", 3)]
    [TestCase("message repeated 10000 times: [ " + Start + "]", 10_000)]
    public void Parse_Bracket_IsTheSentenceSoManyTimes(string text, int count)
    {
        Assert.Multiple(() =>
        {
            foreach (var header in Header.All)
            {
                var seen = Given.Read(header.Write(Speaker.Rabbit2Packer, text)).Single();

                Assert.That(seen.Event, Is.EqualTo(new BuildStarted("/log/norm.managed.json.log")), header.Name);
                Assert.That((seen.Count, seen.Text), Is.EqualTo((count, text)), header.Name);
            }
        });
    }

    [Test]
    public void Parse_BracketAroundBrackets_EndsAtTheLast()
    {
        var seen = Given
            .Read("Nov 22 12:00:00 vm /cdb2rabbit.py: message repeated 2 times: [ CI profile rebuilt: norm-[...].json]")
            .Single();

        Assert.That((seen.Event, seen.Count), Is.EqualTo((new ProfileRebuilt("norm-[...].json"), 2)));
    }

    [TestCase("message repeated 2 times: [ " + Start, TestName = "without its end")]
    [TestCase("message repeated 0 times: [ " + Start + "]", TestName = "no time")]
    [TestCase("message repeated 10001 times: [ " + Start + "]", TestName = "more than can be")]
    [TestCase("message repeated 99999999999999999999 times: [ " + Start + "]", TestName = "more than a number")]
    [TestCase("message repeated -2 times: [ " + Start + "]", TestName = "negative")]
    [TestCase("message repeated 2 times: " + Start, TestName = "without its begin")]
    [TestCase("message repeated 2 times: [ " + Start + "] and more", TestName = "with text behind")]
    public void Parse_BracketThatIsNone_IsUnrecognisedOnce(string text)
    {
        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: {text}").Single();

        Assert.That(seen.Event, Is.TypeOf<Unrecognised>());
        Assert.That((seen.Count, seen.Text), Is.EqualTo((1, text)));
    }

    [Test]
    public void Parse_BracketCutAt800Characters_IsUnrecognised()
    {
        var whole = $"message repeated 2 times: [ packer build starting, see: /log/{new string('n', 900)}.log for details]";

        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: {whole[..800]}").Single();

        Assert.That(seen.Event, Is.TypeOf<Unrecognised>());
    }

    [TestCase("message repeated 2 times: [ nonsense]", 29)]
    [TestCase("message repeated 12 times: [Thread-2: nonsense]", 37)]
    public void Parse_NonsenseInABracket_IsUnrecognisedAtItsColumn(string text, int column)
    {
        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: {text}").Single();

        Assert.That(((Unrecognised)seen.Event).Why, Does.StartWith($"column {column}: "));
    }
}
