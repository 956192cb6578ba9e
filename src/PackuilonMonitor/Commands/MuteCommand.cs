using System.CommandLine;
using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Health;

namespace PackuilonMonitor.Commands;

/// <summary>Takes a check that somebody knows of out of the whole for a time, and back.</summary>
internal static class MuteCommand
{
    private const string UntilWell = "until-ok";

    private static readonly Argument<string> Check = new("CODE") { Description = "A check of health, or CODE:ITEM for one of its items." };
    private static readonly Argument<string> Time = new("TIME") { Description = $"How long, such as 4h, 30m or 2d, or {UntilWell}." };
    private static readonly Option<bool> Sticky = new("--sticky") { Description = "Also while it is not raised, gets new items or becomes worse; for 30 days at most." };

    public static Command Muting()
    {
        var mute = new Command("mute", "Mute a check of health, or one of its items, for a time.") { Check, Time, Sticky };
        mute.SetAction(static parsed =>
        {
            var given = CommonOptions.GivenBy(parsed);
            var (factory, code, item) = Named(parsed, given, parsed.GetValue(Check)!);
            var mutes = HealthOfSources.MutesOf(parsed, given);
            var report = HealthOfSources.Report([factory], HistoryPlace.Of(parsed, given), mutes, given.Settings);
            return Mute(mutes, factory, report.Factories[0], code, item, parsed.GetValue(Time)!, parsed.GetValue(Sticky));
        });
        return mute;
    }

    public static Command Unmuting()
    {
        var unmute = new Command("unmute", "Take back a mute.") { Check };
        unmute.SetAction(static parsed =>
        {
            var given = CommonOptions.GivenBy(parsed);
            var (factory, code, item) = Named(parsed, given, parsed.GetValue(Check)!);
            var mutes = HealthOfSources.MutesOf(parsed, given);
            var known = Guarded(() => mutes.Of(factory.Name));
            var left = known.Where(mute => mute.Code != code || mute.Item != item).ToList();
            if (left.Count == known.Count)
                throw new WrongUseException($"{SafeText.Plain(parsed.GetValue(Check)!)} is not muted{(known.Count > 0 ? $"; muted are {string.Join(", ", known.Select(mute => mute.Name))}" : "; nothing is")}");
            Guarded(() => Set(mutes, factory.Name, left));
            return ExitCodes.Done;
        });
        return unmute;
    }

    /// <exception cref="WrongUseException">The text is no time.</exception>
    internal static TimeSpan? Span(string text)
    {
        if (text == UntilWell)
            return null;
        return text.Length > 1 && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => throw NoTime(text),
            }
            : throw NoTime(text);
    }

    private static WrongUseException NoTime(string text) => new($"TIME: not a time: {SafeText.Plain(text)}; give one like 4h, 30m, 2d or {UntilWell}");

    private static int Mute(MuteFile mutes, Sources factory, FactoryHealth health, CheckCode code, string? item, string time, bool sticky)
    {
        var (span, now) = (Span(time), health.Now);
        if (sticky && (span is null || span > Core.Health.Mute.LongestSticky))
            throw new WrongUseException($"--sticky: needs a TIME of at most {Core.Health.Mute.LongestSticky.TotalDays:0}d");
        var check = health.Checks.FirstOrDefault(check => check.Code == code);
        var items = check?.Items.Where(known => item is null || known.Id == item).ToList() ?? [];
        if (items.Count == 0 && !sticky)
        {
            throw new WrongUseException(check is null || item is null
                ? $"{code.Name()} is not raised; --sticky mutes it all the same"
                : $"{code.Name()} has no item {SafeText.Plain(item)}; it has {string.Join(", ", check.Items.Take(5).Select(known => SafeText.Plain(known.Id)))}");
        }

        var mute = new Mute(
            code, item, now, now + span, sticky, Environment.UserName, [.. items.Select(known => known.Id)],
            items.Select(known => known.Severity ?? check!.Severity).DefaultIfEmpty(code.Usual()).Max());
        Guarded(() => Set(mutes, factory.Name, mutes.Of(factory.Name).Where(known => known.Code != code || known.Item != item).Append(mute)));
        Complaints.Say($"{mute.Name} muted {(mute.Until is { } until ? $"until {until:d MMM HH:mm}" : "until it is well")}, in {mutes.Path}");
        return ExitCodes.Done;
    }

    private static (Sources Factory, CheckCode Code, string? Item) Named(ParseResult parsed, Given given, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var code = HealthCommand.Code(colon < 0 ? name : name[..colon]);
        var factories = CommonOptions.FactoriesOf(parsed, given);
        if (factories.Count > 1)
            throw new WrongUseException($"--factory: of which factory? give {string.Join(" or ", factories.Select(factory => factory.Name))}");
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
