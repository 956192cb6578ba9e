namespace PackuilonMonitor.Configuration;

/// <summary>The folders whose config.ini and keys.conf are read, the later overriding the earlier.</summary>
/// <param name="Files">Settings files in the order of reading; only a named one must exist.</param>
/// <param name="Named">The file was named by an option: it is the only one, and must be valid.</param>
public sealed record SettingsPaths(IReadOnlyList<string> Files, bool Named)
{
    public const string HostFile = "/etc/packuilon-monitor/config.ini";

    /// <summary>keys.conf beside each settings file.</summary>
    public IEnumerable<string> KeyFiles =>
        Files.Select(file => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/", "keys.conf"));

    /// <param name="named">The file that replaces the usual ones, or null.</param>
    public static SettingsPaths Of(string? named, Func<string, string?> environment)
    {
        if (named is not null)
            return new SettingsPaths([named], Named: true);
        var home = environment("XDG_CONFIG_HOME") is { Length: > 0 } configured && Path.IsPathRooted(configured) ? configured
            : environment("HOME") is { Length: > 0 } user ? Path.Combine(user, ".config") : null;
        return new SettingsPaths(
            home is null ? [HostFile] : [HostFile, Path.Combine(home, "packuilon-monitor", "config.ini")], Named: false);
    }
}
