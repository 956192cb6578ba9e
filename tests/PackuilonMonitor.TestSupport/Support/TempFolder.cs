using System.Text;

namespace PackuilonMonitor.Tests.Support;

/// <summary>A folder of its own for one test, gone when it is disposed of.</summary>
public sealed class TempFolder : IDisposable
{
    /// <param name="beneath">Another file system's folder than the usual one for what is temporary.</param>
    public TempFolder(string? beneath = null) =>
        Path = beneath is null
            ? Directory.CreateTempSubdirectory("packuilon-").FullName
            : Directory.CreateDirectory(System.IO.Path.Combine(beneath, $"packuilon-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The path of the only file with a name like that.</summary>
    public string Only(string pattern) => Directory.GetFiles(Path, pattern).Single();

    /// <summary>How many of its files this process has open.</summary>
    public int Open() =>
        Directory
            .GetFiles("/proc/self/fd")
            .Count(link => new FileInfo(link).LinkTarget?.StartsWith(Path, StringComparison.Ordinal) == true);

    /// <summary>Writes a whole file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Adds bytes to the end of a file, as syslog does; makes it if it is not there.</summary>
    public void Append(string name, string text) => Append(name, Encoding.UTF8.GetBytes(text));

    public void Append(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(this[name], FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Write(bytes);
    }

    /// <summary>Truncates the file in place and writes from its first byte, as a shell's > does.</summary>
    public void Rewrite(string name, string text)
    {
        using var file = new FileStream(this[name], FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    public void Truncate(string name, long length = 0)
    {
        using var file = new FileStream(this[name], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        file.SetLength(length);
    }

    public void Move(string from, string to) => File.Move(this[from], this[to], overwrite: true);

    /// <summary>Copies over what is there, keeping the target's identity, as cp does.</summary>
    public void Copy(string from, string to)
    {
        using var source = new FileStream(this[from], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(this[to], FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        source.CopyTo(target);
    }

    /// <summary>The mode of a file or folder in it, or of itself.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Linux only");
        File.SetUnixFileMode(path, mode);
    }

    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException("Linux only") : File.GetUnixFileMode(path);

    public void Delete(string name) => File.Delete(this[name]);

    /// <summary>Renames .1 to .2 and so on, then the file itself to .1, as logrotate does.</summary>
    public void Shift(string name)
    {
        var turn = 1;
        while (File.Exists(this[$"{name}.{turn}"]))
            turn++;
        for (; turn > 1; turn--)
            Move($"{name}.{turn - 1}", $"{name}.{turn}");
        if (File.Exists(this[name]))
            Move(name, $"{name}.1");
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
