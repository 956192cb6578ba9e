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
}
