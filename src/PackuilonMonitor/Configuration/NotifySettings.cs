using System.Collections.Immutable;
using PackuilonMonitor.Core.Alerts;

namespace PackuilonMonitor.Configuration;

/// <summary>When a desktop notification is sent with the terminal's OSC 9.</summary>
public enum Osc9Choice
{
    /// <summary>If the environment shows a terminal that supports it.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>The body of a webhook's request.</summary>
public enum WebhookForm
{
    /// <summary>The event as JSON, as a hook receives it.</summary>
    Json,

    /// <summary>One sentence, for Slack's incoming webhooks.</summary>
    Slack,
}

/// <summary>How the monitor notifies, and of what.</summary>
/// <param name="Events">The events for hook, webhook and OSC 9; bells have keys of their own.</param>
/// <param name="Bell">Whether the bell for any failure is on at the start.</param>
/// <param name="Osc9">Whether the terminal is asked for a desktop notification.</param>
/// <param name="Hook">A program and its arguments; empty for none.</param>
/// <param name="HookSeconds">The time after which the program is killed.</param>
/// <param name="Webhook">The address; it may be a secret, so only its host is ever shown.</param>
/// <param name="Form">The form of the body.</param>
/// <param name="WebhookAttempts">How often one event is attempted.</param>
public sealed record NotifySettings(
    ImmutableArray<AlertKind> Events, bool Bell = true, Osc9Choice Osc9 = Osc9Choice.Auto, ImmutableArray<string> Hook = default,
    int HookSeconds = 10, Uri? Webhook = null, WebhookForm Form = WebhookForm.Json, int WebhookAttempts = 6)
{
    public NotifySettings()
        : this([AlertKind.Failed, AlertKind.Lost, AlertKind.Stuck, AlertKind.WorkerLost, AlertKind.Health], Hook: [])
    {
    }
}
