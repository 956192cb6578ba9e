using System.Text.Json;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Reports;

/// <summary>One event as one JSON object on one line, as docs/events.md lists them.</summary>
public static class EventJson
{
    private const int MostItems = 20;

    /// <param name="factory">The factory's name, if factories have names.</param>
    public static string Of(Observation seen, string? factory = null) => Json.Object(json =>
    {
        json.Time("at", seen.HasNoTime ? null : seen.At);
        if (factory is not null)
            json.WriteString("factory", factory);
        json.WriteString("host", seen.Host.Length == 0 ? null : seen.Host);
        json.WriteString("source", seen.Source.Path);
        json.WriteString("type", EventTypes.NameOf(seen.Event));
        json.WriteString("program", ContractWords.Of(seen.Speaker));
        json.WriteString("text", seen.Text);
        if (seen.Count > 1)
            json.WriteNumber("count", seen.Count);
        WriteFields(json, seen.Event);
    });

    private static void WriteFields(Utf8JsonWriter json, MonitorEvent what)
    {
        switch (what)
        {
            case WorkerStarted said: Thread(json, said.Worker); break;
            case WorkerExited said: Thread(json, said.Worker); break;
            case WorkerCrashed said: Thread(json, said.Worker); break;
            case WorkerReconnecting said: Thread(json, said.Worker); break;
            case WorkerFailed said: json.WriteString("why", ContractWords.Of(said.Why)); break;
            case JobTaken said:
                Thread(json, said.Worker);
                json.WriteString("image", said.Image.Text);
                break;
            case JobRefused said:
                Thread(json, said.Worker);
                json.WriteString("why", ContractWords.Of(said.Why));
                break;
            case JobDescribed said:
                json.WriteString("personality", said.Personality);
                json.WriteString("archetype", said.Archetype);
                json.WriteString("os", said.System);
                json.WriteString("osVersion", said.SystemVersion);
                break;
            case DefaultTemplatesUsed said: json.WriteString("image", said.Image.Text); break;
            case SourceImageLookedUp said: json.WriteString("image", said.Image?.Text); break;
            case SourceImageUndefined said: json.WriteString("image", said.Image?.Text); break;
            case PackerCommanded said: json.WriteString("command", said.Command); break;
            case BuildStarted said: json.WriteString("logPath", said.LogPath); break;
            case BuildSucceeded said: Ended(json, said.Worker, said.Build); break;
            case BuildFailed said: Ended(json, said.Worker, said.Build); break;
            case RallyLaunched said: json.WriteString("logPath", said.LogPath); break;
            case RallyScored said:
                json.WriteNumber("points", said.Points);
                json.WriteNumber("total", said.Total);
                json.WriteBoolean("met", said.Met);
                break;
            case ImageChecked said: json.WriteBoolean("passed", said.Passed); break;
            case ProfileRebuilt said: json.WriteString("profile", said.Profile); break;
            case ProfileDownloading said: json.WriteString("profile", said.Profile); break;
            case ProfileNew said: json.WriteString("profile", said.Profile); break;
            case ProfileUpdated said: json.WriteString("profile", said.Profile); break;
            case ProfileUnchanged said: json.WriteString("profile", said.Profile); break;
            case ProfileFailed said: json.WriteString("profile", said.Profile); break;
            case ListenerStarting said: json.WriteString("configuration", said.Configuration); break;
            case ListenerStarted said: json.WriteNumber("port", said.Port); break;
            case StartupCalled said: json.WriteString("command", said.Command); break;
            case PacketReceived said:
                json.WriteString("kind", said.Kind);
                json.WriteNumber("epoch", said.Epoch);
                json.WriteString("from", said.From);
                break;
            case CallScheduled said:
                json.WriteString("command", said.Command);
                json.WriteNumber("seconds", said.Seconds);
                break;
            case CallMade said: json.WriteString("command", said.Command); break;
            case CallFailed said:
                json.WriteString("command", said.Command);
                json.WriteString("error", said.Error);
                break;
            case MessagesDropped said: Count(json, said.Messages); break;
            case UnitStarted said: json.WriteString("unit", said.Unit); break;
            case UnitStopped said: json.WriteString("unit", said.Unit); break;
            case UnitFailed said:
                json.WriteString("unit", said.Unit);
                json.WriteString("why", said.Why);
                break;
            case Unrecognised said: json.WriteString("why", said.Why); break;
            case SourceSeen said:
                json.WriteString("state", ContractWords.Of(said.Health.State));
                json.WriteString("why", said.Health.Why);
                break;
            case HealthTurned said: Health(json, said); break;
            case SourceTurned said: json.WriteString("how", said.How); break;
            case SourcePolled said: json.WriteString("why", said.Why); break;
            case LinesLost said:
                json.WriteNumber("bytes", said.Bytes);
                json.WriteString("why", said.Why);
                break;
        }
    }

    private static void Health(Utf8JsonWriter json, HealthTurned turned)
    {
        json.WriteString("code", turned.Code);
        json.WriteString("severity", turned.Severity);
        json.WriteString("was", turned.Was);
        json.WriteNumber("count", turned.Count);
        json.WriteString("summary", turned.Summary);
        json.Strings("items", turned.Items.Take(MostItems));
        json.Strings("gone", turned.Gone.Take(MostItems));
        json.WriteString("why", turned.Why);
        json.WriteString("by", turned.By);
    }

    private static void Thread(Utf8JsonWriter json, WorkerId worker) => json.WriteString("thread", worker.ToString());

    private static void Count(Utf8JsonWriter json, long? messages)
    {
        if (messages is { } known)
            json.WriteNumber("messages", known);
        else
            json.WriteNull("messages");
    }

    private static void Ended(Utf8JsonWriter json, WorkerId worker, BuildName? build)
    {
        Thread(json, worker);
        json.WriteString("build", build?.Text);
    }
}
