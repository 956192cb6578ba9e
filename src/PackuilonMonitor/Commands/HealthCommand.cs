using System.CommandLine;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;
using Spelling = PackuilonMonitor.Core.Text.Spelling;

namespace PackuilonMonitor.Commands;

/// <summary>Says whether the factory is healthy, as a plugin of Nagios or Icinga: the exit code is the state.</summary>
internal static class HealthCommand
{
    public const string Name = "health";

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object." };
    private static readonly Option<bool> OnlyTrouble = new("-x")
    {
        Description = "Print only raised checks, or one line if there is none.",
    };
    private static readonly Option<bool> NoFigures = new("--no-perfdata") { Description = "Omit the performance data." };
    private static readonly Argument<string[]> Codes = new("CODE")
    {
        Description = "Only these checks, and those that are UNKNOWN.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Described()
    {
        var health = new Command(Name, "Say whether the factory is healthy: 0 OK, 1 WARN, 2 ERROR, 3 UNKNOWN.")
        {
            Codes,
            Json,
            OnlyTrouble,
            NoFigures,
        };
        health.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var codes = (parsed.GetValue(Codes) ?? []).Select(Code).ToList();
            var factories = ChosenFactories.FactoriesOf(parsed, given);
            var report = HealthOfSources
                .Report(factories, HistoryOptions.Of(parsed, given), HealthOfSources.MutesOf(parsed, given), given.Settings)
                .Only(codes);
            return Print(
                report,
                parsed.GetValue(Json),
                parsed.GetValue(OnlyTrouble),
                !parsed.GetValue(NoFigures) && !Inherited.IsTerminal(Inherited.Output)
            );
        });
        return health;
    }

    /// <exception cref="WrongUseException">There is no such check.</exception>
    public static CheckCode Code(string name) =>
        CheckCodes.Of(name)
        ?? throw new WrongUseException(
            $"no such check: {SafeText.Plain(name)}; "
            + Spelling.Offer(name.ToUpperInvariant(), CheckCodes.All.Select(code => code.Name()))
        );

    /// <summary>If it cannot evaluate the checks, that is not a verdict about the factory: one line, and the code for that.</summary>
    public static int CouldNotJudge(string why)
    {
        // Nagios keeps only a plugin's first line; a person at a terminal sees the same as from every command.
        Complaints.Print(why);
        try
        {
            using var output = new Output();
            output.Line($"PACKUILON UNKNOWN: {SafeText.Plain(why).Replace('|', '/')}");
        }
        catch (OutputFailedException)
        {
            // The code says it.
        }

        return HealthText.ExitCode(Overall.Unknown);
    }

    private static int Print(HealthReport report, bool json, bool onlyTrouble, bool withFigures)
    {
        using var output = new Output();
        foreach (
            var line in json ? [HealthJson.Of(report)]
            : onlyTrouble ? HealthText.OnlyTrouble(report)
            : HealthText.Of(report, withFigures)
        )
            output.Line(line);
        return HealthText.ExitCode(report.Overall);
    }
}
