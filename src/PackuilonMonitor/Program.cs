using PackuilonMonitor.Commands;
using PackuilonMonitor.Faults;

try
{
    return CommandLine.Run(args);
}
catch (WrongUseException wrong)
{
    Complaints.Say(wrong.Message);
    return ExitCodes.WrongUse;
}
catch (OutputFailedException failed)
{
    Complaints.Say(failed.Message);
    return ExitCodes.OutputFailed;
}
catch (Exception bug)
{
    Complaints.Say(CrashReport.Write(bug));
    return ExitCodes.Bug;
}
