using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The bottom line: the keys that work now, or a message, or the line of input that is open.</summary>
public static class HintBar
{
    private const int Gap = 2;
    private const int ShortestPattern = 30;

    public static void Render(ScreenState state, CellBuffer into, Paint paint)
    {
        var (palette, view, keys) = (paint.Palette, state.User, state.Settings.Keys);
        if (view.Question is { Kind: QuestionKind.Find } search)
        {
            RenderSearch(search, keys, into, paint);
            return;
        }

        if (view.Question is { } question)
        {
            into.Write(0, 0, question.Sign, palette.Prompt).Write(0, question.Sign.Length, question.Text, palette.Plain);
            return;
        }

        if (view.Notice is { } notice)
        {
            into.Write(
                0,
                1,
                SafeText.Plain(notice.Text),
                notice.IsProblem ? palette.Bad : palette.Prompt,
                Math.Max(0, into.Size.Columns - 2)
            );
            return;
        }

        var start = Math.Min(1, into.Size.Columns);
        var unseen = state.Unseen.Count(news => news.IsBad);
        var overview =
            NothingReadPane.IsAll(state.Shown.Factories) ? OverviewContent.NothingRead
            : unseen > 0 ? OverviewContent.Unseen
            : OverviewContent.Seen;
        var usual = keys.Hints(
                view.Place.Screen,
                command => command is SightCommand ? unseen > 0 : Selection.Works(command, state.Shown, view.Place),
                overview
            )
            .Select(hint => (hint.Key.Name, keys.Find(hint.Key, view.Place.Screen) switch
            {
                ContentCommand { Act: ContentAct.Open } when IsUnread() => "doctor",
                BuildCommand { Act: BuildAct.CopyCleanUp } when IsUnread() => "copy do:",
                ProgramCommand { Act: ProgramAct.ReadAgain } when IsUnread() => "try again",
                SightCommand { Act: SightAct.NextUnseen } => string.Create(CultureInfo.InvariantCulture, $"{hint.Word} {unseen}"),
                ScreenCommand { Act: ScreenAct.Causes } when view.Place.Screen is ScreenKind.Causes => "all rows",
                _ => hint.Word,
            }))
            .ToList();
        var hints = state.Frozen is { Past: not null } ? OfThePast(usual, state) : usual;
        Write(Fitting(hints, into.Size.Columns - start), start, into, palette);

        bool IsUnread() => view.Place.Screen is ScreenKind.Overview && overview is OverviewContent.NothingRead;
    }

    /// <summary>First the keys that lead through the past; the way out leads to the present before it leads out.</summary>
    private static List<(string Key, string Word)> OfThePast(List<(string Key, string Word)> usual, ScreenState state)
    {
        var hints = new List<(string Key, string Word)>();
        foreach (var (words, names) in PastPane.Moves)
        {
            if (PastPane.Keys(state, names) is { } keys)
                hints.Add((keys, words));
        }

        var hasPresent = state.Settings.Recording is { HasPresent: true };
        if (hasPresent && PastPane.Keys(state, "live") is { } live)
            hints.Add((live, "live"));
        var isTop = hasPresent && state.User.Place.Screen is ScreenKind.Overview;
        return [.. hints, .. usual.Select((hint, place) => isTop && place == usual.Count - 1 ? (hint.Key, "live") : hint)];
    }

    /// <summary>While a log's search is typed: its sign, room for the pattern, and behind it the keys that work meanwhile.</summary>
    private static void RenderSearch(Question search, KeyMap keys, CellBuffer into, Paint paint)
    {
        into.Write(0, 0, search.Sign, paint.Palette.Prompt);
        var area = SearchArea(search, keys, into.Size);
        Write(SearchHints(search, keys, into.Size.Columns), area.X + area.Width + Gap, into, paint.Palette);
    }

    private static Area SearchArea(Question search, KeyMap keys, Size size)
    {
        var hints = SearchHints(search, keys, size.Columns);
        var start = Math.Min(search.Sign.Length, size.Columns);
        return new Area(
            start,
            Math.Max(0, size.Rows - 1),
            Math.Max(0, size.Columns - start - (hints.Count == 0 ? 0 : Width(hints) + Gap + 1)),
            Math.Min(1, size.Rows)
        );
    }

    private static List<(string Key, string Word)> SearchHints(Question search, KeyMap keys, int columns)
    {
        List<(string Key, string Word)> hints = [("Enter", "keep"), ("Esc", "cancel")];
        foreach (var name in (ReadOnlySpan<string>)["search-case", "search-kind"])
        {
            if (keys.Named(name) is { } binding && keys.KeyOf(binding, ScreenKind.Log) is { } key)
                hints.Add((key.Name, binding.Short));
        }

        hints.Add(("Up", "history"));
        while (hints.Count > 0 && search.Sign.Length + ShortestPattern + Gap + Width(hints) + 1 > columns)
            hints.RemoveAt(hints.Count - 1);
        return hints;
    }

    private static void Write(List<(string Key, string Word)> hints, int x, CellBuffer into, Palette palette)
    {
        foreach (var hint in hints)
        {
            into.Write(0, x, hint.Key, palette.Key)
                .Write(0, x + TextWidth.Of(hint.Key, into.IsAscii) + 1, hint.Word, palette.Plain);
            x += Width(hint) + Gap;
        }
    }

    /// <summary>Where not all fit, the last two stay: help and the way out; the others go from the end.</summary>
    private static List<(string Key, string Word)> Fitting(IEnumerable<(string Key, string Word)> hints, int room)
    {
        var kept = hints.ToList();
        while (kept.Count > 0 && Width(kept) > room)
            kept.RemoveAt(kept.Count > 2 ? kept.Count - 3 : 0);
        return kept;
    }

    /// <summary>Where the text of an open line of input stands.</summary>
    public static Area InputArea(Question question, KeyMap keys, Size size) =>
        question.Kind is QuestionKind.Find
            ? SearchArea(question, keys, size)
            : new(
                Math.Min(question.Sign.Length, size.Columns),
                Math.Max(0, size.Rows - 1),
                Math.Max(0, size.Columns - question.Sign.Length),
                Math.Min(1, size.Rows)
            );

    private static int Width(List<(string Key, string Word)> hints) => hints.Sum(Width) + (hints.Count - 1) * Gap;

    private static int Width((string Key, string Word) hint) => TextWidth.Of(hint.Key) + 1 + hint.Word.Length;
}
