using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>Waits for all templates of an image's message, or for one build of an image and a template.</summary>
/// <param name="found">The build with which waiting began; null waits for the next.</param>
/// <param name="since">A message that came to nothing then or later counts, too; null for those to come alone.</param>
internal sealed class NamedWait(MonitorState start, string name, BuildView? found, DateTimeOffset? since)
{
    /// <summary>The next template begins within a second of the one before, unless the image is tested; their number is unknown.</summary>
    public static readonly TimeSpan BetweenTemplates = TimeSpan.FromSeconds(10);

    private readonly int _lastNumber = start.Builds.All.LastOrDefault()?.Number ?? 0;

    /// <summary>The result so far, or null.</summary>
    public WaitEnd? Check(MonitorState state)
    {
        var view = found is not null
            ? BuildView.All(state).FirstOrDefault(build => build.Id == found.Id)
            : state
                .Builds.All.Where(build => build.Number > _lastNumber)
                .Select(build => BuildView.Of(state, build))
                .FirstOrDefault(build => NamedBuild.IsNamed(build, name));
        if (view is not null)
            return NamedBuild.IsImage(view, name) ? Of(WaitedMessage.Of(state, view)) : WaitVerdict.Of([view]);
        if (found is not null)
            return null;
        if (state.Rejections.FirstOrDefault(IsNew) is { } rejected)
            return new WaitEnd(BuildWait.LostOrRejected, $"{rejected.Image?.Text}: rejected: {rejected.Text}");
        return state.Workers.Values.FirstOrDefault(IsNewlyLost) is { } lost
            ? new WaitEnd(
                BuildWait.LostOrRejected,
                $"{name}: lost with {lost.Id}, which was to build it: {lost.Text}",
                WaitVerdict.Settling
            )
            : null;
    }

    public static WaitEnd? Of(WaitedMessage message) =>
        message.IsOver ? WaitVerdict.Of(message.Builds, message.IsCertain ? default : BetweenTemplates, message.IsLost) : null;

    /// <summary>The thread that took the message has ended, so its remaining templates are never built.</summary>
    private bool IsNewlyLost(Worker worker) =>
        worker is { Activity: Lost, Job: { } job } && NamedBuild.MayBe(job.Image.Text, name)
        && (job.TakenAt >= since || start.Workers.GetValueOrDefault(worker.Id.Number) is not { Activity: Lost });

    private bool IsNew(Rejection rejection) =>
        rejection.Image is { } image && NamedBuild.MayBe(image.Text, name)
        && (rejection.At >= since || !start.Rejections.Contains(rejection));
}
