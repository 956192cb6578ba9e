using System.Collections.Immutable;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Cells;

/// <summary>One picture of the whole screen, the top line first.</summary>
public sealed record Frame(ImmutableArray<CellLine> Lines);
