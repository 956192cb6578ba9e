using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>A traceback of the daemon while it is read: Python writes its lines, and no rule of ours accepts them.</summary>
/// <param name="Thread">The thread; null if no line names it.</param>
/// <param name="IsOpen">A following line may belong to it.</param>
/// <param name="Holds">The last line belonged to it.</param>
/// <param name="Last">The last line was the exception itself.</param>
public readonly record struct Traceback(WorkerId? Thread, bool IsOpen, bool Holds, bool Last)
{
    private const string Begin = "Traceback (most recent call last):";

    internal Traceback Apply(Observation seen)
    {
        if (seen.Event is WorkerCrashed crashed)
            return new Traceback(crashed.Worker, IsOpen: true, Holds: true, Last: false);
        if (seen.Event is not Unrecognised || seen.Text is not { } text)
            return this with { Holds = false, Last = false };
        if (text.StartsWith(Begin, StringComparison.Ordinal))
            return this with { IsOpen = true, Holds = true, Last = false };
        if (!IsOpen)
            return this with { Holds = false, Last = false };
        if (text.Length == 0 || text[0] is ' ' || text.StartsWith("#011", StringComparison.Ordinal) || IsBridge(text))
            return this with { Holds = true, Last = false };
        // The exception ends it, unless another one follows, which begins with a linking sentence.
        return new Traceback(Thread, IsOpen: !Last, Holds: true, Last: true);
    }

    private static bool IsBridge(string text) =>
        text.StartsWith("During handling of the above exception", StringComparison.Ordinal)
        || text.StartsWith("The above exception was the direct cause", StringComparison.Ordinal);
}
