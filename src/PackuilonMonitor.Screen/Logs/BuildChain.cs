using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The way of one build from the changed profile to the image, with what is known of its times.</summary>
public static class BuildChain
{
    private const int ShortImage = 8;

    /// <summary>The change that the build is of; null where none is known.</summary>
    public static Trigger? TriggerOf(BuildView build, MonitorState state) =>
        build.Build?.Trigger is { } id ? state.Triggers.Find(id) : null;

    internal static CellLine Line(BuildView build, HeaderSheet sheet)
    {
        var (palette, isAscii) = (sheet.Palette, sheet.Glyphs.IsAscii);
        var links = Links(build, TriggerOf(build, sheet.State), sheet.Now, sheet.Glyphs).ToList();
        var arrow = $" {sheet.Glyphs.Arrow} ";
        while (links.Count > 1 && links.Sum(link => TextWidth.Of(link.Text, isAscii) + arrow.Length) - arrow.Length > sheet.Width)
            links.Remove(links.MinBy(link => link.Worth)!);
        var line = sheet.Line();
        foreach (var (index, link) in links.Index())
            line.Add(index > 0 ? arrow : "", palette.Rule)
                .Add(TextWidth.Truncate(link.Text, sheet.Width, isAscii), link.Reached ? palette.Plain : palette.Dim);
        return line.ToLine();
    }

    private static IEnumerable<Link> Links(BuildView build, Trigger? trigger, DateTimeOffset now, Glyphs glyphs)
    {
        DateTimeOffset? before = null;
        if (trigger is null)
        {
            yield return new Link("queued by hand?", 4);
        }
        else
        {
            yield return new Link($"{Clock(trigger.At)} profile", 5);
            var waited = trigger is { QueuedAt: { } queued, TakenAt: { } taken } ? $" {Words.Span(taken - queued)}" : "";
            yield return new Link($"queued{waited}", 4);
        }

        if (build.Worker is { } worker)
            yield return new Link($"{Words.Thread(worker)}{(build.Build?.TakenAt is { } at ? $" {Clock(at)}" : "")}", 6);
        yield return new Link(build.StartedAt is { } started ? $"packer {Clock(started)}" : "packer", 0);
        if (build.LogShared)
            yield break;
        if (Connection(build) is { } connection)
            yield return connection;
        yield return Image(build, glyphs);

        // Of the first time, and where the day changes, also the date if it is not today's.
        string Clock(DateTimeOffset time)
        {
            var local = time.ToOffset(now.Offset);
            var text = before?.Date == local.Date
                ? local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
                : BuildWords.Moment(local, now, "HH:mm:ss");
            before = local;
            return text;
        }

        Link? Connection(BuildView of)
        {
            if (of.Log?.Trail.Steps is { } steps && steps.FirstOrDefault(step => step.Kind is StepKind.Connected) is { } connected)
            {
                var waited = steps.LastOrDefault(step => step.Line < connected.Line)?.StartedAt is { } since
                    ? connected.StartedAt - since
                    : null;
                return new Link(waited is { } span ? $"SSH {Words.Span(span)}" : "SSH", 2);
            }

            // Of a build that has ended nothing is still to come.
            return of.Running ? new Link($"SSH {glyphs.ToDo}", 1, Reached: false)
                : of is { Log: not null, State: BuildState.Failed or BuildState.Cancelled } ? new Link("no SSH", 2)
                : null;
        }
    }

    private static Link Image(BuildView build, Glyphs glyphs) => build switch
    {
        { ImageId: { } image } => new Link($"image {SafeText.Plain(image[..Math.Min(ShortImage, image.Length)])}", 7),
        { Running: true } => new Link($"image {glyphs.ToDo}", 1, Reached: false),
        { State: BuildState.Failed or BuildState.Cancelled } => new Link("no image", 1),
        { State: BuildState.Lost } => new Link("image unknown", 1),
        _ => new Link("image", 1),
    };

    /// <param name="Worth">How long it stays where not all links fit.</param>
    private sealed record Link(string Text, int Worth, bool Reached = true);
}
