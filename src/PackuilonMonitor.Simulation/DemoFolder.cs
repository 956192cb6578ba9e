using System.Globalization;

namespace PackuilonMonitor.Simulation;

/// <summary>
/// A temporary folder with all that a demo needs: messages, log/, Packuilon's config.ini and the monitor's history. It is gone after
/// Dispose; if its process was killed before, the next demo removes it.
/// </summary>
/// <remarks>
/// The folder's name carries process id and start time, which together no later process has: so a leftover can be told
/// from another demo that is running.
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
    /// Makes the folder below the system's temporary one, open to its owner alone, and removes what demos have left that were killed.
    /// </summary>
    /// <exception cref="IOException">It could not be made.</exception>
    public static DemoFolder Create(int threads)
    {
        RemoveLeftovers();
        var own = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{StartOf(Environment.ProcessId)}-");

        // The rest of the name cannot be guessed and is new, so nobody else can have prepared the folder.
        var folder = new DemoFolder(Directory.CreateTempSubdirectory(own).FullName);
        Directory.CreateDirectory(folder.LogDirectory);
        File.WriteAllText(folder.Messages, "");
        File.WriteAllText(folder.Config, folder.Configuration(threads));
        return folder;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone else has tidied up.
        }
        catch (IOException)
        {
            // A last write came in between; now nothing writes any more.
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
                // Another user's, or another demo was faster: not ours to remove.
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

    /// <summary>The start time of a process in clock ticks since boot, as /proc has it; "0" if there is no such process.</summary>
    private static string StartOf(int process)
    {
        try
        {
            // The second field is a name in brackets that may hold anything; the 22nd is the start.
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
