using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>What failed within a day, by cause: five failures are often one problem.</summary>
public static class CauseRows
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The groups, each where its newest member would stand, and the members of those that are unfolded.</summary>
    /// <param name="place">Its subject is the only image; null for all.</param>
    public static IReadOnlyList<Row> Of(Snapshot snapshot, Place place, DateTimeOffset now)
    {
        var rows = new List<Row>();
        foreach (var group in Failed(snapshot, place, now).GroupBy(row => LineMask.Of(CauseOf(row))))
        {
            var cause = new CauseRow(group.Key, CauseOf(group.First()), [.. group]);
            rows.Add(cause);
            if (place.Unfolded.Contains(cause.Id))
                rows.AddRange(cause.Members.Select(member => new MemberRow(member)));
        }

        return rows;
    }

    /// <summary>
    /// The rows in their order; where several have the same cause, one row for them at the place of the first. Only what the screen of
    /// causes lists is grouped, so that a group can be opened there.
    /// </summary>
    public static IEnumerable<Row> Grouped(IEnumerable<Row> rows, DateTimeOffset now) =>
        rows.GroupBy(row => IsListed(row, now) ? (Cause: LineMask.Of(CauseOf(row)), Alone: "") : (Cause: "", Alone: row.Id))
            .Select(group => group.Skip(1).Any() ? new CauseRow(group.Key.Cause, CauseOf(group.First()), [.. group]) : group.First());

    /// <summary>What the rows stand for: themselves, or those of one cause.</summary>
    public static IEnumerable<Row> Members(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            if (row is not CauseRow cause)
            {
                yield return row;
                continue;
            }

            foreach (var member in cause.Members)
                yield return member;
        }
    }

    /// <summary>The row itself, or the first of those of one cause.</summary>
    public static Row First(Row row) => row is CauseRow cause ? cause.Members[0] : row;

    /// <summary>Failed, lost and refused, newest first.</summary>
    public static IEnumerable<Row> Failed(Snapshot snapshot, Place place, DateTimeOffset now) =>
        OfADay(snapshot, place, now).Where(row => IsListed(row, now));

    /// <summary>How many ended within the day, good or bad.</summary>
    public static int Ended(Snapshot snapshot, Place place, DateTimeOffset now) => OfADay(snapshot, place, now).Count();

    private static IEnumerable<Row> OfADay(Snapshot snapshot, Place place, DateTimeOffset now) => snapshot.Ended
        .TakeWhile(row => IsOfADay(row, now))
        .Where(row => place.Subject is not { } image || row.Build?.Image.Text == image && row.Factory == place.Factory);

    /// <summary>The group of a failed build among those of the day; null where it is not in one.</summary>
    public static CauseRow? GroupOf(BuildView build, Snapshot snapshot, DateTimeOffset now) =>
        // Asked for with each message while the log is open; only the minute in which a day is over makes a difference.
        snapshot.Latest((build.Id, now.Ticks / TimeSpan.TicksPerMinute), () => new Group(Find(build, snapshot, now))).Row;

    private static CauseRow? Find(BuildView build, Snapshot snapshot, DateTimeOffset now)
    {
        var rows = Failed(snapshot, new Place(ScreenKind.Causes), now).ToList();
        if (rows.Find(row => row.Build?.Id == build.Id) is not { } own)
            return null;
        var cause = LineMask.Of(CauseOf(own));
        var members = rows.FindAll(row => LineMask.Of(CauseOf(row)) == cause);
        return new CauseRow(cause, CauseOf(members[0]), members);
    }

    /// <summary>When the same image was built well again; null where it was not.</summary>
    public static DateTimeOffset? GoodSince(Row row, Snapshot snapshot) =>
        row.Build is not { EndedAt: { } failed } build
            ? null
            : snapshot
                .Of(build.Image, build.Factory)
                .FirstOrDefault(other => other.Template == build.Template && other.State is BuildState.Succeeded && other.EndedAt > failed)
                ?.EndedAt;

    private static bool IsOfADay(Row row, DateTimeOffset now) => NewsList.At(row) is not { } at || now - at < Day;

    private static bool IsListed(Row row, DateTimeOffset now) =>
        IsOfADay(row, now) && NewsList.KindOf(row) is (NewsKind.Failed or NewsKind.Lost or NewsKind.Refused);

    private static string CauseOf(Row row) => row switch
    {
        BuildRow { View: { State: BuildState.Lost } build } => $"LOST: {Words.LostBy(build.Reason)}",
        BuildRow { View: var build } => build.Reason ?? "its log does not say why",
        RejectionRow { Rejection: var rejection } => $"refused: {Words.Refused(rejection.Why)}",
        _ => "",
    };

    private sealed record Group(CauseRow? Row);
}
