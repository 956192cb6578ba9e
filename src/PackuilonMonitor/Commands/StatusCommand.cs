using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>Reads what is there, prints the state as of the end of the logs, exits.</summary>
internal static class StatusCommand
{
    public static int Run(Sources sources, bool json)
    {
        using var feed = sources.Open();
        var state = feed.ReadAll().Aggregate(MonitorState.Empty, static (known, batch) => known.Apply(batch));
        using var output = new Output();
        output.Line(json ? StatusJson.Of(state) : StatusText.Of(state));
        return Complaints.Print(state);
    }
}
