using PackuilonMonitor.App;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

/// <summary>How the dashboard looks and which keys it knows, by options, files and the environment.</summary>
public sealed record Appearance(Palette Palette, Glyphs Glyphs, KeyMap Keys)
{
    /// <summary>keys.conf of the host, then the user's, each over the one before.</summary>
    /// <exception cref="WrongUseException">An option or a line of keys.conf has a value that cannot be.</exception>
    public static Appearance Of(string? theme, string? colour, bool ascii, Func<string, string?> environment)
    {
        var keys = KeyMap.Default;
        foreach (var path in KeyFiles(environment).Where(File.Exists))
        {
            var (map, error) = KeysFile.Apply(keys, Text(path), path);
            keys = error is null ? map : throw new WrongUseException(error);
        }

        return new Appearance(Palette.For(Named(theme), Choice(colour), environment), Glyphs.For(ascii, environment), keys);
    }

    private static IEnumerable<string> KeyFiles(Func<string, string?> environment)
    {
        yield return "/etc/packuilon-monitor/keys.conf";
        var home = environment("XDG_CONFIG_HOME") is { Length: > 0 } configured ? configured
            : environment("HOME") is { Length: > 0 } user ? Path.Combine(user, ".config") : null;
        if (home is not null)
            yield return Path.Combine(home, "packuilon-monitor", "keys.conf");
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{path}: cannot be read: {error.Message.ReplaceLineEndings(" ")}; make it readable or remove it");
        }
    }

    private static Theme? Named(string? theme) => theme switch
    {
        null => null,
        "dark" => Theme.Dark,
        "light" => Theme.Light,
        "mono" => Theme.Mono,
        _ => throw new WrongUseException($"--theme: no such theme: {theme}; give dark, light or mono"),
    };

    private static ColourChoice Choice(string? colour) => colour switch
    {
        null or "auto" => ColourChoice.Auto,
        "always" => ColourChoice.Always,
        "never" => ColourChoice.Never,
        _ => throw new WrongUseException($"--color: no such choice: {colour}; give auto, always or never"),
    };
}
