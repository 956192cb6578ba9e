using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>A failed or lost build left something in OpenStack, by its log. No line ever reports its removal.</summary>
internal static class LeftBehindCheck
{
    public static Check? Of(CheckInput at)
    {
        var items = at.Subject.Ended.Get(Leftovers.Of).All
            .Where(one => !at.IsForgotten(PairVerdicts.EndOf(at, one.Build)))
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

    /// <summary>What the logs of failed, lost and cancelled builds leave.</summary>
    private sealed record Leftovers(IReadOnlyList<(BuildView Build, Packer.LeftBehind Left)> All)
    {
        public static Leftovers Of(Derived<IReadOnlyList<BuildView>> builds) => new([
            .. builds.Input
                .Where(build => build.State is BuildState.Failed or BuildState.Lost or BuildState.Cancelled)
                .SelectMany(build => build.LeftBehind.Select(left => (build, left))),
        ]);
    }

    private static string Kind(Packer.LeftKind kind) => kind.ToString().ToLowerInvariant();
}
