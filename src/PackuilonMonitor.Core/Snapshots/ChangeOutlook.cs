using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>When all that a change asks for will be done, by the past of its image.</summary>
public static class ChangeOutlook
{
    /// <summary>Null if that is unknown: the tie is not proven, a build is stuck, or its past is too short.</summary>
    public static DateTimeOffset? EndOf(FactorySnapshot snapshot, TriggerRow row, DateTimeOffset now)
    {
        if (row.Trigger is { Waiting: true } waiting)
            return
                ImageOf(snapshot, waiting) is { } image
                && Start(snapshot, waiting, now) is { } start
                && Rest(snapshot, image, []) is { } whole
                ? now + start + whole
                : null;
        if (!row.IsUnfinished || row.Image is not { } built || row.Trigger is { Certain: false })
            return null;
        var left = TimeSpan.Zero;
        if (row.Builds.LastOrDefault(build => build.Running) is { } running)
        {
            if (snapshot.OutlookOf(running, now) is not { Stuck: null, Left: { } time })
                return null;
            left = time;
        }

        return Rest(snapshot, built, row.Builds.Select(build => build.Template ?? "")) is { } rest ? now + left + rest : null;
    }

    /// <summary>How long the templates of an image will take that were not begun; null where one of them is new.</summary>
    public static TimeSpan? Rest(FactorySnapshot snapshot, ImageName image, IEnumerable<string> begun)
    {
        var templates = snapshot.TemplatesOf(image);
        if (templates.Count == 0)
            return null;
        var rest = TimeSpan.Zero;
        foreach (var template in templates.Except(begun))
        {
            if (
                snapshot.Of(image).LastOrDefault(known => known.Template == template) is not { } like
                || snapshot.PastOf(like).Usual is not { } usual
            )
                return null;
            rest += usual;
        }

        return rest;
    }

    /// <summary>How long it waits still; a free worker takes it at once.</summary>
    private static TimeSpan? Start(FactorySnapshot snapshot, Trigger waiting, DateTimeOffset now) =>
        QueueOutlook.Of(snapshot, waiting, now)?.In
        ?? (
            snapshot.State.Workers.Values.Count(worker => worker.Activity is Idle or Reconnecting) > QueueOutlook.Before(snapshot, waiting)
                ? TimeSpan.Zero
                : null
        );

    /// <summary>The image that the profile's last change certainly became.</summary>
    private static ImageName? ImageOf(FactorySnapshot snapshot, Trigger waiting) =>
        snapshot.LastOf(waiting.Profile) is { Images: [var image, ..] } ? new ImageName(image) : null;
}
