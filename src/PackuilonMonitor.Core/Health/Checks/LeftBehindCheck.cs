using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>A failed or lost build left something in OpenStack, by its log. No line ever reports its removal.</summary>
internal static class LeftBehindCheck
{
    public static Check? Of(CheckInput at)
    {
        var items = at
            .Builds.Where(build =>
                build.State is BuildState.Failed or BuildState.Lost or BuildState.Cancelled
                && !at.IsForgotten(PairVerdicts.EndOf(at, build))
            )
            .SelectMany(build => build.LeftBehind.Select(left => (Build: build, Left: left)))
            .Select(one => new HealthItem(
                $"{one.Build.Pair()}/{one.Left.Name}",
                $"{Kind(one.Left.Kind)} {one.Left.Name} of {CheckText.Pair(one.Build.Pair())}",
                PairVerdicts.EndOf(at, one.Build)
            )
            {
                Build = one.Build.Id,
                Do = one.Left.Command,
            })
            .DistinctBy(item => item.Id)
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        return items.IsEmpty
            ? null
            : new Check(
                CheckCode.LeftBehind,
                Severity.Warn,
                items,
                new CheckSummary($"{items.Length} left in OpenStack: ", [.. items.Select(item => item.Text)], ""),
                items.Select(item => item.Do).FirstOrDefault(command => command is not null) ?? "openstack server list"
            );
    }

    private static string Kind(Packer.LeftKind kind) => kind.ToString().ToLowerInvariant();
}
