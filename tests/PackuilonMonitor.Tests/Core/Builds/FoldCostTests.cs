using System.Collections.Concurrent;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>No line may cost more because the factory has a past. Bytes and steps are counted, which no machine changes.</summary>
public sealed class FoldCostTests
{
    private const int Few = 10;
    private const int Many = 1_000;

    /// <summary>More than any table remembers.</summary>
    private const int Bounds = 12_000;

    /// <summary>The logarithm of the bounds is not four times that of a few.</summary>
    private const int Growth = 4;

    /// <summary>A tree of a handful of things has no depth at all: the cost of a few says little below these.</summary>
    private const int SmallBytes = 2_000;
    private const int SmallSteps = 40;

    /// <summary>What the worst event may cost in the worst state.</summary>
    private const int MostBytes = 16 * 1024;
    private const int MostSteps = 5 * MonitorState.MostWorkers;

    private static readonly MonitorEvent[] Events = [.. OneOfEach.Folded, .. OneOfEach.Others];

    /// <summary>Ways in which a past can grow: what is seen at each number, for a state of so many.</summary>
    private static readonly Dictionary<string, Func<int, MonitorEvent[]>> Pasts = new()
    {
        ["builds that end"] = number =>
            [
                new JobTaken(Given.Worker(number % 4 + 1), new ImageName($"i{number}")),
                new BuildStarted($"/log/i{number}.a.json.log"),
                new BuildSucceeded(Given.Worker(number % 4 + 1), new BuildName($"i{number}.a.json")),
            ],
        ["builds of one image that end"] = number =>
            [
                new JobTaken(Given.Worker(number % 4 + 1), Given.Image),
                new BuildStarted($"/log/{Given.Build.Text}.{number}.log"),
                new BuildFailed(Given.Worker(number % 4 + 1), Given.Build),
            ],
        ["builds that never end"] = number => [new BuildStarted($"/log/i{number}.a.json.log")],
        ["builds of one image that never end"] = number => [new BuildStarted($"/log/{Given.Build.Text}.{number}.log")],
        ["builds of one log that never end"] = _ => [new BuildStarted(Given.LogPath)],
        ["builds that never end, in doubt"] = number => [new BuildStarted($"/log/i{number}.a.json.log"), new MessagesDropped(number)],
        ["builds that a new daemon loses"] = number =>
            [
                new BuildStarted($"/log/{Given.Build.Text}.{number}.log"),
                .. number % 100 == 99 ? [new ServiceStarted()] : Array.Empty<MonitorEvent>(),
            ],
        ["builds that one thread takes over"] = number =>
            [
                new JobTaken(Given.Worker(), new ImageName("i")),
                new BuildStarted($"/log/i.t{number}.json.log"),
                new BuildSucceeded(Given.Worker(), new BuildName($"i.t{number}.json")),
            ],
        ["templates of one message"] = number =>
            [
                .. number == 0 ? [new JobTaken(Given.Worker(), new ImageName("i"))] : Array.Empty<MonitorEvent>(),
                new BuildStarted($"/log/i.t{number}.json.log"),
                new BuildSucceeded(Given.Worker(), new BuildName($"i.t{number}.json")),
            ],
        ["exchanges"] = number =>
            [
                new JobTaken(Given.Worker(1), new ImageName("i")),
                new JobTaken(Given.Worker(2), new ImageName("i")),
                new BuildStarted($"/log/i.a.json.{number}.log"),
                new BuildSucceeded(Given.Worker(1), new BuildName("i.a.json")),
            ],
        ["messages refused"] = _ => [new JobTaken(Given.Worker(), Given.Image), new JobRefused(Given.Worker(), Refusal.MalformedProfile)],
        ["threads that die of a line without a name"] = number =>
            [new JobTaken(Given.Worker(number % 3 + 1), Given.Image), new NoTemplateDefined()],
        ["changes that wait"] = number => [new ProfileRebuilt($"p{number}.json"), new MessagePushing()],
        ["changes of one profile that wait"] = _ => [new ProfileRebuilt("norm.example.org.json"), new MessagePushing()],
        ["changes that wait for images built before"] = number =>
            [new BuildStarted($"/log/p{number}x.a.json.log"), new ProfileRebuilt($"p{number}.json"), new MessagePushing()],
        ["changes of two seconds in turn"] = number => [new ProfileRebuilt(number % 3 == 0 ? "other.json" : "norm.example.org.json")],
        ["changes that are taken"] = number =>
            [new ProfileRebuilt($"p{number}.json"), new MessagePushing(), new JobTaken(Given.Worker(), new ImageName($"p{number}"))],
        ["logs"] = number =>
            [
                new BuildLogRead($"i{number}.a.json.log", BuildLog.Empty, 0),
                new BuildLogRefused($"j{number}.a.json.log", "not a file but a FIFO"),
            ],
        ["logs of builds"] = number =>
            [
                new BuildStarted($"/log/i{number}.a.json.log"),
                new BuildLogRead($"i{number}.a.json.log", BuildLog.Empty, 0),
                new ServiceStarted(),
            ],
        ["lines nobody understands"] = _ => [new Unrecognised("column 1")],
        ["rotated files that cannot be read"] = number =>
            [
                new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon)),
                new LinesLost(0, $"/var/log/messages-{number}: Permission denied") { IsUnread = true },
            ],
        ["lines that nobody keeps"] = _ => [new RallyNoted()],
    };

    private static IEnumerable<string> Names => Pasts.Keys;

    [TestCaseSource(nameof(Names))]
    public void Apply_AnyEvent_CostsHardlyMoreInALongPast(string past)
    {
        var few = After(past, Few);
        var (many, most) = (After(past, Many), After(past, Bounds));

        Assert.Multiple(() =>
        {
            foreach (var said in Events)
            {
                var (bytes, steps) = Cost(few, said);
                foreach (var (state, count) in (IEnumerable<(MonitorState, int)>)[(many, Many), (most, Bounds)])
                {
                    var (more, further) = Cost(state, said);
                    Assert.That(
                        more,
                        Is.LessThan(Growth * Math.Max(bytes, SmallBytes)),
                        $"bytes of {said} after {count} {past}, {bytes} after {Few}"
                    );
                    Assert.That(
                        further,
                        Is.LessThan(Growth * Math.Max(steps, SmallSteps)),
                        $"steps of {said} after {count} {past}, {steps} after {Few}"
                    );
                }
            }
        });
    }

    /// <summary>Threads are no past: there are as many as a daemon has. Lines that name none look through them.</summary>
    [Test]
    public void Apply_AnyEventBesideTheMostThreads_CostsAFewLooksAtEach()
    {
        foreach (
            var take in (Func<int, MonitorEvent[]>[])
                [
                    thread => [new JobTaken(Given.Worker(thread), Given.Image)],
                    thread => [new JobTaken(Given.Worker(thread), Given.Image), new BuildStarted($"/log/{Given.Build.Text}.{thread}.log")],
                    thread => [new JobTaken(Given.Worker(thread), Given.Image), new NoTemplateDefined()],
                    thread =>
                        [
                            new JobTaken(Given.Worker(thread), Given.Image),
                            new BuildStarted("/log/norm-sl7x-x86_64.b.json.log"),
                            new BuildFailed(Given.Worker(thread), new BuildName("norm-sl7x-x86_64.b.json")),
                        ],
                ]
        )
        {
            var state = MonitorState.Empty.Apply(
                Enumerable.Range(1, 2 * MonitorState.MostWorkers).SelectMany(take).Select((said, second) => Given.Seen(said, second % 2))
            );
            Assert.That(state.Workers.Count, Is.EqualTo(MonitorState.MostWorkers));
            foreach (var said in Events)
            {
                var (bytes, steps) = Cost(state, said);
                Assert.That((bytes <= MostBytes, steps <= MostSteps), Is.EqualTo((true, true)), $"{said}: {bytes} bytes, {steps} steps");
            }
        }
    }

    [Test]
    public void Apply_EventRepeatedAsOftenAsALineCanSay_CostsNoMoreThanALineMay()
    {
        foreach (var past in Names)
        {
            var state = After(past, Bounds);
            foreach (var said in Events)
                Assert.That(Cost(state, said, 10_000).Bytes, Is.LessThan(64 * 1024), $"{said} after {past}");
        }
    }

    private static readonly ConcurrentDictionary<(string Past, int Count), MonitorState> Known = new();

    private static MonitorState After(string past, int count) =>
        Known.GetOrAdd((past, count), static asked => Made(asked.Past, asked.Count));

    private static MonitorState Made(string past, int count) =>
        MonitorState.Empty.Apply(
            Enumerable
                .Range(0, count)
                .SelectMany(Pasts[past])
                .Select(said => Given.Seen(said, said is ProfileRebuilt { Profile: "other.json" } ? 1 : 0))
        );

    /// <summary>What one more costs, the caches of the runtime warm. It is seen last of all, so anything may be tied to it.</summary>
    private static (long Bytes, long Steps) Cost(MonitorState state, MonitorEvent said, int count = 1)
    {
        var seen = Given.Seen(said, 60, count);
        state.Apply(seen);
        // Neighbouring states share a block of recent observations, and the first to go on fills it.
        var (bytes, steps) = (GC.GetAllocatedBytesForCurrentThread(), Steps.Taken);
        state.Apply(seen);
        return (GC.GetAllocatedBytesForCurrentThread() - bytes, Steps.Taken - steps);
    }
}
