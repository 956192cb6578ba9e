using System.Reactive.Disposables;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Logs;

namespace PackuilonMonitor;

/// <summary>A log as it is open: how it is looked at, and the source that answers what the view asks for. On the loop.</summary>
internal sealed class OpenedLog : IDisposable
{
    private readonly LogSource _source;
    private readonly Action<Action> _post;
    private readonly Action _shown;
    private readonly IDisposable _pages;
    private readonly SerialDisposable _elsewhere = new();
    private SearchPattern? _searched;

    /// <param name="view">How it is looked at first.</param>
    /// <param name="source">Where its lines come from; this owns it.</param>
    /// <param name="lastGood">What its lines are compared with; null for nothing.</param>
    /// <param name="post">Brings an answer to the loop.</param>
    /// <param name="shown">Called on the loop when an answer was taken in.</param>
    public OpenedLog(LogView view, LogSource source, LastGood? lastGood, Action<Action> post, Action shown)
    {
        (View, _source, LastGood, _post, _shown) = (view, source, lastGood, post, shown);
        _pages = source.Pages.Subscribe(page => Take(known => known.With(page)), Fault);
    }

    public LogView View { get; set; }

    public LastGood? LastGood { get; }

    public string Build => View.Build.Id;

    /// <summary>Asks for the lines that a screen of this size needs, if they are not there.</summary>
    public void AskFor(Size size)
    {
        if (View.Request(size) is { } request)
            _source.Ask(request);
    }

    public void Tell(BuildView build, Past past) => View = View.With(build).With(past, View.LastGood);

    /// <summary>Searches every build's log if the view wants to and it is not done yet.</summary>
    public void SearchElsewhere(Func<SearchPattern, IObservable<OtherHits>> search)
    {
        if (View.Everywhere == _searched)
            return;
        _searched = View.Everywhere;
        _elsewhere.Disposable = _searched is null
            ? Disposable.Empty
            : search(_searched).Subscribe(hits => Take(known => known.With(hits)), Fault);
    }

    public void Dispose()
    {
        _elsewhere.Dispose();
        _pages.Dispose();
        _source.Dispose();
    }

    private void Take(Func<LogView, LogView> answer) => _post(() =>
    {
        View = answer(View);
        _shown();
    });

    private void Fault(Exception bug) => _post(() => throw new InvalidOperationException("reading a build log failed", bug));
}
