using System.Collections.Immutable;
using PackuilonMonitor.Core.Alerts;

namespace PackuilonMonitor.Configuration;

/// <summary>When a desktop notification is sent with the terminal's OSC 9.</summary>
public enum Osc9Choice
{
    /// <summary>Where the environment shows a terminal that knows it.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>What is sent to a webhook.</summary>
public enum WebhookForm
{
    /// <summary>The event as JSON, as a hook gets it.</summary>
    Json,

    /// <summary>One sentence, as Slack's incoming webhooks want it.</summary>
    Slack,
}

/// <summary>Who is told of what.</summary>
/// <param name="Events">What hook, webhook and OSC 9 are told of; bells have keys of their own.</param>
/// <param name="Bell">Whether the dashboard starts with the bell for any failure on.</param>
/// <param name="Osc9">Whether the terminal is asked for a desktop notification.</param>
/// <param name="Hook">A program and its arguments; empty for none.</param>
/// <param name="HookSeconds">After so long the program is killed.</param>
/// <param name="Webhook">Where to send; it may hold a secret, so only its host is ever shown.</param>
/// <param name="Form">What to send there.</param>
/// <param name="WebhookAttempts">How often one event is tried.</param>
public sealed record NotifySettings(
    ImmutableArray<AlertKind> Events, bool Bell = true, Osc9Choice Osc9 = Osc9Choice.Auto, ImmutableArray<string> Hook = default,
    int HookSeconds = 10, Uri? Webhook = null, WebhookForm Form = WebhookForm.Json, int WebhookAttempts = 6)
{
    public NotifySettings()
        : this([AlertKind.Failed, AlertKind.Lost, AlertKind.Stuck, AlertKind.WorkerLost, AlertKind.Health], Hook: [])
    {
    }
}
