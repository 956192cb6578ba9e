using System.Globalization;
using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Inputs;

/// <summary>The parts of Packuilon's own config.ini that a monitor needs.</summary>
/// <param name="LogDirectory">The directory of Packer's logs.</param>
/// <param name="ThreadCount">How many worker threads the daemon starts, or null without the file.</param>
/// <param name="Queue">The workers' queue, or null if the file does not name it.</param>
public sealed record FactoryConfiguration(string LogDirectory, int? ThreadCount, QueueAddress? Queue = null)
{
    /// <summary>Somebody named the directory of Packer's logs, so it must exist.</summary>
    public bool NamesLogDirectory { get; init; }

    /// <summary>The file with the templates of each image; null if the configuration does not name it.</summary>
    public string? TemplateMap { get; init; }

    public const string DefaultPath = "/etc/packer-utils/config.ini";

    /// <summary>The directory of cdb2rabbit's copies of profiles; null if the file does not name it.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>A string that the names of all profiles of this factory contain; null if the file does not have it.</summary>
    public string? ProfileMatch { get; init; }

    public static readonly FactoryConfiguration Default = new("/etc/packer-utils/log", null);

    /// <summary>Invalid parts of the file, a line each; they are ignored.</summary>
    public IReadOnlyList<string> Complaints { get; private init; } = [];

    /// <summary>Why the queue is unknown although the file names one; null if it is known, or the file names none.</summary>
    public string? QueueFault { get; private init; }

    /// <summary>Reads the file as Python does, whose programs it is for; without one the defaults apply, unless it was named.</summary>
    /// <exception cref="WrongUseException">The named file does not exist, or Python would not read it.</exception>
    public static FactoryConfiguration Read(string? named) => Read(named ?? DefaultPath, isNamed: named is not null);

    /// <param name="isNamed">
    /// An error in it is wrong use. Otherwise it is a warning: the daemon's logs may be readable all the same.
    /// </param>
    internal static FactoryConfiguration Read(string path, bool isNamed)
    {
        if (!File.Exists(path))
        {
            return !isNamed
                ? Default
                : throw new WrongUseException($"--config: no such file: {path}; give Packuilon's config.ini, usually {DefaultPath}");
        }

        string fault;
        try
        {
            TextFile.Check(path, mayBePipe: isNamed);
            using var reader = new StreamReader(
                path,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                detectEncodingFromByteOrderMarks: false
            );
            var read = PythonConfiguration.Of(reader.ReadToEnd());
            var directory = read.Error is null ? read.Value.Value(Workers, "LOG_DIR") : Reading.Wrong<string?>(read.Error);
            if (directory.Error is null)
                return Of(read.Value, directory.Value, path);
            fault = read.Error ?? $"LOG_DIR: {directory.Error}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = error.Message.ReplaceLineEndings(" ");
        }

        return isNamed
            ? throw new WrongUseException($"--config: cannot read {path}: {fault}; give a file like {DefaultPath}")
            : Default with { Complaints = [$"{path}: cannot be read: {fault}; the defaults apply"] };
    }

    private const string Workers = "rabbit2packer";

    private static FactoryConfiguration Of(PythonConfiguration file, string? directory, string path)
    {
        var complaints = new List<string>();
        var threads = file.Value(Workers, "THREAD_COUNT");
        var count = Number(threads.Value, 999);
        if (threads.Error is not null || (threads.Value is not null && count is null))
            complaints.Add(
                $"{path}: [{Workers}] THREAD_COUNT: {threads.Error ?? "not a whole number from 1 to 999"}; give one like THREAD_COUNT = 4"
            );
        var (queue, fault) = QueueOf(file);
        if (fault is not null)
            complaints.Add($"{path}: [{Broker}] {fault}");
        var folder = directory is { Length: > 0 } said ? said.TrimEnd('/') : Default.LogDirectory;
        return new FactoryConfiguration(folder.Length == 0 ? "/" : folder, count, queue)
        {
            NamesLogDirectory = directory is { Length: > 0 },
            TemplateMap = file.Value(Workers, "PACKER_TEMPLATE_MAP").Value,
            CacheDirectory = file.Value(Listener, "CACHE_DIR").Value is { Length: > 0 } cache ? cache : null,
            ProfileMatch = file.Value(Listener, "PROFILE_MATCH").Value is { Length: > 0 } match ? match : null,
            Complaints = complaints,
            QueueFault = fault is null ? null : $"{path}: [{Broker}] {fault}",
        };
    }

    private const string Broker = "global";

    private const string Listener = "cdb2rabbit";

    /// <summary>The queue and, if it is named but unreachable as configured, why.</summary>
    private static (QueueAddress? Queue, string? Fault) QueueOf(PythonConfiguration file)
    {
        var read = ((string[])["RABBIT_HOST", "QUEUE", "RABBIT_PORT", "RABBIT_USER", "RABBIT_PW"])
            .Select(key => (Key: key, Read: file.Value(Broker, key)))
            .ToList();
        if (read.Find(one => one.Read.Error is not null) is { Key: { } key, Read.Error: { } error })
            return (null, $"{key}: {error}");
        var (host, queue, port) = (read[0].Read.Value, read[1].Read.Value, read[2].Read.Value);
        if (port is not null && Number(port, ushort.MaxValue) is null)
            return (null, $"RABBIT_PORT: not a port from 1 to {ushort.MaxValue}; give one like RABBIT_PORT = {QueueAddress.UsualPort}");
        return host is { Length: > 0 } && queue is { Length: > 0 }
            ? (
                new QueueAddress(
                    host,
                    Number(port, ushort.MaxValue) ?? QueueAddress.UsualPort,
                    read[3].Read.Value ?? "guest",
                    read[4].Read.Value ?? "guest",
                    queue
                ),
                null
            )
            : (null, null);
    }

    // As Python's int reads it, except for the underscores.
    private static int? Number(string? text, int most) =>
        int.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number >= 1
        && number <= most
            ? number
            : null;
}
