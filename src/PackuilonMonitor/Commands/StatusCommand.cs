using System.CommandLine;
using PackuilonMonitor.Core.Builds;
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
            return Run(CommonOptions.SourcesOf(parsed, given), HistoryPlace.Of(parsed, given), parsed.GetValue(Json));
        });
        return status;
    }

    public static int Run(Sources sources, HistoryPlace history, bool json)
    {
        using var feed = sources.Open();
        var state = feed.ReadAll().Aggregate(MonitorState.Empty, static (known, batch) => known.Apply(batch));
        var stuck = StuckBuilds.Of(state, () => RememberedBuilds.ReadOrSay(history, sources.Zone).History);
        using var output = new Output();
        output.Line(json ? StatusJson.Of(state, stuck) : StatusText.Of(state));
        return Complaints.Print(state);
    }
}
