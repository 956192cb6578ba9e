using System.Text.Json;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Reports;

/// <summary>The health of one factory or of several as one JSON object on one line; docs/health.md lists the keys.</summary>
public static class HealthJson
{
    private const int MostItems = 100;

    public static string Of(HealthReport report) =>
        Json.Object(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteString("status", report.Overall.Name());
            json.WriteBoolean("blind", report.IsBlind);
            json.Time("now", report.Now);
            json.Time("asOf", report.AsOf);
            json.Time("since", report.Since);
            json.Array("checks", report.Checks, (_, one) => Write(json, one.Factory, one.Check));
            json.Array(
                "mutes",
                report.Mutes.Where(mute => mute.Mute.Sticky && !report.Checks.Any(one => one.Check.Code == mute.Mute.Code)),
                (_, mute) =>
                {
                    Factory(json, mute.Factory);
                    json.WriteString("code", mute.Mute.Name);
                    Fields(json, mute.Mute);
                }
            );
            json.WriteString("mutesOf", report.MutesPath is null ? null : report.MutesAreHosts ? "host" : "user");
            json.Array("notJudged", report.NotJudged, (_, one) =>
            {
                Factory(json, one.Factory);
                json.WriteString("code", one.NotJudged.Code.Name());
                json.WriteString("why", one.NotJudged.Why);
            });
            json.Array("stages", report.Stages, (_, one) =>
            {
                Factory(json, one.Factory);
                json.WriteString("stage", one.Stage.Name);
                json.WriteString("state", one.Stage.State);
                json.Time("at", one.Stage.At);
                json.WriteString("text", one.Stage.Text);
            });
        });

    private static void Write(Utf8JsonWriter json, string? factory, Check check)
    {
        Factory(json, factory);
        json.WriteString("code", check.Code.Name());
        json.WriteString("severity", check.Severity.Name());
        json.WriteNumber("count", check.Count);
        json.WriteString("summary", check.Summary);
        json.Time("since", check.Since);
        json.Time("changedAt", check.ChangedAt);
        json.WriteString("do", check.Do);
        if (check.Mute is { } mute)
        {
            json.WriteStartObject("muted");
            Fields(json, mute);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("muted");
        }

        json.Array("items", check.Items.Take(MostItems), (_, item) => Write(json, check, item));
        json.WriteNumber("itemsOmitted", Math.Max(0, check.Items.Length - MostItems));
    }

    private static void Write(Utf8JsonWriter json, Check check, HealthItem item)
    {
        json.WriteString("id", item.Id);
        json.WriteString("text", item.Text);
        json.Time("since", item.Since);
        json.WriteString("severity", (item.Severity ?? check.Severity).Name());
        json.Array("lines", item.Lines, (_, line) => Write(json, line));
        json.WriteString("build", item.Build);
        json.WriteString("thread", item.Thread?.ToString());
        json.WriteString("profile", item.Profile);
        json.WriteString("path", item.Path);
        json.WriteString("do", item.Do ?? check.Do);
        json.WriteBoolean("muted", item.Muted);
    }

    private static void Write(Utf8JsonWriter json, EvidenceLine line)
    {
        json.WriteString("source", line.Source.Path);
        json.Time("at", line.At);
        json.WriteString("text", line.Text);
    }

    private static void Fields(Utf8JsonWriter json, Mute mute)
    {
        json.Time("at", mute.At);
        json.Time("until", mute.Until);
        json.WriteBoolean("sticky", mute.Sticky);
        json.WriteString("by", mute.By);
        json.WriteStartArray("items");
        foreach (var item in mute.Items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static void Factory(Utf8JsonWriter json, string? factory)
    {
        if (factory is not null)
            json.WriteString("factory", factory);
    }
}
