using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A recording that is given away: no name of an image is left in it.</summary>
public sealed class RedactionTests
{
    private static readonly (int, string)[] Lines =
    [
        (0, "==> secret-sl7x-x86_64: Launching server..."),
        (1, "==> secret-sl7x-x86_64: Timeout waiting for SSH."),
        (2, "Build 'secret-sl7x-x86_64' errored: secret-sl7x-x86_64 at 10.1.2.3 does not answer"),
    ];

    [Test]
    public void Log_ThatAnotherHostReported_NamesNothingAndTellsTheSame()
    {
        const string File = "secret-sl7x-x86_64.managed.json.log";
        var log = RememberedLog.Of(GivenLogs.Folded(Lines)).ToLog() with { ModifiedAt = Given.Noon };
        var read = new BuildLogRead(File, log, 2) { EarlierBuild = $"{File}@5" };
        var frame = new Frame(1, "", [new Batch(Given.Noon, [new Entry(Given.Seen(read) with { Text = null, Host = "" }, null)])]);

        var redacted = (BuildLogRead)new Redaction([frame]).Of(frame).Batches.Single().Entries.Single().Seen.Event;

        var text = LogJson.Of(RememberedLog.Of(redacted.Log));
        Assert.That(LogJson.Of(RememberedLog.Of(log)), Does.Contain("secret").And.Contain("10.1.2.3"));
        Assert.That(text, Does.Not.Contain("secret").And.Not.Contain("10.1.2.3"));
        Assert.That((redacted.File, redacted.EarlierBuild), Is.EqualTo(("image-001.managed.json.log", "image-001.managed.json.log@5")));
        Assert.That((redacted.Generation, redacted.Log.ModifiedAt), Is.EqualTo((2, (DateTimeOffset?)Given.Noon)));
        Assert.That(redacted.Log.Trail.Steps.Length, Is.EqualTo(log.Trail.Steps.Length).And.Positive);
    }

    /// <summary>With ports and without, in each form, and what only looks like one.</summary>
    [TestCase("at 10.1.2.3:5672", "at 192.0.2.1:5672")]
    [TestCase("to:10.1.2.3, then 10.1.2.30.", "to:192.0.2.1, then 192.0.2.2.")]
    [TestCase("fe80::1%eth0 and fe80::1: refused", "192.0.2.1%eth0 and 192.0.2.1: refused")]
    [TestCase("[2001:db8:0:1::7]:22 or 1:2:3:4:5:6:7:8.", "[192.0.2.1]:22 or 192.0.2.2.")]
    [TestCase("::1 ::ffff:10.1.2.3 fe80::", "192.0.2.1 192.0.2.2 192.0.2.3")]
    [TestCase("00:1b:21:3c:4d:5E", "192.0.2.1")]
    [TestCase("12:30:10 07:12:33.123456 2026-11-22T12:30:10Z", "12:30:10 07:12:33.123456 2026-11-22T12:30:10Z")]
    [TestCase("12:30:10:10.1.2.3", "12:30:10:192.0.2.1")]
    [TestCase("1.2.3, 1.2.3.4.5, v1.2.3.4, std::string", "1.2.3, 1.2.3.4.5, v1.2.3.4, std::string")]
    public void Addresses_OfAnyForm_AreReplaced_AndTimesAreNot(string text, string expected) =>
        Assert.That(new Redaction([]).Of(text), Is.EqualTo(expected));

    [TestCase("1 change not built: secret-db push failed", "1 change not built: profile-001 push failed")]
    [TestCase("1 change not built: hidden not downloaded", "1 change not built: profile-002 not downloaded")]
    [TestCase("2 images fail: secret-sl7x-x8…, … newest 07:40", "2 images fail: image-001…, … newest 07:40")]
    [TestCase("2 images fail: secret-sl7x-x86_64.unmana…, … newest", "2 images fail: image-001.unmana…, … newest")]
    [TestCase("Error retriving profile: sec…", "Error retriving profile: …")]
    [TestCase("nothing is named: wait…", "nothing is named: wait…")]
    public void Summary_OfACheck_NamesNothing(string summary, string redacted)
    {
        var turned = new HealthTurned("muted", "CHANGE_NOT_BUILT", "WARN", null, 1, summary) { By = "somebody" };
        var frame = Frame(
            new ProfileUpdated("secret-db.example.org.json"),
            new ProfileUpdated("hidden.example.org.json"),
            new JobTaken(new WorkerId(1), new ImageName("secret-sl7x-x86_64")),
            turned);

        var said = (HealthTurned)new Redaction([frame]).Of(frame).Batches.Single().Entries[^1].Seen.Event;

        Assert.That((said.Summary, said.By), Is.EqualTo((redacted, "user-001")));
    }

    [Test]
    public void FirstLabel_OfAProfile_IsReplacedLikeTheProfileInALine()
    {
        var frame = Frame(new ProfileUpdated("secret-db.example.org.json"));

        var text = new Redaction([frame]).Of("host secret-db, secret-db.example.org and secret-dbx");

        Assert.That(text, Is.EqualTo("host profile-001, profile-001 and secret-dbx"));
    }

    private static Frame Frame(params MonitorEvent[] said) =>
        new(1, "", [new Batch(Given.Noon, [.. said.Select(one => new Entry(Given.Seen(one) with { Text = null, Host = "" }, null))])]);
}
