using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// Walks through the screens, drawn by chance: keys that mean something there, names, clicks and pauses; each step with all that it
/// changes of what the user chose, and with its effects. ACCEPT=1 rewrites the tables.
/// </summary>
[SetCulture("")]
public sealed class WalkTests
{
    private const int Steps = 220;

    private static readonly string[] Names =
    [
        "", "el9", "storage", "(", "line", "5", "50%", "0", "factory oxford", "factory", "factory nowhere", "mute BUILD_FAILED 3d",
        "mute nothing", "log gateway", "history compute-el8-x86_64.mgd", "chain storage", "filter failed", "help", "timeline", "past 12:00",
        "save /tmp/x", "Timeout", "quattor", "qu", "sort",
    ];

    private static readonly Size[] Sizes = [new(80, 24), new(140, 40), new(60, 12), new(20, 5)];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public void Walk_ThroughTheScreens_ChangesWhatIsListed(int table)
    {
        // Not for secrets: the same walk each time.
        var random = new Random(table);
        var state = Screens.Of(InventedDay.Two(), Sizes[table % 2]).SeenUntil("12:00:00");
        var (text, before) = (new StringBuilder(), Fields(state));
        for (var step = 0; step < Steps; step++)
        {
            var (words, message, pause) = Any(random, state);
            if (message is null)
                continue;
            // A line is typed before it is entered.
            if (message is LineEntered entered)
                state = Update.Apply(state, state.Now, new LineTyped(entered.Number, entered.Text)).State;
            var next = Update.Apply(state, state.Now + pause, message);
            state = next.State;
            var fields = Fields(state);
            text.Append(words).Append('\n');
            foreach (var (name, value) in fields.Where(field => before.GetValueOrDefault(field.Key) != field.Value))
                text.Append(CultureInfo.InvariantCulture, $"    {name}: {value}\n");
            foreach (var effect in next.Effects)
                text.Append(CultureInfo.InvariantCulture, $"    > {Describe(effect)}\n");
            before = fields;
        }

        Golden.Matches($"Walks.{table}.txt", text.ToString());
    }

    private static (string Words, Message? Message, TimeSpan Pause) Any(Random random, ScreenState state)
    {
        var second = TimeSpan.FromSeconds(1);
        // What was asked for comes before anything else happens, mostly.
        if (random.Next(4) > 0 && Answer(state, random.Next(4) > 0) is { } answer)
            return ($"{answer.GetType().Name}", answer, second);
        if (state.User.Question is { } question)
        {
            var typed = Names[random.Next(Names.Length)];
            return random.Next(8) switch
            {
                0 => ("cancel", new LineCancelled(question.Number), second),
                1 => ("Up", new KeyPressed(new KeyPress("Up")), second),
                2 => ("Tab", new KeyPressed(new KeyPress("Tab")), second),
                < 5 => ($"type {typed}", new LineTyped(question.Number, typed), second),
                _ => ($"enter {typed}", new LineEntered(question.Number, typed), second),
            };
        }

        switch (random.Next(24))
        {
            case 0:
                var size = Sizes[random.Next(Sizes.Length)];
                return ($"size {size.Columns}x{size.Rows}", new Resized(size), second);
            case 1 or 2:
                var act = Enum.GetValues<MouseAct>()[random.Next(4)];
                var (row, column) = (random.Next(state.Size.Rows), random.Next(state.Size.Columns));
                return ($"mouse {act} {row} {column}", new MousePressed(new MousePress(act, row, column)), second);
            case 3:
                return ("tick after three minutes", Tick(state), TimeSpan.FromMinutes(3));
            case 4:
                return ("tick", Tick(state), second);
            default:
                var bindings = state
                    .Settings.Keys.Bindings.Where(binding => binding.WorksOn(state.User.Place.Screen) && !binding.Keys.IsEmpty)
                    .ToList();
                var keys = bindings[random.Next(bindings.Count)].Keys;
                var key = random.Next(5) == 0 ? Moves[random.Next(Moves.Length)] : keys[random.Next(keys.Length)].Name;
                return ($"key {key}", new KeyPressed(new KeyPress(key)), second);
        }
    }

    private static readonly string[] Moves = ["j", "k", "G", "Space", "Enter", "Enter", "Esc"];

    private static Ticked? Tick(ScreenState state) =>
        Subscriptions.Of(state).OfType<Ticks>().Select(ticks => new Ticked(ticks.Id)).FirstOrDefault();

    private static Message? Answer(ScreenState state, bool isGood) =>
        state.Waiting.Values.OrderBy(request => request.Number).FirstOrDefault() switch
        {
            ReadWholeLog read => isGood ? new WholeLogRead(read.Number, ["one", "two"]) : new WholeLogNotRead(read.Number, "no such file"),
            SaveLog save => isGood ? new LogSaved(save.Number, 5, "/tmp/x") : new LogNotSaved(save.Number, "no room"),
            RunPager pager => isGood ? new PagerEnded(pager.Number, 0) : new PagerNotStarted(pager.Number, "no pager"),
            ShowPlainText shown => new PlainTextClosed(shown.Number),
            KeepMutes mutes => isGood ? new MutesKept(mutes.Number) : new MutesNotKept(mutes.Number, "read-only"),
            RunDoctor doctor => new DoctorRan(doctor.Number, isGood ? Findings : []),
            LookAtPast past => new PastNotFound(past.Number, "nothing was recorded"),
            StepInPast past => new PastNotFound(past.Number, "nothing was recorded"),
            _ => state.Log is { } log && log.View.Request(state.LogSize) is { } wanted && log.View.Latest?.Request != wanted
                ? new PageRead(log.Id, PaperLog.Of(GivenLogs.Failed.Select(line => line.Text)).Answer(wanted))
                : null,
        };

    private static readonly ImmutableArray<DoctorRow> Findings =
    [
        new(0, "messages: missing", IsProblem: true, IsCommand: false),
        new(1, "ls -l /var/log/messages", IsProblem: false, IsCommand: true),
    ];

    /// <summary>All that the user chose, and what follows from it.</summary>
    private static Dictionary<string, string?> Fields(ScreenState state)
    {
        var (user, place) = (state.User, state.User.Place);
        var view = state.Log?.View;
        return new()
        {
            ["place"] = $"{place.Screen} {place.Subject} {place.Factory}{(place.Full ? ", full" : "")}{(place.Everything ? $", all" : "")}",
            ["focus"] = $"{place.Focus}",
            ["row"] = $"{Selection.Row(state)?.Id}",
            ["cursor"] = $"{place.Cursor.Index} from {place.Cursor.Top}",
            ["filter"] = place.Cursor.Filter,
            ["sideways"] = $"{place.Sideways}",
            ["first"] = Joined(place.First),
            ["unfolded"] = Joined(place.Unfolded),
            ["window"] = $"{place.Window.Span} until {place.Window.Until:HH:mm:ss} {place.Window.Lane}",
            ["findings"] = $"{place.Findings?.Length}",
            ["factory"] = user.Factory,
            ["question"] = user.Question is { } question ? $"{question.Kind} '{question.Text}' {question.Before} {question.Then}" : null,
            ["notice"] = user.Notice is { } notice ? $"{notice.Text}{(notice.IsProblem ? " (!)" : "")}" : null,
            ["problem"] = user.LastProblem is { } problem ? $"{problem.Key} on {problem.Row}" : null,
            ["seen"] = $"{user.Sight.Mark.At:HH:mm:ss} {Joined(user.Sight.Mark.Keys)}",
            ["sight"] = $"{user.Sight.Visited} {user.Sight.Before?.At:HH:mm:ss} {user.Sight.JustMarkedAll}",
            ["unseen"] = $"{state.Unseen.Count}",
            ["shows row"] = $"{user.ShowsRow}",
            ["bells"] = $"{user.BellForAll} {Joined(user.BellFor)}",
            ["compared"] = user.ComparedWith,
            ["mouse"] = $"{user.MouseIsOn}",
            ["typed"] = string.Join(" | ", user.CommandHistory),
            ["searched"] = string.Join(" | ", user.SearchHistory),
            ["frozen"] = state.Frozen is { } frozen ? $"{frozen.Now:HH:mm:ss} {frozen.Past is not null}" : null,
            ["waiting"] = string.Join(' ', state.Waiting.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value.GetType().Name}")),
            ["log"] = view is null ? null : $"{state.Log!.Id} {view.Build.Id}",
            ["log at"] = view?.Position.ToString(),
            ["log look"] = view?.Look.ToString(),
            ["log filter"] = view?.Filter.ToString(),
            ["log search"] = view is null ? null : Searched(view),
            ["log marks"] = view is null ? null : string.Join(' ', view.Marks.Keys),
            ["log notice"] = view?.Notice,
            ["all builds"] = view?.AllBuilds.Pattern?.Text,
        };
    }

    private static string Searched(LogView view) =>
        $"{view.Search.Pattern?.Text} {view.Search.How}, hit {view.HitIndex} of {view.Hits.Count}{(view.Searching ? ", searching" : "")}";

    private static string Joined(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));

    private static string Describe(Effect effect)
    {
        // What is kept is among the fields.
        var text = effect is KeepSeen ? nameof(KeepSeen) : $"{effect}";
        return text.Length > 200 ? text[..200] : text;
    }
}
