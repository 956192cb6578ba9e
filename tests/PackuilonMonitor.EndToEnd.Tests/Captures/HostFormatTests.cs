using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>A run is read the same, however its host writes the system log.</summary>
public sealed class HostFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [TestCaseSource(typeof(HostFormat), nameof(HostFormat.OneOfEach))]
    public void Builds_OfARecordedRunInAnotherFormat_AreTheSame(HostFormat format)
    {
        var recording = Recording.All().Single(recording => recording.Name == "e7ec5f0-main");
        var lines = recording.Lines("messages.iso").Select(line => line.Text).ToList();

        Assert.That(Builds(lines.Select(format.Rewritten), format.Zone, Now), Is.EqualTo(Builds(lines, "UTC", Now)));
    }

    [Test]
    public void Builds_OfASimulatedRunInAnyFormat_AreTheSame()
    {
        var run = SimulatedRun.Of(
            5,
            new FactoryPlan
            {
                Dialect = Dialect.All.First(dialect => dialect.Name == "e7ec5f0"),
                Header = HeaderFormat.Iso,
                Scenario = Scenario.Rough with { NoisePerLine = 0.2 },
            },
            TimeSpan.FromHours(8)
        );
        var lines = run.Messages.SelectMany(file => Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n')).ToList();
        var expected = Builds(lines, "UTC", run.Truth.AsOf);
        Assert.That(expected, Has.Count.GreaterThan(10));

        HostFormat.Any.Sample(
            format =>
                Assert.That(Builds(lines.Select(format.Rewritten), format.Zone, run.Truth.AsOf), Is.EqualTo(expected), format.ToString()),
            iter: 20,
            threads: 1
        );
    }

    private static List<string> Builds(IEnumerable<string> lines, string zone, DateTimeOffset now)
    {
        var reading = new LineReading(TimeZoneInfo.FindSystemTimeZoneById(zone), now);
        var seen = lines
            .Where(line => LineFilter.Concerns(Encoding.UTF8.GetBytes(line)))
            .Select(line => reading.Parse(new LogLine(Given.Messages, 0, line)))
            .OfType<Observation>();
        return
        [
            .. BuildView
                .All(Given.Folded(seen))
                .Select(build =>
                    $"{build.Id} {build.Worker} {build.Image} {build.Template} {build.State} "
                    + $"{build.StartedAt?.ToUnixTimeSeconds()} {build.EndedAt?.ToUnixTimeSeconds()}"
                ),
        ];
    }
}
