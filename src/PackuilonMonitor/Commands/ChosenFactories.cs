using System.CommandLine;
using System.Globalization;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using RabbitMQ.Client;

namespace PackuilonMonitor.Commands;

/// <summary>The factories that the options select.</summary>
internal static class ChosenFactories
{
    /// <summary>The selected factories, each with its sources: one without a name, or those of the settings.</summary>
    /// <exception cref="WrongUseException">An option has an invalid value.</exception>
    public static IReadOnlyList<Sources> FactoriesOf(ParseResult parsed, RunSettings given)
    {
        var factories = ChosenOf(parsed, given);
        foreach (
            var complaint in factories
                .Where(factory => factory.From is null)
                .SelectMany(factory => factory.Factory.Complaints)
                .Distinct(StringComparer.Ordinal)
        )
            Complaints.Print(complaint);
        var store = HistoryOptions.Of(parsed, given).Path;
        return [.. factories.Select(factory => factory with { Store = store })];
    }

    private static IReadOnlyList<Sources> ChosenOf(ParseResult parsed, RunSettings given)
    {
        var since = SinceOf(IsWait(parsed) ? null : parsed.GetValue(CommonOptions.Since));
        var (settings, wanted) = (given.Settings, NamesIn(parsed));
        if (parsed.GetValue(CommonOptions.From) is { } server)
            return
            [
                .. FromOf(parsed, server, wanted)
                    .Select(from =>
                        Local(parsed, settings) with
                        {
                            Name = wanted.Count > 1 ? from.Factory : null,
                            HasLogs = false,
                            From = from,
                            Since = since,
                        }
                    ),
            ];
        var isAlone = settings.Factories.IsEmpty || DescribesOne(parsed);
        if (isAlone && wanted is [var unknown, ..])
            throw new WrongUseException(
                $"--factory: no such factory: {SettingValue.Shown(unknown)}; "
                + $"{(settings.Factories.IsEmpty ? FactoryChoice.Names(settings) : "leave it out: other options say where the logs are")}"
            );
        IReadOnlyList<Sources> factories = isAlone
            ? [Local(parsed, settings)]
            : Named(settings, parsed, wanted);
        if (parsed.GetValue(CommonOptions.Since) is not null && !IsWait(parsed) && factories.All(factory => factory.From is null))
            throw new WrongUseException("--since: only with --from amqp://…; the logs of this host are read whole");
        return [.. factories.Select(factory => factory with { Since = since })];
    }

    /// <summary>The same for <c>doctor</c>, for which a wrong section is a finding and not wrong use.</summary>
    /// <exception cref="WrongUseException">An option has an invalid value.</exception>
    public static IReadOnlyList<ExaminedFactory> ExaminedOf(ParseResult parsed, RunSettings given)
    {
        var (settings, wanted) = (given.Settings, NamesIn(parsed));
        if (parsed.GetValue(CommonOptions.From) is not null || settings.Factories.IsEmpty || DescribesOne(parsed))
            return
            [
                .. ChosenOf(parsed, given)
                    .Select(sources => new ExaminedFactory(
                        sources.Name,
                        sources,
                        null,
                        sources.From is null ? settings.Sources.Config ?? FactoryConfiguration.DefaultPath : null
                    )),
            ];
        if (wanted.FirstOrDefault(name => settings.Factories.All(factory => factory.Name != name)) is { } unknown)
            throw new WrongUseException($"--factory: no such factory: {SettingValue.Shown(unknown)}; {FactoryChoice.Names(settings)}");
        var all = settings.Factories.OrderBy(factory => factory.Name, StringComparer.Ordinal).Select(Examined).ToList();
        var twin = FactoryChoice.Twin([.. all.Select(factory => factory.Sources).OfType<Sources>()]);
        return
        [
            .. all.Where(factory => wanted.Count == 0 || wanted.Contains(factory.Name!))
                .Select(factory => factory.Name == twin?.Name ? factory with { Sources = null, Wrong = twin!.Value.Wrong } : factory),
        ];

        ExaminedFactory Examined(FactorySettings factory)
        {
            try
            {
                return new ExaminedFactory(
                    factory.Name,
                    Named(settings, parsed, [factory.Name])[0],
                    null,
                    factory.Sources.Config
                );
            }
            catch (WrongUseException wrong)
            {
                return new ExaminedFactory(factory.Name, null, wrong.Message, null);
            }
        }
    }

    /// <summary>The factory that <c>ship</c> publishes, and its name.</summary>
    /// <exception cref="WrongUseException">No option says which one of several factories.</exception>
    public static (Sources Sources, string Name) ShippedOf(ParseResult parsed, RunSettings given)
    {
        var (settings, wanted) = (given.Settings, NamesIn(parsed));
        if (wanted.Count > 1)
            throw new WrongUseException($"--factory: ship publishes one factory; give one like --factory {wanted[0]}");
        if (parsed.GetValue(CommonOptions.From) is not null)
            return (FactoriesOf(parsed, given)[0], wanted[0]);
        if (settings.Factories.IsEmpty || DescribesOne(parsed))
            return (Local(parsed, settings), wanted is [var name] ? name : Environment.MachineName.Split('.')[0]);
        if (wanted.Count == 0)
            throw new WrongUseException($"--factory: which factory is to be shipped? {FactoryChoice.Names(settings)}");
        return (Named(settings, parsed, wanted)[0], wanted[0]);
    }

    /// <summary>Names of factories in the order given, each once.</summary>
    public static IReadOnlyList<string> NamesIn(ParseResult parsed) =>
        [.. (parsed.GetValue(CommonOptions.Factory) ?? []).Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<Sources> Named(Settings settings, ParseResult parsed, IReadOnlyList<string> names) =>
        FactoryChoice.Of(WithOptions(settings, parsed), names, parsed.GetValue(CommonOptions.Now), DateTimeOffset.Now);

    private static Sources Local(ParseResult parsed, Settings settings) =>
        Sources.Of(settings.Sources, parsed.GetValue(CommonOptions.Now), DateTimeOffset.Now);

    /// <summary>Options that name logs describe one factory, whatever factories the settings have.</summary>
    private static bool DescribesOne(ParseResult parsed) =>
        parsed.GetValue(CommonOptions.Messages) is { Length: > 0 }
        || CommonOptions.JournalOf(parsed) is not Journal.No
        || parsed.GetValue(CommonOptions.LogDirectory) is not null
        || parsed.GetValue(CommonOptions.Config) is not null;

    /// <summary>Options override the settings of each factory too.</summary>
    private static Settings WithOptions(Settings settings, ParseResult parsed) => settings with
    {
        Factories =
        [
            .. settings.Factories.Select(factory => factory with
            {
                Sources = factory.Sources with
                {
                    Zone = parsed.GetValue(CommonOptions.TimeZone) is null ? factory.Sources.Zone : settings.Sources.Zone,
                    Broker = factory.Sources.Broker || parsed.GetValue(CommonOptions.AskBroker),
                },
            }),
        ],
    };

    private static IEnumerable<EventStream> FromOf(ParseResult parsed, string server, IReadOnlyList<string> factories)
    {
        if (parsed.GetValue(CommonOptions.Messages) is { Length: > 0 } || CommonOptions.JournalOf(parsed) is not Journal.No)
            throw new WrongUseException(
                "--from: the events come from RabbitMQ or from this host's logs, not both; leave out --messages and --journal"
            );
        if (factories.Count == 0)
            throw new WrongUseException("--from: which factory? give its name, like --factory harwell");
        return factories.Select(factory => EventStream.Of("--from", server, factory));
    }

    /// <summary>Commands for which <c>--since</c> selects results, and not where to start reading.</summary>
    private static bool IsWait(ParseResult parsed) => parsed.CommandResult.Command.Name == WaitCommand.Name;

    private static object SinceOf(string? text) =>
        text switch
        {
            null or EventStream.FromFirst => EventStream.FromFirst,
            "next" => "next",
            _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) => offset,
            _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) =>
                new AmqpTimestamp(time.ToUnixTimeSeconds()),
            _ => throw new WrongUseException(
                $"--since: neither first, next, a number nor a time: {text}; give one like 2026-11-23T00:00:00Z"
            ),
        };
}
