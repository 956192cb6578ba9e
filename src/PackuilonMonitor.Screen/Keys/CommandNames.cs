using System.Globalization;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Keys;

/// <summary>Commands by name: what is typed after <c>:</c>.</summary>
public static class CommandNames
{
    private static readonly (string Name, string Means)[] Shorter =
        [("q", "quit-at-once"), ("quit", "quit-at-once"), ("h", "help"), ("w", "save"), ("find", "find"), ("filter", "filter")];

    /// <summary>The command, or what is wrong and a name that would do; neither for nothing typed.</summary>
    public static (Command? Command, string? Error) Parse(string typed, KeyMap keys, ScreenKind screen)
    {
        var text = typed.Trim();
        if (text.Length == 0)
            return default;
        if (Number(text) is { } number)
            return (new ContentCommand(ContentAct.GoToLine, number), null);
        if (text.EndsWith('%') && Number(text[..^1]) is { } percent)
            return (new ContentCommand(ContentAct.GoToPercent, percent), null);

        var blank = text.IndexOf(' ');
        var (name, rest) = blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..].Trim());
        if (Binding(name, keys, screen) is not { } binding)
            return (null, Unknown(name, keys, screen));
        if (!binding.WorksOn(screen))
            return (null, $"\"{binding.Name}\" means nothing on this screen ({Wheres.Name(screen)})");
        return rest.Length == 0 ? (binding.Command, null) : WithRest(binding, rest);
    }

    /// <summary>The names that begin so, those that work on this screen.</summary>
    public static IReadOnlyList<string> Names(string begin, KeyMap keys, ScreenKind screen) =>
    [
        .. keys.Bindings
            .Where(binding => binding.WorksOn(screen) && binding.Name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            .Select(binding => binding.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text and whatever more all names that begin so have in common.</summary>
    public static string Complete(string text, KeyMap keys, ScreenKind screen)
    {
        var names = Names(text, keys, screen);
        if (names.Count == 0)
            return text;
        var common = names[0];
        foreach (var name in names)
        {
            var length = common.Zip(name).TakeWhile(pair => pair.First == pair.Second).Count();
            common = common[..length];
        }

        return common;
    }

    private static KeyBinding? Binding(string name, KeyMap keys, ScreenKind screen)
    {
        var meant = Shorter.FirstOrDefault(shorter => shorter.Name == name).Means ?? name;
        if (keys.Named(meant) is { } exact)
            return exact;
        var names = Names(name, keys, screen);
        return names.Count == 1 ? keys.Named(names[0]) : null;
    }

    private static string Unknown(string name, KeyMap keys, ScreenKind screen)
    {
        var names = Names(name, keys, screen);
        return names.Count > 1
            ? $"\"{SafeText.Plain(name)}\" may be {string.Join(", ", names.Take(4))}{(names.Count > 4 ? " …" : "")}"
            : $"no command \"{SafeText.Plain(name)}\"; help lists them";
    }

    private static (Command? Command, string? Error) WithRest(KeyBinding binding, string rest) => binding.Command switch
    {
        ContentCommand { Act: ContentAct.Find } find => (find with { Text = rest }, null),
        BuildCommand { Act: BuildAct.Save or BuildAct.Log or BuildAct.History or BuildAct.Chain } build =>
            (build with { Text = rest }, null),
        CheckCommand { Act: CheckAct.Mute or CheckAct.Unmute } check => (check with { Text = rest }, null),
        PastCommand { Act: PastAct.At } at => (at with { Text = rest }, null),
        ScreenCommand { Act: ScreenAct.Factory } factory => (factory with { Text = rest }, null),
        ContentCommand { Act: ContentAct.GoToLine or ContentAct.GoToPercent } place => Number(rest.TrimEnd('%')) is { } number
            ? (place with { Number = number }, null)
            : (null, $"\"{binding.Name}\" takes a number, as {binding.Name} 50"),
        _ => (null, $"\"{binding.Name}\" takes nothing after it"),
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
