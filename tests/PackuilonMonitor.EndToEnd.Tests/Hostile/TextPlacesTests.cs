using System.Text;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Cells;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>Every dangerous text in every place of a report, a notification, a metric or a complaint.</summary>
public sealed class TextPlacesTests
{
    private static readonly Func<string, string?>[] Terminals = [_ => null, name => name == "TMUX" ? "x" : null];

    [Test]
    public void EveryReport_OfEveryHostileText_HoldsNothingATerminalObeys()
    {
        var looked = 0;
        foreach (var payload in HostileText.All().Distinct())
        {
            var factory = new HostileFactory(payload);
            foreach (var (place, text) in Reports(factory))
            {
                looked++;
                Assert.That(SentBytes.FaultsOfText(text), Is.Empty, $"{place}: {SentBytes.Escaped(payload)}");
            }
        }

        TestContext.Out.WriteLine($"{looked} texts looked at");
    }

    [Test]
    public void EveryNotification_OfEveryHostileText_HoldsNothingATerminalObeys()
    {
        foreach (var payload in HostileText.All().Distinct())
        {
            var snapshot = Snapshot.Of(new HostileFactory(payload).State, new Facts(ThreadCount: 4));
            foreach (var alert in Alerts(snapshot))
            {
                var bulletin = Bulletin.Of(alert, snapshot, Given.Noon.AddHours(1));
                Assert.That(SentBytes.FaultsOfText(BulletinJson.Of(bulletin)), Is.Empty, SentBytes.Escaped(payload));
                Assert.That(SentBytes.FaultsOfText(BulletinJson.ForSlack(bulletin)), Is.Empty, SentBytes.Escaped(payload));
                foreach (var part in Bulletin.Parts.Keys)
                    Assert.That(
                        SentBytes.FaultsOfText(Hook.Filled($"{{{part}}}", bulletin)),
                        Is.Empty,
                        $"{part}: {SentBytes.Escaped(payload)}"
                    );
                foreach (var terminal in Terminals)
                    Assert.That(
                        SentBytes.FaultsOfScreen(DesktopNotice.Request(bulletin.Text, terminal)),
                        Is.Empty,
                        SentBytes.Escaped(payload)
                    );
            }
        }
    }

    [Test]
    public void EveryLogLine_OfEveryHostileText_IsPrintedWithColoursOfOurOwnAlone()
    {
        foreach (var payload in HostileText.All().Distinct())
        {
            foreach (
                var line in new[]
                {
                    payload,
                    $"==> openstack: {payload}",
                    $"\u001b[1;31m==> openstack: x{payload}y\u001b[0m",
                    payload + payload,
                }
            )
            {
                foreach (var hidden in new[] { false, true })
                {
                    Assert.That(
                        SentBytes.FaultsOfText(new LogPrinting(HidesPrefix: hidden).Line(line)!),
                        Is.Empty,
                        SentBytes.Escaped(line)
                    );
                    Assert.That(
                        SentBytes.FaultsOfColouredText(
                            Encoding.UTF8.GetBytes(new LogPrinting(Colours: true, HidesPrefix: hidden).Line(line)!)
                        ),
                        Is.Empty,
                        SentBytes.Escaped(line)
                    );
                }
            }
        }
    }

    [Test]
    public async Task Metrics_OfHostileTexts_HoldNoControlInAnyLabel()
    {
        foreach (var payloads in HostileText.All().Distinct().Chunk(50))
        {
            var metrics = new FactoryMetrics(4);
            foreach (var payload in payloads)
                metrics.Apply(new HostileFactory(payload).Seen, TimeSpan.Zero, live: false);
            metrics.Apply([], TimeSpan.FromHours(1), live: true);

            Assert.That(SentBytes.FaultsOfText((await metrics.Exposed()).Span), Is.Empty);
        }
    }

    [Test]
    public void CrashReport_OfAMessageThatQuotesALog_HoldsNoEscapeInItsLineNorInItsFile()
    {
        foreach (var payload in HostileText.All().Distinct().Where((_, number) => number % 40 == 0))
        {
            var said = CrashReport.Write(new InvalidOperationException($"line: {payload}", new FormatException(payload)));
            var file = said[said.LastIndexOf(' ')..].Trim();
            var report = File.ReadAllBytes(file);
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

            Assert.That(SentBytes.FaultsOfText(said), Is.Empty, SentBytes.Escaped(payload));
            Assert.That(SentBytes.FaultsOfText(report), Is.Empty, SentBytes.Escaped(payload));
        }
    }

    private static IEnumerable<(string Place, string Text)> Reports(HostileFactory factory)
    {
        var views = BuildView.All(factory.State);
        yield return ("status", StatusText.Of(factory.State));
        yield return ("status --json", StatusJson.Of(factory.State));
        yield return ("history", HistoryText.Of(views));
        yield return ("history --json", HistoryJson.Of(views, new Dictionary<string, (long, long)>()));
        yield return ("complaints", string.Join('\n', SourceComplaints.Of(factory.State)));
        foreach (var seen in factory.Seen)
        {
            yield return ("events", EventText.Of(seen));
            yield return ("events --json", EventJson.Of(seen));
        }

        var evil = factory.Seen[0].Text!;
        foreach (var line in DoctorText.Of(Finding.Note(evil, evil, evil, Rights.Quoted(evil))))
            yield return ("doctor", line);
    }

    private static IEnumerable<Alert> Alerts(Snapshot snapshot) =>
    [
        .. BuildView.All(snapshot.Factories[0].State).Select(build => new Alert(AlertKind.Failed, Given.Noon, build.Id, build.Worker)),
        new Alert(AlertKind.WorkerLost, Given.Noon, null, Given.Worker(2)),
    ];
}
