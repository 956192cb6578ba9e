using System.CommandLine;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>The commands of docs/command-line.md; each describes its own options.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for and returns the exit code.</summary>
    public static int Run(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        // Only the dashboard and the demo have a screen, and with it their own handler of bugs.
        var command = parsed.CommandResult.Command.Name;
        using var net =
            command == parsed.RootCommandResult.Command.Name || command == DemoCommand.Name || command == ReplayCommand.Name
                ? null
                : new BugNet(
                    command == WaitCommand.Name ? BuildWait.CouldNotWatch
                    : command == HealthCommand.Name ? HealthText.ExitCode(Overall.Unknown)
                    : ExitCodes.Bug
                );
        try
        {
            if (UsageFault.Of(parsed) is { } fault)
                throw new WrongUseException(fault);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (command == HealthCommand.Name)
        {
            return HealthCommand.CouldNotJudge(
                error is WrongUseException or OutputFailedException ? error.Message : CrashReport.Write(error)
            );
        }
        catch (Exception error) when (command == WaitCommand.Name)
        {
            // Its codes are verdicts: anything that prevents watching has the code for that.
            Complaints.Print(error is WrongUseException or OutputFailedException ? error.Message : CrashReport.Write(error));
            return BuildWait.CouldNotWatch;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Watches a Packuilon image factory: who builds what, at which step, and what failed and why.")
        {
            DemoCommand.Described(),
            StatusCommand.Described(),
            EventsCommand.Described(),
            LogCommand.Described(),
            HistoryCommand.Described(),
            RecordCommand.Described(),
            ReplayCommand.Described(),
            SnapshotCommand.Described(),
            ServeCommand.Described(),
            WaitCommand.Described(),
            HealthCommand.Described(),
            MuteCommand.DescribedMute(),
            MuteCommand.DescribedUnmute(),
            DoctorCommand.Described(),
            ShipCommand.Described(),
        };
        foreach (var option in CommonOptions.All)
            root.Options.Add(option);
        CommandHelp.Answer(root);
        root.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            return DashboardCommand.Run(
                ChosenFactories.FactoriesOf(parsed, given),
                given.Appearance(),
                given,
                HistoryOptions.Of(parsed, given)
            );
        });
        return root;
    }
}
