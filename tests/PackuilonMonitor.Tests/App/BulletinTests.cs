using System.Text.Json;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Tests.App;

public sealed class BulletinTests
{
    [Test]
    public void Of_AFailedBuild_SaysWhatIsKnownOfItInPlainText()
    {
        var factory = Read();
        var before = factory.Snapshot;
        factory.Failed("16:41:58", 1, InventedDay.Storage, "managed");
        var alert = AlertWatch.Start.Between(before, InventedDay.Now, factory.Snapshot, InventedDay.Now).Alerts.Single();
        var log = factory.Logged(
            InventedDay.Storage,
            "managed",
            ("16:41:59", "\u001b[1;31m==> openstack: Timeout\u001b]0;x\u0007 waiting\u202e for SSH.\u001b[0m"),
            ("16:41:59", "Build 'openstack' errored: Timeout waiting for SSH.")
        );

        var bulletin = Bulletin.Of(alert, log.Snapshot, InventedDay.Now);

        Assert.Multiple(() =>
        {
            Assert.That(bulletin.Kind, Is.EqualTo(AlertKind.Failed));
            Assert.That(
                (bulletin.Host, bulletin.Thread, bulletin.Image, bulletin.Template),
                Is.EqualTo(("factory7", "Thread-1", InventedDay.Storage, "managed.json"))
            );
            Assert.That(bulletin.Reason, Does.Contain("Timeout waiting for SSH.").And.Not.Contain("\u001b").And.Not.Contain("\u202e"));
            Assert.That(
                bulletin.Text,
                Does.StartWith($"factory7: {InventedDay.Storage}.managed.json failed after 5:53 at \"").And.EndWith(bulletin.Reason!)
            );
            Assert.That(bulletin.Took, Is.EqualTo(TimeSpan.FromSeconds(353)));
        });
    }

    [Test]
    public void Of_ABuildWhoseLogSaysItWasInterrupted_IsCancelled()
    {
        var factory = Read();
        var before = factory.Snapshot;
        factory.Failed("16:41:58", 1, InventedDay.Storage, "managed");
        var alert = AlertWatch.Start.Between(before, InventedDay.Now, factory.Snapshot, InventedDay.Now).Alerts.Single();
        factory.Logged(InventedDay.Storage, "managed", ("16:41:59", "Cleanly cancelled builds after being interrupted."));

        Assert.That(Bulletin.Of(alert, factory.Snapshot, InventedDay.Now).Kind, Is.EqualTo(AlertKind.Cancelled));
    }

    [Test]
    public void Of_ALostWorker_RestsOnItsLine()
    {
        var factory = Read().Line("16:41:57", Speaker.Rabbit2Packer, new WorkerExited(new WorkerId(4)), "Exiting Thread-4");

        var bulletin = Bulletin.Of(
            new Alert(AlertKind.WorkerLost, InventedDay.Now, null, new WorkerId(4)),
            factory.Snapshot,
            InventedDay.Now
        );

        Assert.That(bulletin.Text, Is.EqualTo("factory7: Thread-4 is lost: Exiting Thread-4"));
    }

    [Test]
    public void Json_HasEveryKeyAlways_AndSlackGetsNoMarkup()
    {
        var bulletin = new Bulletin(AlertKind.Lost, InventedDay.Now) { Image = "<!channel>", Reason = "a & b" };

        var json = JsonDocument.Parse(BulletinJson.Of(bulletin)).RootElement;
        Assert.That(
            json.EnumerateObject().Select(part => part.Name),
            Is.EqualTo(
                new[]
                {
                    "schema",
                    "event",
                    "at",
                    "host",
                    "thread",
                    "build",
                    "image",
                    "template",
                    "step",
                    "reason",
                    "logPath",
                    "imageId",
                    "durationSeconds",
                    "check",
                    "severity",
                    "text",
                }
            )
        );
        Assert.That(json.GetProperty("event").GetString(), Is.EqualTo("lost"));
        Assert.That(json.GetProperty("host").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            JsonDocument.Parse(BulletinJson.ForSlack(bulletin)).RootElement.GetProperty("text").GetString(),
            Is.EqualTo("&lt;!channel&gt; was lost: a &amp; b"));
    }

    [Test]
    public void NotificationsPage_EveryPart_IsThere()
    {
        var page = File.ReadAllText(PagesTests.Page("notifications.md"));

        foreach (var part in Bulletin.Parts.Keys)
            Assert.That(page, Does.Contain($"`{{{part}}}`"), part);
        foreach (var kind in Enum.GetValues<AlertKind>())
            Assert.That(page, Does.Contain($"| `{Alert.Word(kind)}` |"), kind.ToString());
    }

    private static InventedFactory Read() => InventedDay.Factory().Event("16:41:51", new LogDirectoryRead());
}
