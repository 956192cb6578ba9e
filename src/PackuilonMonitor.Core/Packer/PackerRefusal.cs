using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Why Packer did not start to build: its headline and the first detail after it.</summary>
internal sealed record PackerRefusal(Problem Headline) : IArchived<PackerRefusal>
{
    private string? Detail { get; init; }

    /// <summary>No further line can change it.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>Whether the detail so far only introduces a list.</summary>
    private bool Introduces { get; init; }

    public static PackerRefusal Of(Problem headline) => new(headline) { IsComplete = !WantsDetail(headline.Text) };

    /// <summary>The refusal after one more line.</summary>
    public PackerRefusal Add(string line)
    {
        if (IsComplete)
            return this;
        var text = line.Trim();
        if (text.Length == 0)
            return Detail is null || Introduces ? this : this with { IsComplete = true };
        if (text.StartsWith("* ", StringComparison.Ordinal))
            return Detail is null || Introduces ? this with { Detail = text[2..], Introduces = false } : this with { IsComplete = true };

        // The place of the fault and the source line are indented; the error is not. Totals only count what follows.
        if (line.StartsWith(' ') || Counts(text))
            return this;
        if (text.StartsWith("At line ", StringComparison.Ordinal))
            return this with { IsComplete = true };
        return Detail is null || Introduces && !text.StartsWith("Did you ", StringComparison.Ordinal)
            ? this with { Detail = text, Introduces = text.EndsWith(':') }
            : this with { Detail = Cut.WithSign($"{Detail} {text}", ProblemTrail.LongestText), Introduces = text.EndsWith(':') };
    }

    public string Text
    {
        get
        {
            var headline = Short(Headline.Text);
            var detail = Detail?.TrimEnd(':');
            return Cut.WithSign(
                detail is null ? headline
                    : Counts(headline) ? detail
                    : $"{headline.TrimEnd(':', ' ')}: {detail}",
                ProblemTrail.LongestText
            );
        }
    }

    private static bool WantsDetail(string headline) =>
        headline.StartsWith("Error: ", StringComparison.Ordinal)
        || headline.StartsWith("Failed to parse file as legacy", StringComparison.Ordinal)
        || headline.StartsWith("Template validation failed", StringComparison.Ordinal)
        || headline.EndsWith(':');

    private static bool Counts(string text) =>
        text.EndsWith(" occurred:", StringComparison.Ordinal) && text.Contains(" error", StringComparison.Ordinal);

    /// <summary>The headline of 1.7 gives advice about file extensions before the error.</summary>
    private static string Short(string headline)
    {
        var advice = headline.IndexOf(": if you are using an HCL template", StringComparison.Ordinal);
        return advice > 0 ? headline[..advice] : headline;
    }

    PackerRefusal IArchived<PackerRefusal>.Through(Archive archive) => new(archive.Own(Headline))
    {
        Detail = archive.TextOrNull(Detail),
        IsComplete = archive.Flag(IsComplete),
        Introduces = archive.Flag(Introduces),
    };
}
