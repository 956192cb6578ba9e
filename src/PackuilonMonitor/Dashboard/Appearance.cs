using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Dashboard;

/// <summary>The look and keys of the dashboard, from options, files and the environment.</summary>
public sealed record Appearance(Palette Palette, Glyphs Glyphs, KeyMap Keys)
{
    /// <summary>The screen as configured, with the keys of each existing keys.conf.</summary>
    /// <param name="display">Its settings.</param>
    /// <param name="keyFiles">The places of keys.conf, each overriding the one before.</param>
    /// <param name="environment">The variables of the process.</param>
    /// <exception cref="WrongUseException">A line of keys.conf is invalid.</exception>
    public static Appearance Of(DisplaySettings display, IEnumerable<string> keyFiles, Func<string, string?> environment)
    {
        var keys = KeyMap.Default;
        foreach (var path in keyFiles.Where(File.Exists))
        {
            var (map, error) = KeysFile.Apply(keys, Text(path), path);
            keys = error is null ? map : throw new WrongUseException(error);
        }

        return new Appearance(Palette.For(display.Theme, display.Colour, environment), Glyphs.For(display.Ascii, environment), keys);
    }

    private static string Text(string path)
    {
        try
        {
            return TextFile.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{path}: cannot be read: {error.Message.ReplaceLineEndings(" ")}; make it readable or remove it");
        }
    }
}
