namespace PackuilonMonitor.Broker;

/// <summary>Another process ships the same factory: two would number independently.</summary>
public sealed class AnotherShipsException(string message) : Exception(message);
