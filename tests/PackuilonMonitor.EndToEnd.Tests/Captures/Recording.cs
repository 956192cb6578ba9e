using System.Text;
using System.Text.Json;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>
/// A recorded run of the real daemons. They lie beside the repository, if at all; tests that want them are skipped elsewhere.
/// </summary>
internal sealed record Recording(string Folder)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public string Name => Path.GetFileName(Folder);

    /// <summary>All there are; skips the test that asks where there are none.</summary>
    public static IReadOnlyList<Recording> All()
    {
        var folder = Path.Combine(Shared(), "data", "captures");
        if (!Directory.Exists(folder))
            Assert.Ignore("No recorded runs: neither PACKUILON_SHARED nor a folder 'shared' beside the repository has data/captures.");
        return [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(path => new Recording(path))];
    }

    /// <summary>The lines of messages in this format, the rotated ones first.</summary>
    public IEnumerable<LogLine> Lines(string format)
    {
        foreach (var file in (string[])[$"{format}.3", $"{format}.2", $"{format}.1", format])
        {
            var path = Path.Combine(Folder, file);
            if (!File.Exists(path))
                continue;
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            foreach (var line in text.TrimEnd('\n').Split('\n'))
                yield return new LogLine(new SourceId(path), 0, line);
        }
    }

    /// <summary>What our programs' lines say, by the same filter and parser as the program's own.</summary>
    public IReadOnlyList<Observation> Observations(string format)
    {
        var parser = new LineReading(TimeZoneInfo.Utc, Now);
        return
        [
            .. Lines(format)
                .Where(line => LineFilter.Concerns(Encoding.UTF8.GetBytes(line.Text)))
                .Select(parser.Parse)
                .OfType<Observation>(),
        ];
    }

    /// <summary>What the files of the log directory say at the end.</summary>
    public IEnumerable<Observation> Logs()
    {
        var at = Now;
        foreach (var path in Directory.GetFiles(Path.Combine(Folder, "log")))
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            var end = text.LastIndexOf('\n') + 1;
            var log = text[..end]
                .Split('\n')
                .SkipLast(1)
                .Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null))
                .AtEnd(text[end..]);
            yield return new Observation(
                at,
                new SourceId(path),
                "",
                Speaker.Monitor,
                null,
                new BuildLogRead(Path.GetFileName(path), log, 0)
            );
        }

        yield return new Observation(at, new SourceId(Folder), "", Speaker.Monitor, null, new LogDirectoryRead());
    }

    public JsonElement Truth() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "truth.json"))).RootElement;

    /// <summary>What the scripts really said: a line for each call of syslog().</summary>
    public IEnumerable<JsonElement> Events() =>
        File.ReadLines(Path.Combine(Folder, "truth-lines.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    public override string ToString() => Name;

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("PACKUILON_SHARED") is { Length: > 0 } named)
            return named;
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
