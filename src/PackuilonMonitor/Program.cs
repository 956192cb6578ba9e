using PackuilonMonitor.Commands;

try
{
    return CommandLine.Run(args);
}
catch (WrongUseException wrong)
{
    Console.Error.WriteLine($"packuilon-monitor: {wrong.Message}");
    return ExitCodes.WrongUse;
}
catch (Exception bug)
{
    Console.Error.WriteLine($"packuilon-monitor: {CrashReport.Write(bug)}");
    return ExitCodes.Bug;
}
