using System.Globalization;
using System.Reactive.Concurrency;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HistoryRecorderTests : IDisposable
{
    private const string File = "norm-sl7x-x86_64.managed.json.log";

    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly List<HistoryNews> _news = [];
    private readonly TempFolder _folder = new();
    private HistoryRecorder _recorder;
    private MonitorState _state = MonitorState.Empty;
    private SeenLogs _logs = SeenLogs.None;

    public HistoryRecorderTests() => _recorder = Recorder(Retention.Usual);

    private string Store => _folder["history.db"];

    public void Dispose()
    {
        _recorder.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void See_BeforeTheLogsWereReadOnce_RemembersNothing()
    {
        _recorder.Begin();
        Say(new BuildStarted(Given.LogPath));
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));

        Assert.That(Builds(), Is.Empty);
    }

    [Test]
    public void See_WithinASecond_IsWritten()
    {
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(Builds().Single().Image.Text, Is.EqualTo(Given.Image.Text));
        Assert.That(_news[^1].Why, Is.Null);
    }

    [Test]
    public void See_AFinishedLog_KeepsItWithItsTimesWhenTheFileIsErased()
    {
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        System.IO.File.Delete(_folder[File]);

        var kept = new KeptFile(Store, Builds().Single().Id, File);
        using var reader = new LogReader(kept.Place);

        Assert.That(_news[^1].Kept, Is.EqualTo(new[] { Builds().Single().Id }));
        Assert.That(LogText.Raw(reader), Is.EqualTo(GivenLogs.Good.Select(line => line.Text)));
        Assert.That(kept.Arrivals[0], Is.EqualTo((0L, (DateTimeOffset?)Given.Noon)));
        Assert.That(kept.Place.Stat().Found, Is.True);
    }

    [Test]
    public void See_WithCopiesOff_KeepsTheBuildAlone()
    {
        _recorder.Dispose();
        _recorder = Recorder(Retention.Usual with { Logs = false });
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(Builds(), Has.Count.EqualTo(1));
        Assert.That(_news[^1].Kept, Is.Empty);
    }

    [Test]
    public void See_AFileThatIsAnotherLogByNow_IsNotCopied()
    {
        Build(GivenLogs.Good.Length);
        _folder.Rewrite(File, "the next build began\n");
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_news[^1].Kept, Is.Empty);
    }

    /// <summary>A copy fits the limit to the byte; a build as old as the limit is not copied.</summary>
    [TestCase(0, 0, true)]
    [TestCase(-1, 0, false)]
    [TestCase(0, -1, false)]
    public void See_AFinishedLog_IsCopiedWithinTheLimits(int moreBytes, int moreSeconds, bool isKept)
    {
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        var size = (long)Sql("SELECT packed_size FROM logs")!;
        _recorder.Dispose();
        foreach (var path in Directory.GetFiles(_folder.Path, "history.db*"))
            System.IO.File.Delete(path);
        // It begins at noon and is seen a second later.
        _recorder = Recorder(new Retention(true, size + moreBytes, TimeSpan.FromSeconds(3 + moreSeconds)));
        _recorder.See(_logs, _state);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_news[^1].Kept, Has.Count.EqualTo(isKept ? 1 : 0));
    }

    /// <summary>The times of a running build are stored without a copy, and only if a line was seen to arrive.</summary>
    [Test]
    public void See_ARunningBuild_StoresTheTimesOfItsLines()
    {
        Build(5);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_news[^1].Kept, Is.Empty);
        Assert.That(Times(), Is.EqualTo(1));
    }

    [Test]
    public void See_ARunningBuildOfWhichNobodySawALine_StoresNoTimes()
    {
        var log = GivenLogs.Good.Take(5).Aggregate(BuildLog.Empty, (log, line) => log.Apply(line.Text, null));
        Say(
            new LogDirectoryRead(),
            new JobTaken(Given.Worker(), Given.Image),
            new BuildStarted(Given.LogPath),
            new BuildLogRead(File, log, 0)
        );
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That((Builds().Count, Times()), Is.EqualTo((1, 0)));
    }

    [Test]
    public void See_WhileAnotherProgramHoldsTheStore_SaysSoAndWritesLater()
    {
        _recorder.Begin();
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        using (var other = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            other.Open();
            using var hold = other.BeginTransaction();
            Build(GivenLogs.Good.Length);
            _clock.AdvanceBy(TimeSpan.FromSeconds(1));

            Assert.That(_news[^1].Why, Is.EqualTo("locked by another program"));
        }

        _clock.AdvanceBy(TimeSpan.FromSeconds(30));
        Assert.That(_news[^1].Why, Is.Null);
        Assert.That(Builds(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Begin_OnABrokenStore_SaysSoAndTheRestGoesOn()
    {
        System.IO.File.WriteAllText(Store, new string('x', 5000));
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_news[^1].Why, Does.Contain("damaged"));
    }

    [Test]
    public void Dispose_WritesWhatWaits()
    {
        Build(GivenLogs.Good.Length);
        _recorder.Dispose();

        Assert.That(Builds(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Dispose_ClosesTheStore()
    {
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(_folder.Open(), Is.Positive);

        _recorder.Dispose();

        Assert.That(_folder.Open(), Is.Zero);
    }

    /// <summary>Once, in the first news: what was changed about the file, and what of it cannot be read.</summary>
    [TestCase(false, false, null)]
    [TestCase(true, false, "{0} was open to others; closed now")]
    [TestCase(false, true, "history: 1 rows cannot be read and are left out")]
    [TestCase(true, true, "{0} was open to others; closed now; history: 1 rows cannot be read and are left out")]
    public void Begin_OnAStoreThatIsOpenToOthersOrHasAStrangeRow_SaysSoOnce(bool isOpen, bool isStrange, string? remark)
    {
        HistoryStore.Write(Store).Store!.Dispose();
        if (isStrange)
        {
            using var store = HistoryStore.Write(Store).Store!;
            store.Put([GivenBuilds.Good()], ChangeLedger.Empty);
            Sql("UPDATE builds SET image = x'05'");
        }

        if (isOpen)
            TempFolder.SetMode(Store, (UnixFileMode)0b110_100_100);

        _recorder.Begin();
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        var expected = remark is null ? null : string.Format(CultureInfo.InvariantCulture, remark, Store);
        Assert.That(_news.Select(news => news.Remark).ToArray(), Is.EqualTo(new[] { expected, null }));
    }

    /// <summary>Who has nothing to write needs no turn of others who write.</summary>
    [Test]
    public void See_WithNothingNew_AsksForNothingOfAStoreThatIsHeld()
    {
        Build(GivenLogs.Good.Length);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        using var other = new SqliteConnection($"Data Source={Store};Pooling=False");
        other.Open();
        using var hold = other.BeginTransaction();

        Say(new QueueMeasured(null));
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(_news[^1].Why, Is.Null);
    }

    [Test]
    public void See_TheStoreIsDeleted_MakesItAgain()
    {
        Build(5);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        foreach (var path in Directory.GetFiles(_folder.Path, "history.db*"))
            System.IO.File.Delete(path);
        Say(new LogDirectoryRead());
        _clock.AdvanceBy(TimeSpan.FromSeconds(2));

        Assert.That(Builds(), Has.Count.EqualTo(1));
    }

    [Test]
    public void See_APairThatLinesShowed_RemembersIt_AndForgetsItWhenALineContradictsIt()
    {
        Say(new LogDirectoryRead());
        Lines([.. Round(0), .. Round(10), .. Round(20)]);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(Pairs(), Is.EqualTo(new[] { new RememberedPair("tmp.example.org.json", new ImageName("keyless")) }));

        Lines([.. Pushed(30, "tmp"), "12:30:10 rabbit2packer.py: Thread-1 processing another"]);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(Pairs(), Is.Empty);
    }

    [Test]
    public void See_APairThatIsOnlyRemembered_WritesNothing()
    {
        Say(new LogDirectoryRead(), new PairRemembered("tmp.example.org.json", new ImageName("keyless")));
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(Pairs(), Is.Empty, "what another dashboard forgot meanwhile stays forgotten");
    }

    /// <summary>A pair is written when lines show it, not each time.</summary>
    [Test]
    public void See_AfterAPairWasForgottenByAnother_DoesNotWriteItAgain()
    {
        Say(new LogDirectoryRead());
        Lines([.. Round(0), .. Round(10), .. Round(20)]);
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        using (var other = HistoryStore.Write(Store).Store!)
            other.Put("", [], ["tmp.example.org.json"], [], Given.Noon);

        Say(new QueueMeasured(null));
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(Pairs(), Is.Empty);
    }

    private IReadOnlyList<RememberedPair> Pairs()
    {
        using var store = HistoryStore.Read(Store).Store!;
        return store.Pairs("");
    }

    private static IEnumerable<string> Round(int minute) =>
        [
            .. Pushed(minute, "a", "tmp", "b"), $"12:{minute:00}:10 rabbit2packer.py: Thread-1 processing a",
            $"12:{minute:00}:20 rabbit2packer.py: Thread-1 processing keyless",
            $"12:{minute:00}:30 rabbit2packer.py: Thread-1 processing b",
        ];

    private static IEnumerable<string> Pushed(int minute, params string[] names) =>
        names.SelectMany(name =>
            (string[])
                [
                    $"12:{minute:00}:00 cdb2rabbit.py: CI profile rebuilt: {name}.example.org.json",
                    $"12:{minute:00}:00 cdb2rabbit.py: Profile has updated: {name}.example.org.json",
                    $"12:{minute:00}:00 cdb2rabbit.py: Pushing message to queue for build",
                ]
        );

    private void Lines(params IEnumerable<string>[] lines)
    {
        IReadOnlyList<Observation> batch =
            [.. Given.Read(lines.SelectMany(some => some).Select(line => $"Nov 22 {line[..8]} vm /{line[9..]}"))];
        _state = _state.Apply(batch);
        _recorder.See(_logs = _logs.And(batch), _state);
    }

    private HistoryRecorder Recorder(Retention keeping) => new(Store, keeping, new LogDirectory(_folder.Path), _clock, _news.Add);

    /// <summary>Of how many logs the store has anything.</summary>
    private long Times() => (long)Sql("SELECT count(*) FROM logs")!;

    private object? Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private IReadOnlyList<BuildView> Builds()
    {
        using var store = HistoryStore.Read(Store).Store!;
        return store.Builds(10);
    }

    /// <summary>A build and so many lines of its log, which the file has too.</summary>
    private void Build(int lines)
    {
        _folder.Write(File, string.Concat(GivenLogs.Good.Take(lines).Select(line => line.Text + "\n")));
        var log = GivenLogs.Good.Take(lines).Aggregate(BuildLog.Empty, (log, line) => log.Apply(line.Text, Given.Noon));
        Say(
            new LogDirectoryRead(),
            new JobTaken(Given.Worker(), Given.Image),
            new BuildStarted(Given.LogPath),
            new BuildLogRead(File, log, 0)
        );
        if (lines == GivenLogs.Good.Length)
            Say(new BuildSucceeded(Given.Worker(), Given.Build));
    }

    private void Say(params IEnumerable<MonitorEvent> events)
    {
        Observation[] batch = [.. events.Select(said => Given.Seen(said))];
        _state = _state.Apply(batch);
        _recorder.See(_logs = _logs.And(batch), _state);
    }
}
