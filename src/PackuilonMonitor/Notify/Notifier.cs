using PackuilonMonitor.Configuration;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Notify;

/// <summary>Sends chosen bulletins in the configured ways. Each has a thread of its own: a slow one delays nothing.</summary>
internal sealed class Notifier : IDisposable
{
    private static readonly TimeSpan WebhookPatience = TimeSpan.FromSeconds(10);

    private readonly List<Channel> _channels = [];
    private readonly List<IDisposable> _owned = [];

    /// <param name="settings">The chosen events, and the configured ways.</param>
    /// <param name="told">Called on some thread with a way in trouble and the reason; null when that is over.</param>
    public Notifier(NotifySettings settings, Action<string, string?> told)
    {
        if (!settings.Hook.IsDefaultOrEmpty)
            Add("hook", new Hook(settings.Hook, TimeSpan.FromSeconds(settings.HookSeconds)).Run, 1, told);
        if (settings.Webhook is { } address)
        {
            var webhook = new Webhook(address, settings.Form, WebhookPatience);
            _owned.Add(webhook);
            Add("webhook", webhook.Post, settings.WebhookAttempts, told);
        }
    }

    /// <summary>Never waits.</summary>
    public void Notify(Bulletin bulletin) => _channels.ForEach(channel => channel.Send(bulletin));

    /// <summary>Waiting bulletins are dropped.</summary>
    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private void Add(string name, Func<Bulletin, Delivery> deliver, int attempts, Action<string, string?> told)
    {
        var thread = new StoppableScheduler(name);
        _owned.Insert(0, thread);
        _channels.Add(new Channel(name, thread, deliver, attempts, trouble => told(name, trouble)));
    }
}
