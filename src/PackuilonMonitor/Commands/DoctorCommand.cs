using System.CommandLine;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Commands;

/// <summary>Says what would be read, as whom, what is missing, and what to type to mend it. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Described()
    {
        var doctor = new Command("doctor", "Say what would be read, as whom, what is missing and what to type to mend it.");
        doctor.SetAction(static parsed =>
        {
            var given = CommonOptions.Read(parsed);
            return Run(given, CommonOptions.FactoriesOf(parsed, given)[0]);
        });
        return doctor;
    }

    private static int Run(Given given, Sources sources)
    {
        using var output = new Output();
        var worst = Grade.Fine;
        foreach (var finding in Findings(given, sources))
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

    private static IEnumerable<Finding> Findings(Given given, Sources sources)
    {
        var (account, settings) = (Account.OfThisProcess(), given.Settings);
        yield return account.IsRoot
            ? Finding.Note("user", $"{account.Text}: root is never needed; another user's rights are looked at with", "sudo -u USER packuilon-monitor doctor")
            : Finding.Fine("user", account.Text);
        foreach (var finding in ConfigurationFindings.OfSettings(given.Files, given.Warnings).Concat(ConfigurationFindings.OfKeys(given.Places.KeyFiles)))
            yield return finding;

        var read = Read(sources);
        foreach (var finding in ConfigurationFindings.OfFactory(settings.Sources.Config ?? FactoryConfiguration.DefaultPath, sources.Factory, read.State, account))
            yield return finding;
        foreach (var finding in sources.Messages.Where(path => path != Sources.StandardInput).SelectMany(path => MessagesFindings.Of(path, account)))
            yield return finding;
        foreach (var finding in ContentFindings.Of(read, sources.Now, sources.Zone))
            yield return finding;
        foreach (var finding in LogDirectoryFindings.Of(new LogDirectory(sources.Factory.LogDirectory), account, read.State))
            yield return finding;

        foreach (var finding in settings.Factories.SelectMany(factory => Findings(factory, account)))
            yield return finding;

        yield return StateFindings.Of(settings.History, account, Environment.GetEnvironmentVariable);
        foreach (var finding in NotifyFindings.Of(settings.Notify))
            yield return finding;
        foreach (var finding in HostFindings.OfThisHost(sources.Messages.Select(path => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/").Append(sources.Factory.LogDirectory)))
            yield return finding;
        foreach (var finding in TerminalFindings.Of(Environment.GetEnvironmentVariable, !Console.IsOutputRedirected, settings.Display))
            yield return finding;
    }

    /// <summary>One of several factories: whether its files can be read.</summary>
    private static IEnumerable<Finding> Findings(FactorySettings factory, Account account)
    {
        try
        {
            var sources = Sources.Of(factory.Sources, now: null, DateTimeOffset.Now);
            return
            [
                Finding.Fine($"factory {factory.Name}", "looked at below"),
                .. sources.Messages.SelectMany(path => MessagesFindings.Of(path, account)),
                .. LogDirectoryFindings.Of(new LogDirectory(sources.Factory.LogDirectory), account, MonitorState.Empty),
            ];
        }
        catch (WrongUseException wrong)
        {
            return [Finding.Wrong($"factory {factory.Name}", wrong.Message)];
        }
    }

    private static WhatWasRead Read(Sources sources)
    {
        using var feed = sources.OpenRecent();
        return feed.ReadAll().Aggregate(new WhatWasRead(MonitorState.Empty), static (known, batch) => known.With(batch));
    }
}
