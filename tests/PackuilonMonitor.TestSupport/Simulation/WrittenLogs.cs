using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>All that a factory's builds wrote into their logs, also those that were erased since.</summary>
internal sealed class WrittenLogs
{
    private readonly Dictionary<string, List<byte[]>> _contents = new(StringComparer.Ordinal);

    /// <summary>The same steps, each noted as it is taken.</summary>
    public IEnumerable<FactoryStep> Note(IEnumerable<FactoryStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Operation is LogOpened opened)
            {
                if (!_contents.TryGetValue(opened.File, out var logs))
                    _contents[opened.File] = logs = [];
                logs.Add([]);
            }
            else if (
                step.Operation is LogWritten { File: var file } written
                && _contents.TryGetValue(file, out var logs)
                && logs[^1].Length == written.Offset
            )
            {
                logs[^1] = [.. logs[^1], .. written.Bytes.Span];
            }

            yield return step;
        }
    }

    /// <summary>What one build wrote; the n-th build of a file opened it the n-th time.</summary>
    public byte[] By(TrueBuild build, FactoryTruth truth) =>
        _contents[build.LogFile][truth.Builds.Count(other => other.LogFile == build.LogFile && other.Number < build.Number)];
}
