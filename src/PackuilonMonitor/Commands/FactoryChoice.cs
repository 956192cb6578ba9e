using PackuilonMonitor.Broker;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>The factories of a command: those of the settings, each with its name, or one without a name.</summary>
public static class FactoryChoice
{
    /// <summary>The factories of the settings, sorted by name.</summary>
    /// <param name="wanted">Only these; all if none is named.</param>
    /// <param name="now">The typed instant; null for the clock.</param>
    /// <exception cref="WrongUseException">A factory does not exist, or its section lacks or repeats what it needs.</exception>
    public static IReadOnlyList<Sources> Of(Settings settings, IReadOnlyList<string> wanted, string? now, DateTimeOffset clock)
    {
        foreach (var name in wanted)
        {
            if (!settings.Factories.Any(factory => factory.Name == name))
                throw new WrongUseException($"--factory: no such factory: {SettingValue.Shown(name)}; {Names(settings)}");
        }

        var chosen = settings
            .Factories.Where(factory => wanted.Count == 0 || wanted.Contains(factory.Name))
            .OrderBy(factory => factory.Name, StringComparer.Ordinal);
        var sources = chosen.Select(factory => Named(factory, settings.Sources, now, clock)).ToList();
        return Twin(sources) is { Wrong: var wrong } ? throw new WrongUseException(wrong) : sources;
    }

    /// <summary>The first factory whose build logs would also appear as another's, and what to do; null if there is none.</summary>
    public static (string? Name, string Wrong)? Twin(IReadOnlyList<Sources> factories)
    {
        var directories = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var one in factories.Where(one => one.HasLogs))
        {
            var directory = Path.GetFullPath(one.Factory.LogDirectory).TrimEnd('/');
            if (!directories.TryAdd(directory, one.Name))
                return (
                    one.Name,
                    $"[factory {one.Name}] log-dir: {one.Factory.LogDirectory} is that of [factory {directories[directory]}] too; "
                    + $"give each factory a directory of its own"
                );
        }

        return null;
    }

    /// <summary>The valid names, for a message.</summary>
    public static string Names(Settings settings) => settings.Factories.IsEmpty
        ? "the settings have none; write a section like [factory harwell]"
        : $"give {string.Join(" or ", settings.Factories.Select(factory => factory.Name).Order(StringComparer.Ordinal))}";

    /// <summary>The factory of a build's name: that of its id, or the only one.</summary>
    /// <exception cref="WrongUseException">It may be any of several.</exception>
    public static Sources ForBuild(IReadOnlyList<Sources> factories, string build)
    {
        if (factories.Count == 1)
            return factories[0];
        return factories.FirstOrDefault(factory => factory.Name == FactoryName.Of(build))
            ?? throw new WrongUseException(
                $"--factory: which factory is to build {SettingValue.Shown(build)}? "
                + $"give {string.Join(" or ", factories.Select(factory => factory.Name))}"
            );
    }

    /// <summary>A section takes no default from this host: this host's logs would appear as another factory's.</summary>
    private static Sources Named(FactorySettings factory, SourceSettings general, string? now, DateTimeOffset clock)
    {
        var settings = factory.Sources with { Zone = factory.Sources.Zone ?? general.Zone };
        var hasSystemLog = !settings.Messages.IsEmpty || settings.Journal is not Journal.No;
        if (settings.From is not null && (hasSystemLog || settings.LogDirectory is not null))
            throw new WrongUseException(
                $"[factory {factory.Name}] from: its events come from RabbitMQ or from logs, not both; "
                + $"leave out messages, journal and log-dir"
            );
        if (settings.From is null && !hasSystemLog)
            throw new WrongUseException(
                $"[factory {factory.Name}] messages: is missing; "
                + $"give its system log, like messages = /var/log/hosts/{factory.Name}/messages"
            );
        try
        {
            var configuration = settings.Config is null ? FactoryConfiguration.Default : FactoryConfiguration.Read(settings.Config);
            return Sources.Of(settings, configuration, now, clock) with
            {
                Name = factory.Name,
                HasLogs = settings.From is null && (settings.LogDirectory ?? settings.Config) is not null,
                From = settings.From is { } server ? EventStream.Of("from", server, factory.Name) : null,
            };
        }
        catch (WrongUseException wrong) when (!wrong.Message.StartsWith("--now", StringComparison.Ordinal))
        {
            throw new WrongUseException($"[factory {factory.Name}] {wrong.Message}");
        }
    }
}
