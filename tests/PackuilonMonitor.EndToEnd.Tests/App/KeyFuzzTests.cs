using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Sessions;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Captures;
using PackuilonMonitor.Tests.EndToEnd;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// Whatever is pressed, typed, pasted, clicked and resized, in any order: the update throws nothing and the picture fills the screen.
/// PACKUILON_KEYS asks for more events, PACKUILON_KEYS_SEED for others. A failure prints its events; PACKUILON_KEYS_REPLAY names a file
/// of them, one a line, that is gone through instead.
/// </summary>
public sealed class KeyFuzzTests
{
    private const int InOneSession = 250;

    private static readonly int Events = int.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_KEYS") ?? "5000",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_KEYS_SEED") ?? "1",
        CultureInfo.InvariantCulture
    );

    private static readonly string[] Keys =
    [
        .. Enumerable.Range('!', '~' - '!' + 1).Select(character => ((char)character).ToString()),
        .. new[]
        {
            "Space",
            "Enter",
            "Esc",
            "Esc",
            "Tab",
            "Shift-Tab",
            "Backspace",
            "Delete",
            "Insert",
            "Up",
            "Down",
            "Left",
            "Right",
            "Home",
            "End",
            "PgUp",
            "PgDn",
            "é",
            "界",
        },
        .. Enumerable.Range('a', 26).SelectMany(letter => new[] { $"Ctrl-{(char)letter}", $"Alt-{(char)letter}" }),
        .. Enumerable.Range(1, 12).Select(number => $"F{number}"),
    ];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "el9",
        "(",
        "[a-",
        "help",
        "quit",
        "99999999999999999999",
        "-1",
        "factory nowhere",
        "factory oxford",
        "sort",
        "\u001b[2J",
        "界\u0301\u200b",
        "../../etc/passwd",
        "/dev/full",
        new('x', 400),
        "save /",
        "filter =",
        "mute BUILD_FAILED 3d",
        "log 5",
        "theme",
        ":",
        "/",
        "?",
    ];

    private static readonly Size[] Sizes =
    [
        new(80, 24),
        new(140, 40),
        new(1, 1),
        new(0, 0),
        new(20, 5),
        new(500, 200),
        new(39, 11),
        new(200, 3),
        new(4, 60),
    ];

    private StillFactory _still = null!;

    [OneTimeSetUp]
    public void Fold() => _still = new StillFactory();

    [OneTimeTearDown]
    public void Remove() => _still.Dispose();

    [Test]
    public void Update_AnyEvents_ThrowsNothingAndFillsTheScreen()
    {
        if (Environment.GetEnvironmentVariable("PACKUILON_KEYS_REPLAY") is { Length: > 0 } replay)
        {
            Go(Invented(), File.ReadAllLines(replay));
            Go(Simulated(), File.ReadAllLines(replay));
            return;
        }

        GoOn(Events, session => session % 2 == 0 ? Invented() : Simulated());
    }

    [TestCase("e7ec5f0-main")]
    [TestCase("HEAD-globalfix")]
    public void Update_AnyEventsOverARecording_ThrowsNothingAndFillsTheScreen(string name)
    {
        var recording = new Recording(SharedFolder.Find($"data/captures/{name}"));
        var state = Given.Folded([.. recording.Observations("messages"), .. recording.Logs()]);
        Assert.That(state.Builds.Count, Is.Positive);

        GoOn(Events / 2, _ => Of(state));
    }

    /// <summary>Each kind of event is read back from its own words.</summary>
    [Test]
    public void Events_AsText_AreReplayable()
    {
        var random = new Random(Seed);
        var events = Enumerable.Range(0, 1_000).Select(_ => Any(random)).ToList();

        Assert.That(events, Has.All.Not.Contain("\n"));
        Assert.That(
            events.Select(one => one.Split(' ')[0]).Distinct(),
            Is.EquivalentTo(new[] { "key", "type", "enter", "cancel", "mouse", "size", "tick", "answer", "stopped" })
        );
    }

    /// <summary>The report of a bug tells all that somebody did: played again it leads to the same picture.</summary>
    [Test]
    public void Report_PlayedAgain_LeadsToTheSamePicture()
    {
        var random = new Random(Seed);
        for (var session = 0; session < 8; session++)
        {
            var start = session % 2 == 0 ? Invented() : Simulated();
            var (state, recorder, replay, time) = (start, new MessageRecorder(), new Replay(), start.Now);
            var pages = new Dictionary<SubscriptionId, int>();
            for (var at = 0; at < MessagesInReport; at++)
            {
                if (MessageOf(state, Any(random)) is not { } message)
                    continue;
                time += TimeSpan.FromMilliseconds(random.Next(3_000));
                if (message is PageRead { From: var from })
                    replay.Know(MessageText.Of(message, pages[from] = pages.GetValueOrDefault(from, -1) + 1), message);
                if (message is WholeLogRead or DoctorRan)
                    replay.Know(MessageText.Of(message, 0), message);
                recorder.Add(time, message);
                state = Update.Apply(state, time, message).State;
            }

            Assert.That(
                Picture.Of(replay.Play(start, recorder.ToText())).ToLines().Select(line => line.ToText()),
                Is.EqualTo(Picture.Of(state).ToLines().Select(line => line.ToText())),
                recorder.ToText
            );
        }
    }

    /// <summary>What a person did is kept however many ticks come, and a run of ticks is one line.</summary>
    [Test]
    public void Report_AmongManyTicks_HasTheLastKeys()
    {
        var recorder = new MessageRecorder();
        for (var key = 0; key < 210; key++)
        {
            recorder.Add(default, new KeyPressed(new KeyPress(key % 2 == 0 ? "j" : "Ctrl-d")));
            recorder.Add(default, new Ticked(Subscriptions.Tick));
            recorder.Add(default, new Ticked(Subscriptions.Tick));
        }

        recorder.Add(default, new LineTyped(7, "my secret; \u001b[2J"));
        var lines = recorder.ToText().Split('\n');
        Assert.That(lines.Count(line => line.EndsWith(" key j", StringComparison.Ordinal)), Is.EqualTo(99));
        Assert.That(lines.Count(line => line.EndsWith(" key Ctrl-d", StringComparison.Ordinal)), Is.EqualTo(100));
        Assert.That(lines[^1], Does.EndWith(" typed 7 my%20secret%3B%20%1B%5B2J"));
        Assert.That(lines.Count(line => line.Split(" tick").Length == 3), Is.EqualTo(150));
        Assert.That(lines[0], Is.EqualTo("(33 more)"));
    }

    private const int MessagesInReport = 180;

    /// <summary>So many events, in sessions that each begin as the program does.</summary>
    private static void GoOn(int events, Func<int, ScreenState> start)
    {
        // Not for secrets: the same events in each run.
        var random = new Random(Seed);
        for (var done = 0; done < events; done += InOneSession)
            Go(start(done / InOneSession), Enumerable.Range(0, InOneSession).Select(_ => Any(random)).ToList());
    }

    private static void Go(ScreenState state, IReadOnlyList<string> events)
    {
        for (var at = 0; at < events.Count; at++)
        {
            try
            {
                state = Apply(state, events[at]);
                Check(state);
            }
            catch (Exception error) when (error is not AssertionException)
            {
                Assert.Fail($"event {at}: {error}\n{string.Join('\n', events.Take(at + 1))}");
            }
        }
    }

    private static ScreenState Invented() => Screens.Of(InventedDay.Two());

    private ScreenState Simulated() => Of(_still.State);

    private static ScreenState Of(MonitorState state) =>
        Screens.Of(Snapshot.Of([FactorySnapshot.Of(state, new Facts(ThreadCount: 4))], Facts.None));

    private static string Any(Random random) =>
        random.Next(100) switch
        {
            < 62 => $"key {Keys[random.Next(Keys.Length)]}",
            < 72 => $"type {Escaped(Texts[random.Next(Texts.Length)])}",
            < 80 => $"enter {Escaped(Texts[random.Next(Texts.Length)])}",
            < 83 => "cancel",
            < 90 => string.Create(
                CultureInfo.InvariantCulture,
                $"mouse {Enum.GetValues<MouseAct>()[random.Next(4)]} {random.Next(-1, 60)} {random.Next(-1, 200)}"
            ),
            < 93 => $"size {random.Next(Sizes.Length)}",
            < 95 => "tick",
            < 99 => $"answer {random.Next(2)}",
            _ => "stopped",
        };

    private static readonly ImmutableArray<DoctorRow> GivenFindings =
    [
        new(0, "messages: missing", IsProblem: true, IsCommand: false),
        new(1, "ls -l /var/log/messages", IsProblem: false, IsCommand: true),
    ];

    private static string Escaped(string text) => text.Replace("\u001b", "\\e", StringComparison.Ordinal);

    private static ScreenState Apply(ScreenState state, string one) =>
        MessageOf(state, one) is { } message ? Update.Apply(state, state.Now + TimeSpan.FromSeconds(1), message).State : state;

    private static Message? MessageOf(ScreenState state, string one)
    {
        var words = one.Split(' ');
        var text = one.Length > words[0].Length ? one[(words[0].Length + 1)..].Replace("\\e", "\u001b", StringComparison.Ordinal) : "";
        // What comes for a line that is closed by now must be dropped.
        var line = state.User.Question?.Number ?? 7;
        return words[0] switch
        {
            "key" => new KeyPressed(new KeyPress(text)),
            "type" => new LineTyped(line, text),
            "enter" => new LineEntered(line, text),
            "cancel" => new LineCancelled(line),
            "mouse" => new MousePressed(
                new MousePress(
                    Enum.Parse<MouseAct>(words[1]),
                    int.Parse(words[2], CultureInfo.InvariantCulture),
                    int.Parse(words[3], CultureInfo.InvariantCulture)
                )
            ),
            "size" => new Resized(Sizes[int.Parse(words[1], CultureInfo.InvariantCulture)]),
            "tick" => Subscriptions.Of(state).OfType<Ticks>().Select(ticks => new Ticked(ticks.Id)).FirstOrDefault(),
            "answer" => Answer(state, isGood: words[1] == "0"),
            "stopped" => new NotSuspended(),
            _ => throw new ArgumentException($"no event: {one}", nameof(one)),
        };
    }

    /// <summary>What the world says to something that was asked: a page of the open log, or how a request ended.</summary>
    private static Message? Answer(ScreenState state, bool isGood)
    {
        if (state.Waiting.Values.FirstOrDefault() is { } request)
        {
            return request switch
            {
                ReadWholeLog => isGood
                    ? new WholeLogRead(request.Number, ["one", "two"])
                    : new WholeLogNotRead(request.Number, "no such file"),
                SaveLog => isGood ? new LogSaved(request.Number, 5, "/tmp/x") : new LogNotSaved(request.Number, "no room"),
                RunPager => isGood ? new PagerEnded(request.Number, 0) : new PagerNotStarted(request.Number, "no pager"),
                ShowPlainText => new PlainTextClosed(request.Number),
                KeepMutes => isGood ? new MutesKept(request.Number) : new MutesNotKept(request.Number, "read-only"),
                RunDoctor => new DoctorRan(request.Number, isGood ? [] : GivenFindings),
                LookAtPast or StepInPast => new PastNotFound(request.Number, "nothing was recorded"),
                _ => throw new ArgumentException($"no answer to {request.GetType().Name}", nameof(state)),
            };
        }

        return state.Log is { } log && log.View.Request(state.LogSize) is { } wanted
            ? new PageRead(log.Id, PaperLog.Numbered(isGood ? 500 : 1).Answer(wanted))
            : null;
    }

    private static void Check(ScreenState state)
    {
        var lines = Picture.Of(state).ToLines();
        if (lines.Count != state.Size.Rows || lines.Any(line => line.Width != state.Size.Columns))
            throw new InvalidOperationException($"the picture is not {state.Size.Columns}x{state.Size.Rows}");
        _ = Picture.Controls(state);
    }
}
