using System.Collections.Immutable;

namespace PackuilonMonitor.Cells;

/// <summary>One picture of the whole screen, the top line first.</summary>
public sealed record Frame(ImmutableArray<CellLine> Lines);
