using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Linear;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// Drawn days as sentences: what is told after each line, to somebody who wants to know each step, and what the views say at the end.
/// ACCEPT=1 rewrites the tables.
/// </summary>
[SetCulture("")]
public sealed class LinearDayTableTests
{
    private const int Days = 5;

    private static readonly string[] Views = ["status", "workers", "changes", "recent", "health"];
    private static readonly string[] Places = ["causes", "sources", "unrecognised", "events", "history norm", "chain norm", "log web"];

    [Test]
    public void Day_AsSentences_IsToldAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            text.Append($"day {number}\n");
            Tell(new DrawnDay(kind, 500 + number, length: 50), (Telling)(number % 4 == 3 ? 1 : 3), text);
        }

        Golden.Matches($"Days.Spoken.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static void Tell(DrawnDay day, Telling telling, StringBuilder text)
    {
        var read = MonitorState.Empty.Apply(Given.Seen(new LogDirectoryRead()));
        var paint = InventedDay.Paint() with { Now = Given.Noon };
        var state = Screens.Of(Snapshot.Of(read, new Facts(ThreadCount: 4)), new Size(19, 4), paint);
        foreach (var (says, seen) in day.Seen)
        {
            read = read.Apply(seen);
            Take(says, new StatePublished(Subscriptions.Of(state).OfType<FactoryStates>().Single().Id, read), seen.At);
        }

        Take("a tick", new Ticked(Subscriptions.Tick), day.Now.AddMinutes(3));
        foreach (var view in Views)
            Say(view, LinearCommand.Of(view).View!(state));
        foreach (var place in Places)
            Say(place, LinearViews.Screen(state.Take(new CommandNamed(place)).State));

        void Take(string says, Message message, DateTimeOffset at)
        {
            var before = state;
            state = Update.Apply(state, at > state.Now ? at : state.Now, message).State;
            text.Append($"{says}\n");
            foreach (var sentence in LinearNews.Between(before, state, telling))
                text.Append($"    {sentence}\n");
            if (LinearNews.Notice(before, state, message) is { } notice)
                text.Append($"    ! {notice}\n");
        }

        void Say(string what, IEnumerable<string> sentences) =>
            text.Append($"> {what}\n").AppendJoin("", sentences.SelectMany(Spoken.Lines).Take(14).Select(line => $"  {line}\n"));
    }
}
