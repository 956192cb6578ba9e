using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// Drawn days on the screen, with somebody who looks at a list now and then: what each state and each key makes the screen say and do, and
/// whole pictures in their colours. ACCEPT=1 rewrites the tables.
/// </summary>
[SetCulture("")]
public sealed class DayTableTests
{
    private const int Days = 3;

    private static readonly Size[] Sizes = [new(80, 24), new(100, 28), new(118, 30), new(62, 14), new(44, 11), new(99, 20)];

    private static readonly string[][] Ways =
    [
        [], [], ["i"], ["Tab", "i", "j"], ["Tab", "f"], ["u"], ["u", "u", "u"], ["e", "e"], ["!"], ["!", "j", "Tab"], ["!", "G"],
        ["Tab", "T"], ["Tab", "j", "T"], ["Tab", "Tab", "H"], ["Tab", "Tab", "X"], ["Tab", "Tab", "X", "Enter"], ["t"], ["t", "z", "l"],
        ["Tab", "Tab", "t", "Enter"], [":events"], [":sources"], [":unrecognised"], ["1"], ["U"], ["="], ["1", "1"],
    ];

    [Test]
    public void Day_OnTheScreen_IsShownAsListed([Values] DayKind kind)
    {
        // Not for secrets: the same day each time.
        var (random, text) = (new Random((int)kind), new StringBuilder());
        for (var number = 0; number < Days; number++)
        {
            text.Append($"day {number}\n");
            Show(new DrawnDay(kind, 400 + number, length: 60), random, text);
        }

        Golden.Matches($"Days.Screens.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static void Show(DrawnDay day, Random random, StringBuilder text)
    {
        var paint = new Paint(Palette.Dark, random.Next(2) == 0 ? Glyphs.Ascii : Glyphs.Unicode, TimeZoneInfo.Utc, Given.Noon);
        var state = Screens.Of(Snapshot.Of(MonitorState.Empty, new Facts(ThreadCount: 4)), Sizes[random.Next(Sizes.Length)], paint);
        var (read, now) = (MonitorState.Empty.Apply(Given.Seen(new LogDirectoryRead())), Given.Noon);
        foreach (var (says, seen) in day.Seen)
        {
            (read, now) = (read.Apply(seen), seen.At > now ? seen.At : now);
            text.Append($"{says}\n");
            if (random.Next(3) > 0)
                Take(new StatePublished(Subscriptions.Of(state).OfType<FactoryStates>().Single().Id, read));
            if (random.Next(4) == 0)
            {
                now = now.AddSeconds(3);
                Take(new Ticked(Subscriptions.Tick));
            }

            if (random.Next(7) == 0)
                Look(Ways[random.Next(Ways.Length)]);
        }

        Look([]);

        void Look(string[] way)
        {
            if (random.Next(3) == 0)
                Take(new Resized(Sizes[random.Next(Sizes.Length)]));
            foreach (var key in way)
                Take(key[0] == ':' && key.Length > 1 ? new CommandNamed(key[1..]) : new KeyPressed(new KeyPress(key)));
            text.Append($"======== {string.Join(' ', way)} at {now:HH:mm:ss}\n{Styled.Of(Picture.Render(state, []))}========\n");
            if (state.Frozen is not null)
                Take(new KeyPressed(new KeyPress("=")));
            Take(new CommandNamed("overview"));
        }

        void Take(Message message)
        {
            var before = state.User.Notice;
            var next = Update.Apply(state, now, message);
            state = next.State;
            if (state.User.Notice is { } notice && notice != before)
                text.Append($"    notice: {notice.Text}{(notice.IsProblem ? " (!)" : "")}\n");
            foreach (var effect in next.Effects)
                text.Append(CultureInfo.InvariantCulture, $"    > {Describe(effect)}\n");
        }
    }

    private static string Describe(Effect effect)
    {
        var text = effect is KeepSeen ? nameof(KeepSeen) : $"{effect}";
        return text.Length > 300 ? text[..300] : text;
    }
}
