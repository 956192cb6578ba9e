using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The stages of a change, as far as the lines show them.</summary>
internal static class Stages
{
    public static ImmutableArray<Stage> Of(CheckInput at) => [Packet(at), Trigger(at), Broker(at), Daemon(at)];

    private static Stage Packet(CheckInput at) => at.Vitals switch
    {
        { Listener.Down: { } down } => new Stage("packet", "down", down.At, $"cdp-listend {down.Words}") { IsTrouble = true },
        { PacketAt: { } last } => new Stage("packet", "received", last, "last packet from Aquilon"),
        _ => new Stage("packet", "none", null, "no packet from Aquilon seen"),
    };

    private static Stage Trigger(CheckInput at)
    {
        var (runs, open) = (at.Vitals.Runs.Script, at.Vitals.Runs.Open);
        if (runs.Failing is { } failing)
            return new Stage("trigger", "failed", runs.LastFailure, $"cdb2rabbit failed: {failing.Words}") { IsTrouble = true };
        if (open.FindLast(run => !run.IsUnnamed) is { } run)
            return new Stage("trigger", "running", run.StartedAt, "cdb2rabbit is running");
        return runs.LastEnd is { } end
            ? new Stage("trigger", "ok", end, "cdb2rabbit ended well")
            : new Stage("trigger", "none", null, "no run of cdb2rabbit seen");
    }

    private static Stage Broker(CheckInput at)
    {
        var (signs, asked) = (at.Vitals.Broker, at.State.Measured is not null);
        if (signs.Down is { } down)
            return new Stage("broker", "down", down.At, $"RabbitMQ refuses connections ({down.Words})") { IsTrouble = true };
        if (signs.MuteSince is { } mute)
            return new Stage("broker", "down", mute, "RabbitMQ does not answer us") { IsTrouble = true };
        return signs.AnsweredAt is { } answered
            ? new Stage("broker", "up", answered, asked ? "RabbitMQ answers" : "RabbitMQ is up, by the lines")
            : new Stage("broker", "unknown", null, "nothing tells of RabbitMQ");
    }

    private static Stage Daemon(CheckInput at) => at.Vitals.Daemon switch
    {
        { Down: { } down } => new Stage("daemon", "down", down.At, $"rabbit2packer {down.Words}") { IsTrouble = true },
        { Stopped: { } stopped } => new Stage("daemon", "stopped", stopped.At, "rabbit2packer was stopped") { IsTrouble = true },
        { Started: { } started } => new Stage("daemon", "starting", started.At, "rabbit2packer starts"),
        { UpSince: { } up } => new Stage("daemon", "up", up, "rabbit2packer is up"),
        _ => new Stage("daemon", "unknown", null, "nothing was heard of rabbit2packer"),
    };
}
