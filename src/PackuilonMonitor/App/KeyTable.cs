using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.App;

/// <summary>
/// The keys at the start, by the habits of less, vim, lnav and k9s. Of two that share a key the first that works on the
/// screen has it. Ctrl-a and Ctrl-b are never among them: screen and tmux take them.
/// </summary>
internal static class KeyTable
{
    private const Where Rows = Where.Everywhere;
    private const Where InLog = Where.Log;

    public static ImmutableArray<KeyBinding> Bindings { get; } =
    [
        Of("line-down", Act.LineDown, Rows, KeyGroup.Move, "down", "line down", "j", "Down"),
        Of("line-up", Act.LineUp, Rows, KeyGroup.Move, "up", "line up", "k", "Up"),
        Of("page-down", Act.PageDown, Rows, KeyGroup.Move, "page", "page down", "Space", "PgDn"),
        Of("page-up", Act.PageUp, Rows, KeyGroup.Move, "page up", "page up", "b", "PgUp"),
        Of("half-page-down", Act.HalfPageDown, Rows, KeyGroup.Move, "half page", "half a page down", "Ctrl-d"),
        Of("half-page-up", Act.HalfPageUp, Rows, KeyGroup.Move, "half page up", "half a page up", "Ctrl-u"),
        Of("start", Act.Start, Rows, KeyGroup.Move, "start", "to the start", "g", "Home"),
        Of("end", Act.End, Rows & ~InLog, KeyGroup.Move, "end", "to the end", "G", "End"),
        Of("end-and-follow", Act.End, InLog, KeyGroup.Move, "end", "to the end, and follow", "G", "End"),
        Of("left", Act.Left, Rows, KeyGroup.Move, "left", "sideways", "h", "Left"),
        Of("right", Act.Right, Rows, KeyGroup.Move, "right", "sideways", "l", "Right"),
        Of("next-step", Act.NextStep, InLog, KeyGroup.Move, "step", "next step", "}"),
        Of("previous-step", Act.PreviousStep, InLog, KeyGroup.Move, "step back", "previous step", "{"),
        Of("line", Act.GoToLine, InLog | Where.Lists, KeyGroup.Move, "line", "to a line, as :120"),
        Of("percent", Act.GoToPercent, InLog | Where.Lists, KeyGroup.Move, "percent", "to a place, as :50%"),

        Of("find", Act.Find, InLog, KeyGroup.Find, "find", "search the log", "/"),
        Of("filter", Act.Find, Where.Lists | Where.Help | Where.Chain, KeyGroup.Find, "filter", "only rows that match", "/"),
        Of("next-hit", Act.NextHit, InLog, KeyGroup.Find, "next hit", "next hit", "n"),
        Of("previous-hit", Act.PreviousHit, InLog, KeyGroup.Find, "previous hit", "previous hit", "N"),
        Of("only-matches", Act.OnlyMatches, InLog, KeyGroup.Find, "only", "only lines that match", "&"),
        Of("only-others", Act.OnlyOthers, InLog, KeyGroup.Find, "only others", "only lines that do not", "!"),
        Of("more-context", Act.MoreContext, InLog, KeyGroup.Find, "context", "more lines around hits", "z"),
        Of("less-context", Act.LessContext, InLog, KeyGroup.Find, "less context", "fewer lines around hits", "Z"),
        Of("search-everywhere", Act.SearchEverywhere, InLog, KeyGroup.Find, "all builds", "search in every build", "A"),
        Of("search-case", Act.SearchCase, InLog, KeyGroup.Find, "case", "case counts, or not", "Alt-c"),
        Of("search-kind", Act.SearchKind, InLog, KeyGroup.Find, "regex", "regex, or plain text", "Alt-r"),
        Of("next-problem", Act.NextProblem, InLog | Where.Lists, KeyGroup.Find, "problem", "next problem", "e"),
        Of("previous-problem", Act.PreviousProblem, InLog | Where.Lists, KeyGroup.Find, "problem back", "previous problem", "E"),
        Of("mark", Act.Mark, InLog, KeyGroup.Find, "mark", "mark the line", "m"),
        Of("go-to-mark", Act.GoToMark, InLog, KeyGroup.Find, "to mark", "next mark", "'"),

        Of("open", Act.Open, Where.Overview, KeyGroup.Go, "log", "its log, or what led here", "Enter"),
        Of("open-hit", Act.Open, InLog, KeyGroup.Go, "hit", "to this hit", "Enter"),
        Of("open-log", Act.Open, Where.History | Where.Chain | Where.Events, KeyGroup.Go, "log", "its log", "Enter"),
        Of("quit", Act.Quit, Where.Overview, KeyGroup.Program, "quit", "quit", "q"),
        Of("back", Act.Back, Rows, KeyGroup.Go, "back", "one step back", "Esc", "q"),
        .. Enumerable.Range(1, 9).Select(number => new KeyBinding(
            string.Create(CultureInfo.InvariantCulture, $"worker-{number}"), new Command(Act.Worker, number), Where.Lists | InLog | Where.Chain,
            KeyGroup.Go, "worker", "worker; again: its log", [new KeyPress(number.ToString(CultureInfo.InvariantCulture))])),
        Of("next-pane", Act.NextPane, Where.Overview | InLog, KeyGroup.Go, "pane", "next pane", "Tab"),
        Of("previous-pane", Act.PreviousPane, Where.Overview | InLog, KeyGroup.Go, "pane back", "previous pane", "Shift-Tab"),
        Of("last-view", Act.LastView, Rows, KeyGroup.Go, "last view", "the view before this", "-"),
        Of("newer-build", Act.NewerBuild, InLog, KeyGroup.Go, "newer", "newer build of it", "]"),
        Of("older-build", Act.OlderBuild, InLog, KeyGroup.Go, "older", "older build of it", "["),
        Of("history", Act.History, Where.Builds, KeyGroup.Go, "history", "all builds of this image", "H"),
        Of("chain", Act.Chain, Where.Builds, KeyGroup.Go, "chain", "what led to this build", "T"),
        Of("factory", Act.Factory, Where.Lists, KeyGroup.Go, "factory", "one factory, as :factory lab"),
        Of("overview", Act.Overview, Rows, KeyGroup.Go, "overview", "the overview"),
        Of("events", Act.Events, Rows, KeyGroup.Go, "events", "what was said of late"),
        Of("unrecognised", Act.UnrecognisedLines, Rows, KeyGroup.Go, "unrecognised", "lines not understood"),
        Of("sources", Act.Sources, Rows, KeyGroup.Go, "sources", "the files that are read"),

        Of("follow", Act.Follow, InLog, KeyGroup.Follow, "follow", "follow the end, or stop", "F", "s"),
        Of("freeze", Act.Freeze, Rows & ~Where.Help, KeyGroup.Follow, "freeze", "stand still, or go on", "="),

        Of("wrap", Act.Wrap, InLog, KeyGroup.Show, "wrap", "wrap or chop lines", "w"),
        Of("time-column", Act.TimeColumn, InLog, KeyGroup.Show, "time", "time: + clock gap off", "t"),
        Of("prefix", Act.Prefix, InLog, KeyGroup.Show, "prefix", "\"openstack:\" or not", "p"),
        Of("steps", Act.Steps, InLog, KeyGroup.Show, "steps", "the steps beside the log", "o"),
        Of("full-screen", Act.FullScreen, InLog | Where.Overview, KeyGroup.Show, "full", "this pane alone", "f"),
        Of("diff", Act.Diff, InLog, KeyGroup.Show, "diff", "with the last good build", "d"),
        Of("compare-with", Act.CompareWith, Where.History, KeyGroup.Show, "compare", "compare logs with this one", "d"),
        Of("only-new", Act.OnlyNew, InLog, KeyGroup.Show, "new lines", "only lines new since", "D"),
        Of("colours", Act.Colours, InLog, KeyGroup.Show, "colours", "colours: log, ours, none", "C"),

        Of("copy-line", Act.CopyLine, Rows & ~Where.Help, KeyGroup.TakeOut, "copy", "copy the line or marks", "y"),
        Of("copy-path", Act.CopyPath, Where.Builds | Where.Sources, KeyGroup.TakeOut, "copy path", "copy the log's path", "Y"),
        Of("copy-image-id", Act.CopyImageId, Where.Builds, KeyGroup.TakeOut, "copy image id", "copy the image's id", "I"),
        Of("copy-cleaning-up", Act.CopyCleaningUp, Where.Builds, KeyGroup.TakeOut, "copy clean-up", "copy what would tidy up", "c"),
        Of("plain-text", Act.PlainText, Where.Builds, KeyGroup.TakeOut, "plain", "plain text, no frame", "x"),
        Of("pager", Act.Pager, Where.Builds, KeyGroup.TakeOut, "pager", "the log in $PAGER", "v"),
        Of("save", Act.Save, Where.Builds, KeyGroup.TakeOut, "save", "save the log to a file", "S", "Ctrl-s"),

        Of("bell-for-build", Act.BellForBuild, Where.Builds, KeyGroup.Watch, "bell", "bell when it ends", "M"),
        Of("bell-for-all", Act.BellForAll, Rows, KeyGroup.Watch, "all bells", "bell for any failure", "B"),

        Of("palette", Act.Palette, Rows, KeyGroup.Program, "command", "a command by its name", ":"),
        Of("help", Act.Help, Rows, KeyGroup.Program, "help", "help; again: every key", "?", "F1"),
        Of("mouse", Act.Mouse, Rows, KeyGroup.Program, "mouse", "mouse on or off", "F2"),
        Of("read-again", Act.ReadAgain, Rows, KeyGroup.Program, "read again", "read everything again", "F5"),
        Of("redraw", Act.Redraw, Rows, KeyGroup.Program, "redraw", "draw the screen again", "Ctrl-l"),
        Of("suspend", Act.Suspend, Rows, KeyGroup.Program, "suspend", "to the shell, until fg", "Ctrl-z"),
        Of("quit-at-once", Act.Quit, Rows, KeyGroup.Program, "quit", "quit from anywhere", "Ctrl-c"),
    ];

    private static KeyBinding Of(string name, Act act, Where where, KeyGroup group, string shortly, string atLength, params string[] keys) =>
        new(name, new Command(act), where, group, shortly, atLength, [.. keys.Select(key => new KeyPress(key))]);
}
