using System.Globalization;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The time that <c>-timestamp-ui</c> writes into the first line of each message.</summary>
internal static class MessageStamp
{
    private const string Shortest = "0000-00-00T00:00:00Z";

    /// <summary>The time and the text without it; null if there is none.</summary>
    public static (DateTimeOffset At, string Text)? Of(string text)
    {
        // 2026-11-22T06:01:18Z: ==> openstack: Loading flavor: m3.small
        if (text.Length > Shortest.Length && text[4] == '-' && char.IsAsciiDigit(text[0]))
            return At(text, 0) is var (length, at) && text.AsSpan(length).StartsWith(": ", StringComparison.Ordinal)
                ? (at, text[(length + 2)..])
                : null;

        // ==> openstack 2019-03-07T10:15:44Z: Loading flavor: m3.small     (1.3)
        if (
            text.Length <= 4 + Shortest.Length
            || !text.StartsWith("==> ", StringComparison.Ordinal) && !text.StartsWith("    ", StringComparison.Ordinal)
        )
            return null;
        var colon = text.AsSpan(0, Math.Min(text.Length, 120)).IndexOf(':');
        var start = colon - 13;
        return start > 4 && text[start - 1] == ' ' && text[start + 10] == 'T' && At(text, start) is var (stamp, when)
            ? (when, string.Concat(text.AsSpan(0, start - 1), text.AsSpan(start + stamp)))
            : null;
    }

    private static (int Length, DateTimeOffset At)? At(string text, int start)
    {
        var rest = text.AsSpan(start);
        if (rest.Length < Shortest.Length)
            return null;
        var length = rest[19] == 'Z' ? 20 : rest[19] is '+' or '-' && rest.Length >= 25 ? 25 : 0;
        return length > 0 && DateTimeOffset.TryParseExact(
            rest[..length], "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (length, at)
            : null;
    }
}
