using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// The changes, and the messages that came without one: unfinished ones first, then the newest first, also within a second.
/// </summary>
public static class TriggerRows
{
    /// <summary>Rows of older changes nobody scrolls to; the builds themselves are in the history.</summary>
    private const int Most = 200;

    /// <summary>A message is refused at once or never.</summary>
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<Row> Of(FactorySnapshot snapshot)
    {
        var all = snapshot.State.Triggers.Triggers;
        var triggers = all.Skip(all.Count - Most).ToList();
        var rows = Folded(triggers).Select(group => OfTriggers(snapshot, group)).Concat(ByHand(snapshot, triggers)).Concat(Runs(snapshot));
        return Together(Ordered(rows.OrderBy(row => row.At).Reverse()));
    }

    /// <summary>The order of the list, of rows that are newest first.</summary>
    public static IReadOnlyList<TriggerRow> Ordered(IEnumerable<TriggerRow> rows) => [.. rows.OrderByDescending(row => row.IsUnfinished)];

    /// <summary>Changes of one profile with the same result, and nothing else of it in between, are one row.</summary>
    private static IEnumerable<IReadOnlyList<Trigger>> Folded(IReadOnlyList<Trigger> triggers)
    {
        var last = new Dictionary<string, List<Trigger>>(StringComparer.Ordinal);
        var groups = new List<List<Trigger>>();
        foreach (var trigger in triggers)
        {
            if (Folds(trigger) && last.TryGetValue(trigger.Profile, out var group) && group[^1].Result == trigger.Result)
            {
                group.Add(trigger);
                continue;
            }

            groups.Add(last[trigger.Profile] = [trigger]);
        }

        // By the newest of each, as the list shows them.
        var places = triggers.Index().ToDictionary(one => one.Item.Id, one => one.Index, StringComparer.Ordinal);
        return groups.OrderBy(group => places[group[^1].Id]);
    }

    private static bool Folds(Trigger trigger) =>
        trigger.Result is TriggerResult.Unchanged or TriggerResult.NewUnchanged or TriggerResult.NotDownloaded or TriggerResult.PushFailed;

    /// <summary>Neighbours that all say that nothing changed say one thing, and so do runs that failed alike.</summary>
    private static List<Row> Together(IReadOnlyList<TriggerRow> rows)
    {
        var together = new List<Row>();
        foreach (var row in rows)
        {
            if (together is [.., TriggerRow above] && Alike(above, row))
                together[^1] = above with
                {
                    Id = row.Id,
                    Key = row.Key,
                    Triggers = [.. row.Triggers, .. above.Triggers],
                    Runs = [.. row.Runs, .. above.Runs],
                };
            else
                together.Add(row);
        }

        return together;
    }

    private static bool Alike(TriggerRow above, TriggerRow below) =>
        above.Trigger is { Result: TriggerResult.Unchanged } && below.Trigger is { Result: TriggerResult.Unchanged }
        || above.Runs.Count > 0 && below.Runs.Count > 0 && above.Runs[0].Why == below.Runs[0].Why;

    private static TriggerRow OfTriggers(FactorySnapshot snapshot, IReadOnlyList<Trigger> group)
    {
        var trigger = group[^1];
        var builds = (trigger.Builds ?? []).Select(snapshot.Find).OfType<BuildView>().ToArray();
        var holder = trigger.TakenAt is null
            ? null
            : snapshot.State.Workers.Values.FirstOrDefault(worker => snapshot.State.Triggers.TriggerOf(worker.Job?.Ticket) == trigger.Id);
        var rejection =
            trigger.TakenAt is { } taken && builds.Length == 0
                ? snapshot.State.Rejections.FirstOrDefault(known => Refused(known, trigger, taken))
                : null;
        var image =
            builds.Length > 0 ? builds[0].Image : holder?.Job?.Image ?? (trigger.Images is [var named, ..] ? new ImageName(named) : null);
        var (toCome, never) = Templates(snapshot, image, builds, holder);
        return new TriggerRow($"trigger {group[0].Id}", trigger.At, group, builds, rejection, holder, image, toCome, snapshot.Name)
        {
            NeverBegun = never,
        };
    }

    private static bool Refused(Rejection rejection, Trigger trigger, DateTimeOffset taken) =>
        trigger.Refused is not null
            ? rejection.At == taken && rejection.Worker == trigger.TakenBy
            : rejection.At >= taken
                && rejection.At - taken < RefusedWithin
                && rejection.Image is { } image
                && trigger.Images?.Contains(image.Text) == true;

    /// <summary>Messages that no line of cdb2rabbit explains, if its lines are read here.</summary>
    private static IEnumerable<TriggerRow> ByHand(FactorySnapshot snapshot, IReadOnlyCollection<Trigger> triggers)
    {
        var first = triggers.FirstOrDefault()?.At;
        if (first is null)
            return [];
        return snapshot.Builds
            .Where(build => build.Build is { Trigger: null, TakenAt: { } taken, Worker: not null } && taken >= first)
            .GroupBy(build => (build.Build!.Worker, At: build.Build.TakenAt!.Value, build.Image))
            .Select(message => OfMessage(snapshot, message.Key.Worker!.Value, message.Key.At, message.Key.Image, [.. message]));
    }

    private static TriggerRow OfMessage(FactorySnapshot snapshot, WorkerId id, DateTimeOffset at, ImageName image, BuildView[] builds)
    {
        var holder =
            snapshot.State.Workers.GetValueOrDefault(id.Number) is { Job: { } job } worker && job.TakenAt == at && job.Image == image
                ? worker
                : null;
        var key = FactoryName.Own(snapshot.Name, string.Create(CultureInfo.InvariantCulture, $"message {id.Number} {at.UtcTicks}"));
        var (toCome, never) = Templates(snapshot, image, builds, holder);
        return new TriggerRow(key, at, [], builds, null, holder, image, toCome, snapshot.Name) { NeverBegun = never };
    }

    private static IEnumerable<TriggerRow> Runs(FactorySnapshot snapshot) =>
        snapshot.State.Triggers.FailedRuns.Select(run =>
        {
            var key = FactoryName.Own(
                snapshot.Name,
                string.Create(CultureInfo.InvariantCulture, $"run {run.At.UtcTicks} {run.EndedAt.UtcTicks}")
            );
            return new TriggerRow(key, run.At, [], [], null, null, null, [], snapshot.Name) { Runs = [run] };
        });

    /// <summary>The templates that are still to be built, and those that will not be because the message is gone.</summary>
    private static (IReadOnlyList<string> ToCome, IReadOnlyList<string> NeverBegun) Templates(
        FactorySnapshot snapshot,
        ImageName? image,
        BuildView[] builds,
        Worker? holder
    )
    {
        if (image is not { } known)
            return ([], []);
        string[] rest = [.. snapshot.TemplatesOf(known).Except(builds.Select(build => build.Template ?? ""))];
        var isGone =
            builds.Any(build => build.State is BuildState.Lost or BuildState.Cancelled)
            || builds.Length > 0 && holder is { Activity: Lost };
        return isGone ? ([], rest) : (holder is null or { Activity: Lost } ? [] : rest, []);
    }
}
