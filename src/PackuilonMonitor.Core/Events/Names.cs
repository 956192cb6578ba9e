namespace PackuilonMonitor.Core.Events;

/// <summary>A thread of rabbit2packer, by the number in its name.</summary>
public readonly record struct WorkerId(int Number)
{
    /// <summary>The name the daemon gives it: <c>Thread-2</c>.</summary>
    public override string ToString() => $"Thread-{Number}";
}

/// <summary>What a job asks for: personality and system label, or in the newest revision the host's name.</summary>
public readonly record struct ImageName(string Text)
{
    public override string ToString() => Text;
}

/// <summary>
/// An image and template as an end line names them, <c>norm-sl7x.managed.json</c>. Both may contain dots, so only the image of the worker's
/// job shows where one ends.
/// </summary>
public readonly record struct BuildName(string Text)
{
    public override string ToString() => Text;
}

/// <summary>The systemd units of our daemons.</summary>
public static class UnitName
{
    public const string Daemon = "rabbit2packer.service";
    public const string Listener = "cdp-listend.service";
}

/// <summary>The programs whose lines are read.</summary>
public enum Speaker
{
    Rabbit2Packer,
    Cdb2Rabbit,
    CdpListend,

    /// <summary>rsyslogd or journald, about dropped messages.</summary>
    SystemLog,

    /// <summary>systemd, about the units of our daemons.</summary>
    Systemd,

    /// <summary>This program: an event without a line.</summary>
    Monitor,
}
