using System.Globalization;
using Microsoft.Extensions.Configuration;
using PackuilonMonitor.Broker;

namespace PackuilonMonitor.Commands;

/// <summary>What Packuilon's own config.ini says that a monitor wants to know.</summary>
/// <param name="LogDirectory">Where Packer's logs are.</param>
/// <param name="ThreadCount">How many worker threads the daemon starts, or null where the file is not there.</param>
/// <param name="Queue">The queue that the workers take from, or null where the file does not name it.</param>
public sealed record FactoryConfiguration(string LogDirectory, int? ThreadCount, QueueAddress? Queue = null)
{
    public const string DefaultPath = "/etc/packer-utils/config.ini";

    /// <summary>Where cdb2rabbit keeps its copies of profiles; null where the file does not say it.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>What the names of all profiles of this factory hold; null where the file does not say it.</summary>
    public string? ProfileMatch { get; init; }

    public static readonly FactoryConfiguration Default = new("/etc/packer-utils/log", null);

    /// <summary>Reads the file; without one the defaults hold, unless it was asked for by name.</summary>
    /// <exception cref="WrongUseException">The named file is not there, or a file cannot be read as an INI file.</exception>
    public static FactoryConfiguration Read(string? named)
    {
        var path = named ?? DefaultPath;
        if (!File.Exists(path))
        {
            return named is null
                ? Default
                : throw new WrongUseException($"--config: no such file: {named}; give Packuilon's config.ini, usually {DefaultPath}");
        }

        try
        {
            using var stream = File.OpenRead(path);
            var configuration = new ConfigurationBuilder().AddIniStream(stream).Build();
            var section = configuration.GetSection("rabbit2packer");
            var directory = section["LOG_DIR"] is { Length: > 0 } said ? said.TrimEnd('/') : Default.LogDirectory;
            return new FactoryConfiguration(directory.Length == 0 ? "/" : directory, Count(section["THREAD_COUNT"]), QueueOf(configuration.GetSection("global")))
            {
                CacheDirectory = configuration.GetSection("cdb2rabbit")["CACHE_DIR"] is { Length: > 0 } cache ? cache : null,
                ProfileMatch = configuration.GetSection("cdb2rabbit")["PROFILE_MATCH"] is { Length: > 0 } match ? match : null,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // A file nobody asked for must not keep the monitor from starting: the daemon's logs may be readable all the same.
            return named is null
                ? Default
                : throw new WrongUseException($"--config: cannot read {named}: {error.Message.ReplaceLineEndings(" ")}; give a file like {DefaultPath}");
        }
    }

    private static QueueAddress? QueueOf(IConfigurationSection global) =>
        global["RABBIT_HOST"] is { Length: > 0 } host && global["QUEUE"] is { Length: > 0 } queue
            ? new QueueAddress(host, ushort.TryParse(global["RABBIT_PORT"], CultureInfo.InvariantCulture, out var port) ? port : QueueAddress.UsualPort, global["RABBIT_USER"] ?? "guest", global["RABBIT_PW"] ?? "guest", queue)
            : null;

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 1000 ? count : null;
}
