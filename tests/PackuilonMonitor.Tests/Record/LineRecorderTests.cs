using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>When the lines of the feeds are written. The clock moves by hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LineRecorderTests : IDisposable
{
    private static readonly FactoryFacts Facts = new(null, 4, "UTC", "/log");

    private readonly TempFolder _folder = new();
    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly List<string?> _troubles = [];
    private bool _isFull;

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Add_AFewLines_IsWrittenWithinASecond()
    {
        using var lines = Recorder();
        Add(lines, 1_000);

        Assert.That(Frames, Is.Empty);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(Lengths, Is.EqualTo([1_000]));
    }

    /// <summary>Thousands of logs are read in less than a second, and must not be held as a whole.</summary>
    [Test]
    public void Add_MoreThanASecondShouldHold_IsWrittenAtOnce()
    {
        using var lines = Recorder();
        for (var log = 0; log < 10; log++)
            Add(lines, 1_000_000);

        Assert.That(Lengths, Is.EqualTo([5_000_000, 5_000_000]));
        Add(lines, 1_000);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(Lengths, Is.EqualTo([5_000_000, 5_000_000, 1_000]));
    }

    /// <summary>While the disk is full nothing is tried at once, and what waits is written when that is over.</summary>
    [Test]
    public void Add_MoreThanASecondShouldHoldToAFullDisk_IsWrittenLater()
    {
        using var lines = Recorder();
        _isFull = true;
        for (var log = 0; log < 7; log++)
            Add(lines, 1_000_000);
        _isFull = false;
        Add(lines, 1_000_000);

        Assert.That((_troubles.Count, Frames.Count), Is.EqualTo((1, 0)));
        _clock.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.That((_troubles.Count, Lengths.Sum()), Is.EqualTo((2, 8_000_000)));
    }

    /// <summary>What was folded and is not recorded would make a stored state another one than a fold of the recording gives.</summary>
    [TestCase(60_000, false)]
    [TestCase(40_000, true)]
    public void States_AfterEntriesForAFullDiskWereDropped_AreNotStored(int entries, bool areStored)
    {
        var states = new StateKeeper(new RecordingReader(_folder.Path), GivenFrames.Mode, distance: 1, _clock);
        using var lines = new LineRecorder(() => _isFull ? throw new IOException("full") : _folder.Writer(), states, _clock, _troubles.Add);
        _isFull = true;
        for (var batch = 0; batch < 2; batch++)
        {
            var line = GivenFrames.Line(_clock.Now, "line");
            lines.Add("", Facts, new Batch(_clock.Now, [.. Enumerable.Repeat(line, entries)]), places: null, state: null);
        }

        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        _isFull = false;
        // A day begins a part.
        for (var day = 0; day < 3; day++)
        {
            _clock.AdvanceBy(TimeSpan.FromDays(1));
            Add(lines, 10);
            _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        }

        Assert.That(new StoredStates(_folder.Path).Places().Count, areStored ? Is.Positive : Is.Zero);
    }

    /// <summary>What changes nothing may be written with what changes the state, behind it or before it.</summary>
    [Test]
    public void States_OfAFrameWithMoreThanLines_AreThoseAfterItsLines([Values] bool isLast)
    {
        var states = new StateKeeper(new RecordingReader(_folder.Path), GivenFrames.Mode, distance: 1, _clock);
        using var lines = new LineRecorder(() => _folder.Writer(), states, _clock, _troubles.Add);
        var line = GivenFrames.Line(_clock.Now, "line");
        if (isLast)
            lines.Add("", Facts, Given.Seen(new HeartbeatReceived(_clock.Now)));
        lines.Add("", Facts, new Batch(_clock.Now, [line]), places: null, MonitorState.Empty.Apply(line.Seen));
        if (!isLast)
            lines.Add("", Facts, Given.Seen(new HeartbeatReceived(_clock.Now)));
        _clock.AdvanceBy(TimeSpan.FromDays(1));
        Add(lines, 10);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        var recording = new RecordingReader(_folder.Path);
        Assert.That(recording.States.Read(recording.Parts()[1])![""].State.Observed, Is.EqualTo(1));
    }

    private IReadOnlyList<Frame> Frames => [.. new RecordingReader(_folder.Path).Frames()];

    /// <summary>The characters of all lines of each frame.</summary>
    private IEnumerable<int> Lengths =>
        Frames.Select(frame => frame.Batches.Sum(batch => batch.Entries.Sum(entry => entry.Growth!.Lines.Sum(line => line.Length))));

    private LineRecorder Recorder() => new(() => _isFull ? throw new IOException("full") : _folder.Writer(), States, _clock, _troubles.Add);

    private StateKeeper States => new(new RecordingReader(_folder.Path), GivenFrames.Mode, StoredStates.Distance, _clock);

    private void Add(LineRecorder lines, int length)
    {
        var growth = new LogGrowth("norm.json.log", 0) { Lines = [new string('x', length)] };
        var read = Given.Seen(new BuildLogRead("norm.json.log", BuildLog.Empty, 0));
        lines.Add("", Facts, new Batch(_clock.Now, [new Entry(read, growth)]), places: null, state: null);
    }
}
