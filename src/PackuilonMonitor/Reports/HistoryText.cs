using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Reports;

/// <summary>Ended builds of the store for people: the usual values of each image and template, then the builds.</summary>
public static class HistoryText
{
    private const int BarColumns = 20;

    /// <param name="builds">In order of start.</param>
    /// <param name="name">Of which builds alone; null for all.</param>
    public static string Of(IReadOnlyList<BuildView> builds, string? name = null)
    {
        if (builds.Count == 0)
            return name is null ? "no builds stored" : $"no builds of {SafeText.Plain(name)} stored";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"ok",9} {"usual",8} {"worst",8}  image.template\n");
        foreach (var group in builds.GroupBy(Named).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var good = group.Where(build => build.State is BuildState.Succeeded).ToArray();
            var times = Spread.Of(good.Select(build => build.Took).OfType<TimeSpan>());
            var share = string.Create(CultureInfo.InvariantCulture, $"{good.Length}/{group.Count()}");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{share,9} {(times is null ? "-" : Words.Span(times.Median)),8} "
                + $"{(times is null ? "-" : Words.Span(times.Worst)),8}  {SafeText.Plain(group.Key)}\n"
            );
        }

        var longest = builds.Max(build => build.Took ?? TimeSpan.Zero);
        text.Append('\n');
        foreach (var build in builds)
            text.Append(CultureInfo.InvariantCulture, $"{Line(build, longest)}\n");
        return text.ToString().TrimEnd('\n');
    }

    private static string Named(BuildView build) => FactoryName.Own(build.Factory, Words.Name(build));

    private static string Line(BuildView build, TimeSpan longest)
    {
        var started = build.StartedAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "?";
        var took = build.Took is { } time ? Words.Span(time) : "-";
        var bar =
            build.Took is { } length && longest > TimeSpan.Zero ? new string('#', (int)Math.Round(length / longest * BarColumns)) : "";
        var why = build.Reason is { } reason ? $"  {SafeText.Plain(reason)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{started,-16}  {ContractWords.Of(build.State),-9} {took,8} "
            + $"{bar,-BarColumns}  {SafeText.Plain(Named(build))}{why}"
        );
    }
}
