namespace PackuilonMonitor.Core.Packer;

/// <summary>Sentences after <c>==&gt; openstack: </c> that begin a step.</summary>
internal static class StepGrammar
{
    private const int LongestName = 120;

    private static readonly Dictionary<string, SentencePattern[]>.AlternateLookup<ReadOnlySpan<char>> Steps = ByFirstWord(
        [.. CommonSentences.Steps, .. OpenstackSentences.Steps, .. QemuSentences.Steps, .. AmazonSentences.Steps]);

    private static readonly Dictionary<string, SentencePattern[]>.AlternateLookup<ReadOnlySpan<char>> Messages = ByFirstWord(
        [.. CommonSentences.Messages, .. OpenstackSentences.Messages, .. AmazonSentences.Messages]);

    /// <summary>The step of a sentence of the known builders; null for any other text.</summary>
    public static StepLine? Known(string text) => Find(Steps, text);

    /// <summary>A builder writes this in passing. Up to 1.12 it looks like output, since 1.13 like a step.</summary>
    public static bool IsMessage(string text) => Find(Messages, text) is not null;

    /// <summary>Whether a text begins with the first word of a sentence of the known builders.</summary>
    public static bool MayKnow(ReadOnlySpan<char> text)
    {
        var word = FirstWord(text);
        return Steps.ContainsKey(word) || Messages.ContainsKey(word);
    }

    /// <summary>An unknown step, in its own words.</summary>
    public static StepLine Unknown(string text) => new(StepKind.Other, Named(text), null);

    /// <summary>
    /// The step of a sentence by itself. A sentence that no rule knows is a step if Packer coloured it as one; without colours it may as
    /// well be a provisioner's stderr, which follows the same arrow.
    /// </summary>
    public static StepLine? Read(string text, LineColour colour) =>
        colour == LineColour.Red || text.StartsWith('[') && colour != LineColour.Bold ? null
        : Known(text) ?? (colour == LineColour.Bold ? Unknown(text) : null);

    public static string Named(string text) => Cut.WithSign(LineMask.Of(text).TrimEnd('.', ' '), LongestName);

    private static StepLine? Find(Dictionary<string, SentencePattern[]>.AlternateLookup<ReadOnlySpan<char>> sentences, string text)
    {
        if (!sentences.TryGetValue(FirstWord(text), out var those))
            return null;
        foreach (var sentence in those)
        {
            if (sentence.Read(text) is { } step)
                return step;
        }

        return null;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text) => text.IndexOf(' ') is var end && end < 0 ? text : text[..end];

    private static Dictionary<string, SentencePattern[]>.AlternateLookup<ReadOnlySpan<char>> ByFirstWord(
        IEnumerable<SentencePattern> sentences
    ) =>
        sentences
            .GroupBy(sentence => sentence.FirstWord)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
