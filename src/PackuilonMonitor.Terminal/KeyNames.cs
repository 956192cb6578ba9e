using System.Text;
using PackuilonMonitor.Cells;
using Terminal.Gui.Drivers;

namespace PackuilonMonitor.Terminal;

/// <summary>Terminal.Gui's keys by our names.</summary>
internal static class KeyNames
{
    private const KeyCode Modifiers = KeyCode.CtrlMask | KeyCode.AltMask | KeyCode.ShiftMask;

    /// <summary>The key's name, or null if it has none here.</summary>
    public static KeyPress? Of(GuiKey key)
    {
        var code = key.KeyCode & ~Modifiers;
        var shift = key.IsShift;
        if (Name(code) is not { } name)
        {
            if (Character(key, code, ref shift) is not { } character)
                return null;
            name = character;
        }

        return new KeyPress($"{(key.IsCtrl ? "Ctrl-" : "")}{(key.IsAlt ? "Alt-" : "")}{(shift ? "Shift-" : "")}{name}");
    }

    /// <summary>The key for a name, for tests that press it.</summary>
    public static GuiKey Parse(string name)
    {
        var (rest, modifiers) = (name, KeyCode.Null);
        foreach (var (prefix, mask) in Prefixes)
        {
            if (rest.Length <= prefix.Length || !rest.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            rest = rest[prefix.Length..];
            modifiers |= mask;
        }

        if (Names.FirstOrDefault(known => known.Value == rest) is { Value: not null } named)
            return new GuiKey(named.Key | modifiers);
        if (rest.Length == 1 && char.IsAsciiLetterLower(rest[0]))
            return new GuiKey((KeyCode)char.ToUpperInvariant(rest[0]) | modifiers);
        return rest.Length == 1 && char.IsAsciiLetterUpper(rest[0])
            ? new GuiKey((KeyCode)rest[0] | KeyCode.ShiftMask | modifiers)
            : new GuiKey((KeyCode)Rune.GetRuneAt(rest, 0).Value | modifiers);
    }

    private static string? Name(KeyCode code) => Names.GetValueOrDefault(code);

    private static string? Character(GuiKey key, KeyCode code, ref bool shift)
    {
        var value = (int)code;
        if (value is >= 'A' and <= 'Z')
        {
            // With Ctrl the terminal cannot distinguish the cases, and the small letter is customary.
            var character = (char)(shift && !key.IsCtrl ? value : value + 32);
            shift = false;
            return character.ToString();
        }

        shift = false;
        return value > ' ' && Rune.IsValid(value) && TextWidth.Of(new Rune(value)) > 0 ? new Rune(value).ToString() : null;
    }

    private static readonly (string, KeyCode)[] Prefixes =
        [("Ctrl-", KeyCode.CtrlMask), ("Alt-", KeyCode.AltMask), ("Shift-", KeyCode.ShiftMask)];

    private static readonly Dictionary<KeyCode, string> Names = new()
    {
        [KeyCode.Space] = "Space",
        [KeyCode.Enter] = "Enter",
        [KeyCode.Esc] = "Esc",
        [KeyCode.Tab] = "Tab",
        [KeyCode.Backspace] = "Backspace",
        [KeyCode.Delete] = "Delete",
        [KeyCode.Insert] = "Insert",
        [KeyCode.CursorUp] = "Up",
        [KeyCode.CursorDown] = "Down",
        [KeyCode.CursorLeft] = "Left",
        [KeyCode.CursorRight] = "Right",
        [KeyCode.Home] = "Home",
        [KeyCode.End] = "End",
        [KeyCode.PageUp] = "PgUp",
        [KeyCode.PageDown] = "PgDn",
        [KeyCode.F1] = "F1",
        [KeyCode.F2] = "F2",
        [KeyCode.F3] = "F3",
        [KeyCode.F4] = "F4",
        [KeyCode.F5] = "F5",
        [KeyCode.F6] = "F6",
        [KeyCode.F7] = "F7",
        [KeyCode.F8] = "F8",
        [KeyCode.F9] = "F9",
        [KeyCode.F10] = "F10",
        [KeyCode.F11] = "F11",
        [KeyCode.F12] = "F12",
    };
}
