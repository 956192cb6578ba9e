using System.CommandLine;
using System.Reactive.Linq;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Commands;

/// <summary>Waits for builds; the exit code is their verdict.</summary>
internal static class WaitCommand
{
    public const string Name = "wait";

    private static readonly Argument<string?> Build = new("BUILD")
    {
        Description =
            "An id of status or IMAGE.TEMPLATE for one build, IMAGE for all templates of its message: the running one, otherwise the next.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Change = new("--change")
    {
        Description = "Instead of BUILD: all builds of the newest change of this profile.",
        HelpName = "PROFILE",
    };
    private static readonly Option<string?> Limit = new("--timeout")
    {
        Description = "How long to wait, such as 30m, 90s or 1h30m. [default: for ever]",
        HelpName = "TIME",
    };

    public static Command Described()
    {
        var wait = new Command(
            Name,
            "Wait for builds: 0 succeeded, 1 failed, 2 lost or rejected, 4 time-out, 5 cancelled, 255 could not watch."
        )
        {
            Build,
            Change,
            Limit,
        };
        wait.SetAction(static parsed =>
        {
            var (factories, name, profile) = (
                ChosenFactories.FactoriesOf(parsed, RunSettings.By(parsed)),
                parsed.GetValue(Build),
                parsed.GetValue(Change)
            );
            if (name is null == profile is null || name is "" || profile is "")
                throw new WrongUseException("wait: give one BUILD, such as norm-sl7x-x86_64, or --change and a profile");
            return Run(
                FactoryChoice.ForBuild(factories, name ?? profile!),
                name,
                profile,
                parsed.GetValue(Limit) is { } typed ? Time(typed) : null,
                parsed.GetValue(CommonOptions.Since)
            );
        });
        return wait;
    }

    /// <exception cref="WrongUseException">The text is not a time.</exception>
    private static TimeSpan Time(string text) =>
        TypedMoment.Span(text)
        ?? throw new WrongUseException($"--timeout: not a time: {SafeText.Plain(text)}; give one like 30m, 90s or 1h30m");

    private static int Run(Sources sources, string? name, string? profile, TimeSpan? limit, string? since)
    {
        if (sources.Messages.Contains(Sources.StandardInput))
            throw new WrongUseException("--messages: standard input cannot be waited on; give a file like /var/log/messages");
        var from = since is null ? (DateTimeOffset?)null : TypedMoment.Of("--since", since, sources.Now, sources.Zone);
        using var feed = sources.Open();
        var state = sources.Folded(feed);
        // Without the log directory a cancelled build counts as failed; without the system log nothing is known.
        SourceComplaints.Print(state);
        if (
            state.Sources.Readings.Any(reading =>
                reading.Health is { State: not SourceState.Following } health && health.Source.Path != sources.Factory.LogDirectory
            )
        )
            return BuildWait.CouldNotWatch;
        var wait = profile is null ? BuildWait.For(state, name!, from) : BuildWait.ForChange(state, profile, sources.Now, from);
        Complaints.Print($"waiting for {wait.Subject}");
        using var tail = new StoppableScheduler("tail");
        var end = wait.Ends(feed.Follow(tail).Scan(state, static (known, batch) => known.Apply(batch)), limit, tail).Wait();
        Complaints.Print(SafeText.Plain(end.Text));
        try
        {
            using var output = new Output();
            foreach (var image in end.Images)
                output.Line(SafeText.Plain(image));
        }
        catch (OutputFailedException failed)
        {
            // The verdict is the code, even if its text cannot be printed.
            Complaints.Print(failed.Message);
        }

        return end.Code;
    }
}
