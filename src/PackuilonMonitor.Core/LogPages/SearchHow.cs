namespace PackuilonMonitor.Core.LogPages;

/// <summary>Whether capitals and small letters are the same in a search.</summary>
public enum SearchCase
{
    /// <summary>They are, unless the pattern has a capital.</summary>
    Smart,
    Ignored,
    Counts,
}

/// <summary>How a typed pattern is interpreted.</summary>
/// <param name="Plain">It is plain text, not a regular expression.</param>
public readonly record struct SearchHow(SearchCase Case, bool Plain)
{
    public string InWords => (Plain ? "plain text" : "regex") + Case switch
    {
        SearchCase.Smart => ", case counts with a capital",
        SearchCase.Ignored => ", case ignored",
        SearchCase.Counts => ", case counts",
    };
}
