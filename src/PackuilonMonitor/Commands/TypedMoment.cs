using System.Globalization;
using System.Text.RegularExpressions;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Commands;

/// <summary>Times of the past and spans of time, as the options of all commands take them.</summary>
public static partial class TypedMoment
{
    /// <summary>A time of day or of a day, an instant in ISO-8601, or how long ago.</summary>
    /// <exception cref="WrongUseException">The text is none of them.</exception>
    public static DateTimeOffset Of(string option, string text, DateTimeOffset now, TimeZoneInfo zone) =>
        TimePhrase.Parse(text, now, zone)
        ?? (
            Span(text) is { } ago
                ? now - ago
                : throw new WrongUseException(
                    $"{option}: not a time: {SettingValue.Shown(text)}; "
                    + "give one like 14:02, 30m, 'yesterday 14:00' or 2026-11-21T14:02"
                )
        );

    /// <summary>Hours, minutes and seconds; a bare number means seconds. Null if the text is something else.</summary>
    public static TimeSpan? Span(string text)
    {
        var match = Parts().Match(text);
        return match.Success && text.Length > 0
            ? TimeSpan.FromSeconds(Number(match.Groups[1]) * 3600 + Number(match.Groups[2]) * 60 + Number(match.Groups[3]))
            : null;
    }

    private static double Number(Group part) => part.Success ? double.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Parts();
}
