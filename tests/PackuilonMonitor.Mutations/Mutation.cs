namespace PackuilonMonitor.Mutations;

/// <summary>A small change to a line of the source.</summary>
/// <param name="File">Relative to the repository.</param>
/// <param name="Start">Where in the file it is; with its length and the kind it is found again.</param>
/// <param name="Kind">One of the kinds of docs/mutation.md.</param>
/// <param name="IsOnce">The process runs that code once: only a new process shows the change.</param>
internal sealed record Mutation(string File, int Start, int Length, int Line, string Kind, string What, bool IsOnce)
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
