using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Core.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Reports;

/// <summary>What the past says of what is unfinished, and when the past is read at all. ACCEPT=1 rewrites the tables.</summary>
public sealed class EstimatesTests
{
    private const string Taken = "12:00:01 r Thread-1 processing norm";
    private const string Rebuilt = "12:00:01 c CI profile rebuilt: norm.json";
    private const string Pushed = "12:00:02 c Pushing message to queue for build";
    private const string Building =
        "12:00:02 r packer build starting, see: /etc/packer-utils/log//norm.managed.json.1795348803.log for details";

    /// <summary>A past may be large: it is read only if something is unfinished.</summary>
    [TestCase(false)]
    [TestCase(false, Taken)]
    [TestCase(true, Taken, Building)]
    [TestCase(true, Rebuilt, Pushed)]
    [TestCase(true, Rebuilt, Pushed, Taken, Building)]
    public void Past_IsReadIfSomethingIsUnfinished(bool isRead, params string[] lines)
    {
        var (state, read) = (GivenHealth.After([.. GivenHealth.Began, .. lines]), 0);

        ExpectedEnds.Of(state, () => Past(ref read));

        Assert.That(read, Is.EqualTo(isRead ? 1 : 0));
        Estimates.Of(state, () => Past(ref read));
        Assert.That(read, Is.EqualTo(isRead ? 2 : 0));
    }

    [Test]
    public void Estimates_OfADay_AreAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < 20; number++)
        {
            var day = new DrawnDay(kind, 900 + number, length: 400);
            var seen = day.Seen.Select(one => one.Seen).ToList();
            var past = BuildView.All(Given.Folded(seen[..350])).Where(build => build.StartedAt is not null);
            var read = GivenHealth.Own(new SourceRead(50, day.Now), day.Now);
            var state = Given.Folded([.. seen[350..], read]);
            var estimates = Estimates.Of(state, () => new BuildHistory(past, new HashSet<string>()));
            text.Append(
                CultureInfo.InvariantCulture,
                $"day {number}, {day.Now:HH:mm:ss}: {state.Builds.Running.Count()} running, {state.Triggers.Waiting} waiting\n"
            );
            foreach (var id in estimates.Stuck.Order(StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"  {id} is stuck\n");
            foreach (var (id, at) in estimates.Ends.OrderBy(end => end.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"  {id} ends at {at:HH:mm:ss}\n");
        }

        Golden.Matches($"Days.Estimates.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static BuildHistory Past(ref int read)
    {
        read++;
        return BuildHistory.None;
    }
}
