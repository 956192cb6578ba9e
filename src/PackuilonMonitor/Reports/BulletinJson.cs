using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Reports;

/// <summary>A bulletin as hooks and webhooks receive it: docs/notifications.md.</summary>
public static class BulletinJson
{
    /// <summary>One object on one line; every key is always present except the factory's, which needs named factories.</summary>
    public static string Of(Bulletin bulletin) => Json.Object(json =>
    {
        json.WriteNumber("schema", 1);
        json.WriteString("event", Alert.Word(bulletin.Kind));
        json.Time("at", bulletin.At);
        if (bulletin.Factory is { } factory)
            json.WriteString("factory", factory);
        json.WriteString("host", bulletin.Host);
        json.WriteString("thread", bulletin.Thread);
        json.WriteString("build", bulletin.Build);
        json.WriteString("image", bulletin.Image);
        json.WriteString("template", bulletin.Template);
        json.WriteString("step", bulletin.Step);
        json.WriteString("reason", bulletin.Reason);
        json.WriteString("logPath", bulletin.LogPath);
        json.WriteString("imageId", bulletin.ImageId);
        json.Seconds("durationSeconds", bulletin.Took);
        json.WriteString("check", bulletin.Check);
        json.WriteString("severity", bulletin.Severity);
        json.WriteString("text", bulletin.Text);
    });

    /// <summary>The form of Slack's incoming webhooks; a link or a mention becomes text.</summary>
    public static string ForSlack(Bulletin bulletin) =>
        Json.Object(json =>
            json.WriteString(
                "text",
                bulletin
                    .Text.Replace("&", "&amp;", StringComparison.Ordinal)
                    .Replace("<", "&lt;", StringComparison.Ordinal)
                    .Replace(">", "&gt;", StringComparison.Ordinal)
            )
        );
}
