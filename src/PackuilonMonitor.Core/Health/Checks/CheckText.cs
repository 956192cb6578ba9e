using System.Globalization;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Texts that several checks use.</summary>
internal static class CheckText
{
    private const int Widest = 70;

    public static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same with the day if it is not today.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) =>
        (now.ToOffset(at.Offset).Date - at.Date).Days == 0 ? Time(at) : at.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>4:10, or 3:12:00.</summary>
    public static string Span(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A list of names between two texts, as many as fit in a summary; a sign represents the others.</summary>
    public static string Names(string before, IEnumerable<string> names, string after = "")
    {
        var all = names.ToList();
        var text = before;
        for (var at = 0; at < all.Count; at++)
        {
            var rest = at + 1 < all.Count ? ", …" : "";
            var part = at == 0 ? all[at] : $", {all[at]}";
            var room = Widest - text.Length - rest.Length - after.Length;
            if (part.Length <= room)
                text += part;
            else if (at == 0)
                return $"{text}{Cut(part, Math.Max(1, Widest - text.Length - after.Length))}{after}";
            else
                return $"{text}, …{after}";
        }

        return text + after;
    }

    /// <summary>The text in this many characters, with a sign that some are missing.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : length <= 1 ? "…" : $"{text[..(length - 1)]}…";

    public static string Summary(string text) => Cut(text, Widest);

    /// <summary>A template without the extension that all have.</summary>
    public static string Pair(string id) => id.EndsWith(".json", StringComparison.Ordinal) ? id[..^".json".Length] : id;
}
