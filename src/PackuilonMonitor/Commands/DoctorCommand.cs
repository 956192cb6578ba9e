using System.Collections.Immutable;
using System.CommandLine;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>Says what would be read, as which user, what is missing, and the command that fixes it. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Described()
    {
        var doctor = new Command("doctor", "Say what would be read, what is missing, and the command that fixes it.");
        doctor.SetAction(static parsed =>
        {
            var given = RunSettings.Read(parsed);
            return Run(given, ChosenFactories.ExaminedOf(parsed, given), sources =>
                HealthOfSources.Report([sources], HistoryOptions.Of(parsed, given), HealthOfSources.MutesOf(parsed, given), given.Settings)
            );
        });
        return doctor;
    }

    private static int Run(RunSettings given, IReadOnlyList<ExaminedFactory> factories, Func<Sources, HealthReport> health)
    {
        using var output = new Output();
        var worst = Grade.Fine;
        foreach (
            var finding in Findings(given, factories)
                .Concat(HealthFindings.Of(factories.Select(factory => factory.Sources).OfType<Sources>(), health))
        )
        {
            worst = finding.Grade > worst ? finding.Grade : worst;
            foreach (var line in DoctorText.Of(finding))
                output.Line(line);
        }

        output.Line(DoctorText.Whole(worst));
        return worst switch
        {
            Grade.Unread => ExitCodes.Unreadable,
            Grade.Wrong => ExitCodes.WrongUse,
            Grade.Fine or Grade.Note => ExitCodes.Done,
        };
    }

    /// <summary>The same for a dashboard, whose HEALTH says what is raised. What cannot be read twice is left out.</summary>
    public static ImmutableArray<DoctorRow> Rows(RunSettings given, IReadOnlyList<Sources> factories)
    {
        var rows = ImmutableArray.CreateBuilder<DoctorRow>();
        var worst = Grade.Fine;
        var config = given.Settings.Sources.Config ?? FactoryConfiguration.DefaultPath;
        var examined = factories
            .Where(sources => !sources.TakeStandardInput)
            .Select(sources => new ExaminedFactory(sources.Name, sources, null, sources is { From: null, Name: null } ? config : null));
        foreach (var finding in Findings(given, [.. examined]))
        {
            worst = finding.Grade > worst ? finding.Grade : worst;
            var isProblem = finding.Grade is Grade.Wrong or Grade.Unread;
            var row = new DoctorRow(rows.Count, DoctorText.Line(finding), isProblem, IsCommand: false)
            {
                Subject = SafeText.Plain(finding.Subject),
                Result = SafeText.Plain(finding.Text),
                IsNote = finding.Grade is Grade.Note,
            };
            rows.Add(row);
            foreach (var command in finding.Commands)
                rows.Add(new DoctorRow(rows.Count, SafeText.Plain(command), IsProblem: false, IsCommand: true) { Subject = row.Subject });
        }

        rows.Add(new DoctorRow(rows.Count, DoctorText.Whole(worst), IsProblem: false, IsCommand: false));
        return rows.ToImmutable();
    }

    private static IEnumerable<Finding> Findings(RunSettings given, IReadOnlyList<ExaminedFactory> factories)
    {
        var (account, settings) = (Account.OfThisProcess(), given.Settings);
        yield return account.IsRoot
            ? Finding.Note(
                "user",
                $"{account.Text}: root is never needed; check what another user may read with",
                "sudo -u USER packuilon-monitor doctor"
            )
            : Finding.Fine("user", account.Text);
        foreach (
            var finding in ConfigurationFindings
                .OfSettings(given.Files, given.Warnings, account)
                .Concat(ConfigurationFindings.OfKeys(given.Places.KeyFiles, account))
        )
            yield return finding;
        foreach (var finding in factories.SelectMany(factory => Findings(factory, account)))
            yield return finding;

        foreach (var finding in RecorderFindings.Of(settings, account, DateTimeOffset.Now))
            yield return finding;
        if (!RecorderFindings.Sign(settings, DateTimeOffset.Now).IsThere)
            yield return StateFindings.Of(settings.History, account, Environment.GetEnvironmentVariable);
        foreach (var finding in NotifyFindings.Of(settings.Notify))
            yield return finding;
        var sources = factories.Select(factory => factory.Sources).OfType<Sources>().ToList();
        var files = sources.SelectMany(FactoryFindings.Files).ToList();
        var watched = files
            .Select(path => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/")
            .Concat(sources.Where(source => source.HasLogs).Select(source => source.Factory.LogDirectory));
        foreach (var finding in HostFindings.OfThisHost(watched, files.Count))
            yield return finding;
        var isTerminal = Inherited.IsTerminal(Inherited.Output);
        foreach (var finding in TerminalFindings.Of(Environment.GetEnvironmentVariable, isTerminal, settings.Display))
            yield return finding;
    }

    private static IEnumerable<Finding> Findings(ExaminedFactory factory, Account account)
    {
        var subject = $"factory {factory.Name}";
        if (factory.Sources is not { } sources)
            return [Finding.Wrong(subject, factory.Wrong!)];
        var findings = FactoryFindings.Of(sources, factory.Config, account);
        return factory.Name is null ? findings : findings.Prepend(Finding.Fine(subject, "checked below"));
    }
}
