using PackuilonMonitor.Configuration;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>No complaint shows a password, whatever is wrong with the line or option that holds it.</summary>
public sealed class SecretsTests
{
    [TestCase("--from: amqp://user:secret@host: wrong", "--from: amqp://… wrong")]
    [TestCase("amqp://user:sec/ret@ho@host:5672/x", "amqp://…")]
    [TestCase("amqp://user:secret", "amqp://…")]
    [TestCase("shipping to amqp://host:5672/packuilon.events.f, 2", "shipping to amqp://host:5672/packuilon.events.f, 2")]
    [TestCase("amqp://[::1]:5672/q", "amqp://[::1]:5672/q")]
    [TestCase("give one like amqp://user:password@host:5672", "give one like amqp://user:password@host:5672")]
    [TestCase("https://hooks.example.org/T1/secret", "https://hooks.example.org/…")]
    [TestCase("https://hooks.example.org?token=secret", "https://hooks.example.org/…")]
    [TestCase("give one like https://hooks.example.org/factory", "give one like https://hooks.example.org/factory")]
    [TestCase("nothing of the kind: a@b", "nothing of the kind: a@b")]
    public void Hidden_OfAComplaint_LeavesWhatIsNoSecret(string text, string expected) =>
        Assert.That(Secrets.Hidden(text), Is.EqualTo(expected));

    [TestCase("[notify]\nfrom amqp://user:secret@host\n")]
    [TestCase("[notify]\nwebhook: https://hooks.example.org/secret\n")]
    [TestCase("[notify]\nwebhook: https://hooks.example.org/x?token=secret\n")]
    [TestCase("[notify]\nwebhook = secret://x/secret\n")]
    [TestCase("[notify]\nweb hook = https://hooks.example.org/secret\n")]
    [TestCase("[factory a]\nmessages = /m\nfrom = secret@host\n")]
    [TestCase("[factory a]\nfrom: amqp://user:secret@host?a=b\n")]
    [TestCase("[factory a]\namqp://user:secret@host\n")]
    [TestCase("[factory a]\namqp://user:secret@host = 1\n")]
    [TestCase("amqp://user:secret@host = 1\n")]
    public void SettingsFile_WithAWrongLine_IsComplainedOfWithoutIt(string text)
    {
        using var folder = new TempFolder();
        var path = folder.Write("config.ini", text);

        var complaints = SettingsReading.Of(new SettingsPaths([path], Named: true), []).Complaints;

        Assert.That(complaints, Is.Not.Empty);
        Assert.That(complaints, Has.All.Not.Contains("secret"));
    }
}
