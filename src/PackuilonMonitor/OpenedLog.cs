using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Logs;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

/// <summary>A log as it is open: how it is looked at, and the source that answers what the view asks for. On the loop.</summary>
internal sealed class OpenedLog : IDisposable
{
    private readonly LogSource _source;
    private readonly IDisposable _pages;

    /// <param name="view">How it is looked at first.</param>
    /// <param name="source">Where its lines come from; this owns it.</param>
    /// <param name="post">Brings an answer to the loop.</param>
    /// <param name="shown">Called on the loop when an answer was taken in.</param>
    public OpenedLog(LogView view, LogSource source, Action<Action> post, Action shown)
    {
        (View, _source) = (view, source);
        _pages = source.Pages.Subscribe(
            page => post(() =>
            {
                View = View.With(page);
                shown();
            }),
            bug => post(() => throw new InvalidOperationException("reading a build log failed", bug)));
    }

    public LogView View { get; set; }

    public string Build => View.Build.Id;

    /// <summary>Asks for the lines that a screen of this size needs, if they are not there.</summary>
    public void AskFor(Size size)
    {
        if (View.Request(size) is { } request)
            _source.Ask(request);
    }

    public void Tell(BuildView build) => View = View.With(build);

    public void Dispose()
    {
        _pages.Dispose();
        _source.Dispose();
    }
}
