using System.CommandLine;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;
using BuildHistory = PackuilonMonitor.Core.Snapshots.BuildHistory;

namespace PackuilonMonitor.Commands;

/// <summary>Reads the present content, prints the state at the end of the logs, exits.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object." };

    public static Command Described()
    {
        var status = new Command("status", "Print the state as of the end of the logs.") { Json, SinceSeen.Option };
        status.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            if (parsed.GetValue(SinceSeen.Option))
            {
                if (parsed.GetValue(Json))
                    throw new WrongUseException("--since-seen: prints text; leave out --json, or use events --json --since-seen");
                return SinceSeen.Print(parsed, given);
            }

            return Run(ChosenFactories.FactoriesOf(parsed, given), HistoryOptions.Of(parsed, given), parsed.GetValue(Json));
        });
        return status;
    }

    public static int Run(IReadOnlyList<Sources> factories, HistoryLocation history, bool json)
    {
        var states = factories.Select(factory => factory.ReadAll()).ToList();
        // Read once, and only if a build runs.
        var remembered = factories
            .Select(factory => new Lazy<BuildHistory>(() => RememberedBuilds.ReadOrSay(history, factory).History))
            .ToList();
        var stuck = states.Zip(remembered, (state, past) => StuckBuilds.Of(state, () => past.Value))
            .SelectMany(builds => builds)
            .ToHashSet(StringComparer.Ordinal);
        var expected = states.Zip(remembered, (state, past) => ExpectedEnds.Of(state, () => past.Value))
            .SelectMany(ends => ends)
            .ToDictionary(StringComparer.Ordinal);
        using var output = new Output();
        output.Line(json ? StatusJson.Of(states, stuck, expected) : StatusText.Of(states));
        return SourceComplaints.Print(states);
    }
}
