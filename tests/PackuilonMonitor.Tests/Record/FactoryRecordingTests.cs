using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>What a recorder that begins again knows from the recording.</summary>
public sealed class FactoryRecordingTests
{
    private static readonly SourceId Other = new("/var/log/other");

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Recording_OfSeveralFactories_HasTheLastOfEachFactoryAndSource()
    {
        using (var writer = _folder.Writer())
        {
            writer.Append(Frame(0, "", Line(0, Given.Messages, "a"), Line(0, Other, "b")) with { Places = [Place(Given.Messages, 1)] });
            writer.Append(Frame(1, "", Line(1, Given.Messages, "c")) with { Places = [Place(Given.Messages, 2), Place(Other, 3)] });
            writer.Append(Frame(2, "oxford", Line(2, Given.Messages, "d")) with { Places = [Place(Given.Messages, 4)], Alerts = ["x"] });
        }

        var recorded = new RecordingReader(_folder.Path).Factories();

        Assert.That(
            recorded.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => Describe(one.Key, one.Value)),
            Is.EqualTo(new[] { ": /var/log/messages c 2, /var/log/other b 3; ", "oxford: /var/log/messages d 4; x" })
        );
    }

    /// <summary>An alert is told once, also by a recorder that was begun again behind it.</summary>
    [Test]
    public void Health_OfARecording_KnowsWhatWasTold([Values] bool isTold)
    {
        var check = new Check(
            CheckCode.DaemonDown,
            Severity.Error,
            [new HealthItem("daemon", "", Given.Noon)],
            CheckSummary.Of("the daemon is down"),
            ""
        );
        using (var writer = _folder.Writer())
        {
            var raised = new HealthTurned("raised", "DAEMON_DOWN", "ERROR", null, 1, "the daemon is down") { Items = ["daemon"] };
            writer.Append(Frame(0, "", new Entry(Given.Seen(raised), null)));
            var notice = new HealthNotice(Given.Noon, null, CheckCode.DaemonDown, Severity.Error, "", true);
            if (isTold)
                writer.Append(Frame(1, "", Line(1, Given.Messages, "a")) with { Alerts = [RecordedHealth.KeyOf(notice, Given.Noon)] });
        }

        var watch = HealthWatch.Having(new RecordingReader(_folder.Path).Factories()[""].Health.Raised());
        var told = 0;
        for (var minute = 1; minute < 10; minute++)
        {
            (watch, var notices) = watch.See([new RaisedCheck(null, check)], Given.Noon.AddMinutes(minute));
            told += notices.Length;
        }

        Assert.That(told, Is.EqualTo(isTold ? 0 : 1));
    }

    private static string Describe(string name, FactoryRecording one) =>
        $"{name}: "
        + string.Join(
            ", ",
            one.LastLines.OrderBy(line => line.Key.Path, StringComparer.Ordinal).Select(line =>
                $"{line.Key.Path} {line.Value.Text} {one.Places.GetValueOrDefault(line.Key)?.Files[0].Offset}"
            )
        )
        + $"; {string.Join(',', one.Alerts)}";

    private static Frame Frame(int second, string factory, params Entry[] entries) =>
        new(0, factory, [new Batch(Given.Noon.AddSeconds(second), [.. entries])]);

    private static Entry Line(int second, SourceId source, string text) =>
        new(new Observation(Given.Noon.AddSeconds(second), source, "vm", Speaker.Rabbit2Packer, text, new Unrecognised("column 1")), null);

    private static SourcePosition Place(SourceId source, long offset) => new(source, [new FilePoint(1, 2, 3, offset, 5, 6, 7)]);
}
