using PackuilonMonitor.Core;
using PackuilonMonitor.Core.Slicing;
// Without the rest of Sprache, whose own operators would be as near.
using TextRule = Sprache.Parser<string>;

namespace PackuilonMonitor.Tests.Core.Slicing;

/// <summary>The query operators of the line grammars.</summary>
public class RulesTests
{
    [Test]
    public void Query_ForManyLines_MakesItsPartsOnce()
    {
        var made = 0;
        TextRule Counted(string text)
        {
            made++;
            return Slices.Literal(text);
        }

        var rule =
            from one in Counted("one ")
            from two in Counted("two ")
            from three in Counted("three")
            select one + two + three;

        var read = new[] { "one two three", "one four", "one two four", "one two three" }.Select(line => rule.ParseLine(line));

        Assert.That(
            read.Select(static result => result.WasSuccessful ? result.Value : $"column {result.Remainder.Column}"),
            Is.EqualTo(["one two three", "column 5", "column 9", "one two three"])
        );
        Assert.That(made, Is.EqualTo(3));
    }

    [Test]
    public void Then_ForManyLines_MakesItsPartOnce()
    {
        var made = 0;
        var rule = Slices.Literal("a").Then(_ =>
        {
            made++;
            return Slices.Literal("b");
        });

        Assert.That(
            new[] { "ab", "ac", "ab" }.Select(line => rule.ParseLine(line).WasSuccessful),
            Is.EqualTo([true, false, true])
        );
        Assert.That(made, Is.EqualTo(1));
    }
}
