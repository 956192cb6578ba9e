using System.IO.Enumeration;

namespace PackuilonMonitor.Ingest;

/// <summary>Other directories for rotated files of a log: logrotate's olddir, or a directory beside the log whose name says so.</summary>
public static class OldDirectories
{
    private static readonly string[] Words = ["old", "arch", "rotat", "backup", "previous"];

    /// <summary>logrotate's configuration on this host.</summary>
    private const string Configuration = "/etc/logrotate.conf";
    private const string ConfigurationDirectory = "/etc/logrotate.d";
    private const long MostConfiguration = 256 * 1024;

    /// <summary>The existing directories of a log, except its own.</summary>
    public static IReadOnlyList<string> Of(string path) => Of(path, HostConfiguration.Value);

    /// <summary>Read once: each rotation asks for it, and it rarely changes.</summary>
    private static readonly Lazy<IReadOnlyList<string>> HostConfiguration = new(() =>
        [.. Listed(ConfigurationDirectory, Directory.GetFiles).Order(StringComparer.Ordinal).Prepend(Configuration).Select(Text)]
    );

    /// <param name="configuration">The texts of logrotate's configuration.</param>
    public static IReadOnlyList<string> Of(string path, IEnumerable<string> configuration)
    {
        var full = Path.GetFullPath(path);
        var own = Path.GetDirectoryName(full) ?? "/";
        return
        [
            .. configuration.Select(text => Named(text, full)).OfType<string>().Select(named => Path.GetFullPath(Path.Combine(own, named)))
                .Concat(Below(own, Path.GetFileName(full)))
                .Where(directory => directory != own && Directory.Exists(directory))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    // A directory with a log of the same name has that log's rotated files.
    private static IEnumerable<string> Below(string own, string name) =>
        Listed(own, Directory.GetDirectories)
            .Where(directory =>
                Words.Any(word => Path.GetFileName(directory).Contains(word, StringComparison.OrdinalIgnoreCase))
                && !File.Exists(Path.Combine(directory, name))
            );

    private static string[] Listed(string directory, Func<string, string[]> list)
    {
        try
        {
            return Directory.Exists(directory) ? list(directory) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Text(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: < MostConfiguration } ? File.ReadAllText(file) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The olddir of the block that names the path, otherwise the global one.</summary>
    private static string? Named(string text, string path)
    {
        string? general = null;
        var (patterns, block) = (new List<string>(), (List<string>?)null);
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0))
        {
            var words = line.Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '\'')).ToArray();
            if (words is ["olddir", var directory, ..])
            {
                if (block is null)
                    general = directory;
                else if (block.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)))
                    return directory;
            }
            else if (line.Contains('}'))
            {
                (block, patterns) = (null, []);
            }
            else if (block is null && (words[0].StartsWith('/') || line.Contains('{')))
            {
                patterns.AddRange(words.Select(word => word.TrimEnd('{')).Where(word => word.StartsWith('/')));
                if (line.Contains('{'))
                    block = patterns;
            }
        }

        return general;
    }
}
