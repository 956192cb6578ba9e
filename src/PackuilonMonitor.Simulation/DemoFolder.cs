using System.Globalization;

namespace PackuilonMonitor.Simulation;

/// <summary>
/// A temporary folder with everything that a demo needs: messages, log/, Packuilon's config.ini and the monitor's history. Dispose deletes
/// it; if its process was killed, the next demo does.
/// </summary>
/// <remarks>
/// The folder's name has process id and start time. No later process has the same two, so a leftover can be distinguished from another
/// running demo.
/// </remarks>
public sealed class DemoFolder : IDisposable
{
    private const string Prefix = "packuilon-monitor-demo-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DemoFolder(string path) => FullPath = path;

    public string FullPath { get; }

    public string Messages => Path.Combine(FullPath, "messages");

    public string LogDirectory => Path.Combine(FullPath, "log");

    public string Config => Path.Combine(FullPath, "config.ini");

    public string History => Path.Combine(FullPath, "history.db");

    /// <summary>
    /// Creates the folder below the system's temporary one, accessible to its owner alone, and deletes the folders of killed demos.
    /// </summary>
    /// <exception cref="IOException">It could not be created.</exception>
    public static DemoFolder Create(int threads)
    {
        RemoveLeftovers();
        var own = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{StartOf(Environment.ProcessId)}-");

        // The rest of the name is new and cannot be guessed, so nobody else can have prepared the folder.
        var folder = new DemoFolder(Directory.CreateTempSubdirectory(own).FullName);
        try
        {
            Directory.CreateDirectory(folder.LogDirectory);
            File.WriteAllText(folder.Messages, "");
            File.WriteAllText(folder.Config, folder.Configuration(threads));
            return folder;
        }
        catch (IOException)
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else has deleted it.
        }
        catch (IOException)
        {
            // A last write came in between; no more will follow.
            Directory.Delete(FullPath, recursive: true);
        }
    }

    private static void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (!IsLeftover(path))
                continue;

            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It belongs to another user, or another demo was faster: not ours to delete.
            }
        }
    }

    private static bool IsLeftover(string path)
    {
        var folder = new DirectoryInfo(path);
        var parts = folder.Name[Prefix.Length..].Split('-');
        return folder.LinkTarget is null
            && folder.UnixFileMode == OwnerOnly
            && parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && StartOf(process) != parts[1];
    }

    /// <summary>The start time of a process in clock ticks since boot, from /proc; "0" if there is no such process.</summary>
    private static string StartOf(int process)
    {
        try
        {
            // The second field is a name in brackets that may contain anything; the 22nd is the start.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "0";
        }
    }

    private string Configuration(int threads) => $"""
        [global]
        QUEUE = demo
        RABBIT_HOST = localhost
        RABBIT_PORT = 5672
        RABBIT_USER = demo
        RABBIT_PW = demo

        [cdb2rabbit]
        PROFILE_INFO_URL = http://localhost/profiles/profiles-info.xml
        PROFILE_DIR_URL = http://localhost/profiles/
        PROFILE_MATCH = image-factory
        CACHE_DIR = {FullPath}/profiles/

        [rabbit2packer]
        THREAD_COUNT = {threads}
        LOG_DIR = {LogDirectory}/

        """;
}
