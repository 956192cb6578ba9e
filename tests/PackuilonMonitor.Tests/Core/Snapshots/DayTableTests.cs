using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>
/// The rows of each list after a drawn day, the chain of each change, and what is expected of each build. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class DayTableTests
{
    private const int Days = 14;

    [Test]
    public void Snapshot_AfterADay_HasTheRowsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            // Longer, so that changes become builds and images have a past.
            var day = new DrawnDay(kind, 200 + number, length: 45);
            var facts = new Facts(number % 3 == 0 ? 4 : null);
            var snapshot = Snapshot.Of(day.State, facts);
            text.Append($"day {number}\n");
            foreach (var (name, rows) in Lists(snapshot))
                text.Append($"  {name}\n").AppendJoin("", rows.Select(row => $"    {Describe(row)}\n"));
            foreach (var row in snapshot.Triggers.OfType<TriggerRow>())
                text.Append(Chain(snapshot, row, day.Now));
            foreach (var build in snapshot.Builds)
                text.Append(Expected(snapshot, build, day.Now));
        }

        Golden.Matches($"Days.Snapshot.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static IEnumerable<(string, IEnumerable<Row>)> Lists(Snapshot snapshot) =>
    [
        ("ended", snapshot.Ended),
        ("workers", snapshot.Workers),
        ("changes", snapshot.Triggers),
        ("not understood", snapshot.Unrecognised),
    ];

    private static string Describe(Row row) => row switch
    {
        WorkerRow worker => $"{worker.Id}: thread {worker.Thread}, {worker.Worker?.Activity.GetType().Name}, runs {worker.Running?.Id}, "
            + $"{worker.Position} of {worker.Templates}",
        TriggerRow change => $"{change.Id}: {change.Triggers.Count} of {change.Trigger?.Profile}, {change.Trigger?.Result}, "
            + $"builds {string.Join(' ', change.Builds.Select(build => build.Id))}, by {change.Taker}"
            + $"{(change.IsUnfinished ? ", unfinished" : "")}{(change.IsProblem ? ", problem" : "")}"
            + $"{(change.NeverBegun.Count > 0 ? $", never begun {string.Join(' ', change.NeverBegun)}" : "")}"
            + $"{(change.Runs.Count > 0 ? $", {change.Runs.Count} failed runs" : "")}",
        _ => $"{row.Id}: {row.Searched}",
    };

    private static string Chain(Snapshot snapshot, TriggerRow row, DateTimeOffset now)
    {
        var chain = snapshot.ChainOf(row.Id);
        var text = new StringBuilder($"  chain of {chain.Title}: {chain.Outcome}, {chain.Tie.Text}{(chain.Tie.IsSure ? "" : "?")} ");
        text.Append($"whole {chain.Whole}, worked {chain.Worked}, waits {string.Join(' ', chain.Waits)}");
        text.Append($", busy until {chain.BusyUntil:HH:mm:ss}, end {ChangeOutlook.EndOf(snapshot.Of((string?)null), row, now):HH:mm:ss}\n");
        foreach (var hop in chain.Rows.OfType<ChainRow>())
        {
            text.Append($"    {hop.At:HH:mm:ss.f} {hop.Stage}: {hop.Text}, {hop.Wait} {hop.Gap} usual {hop.Usual}");
            text.Append($" since {hop.Since:HH:mm:ss}");
            text.Append($"{(hop.IsNow ? " now" : "")}{(hop.IsLongestWait ? " longest" : "")}{(hop.IsProblem ? " problem" : "")}");
            text.Append($"{(hop.IsDoubtful ? " doubtful" : "")}\n");
        }

        return text.ToString();
    }

    private static string Expected(Snapshot snapshot, BuildView build, DateTimeOffset now)
    {
        var (past, ending, outlook) = (snapshot.PastOf(build), snapshot.EndingOf(build), snapshot.OutlookOf(build, now));
        var expected = build.Running
            ? Content.Changes(new Dictionary<string, string>(), Content.Of(outlook))
            : $"{ending.Why} {ending.Slower}".Trim();
        return $"  {build.Id}: {past.Ended.Length} before, usually {past.Usual}, "
            + $"last {string.Join(' ', past.LastTenUpTo(build).Select(one => one.State.ToString()[0]))}; {expected}\n";
    }
}
