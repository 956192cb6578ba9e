using CsCheck;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Many words are found in one pass, wherever they stand.</summary>
public sealed class WordSearchTests
{
    private static readonly string[] Words = ["No space", "No such", "unbound variable", " Killed  ", "abababa", "abababab", "suchNo such"];

    private static readonly string[] Pieces = [.. Words, "No s", " such", "ab", "ab", "Killed", " ", "x"];

    private static readonly Gen<string> Text =
        Gen.Int[0, Pieces.Length - 1].Select(number => Pieces[number]).Array[0, 12].Select(string.Concat);

    private readonly WordSearch _search = new(Words);

    [Test]
    public void IsAnyIn_EachWordAtEachPlace_IsTrueForTheWholeWordAlone()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var word in Words)
        {
            for (var before = 0; before < 9; before++)
            {
                for (var after = 0; after < 5; after++)
                {
                    var text = new string('.', before) + word + new string('.', after);
                    Assert.That(_search.IsAnyIn(text), Is.True, text);
                    foreach (var part in new[] { word[1..], word[..^1] })
                        Assert.That(new WordSearch([word]).IsAnyIn(text.Replace(word, part)), Is.False, $"{text}: {part} alone");
                }
            }
        }
    }

    [Test]
    public void IsAnyIn_AnyText_IsWhatASearchOfEachWordSays() =>
        Text.Sample(
            text => _search.IsAnyIn(text) == Words.Any(word => text.Contains(word, StringComparison.Ordinal)),
            iter: 5_000
        );

    [Test]
    public void New_AWordOfSixLetters_IsRefused() =>
        Assert.That(() => new WordSearch(["seven s", "six le"]), Throws.ArgumentException.With.Message.Contain("six le"));
}
