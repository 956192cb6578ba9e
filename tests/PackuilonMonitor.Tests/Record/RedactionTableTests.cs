using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Record;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// What a recording of drawn days, and of events without a line, is once its names are others. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class RedactionTableTests
{
    [Test]
    public void Day_Redacted_IsAsListed([Values] DayKind kind) =>
        Golden.Matches(
            $"Redacted.{kind}.txt",
            Redacted([
                .. new DrawnDay(kind, 600, length: 60)
                    .Seen.Select(one => new Entry(one.Seen with { Host = $"{one.Seen.Host}.gla.ac.uk" }, null)),
            ])
        );

    [Test]
    public void Events_Redacted_AreAsListed()
    {
        const string Log = "secret-sl7x.a.json.log";
        const string Profile = "db.hidden.example.org.json";
        MonitorEvent[] events =
        [
            new BuildLogGone(Log),
            new BuildLogRefused(Log, $"{Log} is not readable at 10.1.2.3"),
            new BuildLogRefused(Log, null),
            new PairRemembered(Profile, new ImageName("web-secret")),
            new ProfileRead(Profile, new ProfileContent("db.hidden.example.org", "web-secret", "kernel", "sl", "7x", "x86_64")),
            new SourceSeen(
                new SourceHealth(new SourceId("/logs/secret-sl7x"), SourceState.Waiting, $"no {Log}", Given.Noon) { LastGap = Log }
            ),
            new SourceRead(3, null) { Untimed = $"what of {Profile}" },
            new LinesLost(5, $"{Log}: gone"),
            new SourcePolled($"{Log} is on a network"),
            new HealthTurned("changed", "BUILD_FAILED", "WARN", "ERROR", 7, "2 images fail: secret-sl7x, web-secret")
            {
                Items = ["secret-sl7x.a"],
                Gone = ["web-secret"],
                Why = "new item secret-sl7x",
                By = "ada@hidden.example.org",
            },
            new LogDirectoryRead(),
            new QueueMeasured(3),
        ];
        var seen = events.Select(said => Given.Seen(said) with { Text = null, Host = "" });
        var growth = new LogGrowth(Log, 3)
        {
            Began = true,
            ArrivedAt = Given.Noon,
            Lines = ["==> secret-sl7x: at 10.1.2.3 and fe80::1", "mail to a.person+x@mail.example.org, not to secret-sl7xx"],
            Unfinished = "secret-sl7x",
        };
        var log = Given.Seen(new BuildLogRead("", BuildLog.Empty, 3)) with { Text = null };

        Golden.Matches("Redacted.Events.txt", Redacted([.. seen.Select(one => new Entry(one, null)), new Entry(log, growth)]));
    }

    /// <summary>More addresses than one network has for documents, and which names are names.</summary>
    [Test]
    public void Names_AreThoseOfWholeWords_AndAddressesHaveNumbersOfTheirOwn()
    {
        var hosts = ((string[])["vm.a.example.org", "x", "-"]).Select(host => Given.Seen(new Unrecognised("")) with { Host = host });
        var redaction = new Redaction([Frame([.. hosts.Select(seen => new Entry(seen, null))])]);

        Assert.That(
            redaction.Of("vm.a.example.org, db.a.example.org, xvm.a.example.orgs, x - vm"),
            Is.EqualTo("host-001, db.domain-001, xvm.a.example.orgs, x - vm")
        );
        var addresses = Enumerable.Range(0, 600).Select(number => redaction.Of($"10.0.{number / 250}.{number % 250}")).ToList();
        Assert.That(addresses, Is.Unique);
        Assert.That(
            new[] { 0, 253, 254, 508, 509, 599 }.Select(number => addresses[number]),
            Is.EqualTo(new[] { "192.0.2.1", "192.0.2.254", "198.18.0.1", "198.18.0.255", "198.18.1.0", "198.18.1.90" })
        );
    }

    private static Frame Frame(Entry[] entries) =>
        new(1, "oxford", [new Batch(Given.Noon, [.. entries])])
        {
            Facts = new FactoryFacts("norm-", 4, "Europe/London", "/logs/oxford"),
            Alerts = ["end a"],
            Places = [new SourcePosition(Given.Messages, [])],
        };

    private static string Redacted(Entry[] entries)
    {
        var frame = Frame(entries);
        var redacted = new Redaction([frame]).Of(frame);
        var text = new StringBuilder($"{redacted.Factory} {redacted.Facts} {redacted.Alerts.Length} {redacted.Places.Length}\n");
        foreach (var (before, after) in entries.Zip(redacted.Batches.Single().Entries))
        {
            var changes = Content.Changes(Content.Of(before.Seen), Content.Of(after.Seen));
            text.Append($"{(changes.Length > 0 ? changes : "the same")}: {EventJson.Of(after.Seen)}\n");
            if (after.Growth is { } growth)
                text.Append($"    {string.Join(", ", Content.Of(growth))}\n");
        }

        return DrawnDay.Short(text.ToString());
    }
}
