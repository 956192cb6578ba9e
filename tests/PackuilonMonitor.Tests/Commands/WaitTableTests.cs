using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>
/// Waits that begin somewhere in a drawn day and follow it to its end: what each waits for, how it ends and when. ACCEPT=1 rewrites the
/// tables.
/// </summary>
public sealed class WaitTableTests
{
    private const int Days = 14;

    private static readonly string[] Names = ["norm", "norm.a", "norm.b.json", "web", "norm-sl7x.a.json.log"];

    private static readonly string[] Profiles = ["norm", "web.example.org", "norm-sl7x.example.org.json"];

    [Test]
    public void Wait_FromAnyMoment_EndsAsListed([Values(DayKind.Builds, DayKind.Threads, DayKind.Changes, DayKind.Logs)] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var seen = new DrawnDay(kind, 400 + number, length: 40).Seen;
            var states = new List<(DateTimeOffset At, MonitorState State)>();
            foreach (var (_, one) in seen)
                states.Add((one.At, (states.Count == 0 ? MonitorState.Empty : states[^1].State).Apply(one)));
            text.Append($"day {number}\n");
            foreach (var at in new[] { 5, 12, 20, 30 })
            {
                var (now, start) = states[at];
                text.Append($"  {now:HH:mm:ss.FFF} {seen[at].Says}\n");
                DateTimeOffset? since = at % 2 == 0 ? now.AddSeconds(-60) : null;
                foreach (var name in Names)
                    Describe(BuildWait.For(start, name, since), at);
                foreach (var profile in Profiles)
                    Describe(BuildWait.ForChange(start, profile, now, since), at);
                if (BuildView.All(start) is [.., var last])
                    Describe(BuildWait.For(start, last.Id), at);
            }

            void Describe(BuildWait wait, int at)
            {
                var clock = new HistoricalScheduler(states[at].At);
                var end = "goes on";
                var later = states
                    .Skip(at + 1)
                    .Select(state => Observable.Return(state.State).Delay(state.At, clock))
                    .Merge()
                    .Concat(Observable.Never<MonitorState>());
                using var waiting = wait
                    .Ends(later, null, clock)
                    .Subscribe(ended =>
                        end = $"{ended.Code} at {clock.Now:HH:mm:ss.FFF}: {ended.Text} [{string.Join(' ', ended.Images)}]"
                    );
                clock.AdvanceTo(states[^1].At.AddMinutes(5));
                Assert.That(end, Does.Not.EndWith(":  []"), "an end names its build, or why there is none");
                text.Append($"    {wait.Subject}: {end}\n");
            }
        }

        Golden.Matches($"Days.Waits.{kind}.txt", DrawnDay.Short(text.ToString()));
    }
}
