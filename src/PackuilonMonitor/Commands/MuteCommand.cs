using System.CommandLine;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>Mutes a known check for a time, and ends the mute.</summary>
internal static class MuteCommand
{
    private static readonly Argument<string> Check = new("CODE") { Description = "A check of health, or CODE:ITEM for one of its items." };
    private static readonly Argument<string> Time = new("TIME")
    {
        Description = $"How long, such as 4h, 30m or 2d, or {MuteArguments.UntilWell}.",
    };
    private static readonly Option<bool> Sticky = new("--sticky")
    {
        Description = "Also while the check is not raised, gets new items or gets worse; at most 30 days.",
    };

    public static Command DescribedMute()
    {
        var mute = new Command("mute", "Mute a check of health, or one of its items, for a time.") { Check, Time, Sticky };
        mute.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var (factory, code, item) = Named(parsed, given, parsed.GetValue(Check)!);
            var mutes = HealthOfSources.MutesOf(parsed, given);
            var report = HealthOfSources.Report([factory], HistoryOptions.Of(parsed, given), mutes, given.Settings);
            return Mute(mutes, factory, report.Factories[0], code, item, parsed.GetValue(Time)!, parsed.GetValue(Sticky));
        });
        return mute;
    }

    public static Command DescribedUnmute()
    {
        var unmute = new Command("unmute", "End a mute.") { Check };
        unmute.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var (factory, code, item) = Named(parsed, given, parsed.GetValue(Check)!);
            var mutes = HealthOfSources.MutesOf(parsed, given);
            var known = Guarded(() => mutes.Of(factory.Name));
            var left = known.Where(mute => mute.Code != code || mute.Item != item).ToList();
            if (left.Count == known.Count)
                throw new WrongUseException(
                    $"{SafeText.Plain(parsed.GetValue(Check)!)} is not muted"
                    + $"{(known.Count > 0 ? $"; muted are {string.Join(", ", known.Select(mute => mute.Name))}" : "; nothing is")}"
                );
            Guarded(() => Set(mutes, factory.Name, left));
            return ExitCodes.Done;
        });
        return unmute;
    }

    private static int Mute(MuteFile mutes, Sources factory, FactoryHealth health, CheckCode code, string? item, string time, bool sticky)
    {
        if (!MuteArguments.TryParse(time, out var span))
            throw new WrongUseException(
                $"TIME: not a time: {SafeText.Plain(time)}; give one like 4h, 30m, 2d or {MuteArguments.UntilWell}"
            );
        if (MuteArguments.Of(health, code, item, span, sticky, ThisUser.Name, out var why) is not { } mute)
            throw new WrongUseException(SafeText.Plain(why));
        Guarded(() =>
            Set(mutes, factory.Name, mutes.Of(factory.Name).Where(known => known.Code != code || known.Item != item).Append(mute))
        );
        Complaints.Print(
            $"{mute.Name} muted {(mute.Until is { } until ? $"until {until:d MMM HH:mm}" : "until it is well")}, in {mutes.Path}"
        );
        return ExitCodes.Done;
    }

    private static (Sources Factory, CheckCode Code, string? Item) Named(ParseResult parsed, RunSettings given, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var code = HealthCommand.Code(colon < 0 ? name : name[..colon]);
        var factories = ChosenFactories.FactoriesOf(parsed, given);
        if (factories.Count > 1)
            throw new WrongUseException(
                $"--factory: of which factory? give {string.Join(" or ", factories.Select(factory => factory.Name))}"
            );
        return (factories[0], code, colon < 0 ? null : name[(colon + 1)..]);
    }

    private static object? Set(MuteFile mutes, string? factory, IEnumerable<Mute> all)
    {
        mutes.Set(factory, all);
        return null;
    }

    private static T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (IOException error)
        {
            throw new WrongUseException($"mutes: {error.Message}");
        }
    }
}
