using System.Text;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>
/// Real build logs, kept beside the repository (<c>../shared/data</c>, or the folder that PACKUILON_SHARED names), because
/// they are not ours to publish. Tests that need them are skipped where they are absent.
/// </summary>
internal static class PackerSamples
{
    public static string Folder(params string[] parts)
    {
        var path = Path.Combine([Shared() ?? "", "data", .. parts]);
        if (!Directory.Exists(path))
            Assert.Ignore(
                $"no {string.Join('/', parts)}: the recorded logs are not beside this repository (PACKUILON_SHARED names another place)"
            );
        return path;
    }

    public static string[] July2017() => Directory.GetFiles(Folder("packer-2017")).Order(StringComparer.Ordinal).ToArray();

    public static string July2017(string name) => Path.Combine(Folder("packer-2017"), name);

    /// <summary>The whole lines of a file, and what stands behind the last line end.</summary>
    public static (string[] Lines, string Tail) Lines(string path)
    {
        var lines = Encoding.UTF8.GetString(File.ReadAllBytes(path)).Split('\n');
        return (lines[..^1], lines[^1]);
    }

    public static string[] AllLines(string path)
    {
        var (lines, rest) = Lines(path);
        return rest.Length == 0 ? lines : [.. lines, rest];
    }

    public static BuildLog Log(string path, Baseline? baseline = null)
    {
        var (lines, rest) = Lines(path);
        return Fold(lines, baseline).AtEnd(rest);
    }

    public static BuildLog Fold(IEnumerable<string> lines, Baseline? baseline = null) =>
        lines.Aggregate(BuildLog.Against(baseline), (log, line) => log.Apply(line, null));

    private static string? Shared()
    {
        if (Environment.GetEnvironmentVariable("PACKUILON_SHARED") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")) && folder.Parent is { } beside)
                return Path.Combine(beside.FullName, "shared");
        }

        return null;
    }
}
