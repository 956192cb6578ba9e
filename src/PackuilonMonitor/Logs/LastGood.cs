using System.Collections.Immutable;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Logs;

/// <summary>What a log is compared with.</summary>
/// <param name="Baseline">The lines of good builds of the same image and template.</param>
/// <param name="Lines">Those of the newest of them, as they stood.</param>
public sealed record LastGood(Baseline Baseline, ImmutableArray<string> Lines);
