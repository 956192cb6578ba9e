using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Serving;

/// <summary>Label values bounded in number, whatever the logs name: the first so many are kept, all others are one.</summary>
public sealed class LabelLimit(int most)
{
    public const string Other = "other";

    private const int Longest = 128;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The value, or <see cref="Other"/>; nothing in it can steer a terminal that shows it.</summary>
    public string Of(string value)
    {
        var plain = SafeText.Plain(value);
        return _known.Contains(plain) || (plain.Length <= Longest && _known.Count < most && _known.Add(plain)) ? plain : Other;
    }
}
