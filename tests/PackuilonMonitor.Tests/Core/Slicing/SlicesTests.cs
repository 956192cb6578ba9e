using PackuilonMonitor.Core.Slicing;
// Without the rest of Sprache, whose own operators would be as near.
using TextRule = Sprache.Parser<string>;

namespace PackuilonMonitor.Tests.Core.Slicing;

/// <summary>The choice between rules by the letter with which their text begins.</summary>
public sealed class SlicesTests
{
    [TestCase("ant", "a", "ant")]
    [TestCase("axe", "a b", "axe")]
    [TestCase("bat", "any", "bat")]
    [TestCase("cow", "a any", null)]
    [TestCase("étui", "é", "étui")]
    // Letters beyond ASCII and the end of the text share a bucket.
    [TestCase("øre", "é any", null)]
    [TestCase("", "é any", null)]
    public void FirstOf_RulesWithLetters_TriesThoseThatMayBegin(string text, string tried, string? accepted)
    {
        var log = new List<string>();
        var result = Slices
            .FirstOf(
                ("ac", Named(log, "a", "ant")),
                ("a", Named(log, "b", "axe")),
                ("é", Named(log, "é", "étui")),
                ("", Named(log, "any", "bat"))
            )
            .ParseLine(text);

        Assert.That(string.Join(' ', log), Is.EqualTo(tried));
        Assert.That(result.WasSuccessful ? result.Value : null, Is.EqualTo(accepted));
    }

    [TestCase("b")]
    [TestCase("")]
    public void FirstOf_NoRuleForTheLetter_Fails(string text) =>
        Assert.That(Slices.FirstOf(("a", Slices.Rest)).ParseLine(text).WasSuccessful, Is.False);

    [TestCase("xab", 1, true)]
    [TestCase("abx", 1, false)]
    public void FirstOf_RulesWithLetters_LooksAtTheNextLetter(string text, int from, bool accepts) =>
        Assert.That(Slices.FirstOf(("a", Slices.Rest)).ParseLine(text, from).WasSuccessful, Is.EqualTo(accepts));

    private static TextRule Named(List<string> log, string name, string text)
    {
        var rule = Slices.Literal(text);
        return input =>
        {
            log.Add(name);
            return rule(input);
        };
    }
}
