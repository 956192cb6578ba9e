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
        status.SetAction(static parsed => Run(CommonOptions.SourcesOf(parsed, CommonOptions.GivenBy(parsed)), parsed.GetValue(Json)));
        return status;
    }

    public static int Run(Sources sources, bool json)
    {
        using var feed = sources.Open();
        var state = feed.ReadAll().Aggregate(MonitorState.Empty, static (known, batch) => known.Apply(batch));
        using var output = new Output();
        output.Line(json ? StatusJson.Of(state) : StatusText.Of(state));
        return Complaints.Print(state);
    }
}
