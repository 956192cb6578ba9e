using System.IO.Compression;
using System.Text.RegularExpressions;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A snapshot is what was recorded, in one file; a redacted one has the same shape and none of the names.</summary>
public sealed class SnapshotFileTests
{
    private TempFolder _folder = null!;
    private RecorderWatch _watch = null!;

    [SetUp]
    public void Record()
    {
        _folder = new TempFolder();
        _watch = new RecorderWatch(new FactoryPlan { Seed = 21 });
        _watch.Start();
        for (var look = 0; look < 600; look++)
            _watch.Step(TimeSpan.FromSeconds(15));
        _watch.Quit();
    }

    [TearDown]
    public void Remove()
    {
        _watch.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Snapshot_Unpacked_FoldsToTheSameState()
    {
        var again = Again(since: null, redacts: false);

        Assert.That(DescribeState(again), Is.EqualTo(DescribeState(_watch.Reader.Factories()[""].Fold.State)));
        Assert.That(DescribeState(again).Count(), Is.GreaterThan(10));
        Assert.That(TempFolder.ModeOf(_folder["x.snapshot"]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Snapshot_SinceAMoment_HasOnlyWhatCameThen_AndItsFacts()
    {
        var since = _watch.Now - TimeSpan.FromMinutes(20);

        Again(since, redacts: false);

        var frames = new RecordingReader(_folder["unpacked"]).Frames().ToList();
        Assert.That(frames.Select(frame => frame.LastAt), Is.All.GreaterThanOrEqualTo(since));
        Assert.That(frames[0].Facts, Is.Not.Null);
        Assert.That(frames, Has.Count.LessThan(_watch.Reader.Frames().Count()));
    }

    [Test]
    public void Snapshot_Redacted_HasTheSameBuilds_AndNoName()
    {
        var before = _watch.Reader.Factories()[""].Fold.State;
        var after = Again(since: null, redacts: true);

        Assert.That(after.Builds.All.Select(Shape), Is.EqualTo(before.Builds.All.Select(Shape)));
        Assert.That(after.UnrecognisedLines, Is.EqualTo(before.UnrecognisedLines));
        // The same for the same: as many images as there were.
        Assert.That(
            after.Builds.All.Select(build => build.Image).Distinct().Count(),
            Is.EqualTo(before.Builds.All.Select(build => build.Image).Distinct().Count())
        );
        var names = before
            .Builds.All.Select(build => build.Image.Text)
            .Concat(before.Builds.All.Select(build => build.Host))
            .Concat(before.Triggers.Triggers.Select(trigger => trigger.Profile))
            .Distinct()
            .ToList();
        var texts = new RecordingReader(_folder["unpacked"])
            .Frames()
            .SelectMany(frame => frame.Batches)
            .SelectMany(batch => batch.Entries)
            .SelectMany(entry =>
                (string?[])
                    [entry.Seen.Text, entry.Seen.Host, entry.Growth?.File, .. entry.Growth is { } growth ? growth.Lines.AsEnumerable() : []]
            )
            .OfType<string>()
            .ToList();
        Assert.That(names, Has.Count.GreaterThan(5));
        foreach (var name in names)
            Assert.That(texts.Where(text => Regex.IsMatch(text, $"(?<![A-Za-z0-9]){Regex.Escape(name)}(?![A-Za-z0-9])")), Is.Empty, name);
        Assert.That(texts, Has.None.Contains("198.51.100."));
    }

    [Test]
    public void Snapshot_OverAFileThatIsThere_IsRefused()
    {
        _folder.Write("x.snapshot", "mine");

        Assert.That(() => SnapshotFile.Write(_folder["x.snapshot"], _watch.Reader, null, false, []), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(_folder["x.snapshot"]), Is.EqualTo("mine"));
    }

    [Test]
    public void Snapshot_ThatCannotBeWrittenToItsEnd_LeavesNothing()
    {
        static IEnumerable<string> About()
        {
            yield return "a test";
            throw new IOException("No space left on device");
        }

        Assert.That(
            () => SnapshotFile.Write(_folder["x.snapshot"], _watch.Reader, null, false, About()),
            Throws.InstanceOf<IOException>().With.Message.Contains("No space left")
        );
        Assert.That(File.Exists(_folder["x.snapshot"]), Is.False);
    }

    [Test]
    public void Unpack_OfNamesThatLeadElsewhere_TakesNone()
    {
        Directory.CreateDirectory(_folder["unpacked"]);
        using (var zip = ZipFile.Open(_folder["bad.snapshot"], ZipArchiveMode.Create))
        {
            foreach (
                var name in (string[])
                    ["../2026-01-01.lines", "/tmp/2026-01-01.lines", "a/2026-01-01.lines", "open-1.lines", "2026-01-01.lines/"]
            )
                zip.CreateEntry(name);
        }

        SnapshotFile.Unpack(_folder["bad.snapshot"], _folder["unpacked"]);

        Assert.That(Directory.GetFileSystemEntries(_folder["unpacked"]), Is.Empty);
        Assert.That(
            () => SnapshotFile.Unpack(_folder.Write("none.snapshot", "no zip"), _folder["unpacked"]),
            Throws.InstanceOf<IOException>().With.Message.StartsWith("no snapshot of this program: ").And.Message.Not.EndsWith(".")
        );
    }

    private MonitorState Again(DateTimeOffset? since, bool redacts)
    {
        SnapshotFile.Write(_folder["x.snapshot"], _watch.Reader, since, redacts, ["a test"]);
        Directory.CreateDirectory(_folder["unpacked"]);
        SnapshotFile.Unpack(_folder["x.snapshot"], _folder["unpacked"]);
        return new RecordingReader(_folder["unpacked"]).Factories()[""].Fold.State;
    }

    private static string Shape(Build build) =>
        $"{build.Number} {build.State} {build.StartedAt:O} {build.EndedAt:O} {build.Worker} {build.Template} {build.Log?.LineCount}";

    private static IEnumerable<string> DescribeState(MonitorState state) =>
        BuildView.All(state).Select(build => $"{build.Id} {build.State} {build.Reason} {build.Log?.LineCount}");
}
