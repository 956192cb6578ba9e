using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A recorder of a factory elsewhere: its logs are reported, and nobody here sees them grow.</summary>
public sealed class ReportedLogTests
{
    private const string File = "norm-sl7x-x86_64.managed.json.log";

    private static readonly SourceId Stream = new("amqp://broker/packuilon.events.harwell");

    [Test]
    public void Log_ThatIsReported_IsInTheStateAndInTheRecording()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 1 });
        watch.Start();
        watch.Bring(Line(watch, "Thread-1 processing norm-sl7x-x86_64"));
        watch.Bring(Line(watch, $"packer build starting, see: /log//{File} for details"));
        var build = watch.Recorder!.State.Builds.All.Single();

        watch.Bring(Reported(watch, GivenLogs.Failed, generation: 1));
        watch.Bring(Line(watch, $"Thread-1: packer exited with non zero exit code, {File[..^4]} build failed"));
        watch.Bring(Reported(watch, GivenLogs.Good, generation: 2));
        watch.Bring(Reported(watch, GivenLogs.Failed, generation: 1, earlier: build.Id));

        var state = watch.Recorder!.State;
        watch.Quit();
        var again = watch.Reader.Factories()[""].Fold.State;
        Assert.That(Describe(again), Is.EqualTo(Describe(state)));
        Assert.That(BuildView.All(state).Single().Reason, Is.Not.Null.And.EqualTo(BuildView.All(again).Single().Reason));
        Assert.That(watch.Troubles, Is.Empty);
    }

    /// <summary>The whole stream comes once more; only what follows the last recorded line is new.</summary>
    [Test]
    public void Log_ThatWasReportedBeforeTheLastRecordedLine_IsRecordedOnce()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 1 });
        watch.Start();
        var line = Line(watch, "Thread-1 processing norm-sl7x-x86_64");
        watch.Bring(Reported(watch, GivenLogs.Failed, generation: 1));
        watch.Bring(Reported(watch, GivenLogs.Good, generation: 2));
        watch.Bring(line);
        watch.Quit();
        watch.Start();

        watch.Bring(Reported(watch, GivenLogs.Failed, generation: 1));
        Assert.That(LinesOf(watch), Is.EqualTo(GivenLogs.Good.Length), "what is known already changes nothing");
        watch.Bring(line);
        watch.Bring(Reported(watch, GivenLogs.Failed, generation: 3));

        Assert.That(LinesOf(watch), Is.EqualTo(GivenLogs.Failed.Length));
    }

    private static long? LinesOf(RecorderWatch watch) => watch.Recorder!.State.Logs.Find(File)?.LineCount;

    private static Observation Line(RecorderWatch watch, string text)
    {
        var (said, count) = PackuilonMonitor.Core.Parsing.LineParser.Read(Speaker.Rabbit2Packer, text);
        return new Observation(watch.Now, Stream, "host", Speaker.Rabbit2Packer, text, said, count);
    }

    private static Observation Reported(
        RecorderWatch watch,
        IEnumerable<(int Second, string Text)> lines,
        int generation,
        string? earlier = null
    )
    {
        var log = RememberedLog.Of(GivenLogs.Folded(lines)).ToLog() with { ModifiedAt = watch.Now };
        var read = new BuildLogRead(File, log, generation) { EarlierBuild = earlier };
        return new Observation(watch.Now, Stream, "", Speaker.Monitor, null, read);
    }

    private static IEnumerable<string> Describe(MonitorState state) =>
        BuildView.All(state)
            .Select(build => $"{build.Id} {build.State} {build.Reason} {build.Log?.LineCount} {build.Log?.ModifiedAt:O} {build.LogGone}")
            .Concat(state.Logs.All.Select(read => $"{read.File} {read.Generation} {LogJson.Of(RememberedLog.Of(read.Log))}"));
}
