namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// RabbitMQ cannot be reached, by a program that tried for long or was refused. A lost connection does not count: it follows each long
/// build.
/// </summary>
internal static class BrokerDown
{
    public static Check? Of(CheckInput at)
    {
        var signs = at.Vitals.Broker;
        if (signs.Down is { } down)
        {
            var severity = signs.NewestAt is { } newest && at.Now - newest > HealthLimits.BrokerOld ? Severity.Warn : Severity.Error;
            var words = $"RabbitMQ refuses connections since {CheckText.When(down.At, at.Now)} ({down.Words})";
            return Raised(severity, new HealthItem("RabbitMQ", words, down.At) { Lines = [.. down.Lines] });
        }

        // Whether the monitor may connect is not the factory's matter; it is reported as a source that cannot be read.
        if (signs.MuteSince is not { } mute || at.Now - mute < HealthLimits.BrokerMute || SourceUnreadable.IsRefused(at))
            return null;
        var text = $"RabbitMQ does not answer us since {CheckText.When(mute, at.Now)}";
        return Raised(Severity.Error, new HealthItem("RabbitMQ", text, mute));
    }

    private static Check Raised(Severity severity, HealthItem item) =>
        new(CheckCode.BrokerDown, severity, [item], CheckSummary.Of(item.Text), "systemctl status rabbitmq-server");
}
