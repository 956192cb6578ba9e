using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A line that no good build had.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">The line in the log.</param>
public readonly record struct NewLine(long Line, string Text);

/// <summary>A log compared with good builds of the same image and template.</summary>
/// <param name="NewLines">The first 1,000 lines that no good build had.</param>
/// <param name="NewCount">Their number.</param>
/// <param name="MissingCount">How many lines of the newest good build are missing here.</param>
public sealed record Comparison(ImmutableArray<NewLine> NewLines, long NewCount, long MissingCount)
{
    private const int MostNew = 1000;

    public static Comparison Of(IEnumerable<string> lines, Baseline baseline)
    {
        var missing = new Dictionary<ulong, int>(baseline.Counts);
        var found = ImmutableArray.CreateBuilder<NewLine>();
        long number = 0;
        long count = 0;
        foreach (var line in lines)
        {
            number++;
            if (baseline.IsNew(line))
            {
                count++;
                if (found.Count < MostNew)
                    found.Add(new NewLine(number, line));
                continue;
            }

            var mask = LineMask.HashOf(line);
            if (missing.TryGetValue(mask, out var left) && left > 0)
                missing[mask] = left - 1;
        }

        return new Comparison(found.ToImmutable(), count, missing.Values.Sum(left => (long)left));
    }
}
