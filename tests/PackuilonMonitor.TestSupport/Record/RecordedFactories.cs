using System.Reactive.Concurrency;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Segments;

namespace PackuilonMonitor.Tests.Record;

internal static class RecordedFactories
{
    /// <summary>The factories of a recording, by name; stores no state.</summary>
    public static IReadOnlyDictionary<string, FactoryRecording> Factories(this RecordingReader recording) =>
        FactoryRecording.In(recording, new StateKeeper(recording, GivenFrames.Mode, int.MaxValue, Scheduler.Default));
}
