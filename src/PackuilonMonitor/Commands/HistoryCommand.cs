using System.CommandLine;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>The builds in the store, oldest first.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string?> Image = new("IMAGE")
    {
        Description = "Only builds of this image, or of one of its templates as IMAGE.TEMPLATE.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object." };

    public static Command Described()
    {
        var history = new Command("history", "Print the finished builds in the store, with step times.") { Image, Json };
        history.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var factories = ChosenFactories.FactoriesOf(parsed, given);
            return Run(
                factories[0].Zone,
                HistoryOptions.Of(parsed, given),
                ChosenFactories.NamesIn(parsed),
                parsed.GetValue(Image),
                parsed.GetValue(Json)
            );
        });
        return history;
    }

    /// <param name="names">Only builds of these factories; of all if none is named.</param>
    private static int Run(TimeZoneInfo zone, HistoryLocation place, IReadOnlyList<string> names, string? image, bool json)
    {
        if (place.Path is null)
            throw new WrongUseException(
                HistoryLocation.UsualFolder(Environment.GetEnvironmentVariable) is null
                    ? "history: neither HOME nor XDG_STATE_HOME is set, so there is no place for it; give --state-dir DIR"
                    : "history: there is none with --no-history, or with --now and no --state-dir; give --state-dir DIR"
            );
        var remembered = Named(place, zone, image);
        if (remembered.Why is { } why)
            Complaints.Print($"{why}; the dashboard makes it, and --state-dir says where");
        if (place.Recorder.Trouble(DateTimeOffset.Now) is { } trouble)
            Complaints.Print($"history off: {trouble}");
        var ended = remembered.Builds.Where(build => !build.Running && (names.Count == 0 || names.Contains(build.Factory))).ToList();
        using var output = new Output();
        output.Line(json ? HistoryJson.Of(ended, remembered.Kept) : HistoryText.Of(ended, image));
        return remembered.Why is null ? ExitCodes.Done : ExitCodes.Unreadable;
    }

    /// <summary>Those of an image, or with its template as every command and the output of this one name it; all without a name.</summary>
    private static RememberedBuilds Named(HistoryLocation place, TimeZoneInfo zone, string? name)
    {
        var ofImage = RememberedBuilds.Read(place, zone, name);
        if (name is null || ofImage.Builds.Count > 0 || ofImage.Why is not null)
            return ofImage;
        var all = RememberedBuilds.Read(place, zone);
        return all with { Builds = [.. all.Builds.Where(build => build.Id == name || NamedBuild.IsNamed(build, name))] };
    }
}
