using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.App;

/// <summary>The triggers and the messages that came without one, newest first.</summary>
internal static class TriggerRows
{
    /// <summary>Rows of older triggers nobody scrolls to; the builds themselves are in the history.</summary>
    private const int Most = 200;

    /// <summary>A message is refused at once or never.</summary>
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromMinutes(1);

    /// <summary>Profiles without a packet before them are one run's if no more than this lies between.</summary>
    private static readonly TimeSpan OneRun = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Row> Of(FactorySnapshot snapshot)
    {
        var all = snapshot.State.Triggers.Triggers;
        var triggers = all.Skip(all.Count - Most).ToList();
        var rows = Grouped(triggers).Select(group => OfTriggers(snapshot, group)).Concat(ByHand(snapshot, triggers));
        return [.. rows.OrderByDescending(row => row.At)];
    }

    /// <summary>Profiles of one run that all have the same content are one row: together they say one thing.</summary>
    private static IEnumerable<IReadOnlyList<Trigger>> Grouped(IEnumerable<Trigger> triggers)
    {
        var group = new List<Trigger>();
        foreach (var trigger in triggers)
        {
            if (group.Count > 0 && !(Unchanged(trigger) && Unchanged(group[^1]) && SameRun(group[^1], trigger)))
            {
                yield return [.. group];
                group.Clear();
            }

            group.Add(trigger);
        }

        if (group.Count > 0)
            yield return [.. group];
    }

    private static bool Unchanged(Trigger trigger) => trigger.Result is TriggerResult.Unchanged;

    private static bool SameRun(Trigger earlier, Trigger later) => earlier.PacketAt == later.PacketAt && (later.At - earlier.At).Duration() < OneRun;

    private static TriggerRow OfTriggers(FactorySnapshot snapshot, IReadOnlyList<Trigger> group)
    {
        var trigger = group[0];
        var builds = (trigger.Builds ?? []).Select(snapshot.Find).OfType<BuildView>().ToArray();
        var holder = trigger.TakenAt is null ? null : snapshot.State.Workers.Values.FirstOrDefault(worker => snapshot.State.Triggers.TriggerOf(worker.Job?.Ticket) == trigger.Id);
        var rejection = trigger.TakenAt is { } taken && builds.Length == 0
            ? snapshot.State.Rejections.FirstOrDefault(known => Refused(known, holder, trigger, taken))
            : null;
        var image = builds.Length > 0 ? builds[0].Image : holder?.Job?.Image;
        return new TriggerRow($"trigger {trigger.Id}", trigger.At, group, builds, rejection, holder, image, ToCome(snapshot, image, builds, holder), snapshot.Name);
    }

    private static bool Refused(Rejection rejection, Worker? holder, Trigger trigger, DateTimeOffset taken) =>
        rejection.At >= taken && rejection.At - taken < RefusedWithin
        && (holder is not null && rejection.Worker == holder.Id
            || rejection.Image is { } image && Letters(image.Text).StartsWith(Letters(Words.Profile(trigger.Profile)), StringComparison.OrdinalIgnoreCase));

    /// <summary>Messages that no line of cdb2rabbit explains, if it is heard here at all.</summary>
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
        var holder = snapshot.State.Workers.GetValueOrDefault(id.Number) is { Job: { } job } worker && job.TakenAt == at && job.Image == image ? worker : null;
        var key = FactoryName.Own(snapshot.Name, string.Create(CultureInfo.InvariantCulture, $"message {id.Number} {at.UtcTicks}"));
        return new TriggerRow(key, at, [], builds, null, holder, image, ToCome(snapshot, image, builds, holder), snapshot.Name);
    }

    private static IReadOnlyList<string> ToCome(FactorySnapshot snapshot, ImageName? image, BuildView[] builds, Worker? holder) =>
        image is not { } known || holder is null or { Activity: Lost } || builds.Any(build => build.State is BuildState.Lost)
            ? []
            : [.. snapshot.TemplatesOf(known).Except(builds.Select(build => build.Template ?? ""))];

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
