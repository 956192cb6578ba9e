using System.CommandLine;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>Reads what is there, prints the state as of the end of the logs, exits.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object." };

    public static Command Described()
    {
        var status = new Command("status", "Print the state as of the end of the logs.") { Json };
        status.SetAction(static parsed =>
        {
            var given = CommonOptions.GivenBy(parsed);
            return Run(CommonOptions.FactoriesOf(parsed, given), HistoryPlace.Of(parsed, given), parsed.GetValue(Json));
        });
        return status;
    }

    public static int Run(IReadOnlyList<Sources> factories, HistoryPlace history, bool json)
    {
        var states = factories.Select(factory => factory.ReadAll()).ToList();
        var stuck = states.Zip(factories, (state, factory) => StuckBuilds.Of(state, () => RememberedBuilds.ReadOrSay(history, factory).History))
            .SelectMany(builds => builds)
            .ToHashSet(StringComparer.Ordinal);
        var expected = states.Zip(factories, (state, factory) => ExpectedEnds.Of(state, () => RememberedBuilds.ReadOrSay(history, factory).History))
            .SelectMany(ends => ends)
            .ToDictionary(StringComparer.Ordinal);
        using var output = new Output();
        output.Line(json ? StatusJson.Of(states, stuck, expected) : StatusText.Of(states));
        return Complaints.Print(states);
    }
}
