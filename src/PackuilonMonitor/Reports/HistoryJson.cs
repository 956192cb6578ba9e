using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Reports;

/// <summary>Ended builds of the store as one JSON object, schema 1 of docs/history.md. Every key is always present.</summary>
public static class HistoryJson
{
    /// <param name="builds">In order of start.</param>
    /// <param name="kept">The builds whose logs are stored, with their lengths in lines and bytes.</param>
    public static string Of(IReadOnlyList<BuildView> builds, IReadOnlyDictionary<string, (long Lines, long Bytes)> kept) =>
        Json.Object(json =>
        {
            json.WriteNumber("schema", 1);
            json.Array("builds", builds, (to, build) =>
            {
                // This does not check whether the file still exists.
                StatusJson.Write(to, build with { LogGone = false }, isStuck: false);
                to.Array("steps", build.Log is { } log ? StepTimes.Of(log) : [], Write);
                to.Array("components", build.Log?.Trail.Components ?? [], Write);
                to.Number("keptLines", kept.TryGetValue(build.Id, out var copy) ? copy.Lines : null);
                to.Number("keptBytes", kept.ContainsKey(build.Id) ? copy.Bytes : null);
            });
        });

    private static void Write(Utf8JsonWriter json, StepTime time)
    {
        json.WriteString("name", time.Step.Name);
        json.WriteNumber("line", time.Step.Line);
        json.Time("startedAt", time.Step.StartedAt);
        json.Seconds("durationSeconds", time.Duration);
    }

    private static void Write(Utf8JsonWriter json, Component component)
    {
        json.WriteString("name", component.Name);
        json.WriteNumber("line", component.Line);
        json.Time("startedAt", component.StartedAt);
        json.Seconds("durationSeconds", StepTimes.Of(component));
        json.Number("errors", component.Errors);
        json.Number("warnings", component.Warnings);
    }
}
