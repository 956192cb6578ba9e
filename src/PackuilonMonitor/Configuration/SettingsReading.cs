using Microsoft.Extensions.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Configuration;

/// <summary>The settings in files and variables, and their invalid lines, a message each; these are ignored.</summary>
/// <param name="Files">The files that existed and could be read.</param>
public sealed record SettingsReading(Settings Settings, IReadOnlyList<string> Complaints, IReadOnlyList<string> Files)
{
    private const string VariablePrefix = "PACKUILON_MONITOR_";
    private const string FactoryPrefix = "factory ";

    private static readonly SettingsReading Empty = new(Settings.Default, [], []);

    /// <summary>The files override one another, and the variables override them.</summary>
    public static SettingsReading Of(SettingsPaths places, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var read = places.Files.Aggregate(Empty, (known, path) => known.WithFile(path, places.Named));
        return variables
            .Where(variable => variable.Key.StartsWith(VariablePrefix, StringComparison.Ordinal))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Aggregate(read, (known, variable) => known.WithVariable(variable.Key, variable.Value));
    }

    /// <summary>The name of the variable for the same setting.</summary>
    public static string Variable(string section, string key) =>
        VariablePrefix + $"{section}_{key}".Replace('-', '_').ToUpperInvariant();

    private SettingsReading WithFile(string path, bool named)
    {
        if (!named && !File.Exists(path))
            return this;
        try
        {
            TextFile.Check(path, mayBePipe: named);
            using var stream = File.OpenRead(path);
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            return new ConfigurationBuilder().AddIniStream(stream).Build().AsEnumerable()
                .Where(line => line.Value is not null)
                .OrderBy(line => line.Key, StringComparer.Ordinal)
                .Aggregate(this with { Files = [.. Files, path] }, (known, line) => known.WithLine(path, folder, line.Key, line.Value!));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Complain($"{path}: no such file; give one like {SettingsPaths.HostFile}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Complain($"{path}: cannot be read: {SettingValue.Shown(error.Message.TrimEnd('.'))}; make it readable or remove it");
        }
        catch (FormatException)
        {
            return Complain($"{path}: {Wrong(path)}; a line would be: theme = dark, below a line [display]");
        }
    }

    /// <summary>The key as the INI reader gives it: the section, a colon, and the line's own key.</summary>
    private SettingsReading WithLine(string path, string folder, string place, string text)
    {
        var colon = place.IndexOf(':');
        var (section, key) = colon < 0 ? ("", place) : (place[..colon], place[(colon + 1)..]);
        return Laid(section, key, text, folder) switch
        {
            { Error: { } error } => Complain(
                $"{path}: {(section.Length == 0 ? "" : $"[{SettingValue.Shown(section)}] ")}{Secrets.Key(key)}: {error}"
            ),
            var laid => this with { Settings = laid.Value },
        };
    }

    /// <summary>The number of an invalid line, without its text: it may contain a password.</summary>
    private static string Wrong(string path)
    {
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            var text = line.Trim();
            if (text.Length > 0 && text[0] is not ('#' or ';' or '/') && text is not ['[', .., ']'] && !text.Contains('='))
                return $"line {index + 1} ({Secrets.Key(text)}) has no =";
        }

        return "a key is repeated";
    }

    // The intended key, if a colon was written for the equals sign.
    private static string Head(string key) => key.Split(':', 2)[0].TrimEnd();

    private SettingsReading WithVariable(string name, string text)
    {
        foreach (var section in SettingTable.Sections)
        {
            foreach (var line in section.Lines)
            {
                if (Variable(section.Name, line.Key) != name)
                    continue;
                var laid = line.Lay(Settings, text.Trim(), "");
                return laid.Error is null ? this with { Settings = laid.Value } : Complain($"{name}: {laid.Error}");
            }
        }

        return Complain($"{SettingValue.Shown(name)}: no such setting; {Spelling.Offer(name, AllVariables)}");
    }

    private Reading<Settings> Laid(string section, string key, string text, string folder)
    {
        if (section.StartsWith(FactoryPrefix, StringComparison.OrdinalIgnoreCase))
            return LaidInFactory(section[FactoryPrefix.Length..].Trim(), key, text, folder);
        if (SettingTable.Sections.FirstOrDefault(known => SettingTable.Same(known.Name, section)) is not { } found)
        {
            var names = SettingTable.Sections.Select(known => known.Name).Append("factory NAME");
            return Reading.Wrong<Settings>(section.Length == 0
                ? "is in no section; put it below a line like [sources]"
                : $"no such section; {Spelling.Offer(section, names, "[X]")}");
        }

        return SettingTable.Find(section, key) is { } line
            ? line.Lay(Settings, text, folder)
            : Reading.Wrong<Settings>(
                $"no such setting; {Spelling.Offer(Head(key), found.Lines.Select(known => known.Key))}"
            );
    }

    private Reading<Settings> LaidInFactory(string name, string key, string text, string folder)
    {
        if (!FactoryName.IsOne(name))
            return Reading.Wrong<Settings>("not a factory's name: letters, digits, dots, hyphens; give one like [factory harwell]");
        if (SettingTable.OfFactory.FirstOrDefault(known => SettingTable.Same(known.Key, key)) is not { } line)
            return Reading.Wrong<Settings>(
                $"no such setting; {Spelling.Offer(Head(key), SettingTable.OfFactory.Select(known => known.Key))}"
            );
        var known = Settings.Factories.FirstOrDefault(factory => factory.Name == name);
        return line.Lay(known?.Sources ?? new SourceSettings(), text, folder).Select(sources => Settings with
        {
            Factories = known is null
                ? Settings.Factories.Add(new FactorySettings(name, sources))
                : Settings.Factories.Replace(known, known with { Sources = sources }),
        });
    }

    private static IEnumerable<string> AllVariables =>
        SettingTable.Sections.SelectMany(section => section.Lines.Select(line => Variable(section.Name, line.Key)));

    private SettingsReading Complain(string text) => this with { Complaints = [.. Complaints, Secrets.Hidden(text)] };
}
