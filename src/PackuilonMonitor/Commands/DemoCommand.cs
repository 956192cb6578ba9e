using System.CommandLine;
using System.Globalization;
using System.Reactive.Concurrency;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>The options of the demo, as they were typed.</summary>
public sealed record DemoOptions(string? Speed, string? Seed, string? Dialect, string? Packer = null);

/// <summary>The dashboard on a simulated factory that writes real files into a temporary folder, until it is quit.</summary>
internal static class DemoCommand
{
    private static readonly Option<string?> Speed = new("--speed")
    {
        Description = "How many times faster than life builds run. [default: 10]",
        HelpName = "N",
    };
    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "The same seed gives the same factory. [default: 1]",
        HelpName = "N",
    };
    private static readonly Option<string?> DialectName = new("--dialect")
    {
        Description = "The revision of rabbit2packer that is simulated. [default: e7ec5f0]",
        HelpName = "NAME",
    };

    public const string Name = "demo";

    private static readonly Option<string?> PackerVersion = new("--packer")
    {
        Description = "The Packer whose logs are simulated: 1.0, 1.6 or 1.14. [default: that of the revision]",
        HelpName = "VERSION",
    };

    public static Command Described()
    {
        var demo = new Command(Name, "Show the dashboard on a simulated factory.") { Speed, Seed, DialectName, PackerVersion };
        demo.SetAction(static parsed =>
            Run(
                new DemoOptions(
                    parsed.GetValue(Speed),
                    parsed.GetValue(Seed),
                    parsed.GetValue(DialectName),
                    parsed.GetValue(PackerVersion)
                ),
                RunSettings.By(parsed)
            )
        );
        return demo;
    }

    private const double UsualSpeed = 10;

    /// <summary>The length of the past before the demo begins, so that there is a history to compare with.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromHours(6);

    public static int Run(DemoOptions options, RunSettings given)
    {
        var appearance = given.Appearance();
        var plan = Plan(options);
        using var factory = new StoppableScheduler("factory");
        using var demo = Start(plan, factory);
        var sources = Sources.Of(new SourceSettings([demo.Messages], Config: demo.Config), now: null, DateTimeOffset.Now);
        return DashboardCommand.Run(
            [sources],
            appearance,
            given.Places.Named ? given : Quiet(given),
            new HistoryLocation(demo.History, Retention.Usual) { Folder = Path.GetDirectoryName(demo.History) }
        );
    }

    /// <summary>Invented events notify nobody, unless the settings were named for that.</summary>
    private static RunSettings Quiet(RunSettings given) => given with
    {
        Settings = given.Settings with { Notify = given.Settings.Notify with { Hook = [], Webhook = null } },
    };

    private static Demonstration Start(FactoryPlan plan, IScheduler factory)
    {
        try
        {
            return Demonstration.Start(plan, Past, TimeZoneInfo.Local, factory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"demo: {TemporaryFolder.Missing(error)}");
        }
    }

    private static FactoryPlan Plan(DemoOptions options)
    {
        var speed = options.Speed is not { } said ? UsualSpeed
            : double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && given is >= 0.1 and <= 1000 ? given
            : throw new WrongUseException($"--speed: not a number from 0.1 to 1000: {said}; give one like 10");
        var seed = options.Seed is not { } number ? 1
            : ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole
            : throw new WrongUseException($"--seed: not a whole number: {number}; give one like 7");
        if (!Dialect.TryParse(options.Dialect ?? "e7ec5f0", out var dialect, out var error))
            throw new WrongUseException($"--dialect: {error}");
        var packer = options.Packer switch
        {
            null => dialect.Packer,
            "1.0" => PackerWording.Of2017,
            "1.6" => PackerWording.Of166,
            "1.14" => PackerWording.Of114,
            var other => throw new WrongUseException($"--packer: no such version: {other}; give 1.0, 1.6 or 1.14"),
        };
        return new FactoryPlan { Seed = seed, Dialect = dialect with { Packer = packer }, Speed = speed, MostRemembered = 100 };
    }
}
