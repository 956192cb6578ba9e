using System.Text.Json;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Tests.Captures;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>The figures over a recorded run of the real daemons, against what really happened.</summary>
public sealed class RecordedFiguresTests
{
    private static readonly string[] Formats = ["messages", "messages.iso", "messages.rfc5424"];

    [TestCaseSource(nameof(Formats))]
    public void Builds_OfARecording_AreTheTruth(string format)
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
            {
                var metrics = new FactoryMetrics(null);
                metrics.Apply(recording.Observations(format), TimeSpan.Zero, live: false);
                metrics.Apply([.. recording.Logs()], TimeSpan.Zero, live: false);
                metrics.Apply([], TimeSpan.Zero, live: true);
                var text = Exposition.Of(metrics);

                var truth = recording.Truth();
                var builds = truth.GetProperty("builds").EnumerateArray().ToList();
                foreach (
                    var same in builds.GroupBy(build =>
                        (Image: Word(build, "image"), Template: Word(build, "template"), Outcomes: Outcomes(Word(build, "outcome")))
                    )
                )
                {
                    var found = same
                        .Key.Outcomes.Split('|')
                        .Sum(outcome =>
                            text.Sum(
                                "packuilon_builds_total",
                                $"{{image=\"{same.Key.Image}\",template=\"{same.Key.Template}\",outcome=\"{outcome}\"}}"
                            )
                        );
                    Assert.That(found, Is.EqualTo(same.Count()), $"{recording} {same.Key}");
                }

                Assert.That(text.Sum("packuilon_builds_total"), Is.EqualTo(builds.Count), recording.Name);
                Assert.That(text.Sum("packuilon_builds_running"), Is.Zero, recording.Name);
                var seconds = builds
                    .Where(build => build.GetProperty("outcome").GetString() is "success")
                    .Sum(build => build.GetProperty("ended").GetDouble() - build.GetProperty("started").GetDouble());
                Assert.That(
                    text.Sum("packuilon_build_duration_seconds_sum", "succeeded"),
                    Is.EqualTo(seconds).Within(1.0 * builds.Count),
                    recording.Name
                );
            }
        });
    }

    [Test]
    public void Figures_OfEachFormat_AreTheSame()
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
            {
                var counts = Formats.Select(format => Counts(recording, format)).ToList();
                Assert.That(counts[1], Is.EqualTo(counts[0]), recording.Name);
                Assert.That(counts[2], Is.EqualTo(counts[0]), recording.Name);
            }
        });
    }

    private static string Word(JsonElement build, string name) => build.GetProperty(name).GetString() ?? "";

    /// <summary>Of a build that lost its daemon the logs may also say that Packer was interrupted.</summary>
    private static string Outcomes(string outcome) => outcome switch
    {
        "success" => "succeeded",
        "failed" => "failed",
        _ => "lost|cancelled",
    };

    private static (double, double, double) Counts(Recording recording, string format)
    {
        var metrics = new FactoryMetrics(null);
        metrics.Apply(recording.Observations(format), TimeSpan.Zero, live: false);
        metrics.Apply([], TimeSpan.FromMinutes(5), live: true);
        var text = Exposition.Of(metrics);
        return (text.Sum("packuilon_builds_total"), text.Sum("packuilon_rejected_total"), text.Sum("packuilon_triggers_total"));
    }
}
