using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>What a dashboard that only reads the store tells of it, as a recorder begins, writes, hangs and ends.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HistoryWatchTests : IDisposable
{
    private const string Stopped = "the recorder was stopped: systemctl start packuilon-monitor-record";

    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly TempFolder _folder = new();
    private readonly List<HistoryNews> _news = [];
    private int _told;

    private string Store => _folder["history.db"];

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Store_ThatAppearsAndGrows_IsReadAtTheNextCheck()
    {
        using var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon)!;
        using var watch = Watch();
        watch.Begin();
        _clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Put(1);
        Assert.That(Told(), Is.EqualTo(new[] { "not there: 0 builds of 0, 0 kept" }));

        _clock.AdvanceTo(Given.Noon.AddSeconds(4.9));
        Assert.That(Told(), Is.Empty);
        _clock.AdvanceTo(Given.Noon.AddSeconds(5));
        Assert.That(Told(), Is.EqualTo(new[] { "well: 1 builds of 1, 1 kept" }));
        Assert.That((_news[^1].Since, _news[^1].Recorder!.Process), Is.EqualTo((GivenBuilds.Good().StartedAt, Environment.ProcessId)));

        _clock.AdvanceTo(Given.Noon.AddSeconds(9));
        Assert.That(Told(), Is.Empty, "nothing is new");
        Put(2);
        _clock.AdvanceTo(Given.Noon.AddSeconds(10));
        Assert.That(Told(), Is.EqualTo(new[] { "well: 2 builds of 2, 2 kept" }));
    }

    [Test]
    public void Recorder_ThatHangsAndEnds_IsTold_AndItsBeatsAreNot()
    {
        Put(1);
        var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon)!;
        using var watch = Watch();
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(6));
        mine.Beat(Given.Noon.AddSeconds(6));
        _clock.AdvanceTo(Given.Noon.AddSeconds(15));
        Assert.That(Told(), Is.EqualTo(new[] { "well: 1 builds of 1, 1 kept" }));
        Assert.That(_news[^1].Recorder, Is.EqualTo(new RecorderSign(RecorderState.Runs, Environment.ProcessId, null)));

        // Twice the pace of the beats: only then is the last one told.
        _clock.AdvanceTo(Given.Noon.AddSeconds(20));
        Assert.That(_news[^1].Recorder!.WroteAt, Is.EqualTo(Given.Noon.AddSeconds(6)));
        Assert.That(Told(), Has.Count.EqualTo(1));
        _clock.AdvanceTo(Given.Noon.AddSeconds(36));
        Assert.That(Told(), Is.Empty);
        _clock.AdvanceTo(Given.Noon.AddSeconds(40));
        Assert.That(
            Told().Single(),
            Is.EqualTo($"the recorder (process {Environment.ProcessId}) runs but cannot write 34 seconds ago: 1 builds of 1, 1 kept")
        );

        mine.Dispose();
        _clock.AdvanceTo(Given.Noon.AddSeconds(45));
        Assert.That(Told(), Is.EqualTo(new[] { $"{Stopped}: 1 builds of 1, 1 kept" }));
    }

    /// <summary>A beat is told as soon as it is twice as old as the pace of the beats; a check is each five seconds.</summary>
    [TestCase(5, true)]
    [TestCase(5.001, false)]
    public void Beat_AtACheck_IsToldOnceItIsOld(double beat, bool isTold)
    {
        Put(1);
        using var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon)!;
        using var watch = Watch();
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(beat));
        mine.Beat(_clock.Now);

        _clock.AdvanceTo(Given.Noon.AddSeconds(5) + 2 * RecorderLock.Pace);

        Assert.That(_news[^1].Recorder!.WroteAt, Is.EqualTo(isTold ? Given.Noon.AddSeconds(beat) : (DateTimeOffset?)null));
    }

    [Test]
    public void Watch_ThatBeginsAgain_ReadsAgainAtOnce_AndKeepsItsPace()
    {
        Put(1);
        using var watch = Watch();
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(1));
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(2));
        Assert.That(Told(), Is.EqualTo(Enumerable.Repeat($"{Stopped}: 1 builds of 1, 1 kept", 2)));

        Put(2);
        _clock.AdvanceTo(Given.Noon.AddSeconds(5));
        Put(3);
        _clock.AdvanceTo(Given.Noon.AddSeconds(9.9));
        Assert.That(Told(), Is.EqualTo(new[] { $"{Stopped}: 2 builds of 2, 2 kept" }), "there is one check each five seconds");
    }

    [Test]
    public void Watch_ThatEnds_ClosesTheStoreAndTellsNothing()
    {
        Put(1);
        using (var watch = Watch())
        {
            watch.Begin();
            _clock.AdvanceTo(Given.Noon.AddSeconds(1));
            Assert.That(_folder.Open(), Is.Positive);
        }

        Told();
        Put(2);
        _clock.AdvanceTo(Given.Noon.AddMinutes(1));
        Assert.That((Told().Count, _folder.Open()), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Store_OfSeveralFactories_IsToldOfOne()
    {
        using (var store = HistoryStore.Write(Store).Store!)
        {
            var build = GivenBuilds.Good();
            store.Put(new[] { "oxford", "harwell" }.Select(factory => build with { Id = $"{factory}/{build.Id}" }), ChangeLedger.Empty);
        }

        using var watch = Watch("oxford");
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(1));

        Assert.That(_news.Single().Builds.Select(build => build.Factory), Is.EqualTo(new[] { "oxford" }));
        Assert.That(_news.Single().Count, Is.EqualTo(1));
    }

    [Test]
    public void Store_ThatBreaks_IsTold_AndWhatWasReadStays()
    {
        Put(1);
        using var watch = Watch();
        watch.Begin();
        _clock.AdvanceTo(Given.Noon.AddSeconds(1));
        Told();

        File.WriteAllText(Store, new string('x', 9_000));
        _clock.AdvanceTo(Given.Noon.AddSeconds(5));

        Assert.That(Told().Single(), Does.Contain("damaged").And.EndsWith(": 1 builds of 1, 1 kept"));
        Assert.That(_folder.Open(), Is.Zero);

        foreach (var file in Directory.GetFiles(_folder.Path, "history.db*"))
            File.Delete(file);
        Put(1);
        Put(2);
        _clock.AdvanceTo(Given.Noon.AddSeconds(10));
        Assert.That(Told(), Is.EqualTo(new[] { $"{Stopped}: 2 builds of 2, 2 kept" }), "another one has its place");
    }

    private HistoryWatch Watch(string? factory = null) => new(Store, _clock, _news.Add, factory);

    /// <summary>The news since the last call.</summary>
    private List<string> Told()
    {
        var told = _news
            .Skip(_told)
            .Select(news => $"{news.Why ?? "well"}: {news.Builds.Count} builds of {news.Count}, {news.Kept.Count} kept")
            .ToList();
        _told = _news.Count;
        return told;
    }

    private void Put(int number)
    {
        using var store = HistoryStore.Write(Store).Store!;
        var build = GivenBuilds.Good(number);
        store.Put([build], ChangeLedger.Empty);
        store.Put(build.Id, build.StartedAt!.Value, LineTimes.None, new PackedLog(new byte[10], 50, 3));
    }
}
