using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Text.Json;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Notify;

/// <summary>Against a real server; only the waiting between attempts is virtual.</summary>
public sealed class WebhookTests
{
    private static readonly Bulletin Failed = new(AlertKind.Failed, Given.Noon)
    {
        Image = "lab-sl7x",
        Template = "managed.json",
        Reason = "Timeout <waiting> for SSH.",
    };

    [Test]
    public void Post_AServerThatFailsAtTimes_GetsItInTheEnd()
    {
        using var server = new LocalServer(
            LocalServer.Answer(500),
            LocalServer.BreakOff,
            LocalServer.Answer(429, "Retry-After: 7"),
            LocalServer.Answer(204)
        );
        using var webhook = new Webhook(server.Address, WebhookForm.Json, TimeSpan.FromSeconds(5));
        var (clock, told) = (new HistoricalScheduler(Given.Noon), new List<string?>());
        var channel = new Channel("webhook", clock, webhook.Post, 6, trouble =>
            told.Add($"{(clock.Now - Given.Noon).TotalSeconds.ToString(CultureInfo.InvariantCulture)} {trouble}")
        );

        channel.Send(Failed);
        clock.AdvanceBy(TimeSpan.FromMinutes(1));

        Assert.Multiple(() =>
        {
            Assert.That(server.Got, Has.Count.EqualTo(4));
            Assert.That(
                server.Got.Select(got => (got.Start, got.Type)).Distinct(),
                Is.EqualTo(new[] { ("POST /secret/path HTTP/1.1", "application/json; charset=utf-8") })
            );
            Assert.That(
                server.Got.Select(got => JsonDocument.Parse(got.Body).RootElement.GetProperty("image").GetString()),
                Is.All.EqualTo("lab-sl7x")
            );
            Assert.That(told, Has.Count.EqualTo(4));
            Assert.That(told[0], Is.EqualTo($"0 webhook: 127.0.0.1:{server.Address.Port}: HTTP 500; again in 1 s"));
            Assert.That(told[1], Does.StartWith($"1 webhook: 127.0.0.1:{server.Address.Port}: ").And.EndsWith("; again in 2 s"));
            Assert.That(told[2], Is.EqualTo($"3 webhook: 127.0.0.1:{server.Address.Port}: HTTP 429; again in 7 s"));
            Assert.That(told[3], Is.EqualTo("10 "));
            Assert.That(told, Has.None.Contains("secret"));
        });
    }

    [TestCase(404)]
    [TestCase(401)]
    [TestCase(302)]
    public void Post_Refused_IsNotTriedAgain(int status)
    {
        using var server = new LocalServer(LocalServer.Answer(status));
        using var webhook = new Webhook(server.Address, WebhookForm.Json, TimeSpan.FromSeconds(5));

        Assert.That(webhook.Post(Failed), Is.EqualTo(new Delivery($"127.0.0.1:{server.Address.Port}: HTTP {status}")));
    }

    [Test]
    public void Post_InSlacksForm_IsOneTextWithoutMarkup()
    {
        using var server = new LocalServer(LocalServer.Answer(200));
        using var webhook = new Webhook(server.Address, WebhookForm.Slack, TimeSpan.FromSeconds(5));

        Assert.That(webhook.Post(Failed), Is.EqualTo(Delivery.Done));
        Assert.That(server.Got.Single().Body, Is.EqualTo("""{"text":"lab-sl7x.managed.json failed: Timeout &lt;waiting&gt; for SSH."}"""));
    }

    [Test]
    public void Post_NobodyListens_IsTriedAgain()
    {
        using var webhook = new Webhook(
            new Uri($"http://127.0.0.1:{LocalServer.FreePort()}/secret"),
            WebhookForm.Json,
            TimeSpan.FromSeconds(5)
        );

        var delivery = webhook.Post(Failed);

        Assert.That(delivery.Again);
        Assert.That(delivery.Why, Does.EndWith(": ConnectionRefused"));
    }

    [Test]
    public void Post_AServerThatNeverAnswers_GivesUpInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var webhook = new Webhook(new Uri($"http://{silent.LocalEndpoint}/secret"), WebhookForm.Json, TimeSpan.FromMilliseconds(200));

        Assert.That(webhook.Post(Failed), Is.EqualTo(new Delivery($"{silent.LocalEndpoint}: no answer in 0.2 s", Again: true)));
    }
}
