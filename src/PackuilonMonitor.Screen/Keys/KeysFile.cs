using System.Collections.Immutable;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Keys;

/// <summary>
/// keys.conf: <c>name = key key …</c> a line, <c>#</c> begins a comment at a line's start; no key takes the keys away.
/// A key that is given to a name is taken from the others on the same screens.
/// </summary>
public static class KeysFile
{
    private static readonly string[] NamedKeys =
    [
        "Space", "Enter", "Esc", "Tab", "Backspace", "Delete", "Insert", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn",
        "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
    ];

    private static readonly string[] Modifiers = ["Ctrl-", "Alt-", "Shift-"];

    /// <summary>The map with a file's lines over it, or what is wrong with the file: line and a value that would do.</summary>
    /// <param name="map">The keys so far.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="path">The file, for the error and the help.</param>
    public static (KeyMap Map, string? Error) Apply(KeyMap map, string text, string path)
    {
        var bindings = map.Bindings;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var (name, keys, error) = Read(line.Trim(), map);
            if (error is not null)
                return (map, $"{path}:{number}: {error}");
            if (name is not null)
                bindings = Set(bindings, name, keys);
        }

        return (new KeyMap(bindings) { Files = map.Files.Add(path) }, null);
    }

    /// <summary>The present keys in the form that <see cref="Apply"/> reads.</summary>
    public static string Text(KeyMap map) =>
        string.Concat(map.Bindings.Select(binding => $"{binding.Name} = {string.Join(' ', binding.Keys)}\n"));

    private static (string? Name, ImmutableArray<KeyPress> Keys, string? Error) Read(string line, KeyMap map)
    {
        if (line.Length == 0 || line[0] == '#')
            return default;
        var sign = line.IndexOf('=');
        if (sign < 0)
            return (null, [], "no \"=\"; a line would be: line-down = j Down");
        var name = line[..sign].Trim();
        if (map.Named(name) is null)
            return (
                null,
                [],
                $"unknown name \"{SafeText.Plain(name)}\"; "
                + Spelling.Offer(name, map.Bindings.Select(binding => binding.Name), "\"X\"")
            );
        var keys = ImmutableArray.CreateBuilder<KeyPress>();
        foreach (var word in line[(sign + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, error) = Key(word, name);
            if (error is not null)
                return (null, [], error);
            keys.Add(key);
        }

        return (name, keys.ToImmutable(), null);
    }

    private static (KeyPress Key, string? Error) Key(string word, string name)
    {
        var rest = word;
        foreach (var modifier in Modifiers)
        {
            if (rest.Length > modifier.Length && rest.StartsWith(modifier, StringComparison.Ordinal))
                rest = rest[modifier.Length..];
        }

        var shown = SafeText.Plain(word);
        if (!NamedKeys.Contains(rest) && !(rest.EnumerateRunes().Count() == 1 && TextWidth.Of(Rune.GetRuneAt(rest, 0)) > 0))
            return (
                default,
                $"unknown key \"{shown}\"; a character such as j, or Space, Enter, PgDn, F5, Ctrl-d, Alt-c, Shift-Tab would do"
            );
        if (word is "Ctrl-a" or "Ctrl-b" or "Ctrl-A" or "Ctrl-B")
            return (default, $"\"{shown}\" belongs to screen and tmux; Ctrl-f or Alt-{char.ToLowerInvariant(rest[0])} would do");
        return SentKeys.WhyNever(word[..^rest.Length], rest, name) is { } why
            ? (default, $"\"{shown}\" {why}")
            : (new KeyPress(word), null);
    }

    private static ImmutableArray<KeyBinding> Set(ImmutableArray<KeyBinding> bindings, string name, ImmutableArray<KeyPress> keys)
    {
        var changed = bindings.First(binding => binding.Name == name);
        return
        [
            .. bindings.Select(binding => binding.Name == name
                ? Changed(binding, keys)
                : (binding.Where & changed.Where) == 0 ? binding : Without(binding, keys)),
        ];
    }

    /// <summary>
    /// A key that two names share from the start, as q on the overview and ! in a log, is not taken away by naming it again.
    /// </summary>
    private static KeyBinding Without(KeyBinding binding, ImmutableArray<KeyPress> keys)
    {
        var left = binding.Keys.RemoveRange(keys.Where(key => !Shared(binding.Name, key)));
        return left.Length == binding.Keys.Length ? binding : Changed(binding, left);
    }

    private static bool Shared(string name, KeyPress key) =>
        KeyTable.Bindings.First(binding => binding.Name == name) is var start && start.Keys.Contains(key)
        && KeyTable.Bindings.Any(other => other != start && (other.Where & start.Where) != 0 && other.Keys.Contains(key));

    private static KeyBinding Changed(KeyBinding binding, ImmutableArray<KeyPress> keys) =>
        binding with { Keys = keys, IsChanged = !KeyTable.Bindings.First(start => start.Name == binding.Name).Keys.SequenceEqual(keys) };
}
