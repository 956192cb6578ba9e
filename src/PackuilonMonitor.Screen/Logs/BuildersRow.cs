using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The builders of a log that has several, each with its end, between the keys that lead through them.</summary>
internal static class BuildersRow
{
    private const int Gap = 3;

    /// <summary>One builder alone is the build, and what several builds wrote mixes the builders.</summary>
    public static bool IsOf(LogView view) => view.Build is { LogShared: false, Log.Builders.Length: > 1 };

    /// <summary>Which of them is shown alone, from 0; -1 for all.</summary>
    public static int Chosen(LogView view) => view.Filter is { Kind: FilterKind.Builder, Builder: { } name }
        ? view.Build.Log!.Builders.Select(builder => builder.Name).ToList().IndexOf(name)
        : -1;

    /// <summary>Those without room are counted; the chosen one is always there.</summary>
    public static CellLine Line(LogView view, HeaderSheet sheet)
    {
        var builders = view.Build.Log!.Builders;
        var chosen = Chosen(view);
        var parts = builders.Select((builder, place) => Part(builder, place == chosen, view.IsOver, sheet)).ToList();
        var (first, count) = (0, parts.Count);
        while (count > 1 && Width() > sheet.Width)
        {
            first += chosen > first ? 1 : 0;
            count--;
        }

        var line = sheet.Line().Add("( ", sheet.Palette.Key);
        foreach (var (place, part) in parts.Skip(first).Take(count).Index())
            line.Add(place > 0 ? new string(' ', Gap) : "").Add(part);
        return line.Add(Others(), sheet.Palette.Warning).Add(" )", sheet.Palette.Key).ToLine();

        int Width() => parts.Skip(first).Take(count).Sum(part => part.Width) + (count - 1) * Gap + Others().Length + 4;

        string Others() => count < parts.Count
            ? string.Create(CultureInfo.InvariantCulture, $"   +{parts.Count - count}")
            : "";
    }

    private static CellLine Part(BuilderTrack builder, bool isChosen, bool isOver, HeaderSheet sheet)
    {
        var state = builder switch
        {
            { Errored: true } => BuildState.Failed,
            { Interrupted: true } => BuildState.Cancelled,
            { Finished: true } => BuildState.Succeeded,
            _ => isOver ? BuildState.Unknown : BuildState.Building,
        };
        var steps = builder.Trail.Steps;
        var step = steps.LastOrDefault(one => !one.IsClearingUp) is { } last ? steps.IndexOf(last) + 1 : 0;
        var end = state switch
        {
            BuildState.Succeeded => builder.Belongings.ImageId is { } image ? $" {image[..Math.Min(8, image.Length)]}" : "",
            _ when step > 0 => string.Create(CultureInfo.InvariantCulture, $" at step {step}"),
            _ => "",
        };
        return sheet.Line()
            .Add($"{builder.Name} ", isChosen ? sheet.Palette.Heading : sheet.Palette.Plain)
            .Add(BuildWords.State(state, sheet.Glyphs), BuildWords.Style(state, sheet.Palette))
            .Add(end)
            .ToLine();
    }
}
