using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Logs;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor;

// The log that is open, and the one whose last lines the overview shows.
internal sealed partial class Dashboard
{
    private OpenedLog? _opened;
    private OpenedLog? _preview;
    private List<string> _patterns = [];

    private void Open(string build)
    {
        if (_opened?.Build == build || _snapshot.Find(build) is not { } view)
            return;
        CloseLog();
        _opened = Read(view);
    }

    private OpenedLog Read(BuildView build)
    {
        var past = _snapshot.PastOf(build);
        var kept = KeptOf(build);
        var place = kept?.Place ?? PlaceOf(build);
        var chosen = _view.ComparedWith is { } other && other != build.Id ? _snapshot.Find(other) : null;
        var good = chosen ?? LastGood.For(build, _snapshot.Of(build.Image, build.Factory));
        var lastGood = good is null ? null : LogFile.Good(PlaceOf(good));
        var words = good is null || lastGood is null ? null
            : $"{(chosen is null ? "last good" : $"compared with {Words.Name(chosen)}")}: {(good.EndedAt is { } at ? Words.Clock(at, Now, _zone) : "no time")}";
        var view = LogView.Open(build, place.Source.Path, _appearance.Glyphs.IsAscii).With(past, words);
        var source = new LogSource(place, _log, lastGood, kept is null ? _hints : null, () => kept is null ? Of(build).ArrivalsOf(build) : kept.Arrivals);
        return new OpenedLog(view, source, lastGood, Post, _app.Invalidate);
    }

    private void CloseLog()
    {
        _opened?.Dispose();
        _opened = null;
    }

    /// <summary>What is new about their builds, for the logs that are shown.</summary>
    private void TellLogs()
    {
        if (_opened is not null && _snapshot.Find(_opened.Build) is { } build)
            _opened.Tell(build, _snapshot.PastOf(build));
        if (_preview is not null && _snapshot.Find(_preview.Build) is { } previewed)
            _preview.Tell(previewed, _snapshot.PastOf(previewed));
    }

    private void AskForLines(Size size)
    {
        _opened?.AskFor(LogSize(size));
        var wanted = _view.Place.Screen is Screen.Overview ? _view.Previewed(_snapshot, Now) : null;
        if (wanted?.Id != _preview?.Build)
        {
            _preview?.Dispose();
            _preview = wanted is not { LogReadable: true } ? null : Read(wanted);
        }

        _preview?.AskFor(size);
    }

    private IReadOnlyList<CellLine> PreviewLines() => _preview is { View: { Page: { } page } view }
        ? [.. page.Lines.Select(line => LogLines.Alone(view, line, _appearance.Palette))]
        : [];

    private CellBuffer? LogPicture(Size size, Paint paint)
    {
        if (_view.Place.Screen is not Screen.Log || _opened is null || _snapshot.Find(_opened.Build) is not { } build || size.Rows < 2)
            return null;
        var into = new CellBuffer(size, paint.Glyphs.IsAscii);
        var log = into.Part(new Area(0, 0, size.Columns, size.Rows - 1));
        LogPane.Render(_opened.View, build, _snapshot.Of(build).State, paint.Now, log, paint.Palette, paint.Glyphs);
        var bottom = into.Part(new Area(0, size.Rows - 1, size.Columns, 1));
        if (_opened.View.Typing)
            HintBar.RenderSearch(_view.Keys, bottom, paint);
        else
            HintBar.Render(_snapshot, _view, bottom, paint);
        return into;
    }

    private static Size LogSize(Size size) => new(size.Columns, Math.Max(1, size.Rows - 1));

    /// <summary>Whether the open log takes the command; what it does not take is the view's.</summary>
    private bool ToLog(Command command)
    {
        if (_opened is not { } log)
            return false;
        switch (command.Act)
        {
            case Act.Find when command.Text is null:
                AskForPattern();
                return true;
            case Act.Back when !log.View.CanUndo(LogSize(_size)):
            case Act.Open when !log.View.Typing && !log.View.HitsFocused:
                return false;
            case Act.NewerBuild or Act.OlderBuild:
                Neighbour(command.Act is Act.NewerBuild ? 1 : -1);
                return true;
            case var act when LogActs.Contains(act):
                Apply(command);
                return true;
            default:
                return false;
        }
    }

    private static readonly HashSet<Act> LogActs =
    [
        Act.LineDown, Act.LineUp, Act.PageDown, Act.PageUp, Act.HalfPageDown, Act.HalfPageUp, Act.Start, Act.End, Act.Left, Act.Right,
        Act.Find, Act.NextHit, Act.PreviousHit, Act.OnlyMatches, Act.OnlyOthers, Act.MoreContext, Act.LessContext, Act.NextProblem,
        Act.PreviousProblem, Act.NextStep, Act.PreviousStep, Act.Mark, Act.GoToMark, Act.SearchEverywhere, Act.SearchCase, Act.SearchKind, Act.GoToLine, Act.GoToPercent,
        Act.Open, Act.Back, Act.Follow, Act.Freeze, Act.Wrap, Act.TimeColumn, Act.Prefix, Act.Steps, Act.FullScreen, Act.Diff, Act.OnlyNew,
        Act.Colours, Act.NextPane, Act.PreviousPane,
    ];

    private void Apply(Command command)
    {
        _opened!.View = _opened.View.Apply(command, LogSize(_size));
        _view = _view.Quiet();
        _opened.SearchElsewhere(Everywhere);
        if (_opened.View.Jump is { } hit && _snapshot.Find(hit.BuildId) is { } build)
            GoTo(hit, build);
        _app.Invalidate();
    }

    /// <summary>The same search in the logs of all builds: first in the open one, then the newest first.</summary>
    private IObservable<OtherHits> Everywhere(SearchPattern pattern)
    {
        // The search asks from its own thread, when another log may be open here, or none.
        var opened = _opened!;
        return EverywhereSearch.In(
            pattern, opened.View.HidesPrefix, _snapshot.Builds.Reverse().OrderByDescending(build => build.Id == opened.Build),
            PlaceOf, build => build.Id == opened.Build ? opened.LastGood?.Baseline : null, _log);
    }

    private void GoTo(OtherHit hit, BuildView build)
    {
        var pattern = _opened!.View.Search;
        Become(_view.At(build));
        if (_opened is { } opened)
            opened.View = opened.View.Searched(pattern).At(hit.Line);
    }

    /// <summary>The pattern is searched while it is typed; Esc goes back to where the search began.</summary>
    private void AskForPattern()
    {
        Apply(new Command(Act.Find));
        _line.Ask(new PromptRequest(
            size => HintBar.SearchArea(_view.Keys, size),
            text => Apply(new Command(Act.Find, Text: text)),
            KeepPattern,
            () => Apply(new Command(Act.Back)))
        {
            Style = _appearance.Palette.Plain,
            History = _patterns,
        });
    }

    private void KeepPattern(string text)
    {
        if (text.Length > 0)
            _patterns = [.. _patterns.Where(known => known != text).TakeLast(MostPatterns - 1), text];
        Apply(new Command(Act.Open));
    }

    private const int MostPatterns = 100;

    /// <summary>To the next newer or older build of the same image and template.</summary>
    private void Neighbour(int direction)
    {
        var build = _opened!.View.Build;
        var same = _snapshot.Builds.Where(known => known.Factory == build.Factory && known.Image == build.Image && known.Template == build.Template).ToList();
        var index = same.FindIndex(known => known.Id == build.Id) + direction;
        if (index < 0 || index >= same.Count)
            Become(_view.Saying(direction > 0 ? "this is the newest build of this image and template" : "this is the oldest remembered build of this image and template"));
        else
            Become(_view.At(same[index]));
    }
}
