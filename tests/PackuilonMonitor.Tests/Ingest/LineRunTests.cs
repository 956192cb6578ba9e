using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Lines of a build log that are handed on as bytes are the same lines, for the log, for the recorder and for the next reader.
/// </summary>
public sealed class LineRunTests
{
    private const string File = "norm.a.json.log";

    private static readonly Gen<string> Line = Gen.OneOf(
        Gen.Int[0, 9].Select(number => GivenLog.Output($"word {number}")),
        Gen.Int[0, 9].Select(number => $"    openstack: word {number}"),
        Gen.Int[0, 9].Select(number => $"    openstack: half\0a word {number}"),
        Gen.Const("cp: No such file or directory").Select(GivenLog.Output),
        Gen.Const("    openstack: dos\r"),
        Gen.Const("no    openstack: prefix"),
        Gen.Const(GivenLog.Step("Provisioning with shell script: /tmp/x")),
        Gen.Const("plain"));

    private static readonly Gen<string> Text = Line.Array[1, 40].Select(lines => string.Join('\n', lines));

    /// <summary>How many NULs make a hole is a matter of the chunks.</summary>
    private static readonly Gen<string> WithoutNuls = Text.Select(text => text.Replace("\0", "", StringComparison.Ordinal));

    [Test]
    public void Take_InAnyChunks_GivesTheLinesOfASplitterWithoutRuns() =>
        Gen.Select(Text, Gen.Int[1, 200].Array[1, 9])
            .Sample((text, sizes) => Split(text, sizes, QuietOutput.RunLength).SequenceEqual(Split(text, sizes, null)), iter: 2_000);

    [Test]
    public void Take_QuietLines_CountsThemOnce()
    {
        var (splitter, events) = (new LineSplitter(Given.Messages, runs: QuietOutput.RunLength), new List<TailEvent>());
        splitter.Take("    a: 1\n    a: 2\n    a: 3\nplain\n    a: 4\n    a: 5\n    a: "u8, 0, events);

        Assert.That(events.OfType<RunRead>().Select(run => run.Lines), Is.EqualTo(new[] { 3, 2 }));
        Assert.That(events.OfType<LineRead>().Select(read => (read.Line.Text, read.Line.Offset)), Is.EqualTo(new[] { ("plain", 27L) }));
        Assert.That((events.OfType<ChunkRead>().Sum(chunk => chunk.Lines), splitter.Unfinished), Is.EqualTo((6L, "    a: ")));
    }

    [Test]
    public void Take_BehindAnUnfinishedLine_EndsThatLineFirst()
    {
        var (splitter, events) = (new LineSplitter(Given.Messages, runs: QuietOutput.RunLength), new List<TailEvent>());
        splitter.Take("begun"u8, 0, events);
        splitter.Take("    a: 1\n    a: 2\n    a: 3\n"u8, 5, events);

        Assert.That(events.OfType<LineRead>().Select(read => read.Line.Text), Is.EqualTo(new[] { "begun    a: 1" }));
        Assert.That(events.OfType<RunRead>().Select(run => run.Lines), Is.EqualTo(new[] { 2 }));
    }

    /// <summary>Whoever records gets each line; the log and the numbers of lines are the same without a recorder.</summary>
    [Test]
    public void Poll_OfALogWithRuns_IsTheLogOfItsLines() =>
        Gen.Select(WithoutNuls, WithoutNuls).Sample(
            (first, more) =>
            {
                using var folder = new TempFolder();
                var grown = new List<LogGrowth>();
                using var plain = new BuildLogs(new LogDirectory(folder.Path));
                using var recorded = new BuildLogs(new LogDirectory(folder.Path), null, grown.Add);
                folder.Write(File, first + "\n");
                var known = Known(plain, recorded, grown);
                folder.Append(File, more + "\n");
                using var next = new BuildLogs(new LogDirectory(folder.Path), new Dictionary<string, KnownLog> { [File] = known });
                var last = Read(next).Last();
                var all = Known(plain, recorded, grown);
                string[] lines = [.. $"{first}\n{more}".Split('\n').Select(line => line.TrimEnd('\r'))];
                Assert.That(grown.SelectMany(growth => growth.Lines), Is.EqualTo(lines));
                Assert.That(all.Lines, Is.EqualTo(lines.Length));
                Assert.That(Content.Changes(Parts(all.Log), Parts(last.Log)), Is.Empty);
            },
            iter: 100);

    [Test]
    public void Poll_OfALogWithRuns_CountsEachOfItsLines()
    {
        using var folder = new TempFolder();
        using var logs = new BuildLogs(new LogDirectory(folder.Path));
        string[] lines = [.. GivenLog.Start, .. Enumerable.Repeat(GivenLog.Output("word"), 20), .. GivenLog.GoodEnd];
        folder.Write(File, string.Join('\n', lines) + "\n");

        var seen = logs.Poll(new Moment(TimeSpan.Zero, Given.Noon)).Select(observation => observation.Event).ToList();

        Assert.That(seen.OfType<BuildLogRead>().Single().Log.LineCount, Is.EqualTo(lines.Length));
        Assert.That(seen.OfType<SourceRead>().Single().Lines, Is.EqualTo(lines.Length));
    }

    private static KnownLog Known(BuildLogs plain, BuildLogs recorded, List<LogGrowth> grown)
    {
        var (one, other) = (Read(plain).Last(), Read(recorded).Last());
        Assert.That(Content.Changes(Parts(one.Log), Parts(other.Log)), Is.Empty);
        var known = grown.Aggregate(KnownLog.Empty, (log, growth) => log.And(growth));
        Assert.That(Content.Changes(Parts(one.Log), Parts(known.Log)), Is.Empty);
        return known;
    }

    /// <summary>All of a log but its times: only who saw a line arrive knows them.</summary>
    private static Dictionary<string, string> Parts(BuildLog log) =>
        Content.OfAll(log).Where(part => !part.Key.EndsWith("At", StringComparison.Ordinal)).ToDictionary();

    private static List<BuildLogRead> Read(BuildLogs logs)
    {
        var read = new List<BuildLogRead>();
        do
            read.AddRange(logs.Poll(new Moment(TimeSpan.Zero, Given.Noon)).Select(seen => seen.Event).OfType<BuildLogRead>());
        while (logs.HasMore);
        return read;
    }

    private static List<string> Split(string text, int[] sizes, LineRun? runs)
    {
        var (splitter, events, bytes) = (new LineSplitter(Given.Messages, runs: runs), new List<TailEvent>(), Encoding.UTF8.GetBytes(text));
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], bytes.Length - at);
            splitter.Take(bytes.AsSpan(at, size), at, events);
            at += size;
        }

        return
        [
            .. events.SelectMany(tailEvent => tailEvent switch
            {
                RunRead run => Encoding.UTF8.GetString(run.Bytes).Split('\n')[..^1],
                LineRead read => [read.Line.Text],
                _ => [],
            }),
            $"{events.OfType<ChunkRead>().Sum(chunk => chunk.Lines)} lines, {events.OfType<ChunkRead>().Sum(chunk => chunk.Nuls)} NULs",
            splitter.Unfinished,
        ];
    }
}
