namespace PackuilonMonitor.Screen.Keys;

/// <summary>Which keys a terminal can send: it sends characters and a few sequences, and no Shift or Ctrl of their own.</summary>
public static class SentKeys
{
    /// <summary>Why the key can never arrive, with one that would do; null for one that can.</summary>
    /// <param name="modifiers">Ctrl-, Alt- and Shift- as they stand before the key.</param>
    /// <param name="key">The key without them, one that has a name here.</param>
    /// <param name="name">What it is to be for: two keys are signals, and have a meaning of their own.</param>
    public static string? WhyNever(string modifiers, string key, string name)
    {
        if (modifiers.Length == 0 || HasSequence(key))
            return null;
        var (ctrl, alt, shift) = (
            modifiers.Contains("Ctrl-", StringComparison.Ordinal),
            modifiers.Contains("Alt-", StringComparison.Ordinal),
            modifiers.Contains("Shift-", StringComparison.Ordinal)
        );
        if (shift)
            return WhyNotWithShift(modifiers, key);
        if (ctrl)
            return WhyNotWithCtrl(key, alt, name);
        return key.Length == 1 && char.IsAsciiLetterOrDigit(key[0])
            ? null
            : "is not sent by terminals; a letter or digit such as Alt-x would do";
    }

    private static string? WhyNotWithShift(string modifiers, string key) => key switch
    {
        "Tab" when modifiers == "Shift-" => null,
        [>= 'a' and <= 'z'] when modifiers == "Shift-" => $"cannot arrive: terminals send the capital; {key.ToUpperInvariant()} would do",
        [>= 'A' and <= 'Z'] when modifiers == "Shift-" => $"cannot arrive: the capital says it already; {key} would do",
        [_] when modifiers == "Shift-" => "cannot arrive: terminals send the character that is on the key; that alone would do",
        _ => "is not sent by terminals; Shift-Tab, Shift-Up or Shift-F5 would do",
    };

    private static string? WhyNotWithCtrl(string key, bool alt, string name) => key switch
    {
        "c" when !alt && name != "quit-at-once" => "always ends the program; Ctrl-x would do",
        "z" when !alt && name != "suspend" => "always stops the program; Ctrl-x would do",
        "i" => "is Tab to a terminal; Tab would do",
        "m" => "is Enter to a terminal; Enter would do",
        "j" => "is Ctrl-Enter to a terminal; that would do",
        "h" => "is Ctrl-Backspace to a terminal; that would do",
        [>= 'a' and <= 'z'] => null,
        [>= 'A' and <= 'Z'] => $"cannot be told from Ctrl-{key.ToLowerInvariant()}; that would do",
        "Space" or "Enter" or "Backspace" or "5" or "6" or "7" when !alt => null,
        _ => "is not sent by terminals; a letter such as Ctrl-f, or Ctrl-Up or Ctrl-F5, would do",
    };

    /// <summary>Keys that terminals send as a sequence, which says the modifiers.</summary>
    private static bool HasSequence(string key) =>
        key
            is "Up"
                or "Down"
                or "Left"
                or "Right"
                or "Home"
                or "End"
                or "PgUp"
                or "PgDn"
                or "Insert"
                or "Delete"
                or ['F', >= '1' and <= '9', ..];
}
