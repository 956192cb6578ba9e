using PackuilonMonitor.Commands;
using PackuilonMonitor.Faults;

try
{
    return CommandLine.Run(args);
}
catch (WrongUseException wrong)
{
    Complaints.Print(wrong.Message);
    return ExitCodes.WrongUse;
}
catch (OutputFailedException failed)
{
    Complaints.Print(failed.Message);
    return ExitCodes.OutputFailed;
}
catch (Exception bug)
{
    Complaints.Print(CrashReport.Write(bug));
    return ExitCodes.Bug;
}
