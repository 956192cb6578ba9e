using System.CommandLine;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;

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
        var estimates = Estimates.Of(
            [
                .. factories.Zip(states, (factory, state) =>
                    Estimates.Of(state, () => RememberedBuilds.ReadOrSay(history, factory).History)
                ),
            ]
        );
        using var output = new Output();
        output.Line(json ? StatusJson.Of(states, estimates.Stuck, estimates.Ends) : StatusText.Of(states));
        return SourceComplaints.Print(states);
    }
}
