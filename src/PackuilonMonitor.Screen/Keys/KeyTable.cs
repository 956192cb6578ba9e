using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Keys;

/// <summary>
/// The keys at the start, by the habits of less, vim, lnav and k9s. Of two that share a key the first that works on the
/// screen has it. Ctrl-a and Ctrl-b are never among them: screen and tmux take them.
/// </summary>
public static class KeyTable
{
    private const Where Rows = Where.Everywhere;
    private const Where InLog = Where.Log;

    public static ImmutableArray<KeyBinding> Bindings { get; } =
    [
        Of("line-down", ContentAct.LineDown, Rows, KeyGroup.Move, "down", "line down", "j", "Down"),
        Of("line-up", ContentAct.LineUp, Rows, KeyGroup.Move, "up", "line up", "k", "Up"),
        Of("page-down", ContentAct.PageDown, Rows, KeyGroup.Move, "page", "page down", "Space", "PgDn"),
        Of("page-up", ContentAct.PageUp, Rows, KeyGroup.Move, "page up", "page up", "b", "PgUp"),
        Of("half-page-down", ContentAct.HalfPageDown, Rows, KeyGroup.Move, "half page", "half a page down", "Ctrl-d"),
        Of("half-page-up", ContentAct.HalfPageUp, Rows, KeyGroup.Move, "half page up", "half a page up", "Ctrl-u"),
        Of("start", ContentAct.Start, Rows, KeyGroup.Move, "start", "to the start", "g", "Home"),
        Of("end", ContentAct.End, Rows & ~InLog, KeyGroup.Move, "end", "to the end", "G", "End"),
        Of("end-and-follow", ContentAct.End, InLog, KeyGroup.Move, "end", "to the end, and follow", "G", "End"),
        Of("left", ContentAct.Left, Rows, KeyGroup.Move, "left", "sideways", "h", "Left"),
        Of("right", ContentAct.Right, Rows, KeyGroup.Move, "right", "sideways", "l", "Right"),
        Of("next-step", LogAct.NextStep, InLog, KeyGroup.Move, "step", "next step", "}"),
        Of("previous-step", LogAct.PreviousStep, InLog, KeyGroup.Move, "step back", "previous step", "{"),
        Of("line", ContentAct.GoToLine, InLog | Where.Lists, KeyGroup.Move, "line", "to a line, as :120"),
        Of("percent", ContentAct.GoToPercent, InLog | Where.Lists, KeyGroup.Move, "percent", "to a place, as :50%"),

        Of("find", ContentAct.Find, InLog, KeyGroup.Find, "find", "search the log", "/"),
        Of("filter", ContentAct.Find, Where.Lists | Where.Help | Where.Chain, KeyGroup.Find, "filter", "only rows that match", "/"),
        Of("next-hit", LogAct.NextHit, InLog, KeyGroup.Find, "next hit", "next hit", "n"),
        Of("previous-hit", LogAct.PreviousHit, InLog, KeyGroup.Find, "previous hit", "previous hit", "N"),
        Of("only-matches", LogAct.OnlyMatches, InLog, KeyGroup.Find, "only", "only lines that match", "&"),
        Of("only-others", LogAct.OnlyOthers, InLog, KeyGroup.Find, "only others", "only lines that do not", "!"),
        Of("more-context", LogAct.MoreContext, InLog, KeyGroup.Find, "context", "more lines around hits", "z"),
        Of("less-context", LogAct.LessContext, InLog, KeyGroup.Find, "less context", "fewer lines around hits", "Z"),
        Of("search-everywhere", LogAct.SearchEverywhere, InLog, KeyGroup.Find, "all builds", "search in every build", "A"),
        Of("search-case", LogAct.SearchCase, InLog, KeyGroup.Find, "case", "case counts, or not", "Alt-c"),
        Of("search-kind", LogAct.SearchKind, InLog, KeyGroup.Find, "regex", "regex, or plain text", "Alt-r"),
        Of("next-problem", ContentAct.NextProblem, InLog | Where.Lists | Where.Chain, KeyGroup.Find, "problem", "next problem", "e"),
        Of(
            "previous-problem", ContentAct.PreviousProblem, InLog | Where.Lists | Where.Chain, KeyGroup.Find,
            "problem back", "previous problem", "E"),
        Of("next-unseen", SightAct.NextUnseen, Rows & ~Where.Help, KeyGroup.Find, "unseen", "next unseen, worst first", "u"),
        Of("all-seen", SightAct.AllSeen, Rows & ~Where.Help, KeyGroup.Find, "all seen", "all seen; again: not", "U"),
        Of("unseen-again", SightAct.UnseenAgain, Rows & ~Where.Help, KeyGroup.Find, "unseen again", "take back \"all seen\""),
        Of("mark", LogAct.Mark, InLog, KeyGroup.Find, "mark", "mark the line", "m"),
        Of("go-to-mark", LogAct.GoToMark, InLog, KeyGroup.Find, "to mark", "next mark", "'"),

        Of("open", ContentAct.Open, Where.Overview, KeyGroup.Go, "log", "its log, or what led here", "Enter"),
        Of("open-hit", ContentAct.Open, InLog, KeyGroup.Go, "hit", "to this hit", "Enter"),
        Of("open-log", ContentAct.Open, Where.History | Where.Chain | Where.Events | Where.Steps, KeyGroup.Go, "log", "its log", "Enter"),
        Of("quit", ProgramAct.Quit, Where.Overview, KeyGroup.Program, "quit", "quit", "q"),
        Of("back", ContentAct.Back, Rows, KeyGroup.Go, "back", "one step back", "Esc", "q"),
        .. Enumerable.Range(1, 9).Select(number => new KeyBinding(
            string.Create(CultureInfo.InvariantCulture, $"worker-{number}"),
            new ScreenCommand(ScreenAct.Worker, number), Where.Lists | InLog | Where.Chain,
            KeyGroup.Go, "worker", "worker; again: its log", [new KeyPress(number.ToString(CultureInfo.InvariantCulture))])),
        Of("next-pane", ContentAct.NextPane, Where.Overview | InLog, KeyGroup.Go, "pane", "next pane", "Tab"),
        Of("previous-pane", ContentAct.PreviousPane, Where.Overview | InLog, KeyGroup.Go, "pane back", "previous pane", "Shift-Tab"),
        Of("last-view", ScreenAct.LastView, Rows, KeyGroup.Go, "last view", "the view before this", "-"),
        Of("newer-build", LogAct.NewerBuild, InLog, KeyGroup.Go, "newer", "newer build of it", "]"),
        Of("older-build", LogAct.OlderBuild, InLog, KeyGroup.Go, "older", "older build of it", "["),
        Of("newer-change", ScreenAct.NewerChange, Where.Chain, KeyGroup.Go, "newer change", "newer change of the profile", "]"),
        Of("older-change", ScreenAct.OlderChange, Where.Chain, KeyGroup.Go, "older change", "older change of the profile", "["),
        Of("log", BuildAct.Log, Rows & ~Where.Help, KeyGroup.Go, "log", "as :log IMAGE"),
        Of("history", BuildAct.History, Where.Builds, KeyGroup.Go, "history", "all builds of this image", "H"),
        Of("chain", BuildAct.Chain, Where.Builds, KeyGroup.Go, "chain", "the way of this change", "T"),
        Of("factory", ScreenAct.Factory, Where.Lists, KeyGroup.Go, "factory", "one factory, as :factory lab"),
        Of("overview", ScreenAct.Overview, Rows, KeyGroup.Go, "overview", "the overview"),
        Of("events", ScreenAct.Events, Rows, KeyGroup.Go, "events", "recent events"),
        Of("unrecognised", ScreenAct.Unrecognised, Rows, KeyGroup.Go, "unrecognised", "unrecognised lines"),
        Of("sources", ScreenAct.Sources, Rows, KeyGroup.Go, "sources", "the files that are read"),
        Of("doctor", ScreenAct.Doctor, Rows & ~Where.Help, KeyGroup.Go, "doctor", "what can be read, what not", "R"),
        Of("run-doctor", ContentAct.Open, Where.Sources, KeyGroup.Go, "doctor", "what can be read, what not", "Enter"),
        Of("health", ScreenAct.Health, Rows, KeyGroup.Go, "health", "what is wrong, and what to do", "!"),
        Of(
            "failures", ScreenAct.Causes, Where.Overview | Where.History | Where.Causes | InLog, KeyGroup.Go,
            "by cause", "failures by cause; again: back", "X"),
        Of("causes", ScreenAct.Causes, Rows, KeyGroup.Go, "causes", "failures by cause"),
        Of("unfold", ContentAct.Open, Where.Causes, KeyGroup.Go, "log or unfold", "its log; of a cause, unfold", "Enter"),
        Of("open-steps", ContentAct.Open, Where.Timeline, KeyGroup.Go, "open", "its steps, then its log", "Enter"),
        Of("open-item", ContentAct.Open, Where.Health, KeyGroup.Go, "open", "what it is about", "Enter"),
        Of("next-part", ContentAct.NextPane, Where.Health, KeyGroup.Go, "items", "to its items, and back", "Tab"),
        Of("previous-part", ContentAct.PreviousPane, Where.Health, KeyGroup.Go, "checks", "to its items, and back", "Shift-Tab"),

        Of("follow", LogAct.Follow, InLog, KeyGroup.Follow, "follow", "follow the end, or stop", "F", "s"),
        Of("freeze", ContentAct.Freeze, Rows & ~Where.Help, KeyGroup.Follow, "freeze", "freeze, or continue", "="),

        Of("event-before", PastAct.EventBefore, Rows & ~Where.Help, KeyGroup.Follow, "event before", "to the event before this", ","),
        Of("event-after", PastAct.EventAfter, Rows & ~Where.Help, KeyGroup.Follow, "event after", "to the event after this", "."),
        Of("failure-before", PastAct.FailureBefore, Rows & ~Where.Help, KeyGroup.Follow, "failure before", "to the failure before", "<"),
        Of("failure-after", PastAct.FailureAfter, Rows & ~Where.Help, KeyGroup.Follow, "failure after", "to the failure after", ">"),
        Of("at", PastAct.At, Rows & ~Where.Help, KeyGroup.Follow, "at a time", "as it was, as :at 14:02", "@"),
        Of("live", PastAct.Live, Rows & ~Where.Help, KeyGroup.Follow, "live", "back to the present", "L"),

        Of("wrap", LogAct.Wrap, InLog, KeyGroup.Show, "wrap", "wrap or chop lines", "w"),
        Of("time-column", LogAct.TimeColumn, InLog, KeyGroup.Show, "time", "time: + clock gap off", "t"),
        // Behind the time column of a log, which has the key there.
        Of("timeline", ScreenAct.Timeline, Rows & ~Where.Help, KeyGroup.Go, "timeline", "workers over the hours", "t"),
        Of("shorter-span", TimelineAct.ShorterSpan, Where.Timeline, KeyGroup.Show, "less time", "less time, more detail", "z"),
        Of("longer-span", TimelineAct.LongerSpan, Where.Timeline, KeyGroup.Show, "more time", "more time, less detail", "Z"),
        Of("prefix", LogAct.Prefix, InLog, KeyGroup.Show, "prefix", "\"openstack:\" or not", "p"),
        Of("steps", LogAct.Steps, InLog, KeyGroup.Show, "steps", "the steps beside the log", "o"),
        Of("full-screen", ContentAct.FullScreen, InLog | Where.Overview, KeyGroup.Show, "full", "this pane alone", "f"),
        Of(
            "row-in-full", ContentAct.RowInFull, Where.WithStrip, KeyGroup.Show,
            "row in full", "the row whole, at the bottom", "i"),
        Of("diff", LogAct.Diff, InLog, KeyGroup.Show, "diff", "with the last good build", "d"),
        Of("compare-with", BuildAct.CompareWith, Where.History, KeyGroup.Show, "compare", "compare logs with this one", "d"),
        Of("only-new", LogAct.OnlyNew, InLog, KeyGroup.Show, "new lines", "only lines new since", "D"),
        Of("builder-after", LogAct.NextBuilder, InLog, KeyGroup.Show, "builder", "one builder's lines, or all", ")"),
        Of("builder-before", LogAct.PreviousBuilder, InLog, KeyGroup.Show, "builder back", "the builder before, or all", "("),
        Of("colours", LogAct.Colours, InLog, KeyGroup.Show, "colours", "colours: log, ours, none", "C"),

        Of("copy-line", BuildAct.CopyLine, Rows & ~Where.Help, KeyGroup.TakeOut, "copy", "copy the line or marks", "y"),
        Of("copy-path", BuildAct.CopyPath, Where.Builds | Where.Sources, KeyGroup.TakeOut, "copy path", "copy the log's path", "Y"),
        Of("copy-image-id", BuildAct.CopyImageId, Where.Builds, KeyGroup.TakeOut, "copy image id", "copy the image's id", "I"),
        Of("copy-cleaning-up", BuildAct.CopyCleanUp, Where.Builds, KeyGroup.TakeOut, "copy clean-up", "copy clean-up commands", "c"),
        Of("copy-command", CheckAct.CopyCommand, Where.Health, KeyGroup.TakeOut, "copy do:", "copy the command to type", "c"),
        Of("plain-text", BuildAct.PlainText, Where.Builds, KeyGroup.TakeOut, "plain", "plain text, no frame", "x"),
        Of("pager", BuildAct.Pager, Where.Builds, KeyGroup.TakeOut, "pager", "the log in $PAGER", "v"),
        Of("save", BuildAct.Save, Where.Builds, KeyGroup.TakeOut, "save", "save the log to a file", "S", "Ctrl-s"),

        Of("bell-for-build", BuildAct.BellForBuild, Where.Builds, KeyGroup.Watch, "bell", "bell when it ends", "M"),
        Of("bell-for-all", ProgramAct.BellForAll, Rows, KeyGroup.Watch, "all bells", "bell for any failure", "B"),

        Of("mute", CheckAct.Mute, Rows & ~InLog, KeyGroup.Watch, "mute", "mute a check, for how long", "m"),
        Of("unmute", CheckAct.Unmute, Rows & ~InLog, KeyGroup.Watch, "unmute", "as :unmute BUILD_FAILED"),

        Of("palette", ProgramAct.Palette, Rows, KeyGroup.Program, "command", "a command by its name", ":"),
        Of("help", ScreenAct.Help, Rows, KeyGroup.Program, "help", "help; again: every key", "?", "F1"),
        Of("mouse", ProgramAct.Mouse, Rows, KeyGroup.Program, "mouse", "mouse on or off", "F2"),
        Of("read-again", ProgramAct.ReadAgain, Rows, KeyGroup.Program, "read again", "read everything again", "F5"),
        Of("redraw", ProgramAct.Redraw, Rows, KeyGroup.Program, "redraw", "draw the screen again", "Ctrl-l"),
        Of("suspend", ProgramAct.Suspend, Rows, KeyGroup.Program, "suspend", "to the shell, until fg", "Ctrl-z"),
        Of("quit-at-once", ProgramAct.QuitAtOnce, Rows, KeyGroup.Program, "quit", "quit from anywhere", "Ctrl-c"),
    ];

    private static KeyBinding Of(
        string name, Command command, Where where, KeyGroup group, string shortly, string atLength, params string[] keys) =>
        new(name, command, where, group, shortly, atLength, [.. keys.Select(key => new KeyPress(key))]);
}
