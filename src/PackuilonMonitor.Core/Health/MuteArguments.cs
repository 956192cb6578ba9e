using System.Globalization;

namespace PackuilonMonitor.Core.Health;

/// <summary>The arguments of a mute, <c>CODE[:ITEM] TIME|until-ok</c>, and why one is refused.</summary>
public static class MuteArguments
{
    public const string UntilWell = "until-ok";

    /// <summary>How long, such as <c>4h</c>; null for until the check clears.</summary>
    /// <returns>False if the text is not a time.</returns>
    public static bool TryParse(string text, out TimeSpan? span)
    {
        span = null;
        if (text == UntilWell)
            return true;
        if (
            text.Length < 2
            || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is <= 0 or >= 100_000
        )
            return false;
        span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return span is not null;
    }

    /// <summary>The mute; null if it is refused.</summary>
    /// <param name="health">The raised checks of the factory.</param>
    /// <param name="item">One item; null for the whole check.</param>
    /// <param name="span">How long; null for until the check clears.</param>
    /// <param name="by">The user.</param>
    /// <param name="why">Why it is refused; parts of it are untrusted text.</param>
    public static Mute? Of(FactoryHealth health, CheckCode code, string? item, TimeSpan? span, bool sticky, string by, out string why)
    {
        why = "";
        if (sticky && (span is null || span > Mute.LongestSticky))
        {
            why = string.Create(CultureInfo.InvariantCulture, $"--sticky: needs a TIME of at most {Mute.LongestSticky.TotalDays:0}d");
            return null;
        }

        var check = health.Checks.FirstOrDefault(check => check.Code == code);
        var items = check?.Items.Where(known => item is null || known.Id == item).ToList() ?? [];
        if (items.Count == 0 && !sticky)
        {
            why = check is null || item is null
                ? $"{code.Name()} is not raised; --sticky mutes it all the same"
                : $"{code.Name()} has no item {item}; it has {string.Join(", ", check.Items.Take(5).Select(known => known.Id))}";
            return null;
        }

        return new Mute(
            code,
            item,
            health.Now,
            health.Now + span,
            sticky,
            by,
            [.. items.Select(known => known.Id)],
            items.Select(known => known.Severity ?? check!.Severity).DefaultIfEmpty(code.Usual()).Max()
        );
    }
}
