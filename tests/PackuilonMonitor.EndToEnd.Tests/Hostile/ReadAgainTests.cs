using System.Reactive.Concurrency;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// The same files and the same history give the same screen: in the program that ran all the time, after everything was read again, and
/// in a new one. A simulated factory writes real files and rotates them; time moves by hand.
/// </summary>
public sealed class ReadAgainTests
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Time = TimeSpan.FromHours(5);

    private const int Events = 100;

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Rarely = TimeSpan.FromMinutes(100);

    private static readonly ScreenKind[] Shown = [ScreenKind.Overview, ScreenKind.Health, ScreenKind.Unrecognised];

    /// <summary>Without a store it would not be: the log of a build that another has overwritten is gone.</summary>
    [Test]
    public void Screen_OfFilesThatAreAllThere_IsTheSameInAllThree([Values(5UL, 28UL, 41UL)] ulong seed)
    {
        using var files = new Files(seed, Rarely);
        using var ran = new Program(files, hasStore: true);
        files.Live(Time, ran.Look);
        Assert.That(files.Rotations, Is.InRange(2, FactoryWriter.RotatedFilesKept), "with more of them lines are out of reach");
        var before = ran.Pictures();
        ran.ReadAgain();
        using var other = new Program(files, hasStore: true);

        Assert.Multiple(() =>
        {
            Assert.That(ran.Pictures(), Is.EqualTo(before), "read again");
            Assert.That(other.Pictures(), Is.EqualTo(before), "a new one");
        });
    }

    /// <summary>Only what is read now can be shown, and the builds of the store.</summary>
    [Test]
    public void Screen_OfFilesRotatedOutOfReach_IsTheSameReadAgainAndInANewOne([Values(5UL, 28UL)] ulong seed, [Values] bool hasStore)
    {
        using var files = new Files(seed, Often);
        using var ran = new Program(files, hasStore);
        files.Live(Time, ran.Look);
        ran.ReadAgain();
        using var other = new Program(files, hasStore);

        Assert.That(files.Rotations, Is.GreaterThan(FactoryWriter.RotatedFilesKept));
        Assert.That(ran.Pictures(), Is.EqualTo(other.Pictures()));
    }

    /// <summary>A factory, its files, and the time.</summary>
    private sealed class Files : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly SimulatedFactory _factory;
        private readonly FactoryWriter _writer;

        public Files(ulong seed, TimeSpan rotatedEvery)
        {
            Directory.CreateDirectory(_folder["log"]);
            var plan = new FactoryPlan { Seed = seed, Scenario = Scenario.Rough with { RotatedEvery = rotatedEvery } };
            _factory = new SimulatedFactory(plan);
            _writer = new FactoryWriter(Messages, Logs);
            Clock = new HistoricalScheduler(plan.Start);
        }

        public HistoricalScheduler Clock { get; }

        public int Rotations { get; private set; }

        /// <summary>When the factory stopped: the moment that is drawn.</summary>
        public DateTimeOffset EndedAt { get; private set; }

        public string Messages => _folder["messages"];

        public string Logs => _folder["log"];

        public string Store => _folder["history.db"];

        public void Live(TimeSpan time, Action look)
        {
            for (var end = Clock.Now + time; Clock.Now < end; look())
            {
                Clock.AdvanceTo(Clock.Now + Look);
                _writer.Write(_factory.StepsUntil(Clock.Now).Select(step =>
                {
                    Rotations += step.Operation is MessagesRotated ? 1 : 0;
                    return step;
                }));
            }

            EndedAt = Clock.Now;
        }

        public void Dispose() => _folder.Dispose();
    }

    /// <summary>A monitor on those files, from the file to the picture.</summary>
    private sealed class Program : IDisposable
    {
        private static readonly TimeSpan Written = TimeSpan.FromSeconds(3);

        private readonly Files _files;
        private readonly HistoryRecorder? _recorder;
        private ScreenState _screen;
        private MonitorFeed _feed = null!;
        private MonitorState _state = MonitorState.Empty;
        private SeenLogs _seen = SeenLogs.None;

        public Program(Files files, bool hasStore)
        {
            _files = files;
            var start = Screens.Of(Snapshot.Of(MonitorState.Empty, new Facts(ThreadCount: 4)), paint: Paint(files.Clock.Now));
            _screen = start with { IsShown = true, Settings = start.Settings with { HasStore = hasStore } };
            if (hasStore)
                _recorder = new HistoryRecorder(files.Store, Retention.Usual, new LogDirectory(files.Logs), files.Clock, Remember);
            Open();
        }

        public void Look()
        {
            foreach (var batch in _feed.ReadAll())
            {
                _state = _state.Apply(batch);
                _seen = _seen.And(batch);
                _recorder?.See(_seen, _state);
            }

            Take(new StatePublished(Listened<FactoryStates>(), _state));
        }

        public void ReadAgain()
        {
            Take(new KeyPressed(new KeyPress("F5")));
            _feed.Dispose();
            Open();
        }

        /// <summary>
        /// What the screens show of it now, whatever this user has seen and pressed. Each reading has an event of its own: the events
        /// are compared without it.
        /// </summary>
        public IReadOnlyList<string> Pictures()
        {
            _files.Clock.AdvanceBy(Written);
            var drawn = Screens.Of(_screen.Factories, new Size(140, 60), Paint(_files.EndedAt)) with { Channels = _screen.Channels };
            var events = _screen
                .Factories.Events.OfType<EventRow>()
                .Select(row => row.Seen)
                .Where(seen => seen.Event is not SourceSeen);
            return
            [
                .. Shown
                    .Select(kind => drawn.With(new Place(kind)).Text())
                    .Select(picture => picture.Split("── EVENTS ──")[0])
                    .SelectMany(picture => picture.Split('\n')),
                .. events.Take(Events).Select(seen => $"{seen.At:HH:mm:ss} {seen.Speaker} {seen.Text}"),
            ];
        }

        public void Dispose()
        {
            _recorder?.Dispose();
            _feed.Dispose();
        }

        private static Paint Paint(DateTimeOffset now) => new(Palette.Mono, Glyphs.Unicode, TimeZoneInfo.Utc, now);

        private void Open()
        {
            (_state, _seen) = (MonitorState.Empty, SeenLogs.None);
            _feed = new MonitorFeed(
                MonitorFeed.Files([_files.Messages], StartAt.Oldest),
                new SyslogClock(TimeZoneInfo.Utc, _files.Clock.Now),
                [new BuildLogs(new LogDirectory(_files.Logs))],
                _files.Clock
            );
            _recorder?.Begin();
            Look();
        }

        private void Remember(HistoryNews news) =>
            Take(
                new HistoryRead(
                    Listened<FactoryHistory>(),
                    null,
                    new BuildHistory(news.Builds, news.Kept),
                    new HistoryStatus(news.Why, news.Count, news.Since)
                )
            );

        private SubscriptionId Listened<T>()
            where T : Subscription => Subscriptions.Of(_screen).OfType<T>().Single().Id;

        private void Take(Message message) => _screen = Update.Apply(_screen, _files.Clock.Now, message).State;
    }
}
