namespace PackuilonMonitor.Logs;

// When lines arrived: as the page tells, or for the lines that begin a step as the build does.
public sealed partial record LogView
{
    /// <summary>What times are counted from.</summary>
    internal DateTimeOffset? Start => Build.StartedAt ?? Build.Log?.Trail.Steps.FirstOrDefault()?.StartedAt;

    /// <summary>When a line arrived; null where nobody saw it.</summary>
    internal DateTimeOffset? ArrivalOf(ShownLine line) => line.ArrivedAt ?? (line.Number is { } number && Build.Log?.Trail is { } trail
        ? trail.Steps.FirstOrDefault(step => step.Line == number)?.StartedAt ?? trail.Components.FirstOrDefault(component => component.Line == number)?.StartedAt
        : null);
}
