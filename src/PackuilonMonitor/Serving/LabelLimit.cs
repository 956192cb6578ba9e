using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Serving;

/// <summary>A limited number of label values, whatever the logs name: the first ones are kept, all others become one.</summary>
public sealed class LabelLimit(int most)
{
    public const string Other = "other";

    private const int Longest = 128;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The value, or <see cref="Other"/>; nothing in it controls a terminal.</summary>
    public string Of(string value)
    {
        var plain = SafeText.Plain(value);
        return _known.Contains(plain) || (plain.Length <= Longest && _known.Count < most && _known.Add(plain)) ? plain : Other;
    }
}
