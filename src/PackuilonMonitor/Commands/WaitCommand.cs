using System.CommandLine;
using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text.RegularExpressions;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>Waits for a build's verdict, which is the exit code.</summary>
internal static partial class WaitCommand
{
    public const string Name = "wait";

    private static readonly Argument<string> Build = new("BUILD") { Description = "An id of status, IMAGE, or IMAGE.TEMPLATE: the build that runs, else the next one." };
    private static readonly Option<string?> Limit = new("--timeout") { Description = "How long to wait, such as 30m, 90s or 1h30m. [default: for ever]", HelpName = "TIME" };

    public static Command Described()
    {
        var wait = new Command(Name, "Wait for a build: 0 succeeded, 1 failed, 2 lost or rejected, 4 time-out, 5 cancelled, 255 could not watch.") { Build, Limit };
        wait.SetAction(static parsed =>
        {
            var (factories, name) = (CommonOptions.FactoriesOf(parsed, CommonOptions.GivenBy(parsed)), parsed.GetValue(Build)!);
            return Run(FactoryChoice.ForBuild(factories, name), name, parsed.GetValue(Limit) is { } typed ? Time(typed) : null);
        });
        return wait;
    }

    /// <exception cref="WrongUseException">The text is no time.</exception>
    public static TimeSpan Time(string text)
    {
        var match = Parts().Match(text);
        if (!match.Success || text.Length == 0)
            throw new WrongUseException($"--timeout: not a time: {SafeText.Plain(text)}; give one like 30m, 90s or 1h30m");
        return TimeSpan.FromSeconds(Number(match.Groups[1]) * 3600 + Number(match.Groups[2]) * 60 + Number(match.Groups[3]));
    }

    private static int Run(Sources sources, string name, TimeSpan? limit)
    {
        if (sources.Messages.Contains(Sources.StandardInput))
            throw new WrongUseException("--messages: standard input cannot be waited on; give a file like /var/log/messages");
        using var feed = sources.Open();
        var state = sources.Folded(feed);
        // Without the log directory a cancelled build is a failed one; without the system log nothing is known.
        Complaints.Print(state);
        if (state.Sources.Readings.Any(reading => reading.Health is { State: not SourceState.Following } health && health.Source.Path != sources.Factory.LogDirectory))
            return BuildWait.CouldNotWatch;
        var wait = BuildWait.For(state, name);
        Complaints.Say($"waiting for {wait.Subject}");
        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        var end = wait.Ends(feed.Follow(tail).Scan(state, static (known, batch) => known.Apply(batch)), limit, tail).Wait();
        if (end.Code == BuildWait.TimedOut)
        {
            Complaints.Say(end.Text);
            return end.Code;
        }

        try
        {
            using var output = new Output();
            output.Line(SafeText.Plain(end.Text));
        }
        catch (OutputFailedException failed)
        {
            // The verdict is the code, whatever becomes of the words.
            Complaints.Say(failed.Message);
        }

        return end.Code;
    }

    private static double Number(Group part) => part.Success ? double.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Parts();
}
