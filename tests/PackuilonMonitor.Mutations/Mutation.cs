namespace PackuilonMonitor.Mutations;

/// <summary>A small change to a line of the source.</summary>
/// <param name="File">Relative to the repository.</param>
/// <param name="Start">Where in the file it is; with the kind it is found again.</param>
/// <param name="Kind">boundary, order, negated guard, dropped condition or dropped statement.</param>
internal sealed record Mutation(string File, int Start, int Line, string Kind, string What)
{
    public override string ToString() => $"{File}:{Line}: {Kind}: {What}";
}

/// <summary>How a mutation ended.</summary>
internal enum Fate
{
    /// <summary>A test failed, or a loop did not end.</summary>
    Noticed,

    /// <summary>All tests that reach it passed.</summary>
    Survived,

    /// <summary>No fast test reaches it.</summary>
    Unreached,
}
