using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// A change, or a message without a change, led to no build. The newest change of a profile with a result decides. A later result clears
/// one that was not downloaded; only a later message clears one whose message has left the queue.
/// </summary>
internal static class ChangeNotBuilt
{
    private static readonly TimeSpan NamelessFor = TimeSpan.FromHours(24);

    public static Check? Of(CheckInput at)
    {
        var items = Changes(at)
            .Concat(Messages(at))
            .Where(item => !at.IsForgotten(item.Since))
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var summary = new CheckSummary(
            $"{CheckText.Count(items.Length, "change", "changes")} not built: ",
            [.. items.Select(item => $"{Short(item.Id)} {item.Text.Split(',')[0]}")],
            ""
        );
        return new Check(
            CheckCode.ChangeNotBuilt,
            Severity.Warn,
            items,
            summary,
            items[0].Do ?? "packuilon-monitor status   # chain of each: T"
        );
    }

    private static IEnumerable<HealthItem> Changes(CheckInput at)
    {
        foreach (var (profile, changes) in at.Subject.Messages.Get(ChangesOfProfiles.Of).MaybeBad)
        {
            if (ChangeFate.OfLast(changes, trigger => ChangeFate.Of(at, trigger)) is { Bad: { } words } known)
            {
                yield return new HealthItem(profile, words, known.At)
                {
                    Profile = profile,
                    Lines =
                        known.Line is { } line && at.SystemLogs is [var source, ..]
                            ? [new EvidenceLine(source.Source, known.At, line)]
                            : [],
                    Do = known.IsMessage ? null : $"curl -I PROFILE_DIR_URL/{profile}",
                };
            }
        }
    }

    /// <summary>
    /// A refused message without a change: listed by its image until a message of that is taken again, otherwise by its time for a day.
    /// </summary>
    private static Dictionary<string, HealthItem>.ValueCollection Messages(CheckInput at)
    {
        var items = new Dictionary<string, HealthItem>(StringComparer.Ordinal);
        foreach (var rejection in at.Subject.Messages.Get(LoneRejections.Of).All)
        {
            var line = at.SystemLogs is [var source, ..]
                ? ImmutableArray.Create(new EvidenceLine(source.Source, rejection.At, rejection.Text))
                : [];
            if (rejection.Image is { } image)
            {
                if (!IsTakenAgain(at, image, rejection.At))
                    items[image.Text] = new HealthItem(image.Text, Words(rejection.Why), rejection.At)
                    {
                        Lines = line,
                        Thread = rejection.Worker,
                    };
            }
            else if (at.Now - rejection.At < NamelessFor)
            {
                var stem = $"message@{rejection.At:HH:mm:ss.fff}".TrimEnd('0').TrimEnd('.');
                var id = Enumerable
                    .Range(1, items.Count + 1)
                    .Select(number => number == 1 ? stem : $"{stem}#{number}")
                    .First(id => !items.ContainsKey(id));
                items[id] = new HealthItem(id, Words(rejection.Why), rejection.At) { Lines = line, Thread = rejection.Worker };
            }
        }

        return items.Values;
    }

    private static bool IsTakenAgain(CheckInput at, ImageName image, DateTimeOffset after) =>
        at.State.Workers.Values.Any(worker => worker.Job is { } job && job.Image == image && job.TakenAt > after)
        || at.Subject.Builds.Get(LastTakes.Of).ByImage.GetValueOrDefault(image) > after;

    internal static string Words(Refusal why) => why switch
    {
        Refusal.MalformedProfile => "malformed",
        Refusal.NoSourceImage => "no image",
        Refusal.TemplateMissing => "template missing",
        Refusal.NoTemplate => "no template",
        Refusal.Unwritable => "file not writable",
        Refusal.WorkerDied => "worker died",
    };

    private static string Short(string profile) =>
        profile.StartsWith("message@", StringComparison.Ordinal) ? profile : profile.Split('.')[0];

    /// <param name="MaybeBad">
    /// The changes of each profile of which the last one with a result led to no build, or which has a run that may die.
    /// </param>
    private sealed record ChangesOfProfiles(IReadOnlyList<(string Profile, IReadOnlyList<Trigger> Changes)> MaybeBad)
    {
        public static ChangesOfProfiles Of(Derived<Messages> messages)
        {
            var refusals = messages.Get(Refusals.Of);
            return new ChangesOfProfiles([
                .. messages
                    .Input.Changes.Triggers.GroupBy(trigger => trigger.Profile, StringComparer.Ordinal)
                    .Select(profile => (profile.Key, Changes: (IReadOnlyList<Trigger>)[.. profile]))
                    .Where(profile =>
                        profile.Changes.Any(trigger => trigger.Result is null)
                        || ChangeFate.OfLast(profile.Changes, trigger => ChangeFate.Of(refusals, trigger, false)) is not null
                    ),
            ]);
        }
    }

    /// <summary>The refused messages of no change.</summary>
    private sealed record LoneRejections(IReadOnlyList<Rejection> All)
    {
        public static LoneRejections Of(Derived<Messages> messages) =>
            new([.. messages.Input.Rejections.Where(rejection => !messages.Get(Refusals.Of).IsOfAChange(rejection))]);
    }

    /// <summary>When a message of each image was taken last, by the builds.</summary>
    private sealed record LastTakes(IReadOnlyDictionary<ImageName, DateTimeOffset?> ByImage)
    {
        public static LastTakes Of(Derived<IReadOnlyList<BuildView>> builds) => new(
            builds.Input
                .GroupBy(build => build.Image)
                .ToDictionary(image => image.Key, image => image.Max(build => build.Build?.TakenAt ?? build.StartedAt))
        );
    }
}

/// <summary>The outcome of a change, as far as it decides whether it was built.</summary>
/// <param name="At">When that was known.</param>
/// <param name="IsResult">Its run has reported a result.</param>
/// <param name="IsMessage">Its message was published and has left the queue, so that only a later message clears it.</param>
/// <param name="Bad">Why it was not built, in a few words; null if it was, or still may be.</param>
/// <param name="Line">The line that says so.</param>
internal sealed record ChangeFate(DateTimeOffset At, bool IsResult, bool IsMessage, string? Bad, string? Line)
{
    public static ChangeFate Of(CheckInput at, Trigger trigger) =>
        Of(at.Refusals, trigger, trigger.Result is null && IsOver(at, trigger));

    /// <param name="isOver">Its run ended before it reported a result.</param>
    public static ChangeFate Of(Refusals refusals, Trigger trigger, bool isOver) =>
        trigger.Result switch
        {
            TriggerResult.NotDownloaded => new ChangeFate(trigger.At, true, false, "not downloaded", null),
            TriggerResult.PushFailed => new ChangeFate(trigger.At, true, true, "push failed", null),
            TriggerResult.Unchanged or TriggerResult.NewUnchanged => new ChangeFate(trigger.At, true, false, null, null),
            TriggerResult.Queued when refusals.Of(trigger) is { } refused => new ChangeFate(
                refused.At,
                true,
                true,
                ChangeNotBuilt.Words(refused.Why),
                refused.Text
            ),
            TriggerResult.Queued when refusals.IsTaken(trigger) => new ChangeFate(
                trigger.QueuedAt ?? trigger.At,
                true,
                true,
                null,
                null
            ),
            TriggerResult.Queued when trigger.TakenAt is { } taken => new ChangeFate(taken, true, true, null, null),
            TriggerResult.Queued => new ChangeFate(trigger.QueuedAt ?? trigger.At, true, false, null, null),
            null when isOver => new ChangeFate(trigger.At, true, false, "the run died", null),
            null => new ChangeFate(trigger.At, false, false, null, null),
        };

    /// <summary>The fate of a profile's last change with a result, if it led to no build; null if it did.</summary>
    public static ChangeFate? OfLast(IReadOnlyList<Trigger> changes, Func<Trigger, ChangeFate> of)
    {
        ChangeFate? bad = null;
        foreach (var fate in changes.Select(of))
            bad = fate.Bad is not null ? fate : fate.IsMessage || (fate.IsResult && bad is { IsMessage: false }) ? null : bad;
        return bad;
    }

    /// <summary>The run ended before it reported a result: another has started or ended since, or cdp-listend reported a failure.</summary>
    private static bool IsOver(CheckInput at, Trigger trigger) =>
        at.Vitals.Runs.Script.LastEnd > trigger.At || at.Elapsed(trigger.At) >= HealthLimits.RunSilent;
}
