namespace PackuilonMonitor.Tests.Support;

/// <summary>How long a test waits. None asks for speed: what never comes is a fault, however busy the machine is.</summary>
public static class TestPatience
{
    public const int Milliseconds = 300_000;
}
