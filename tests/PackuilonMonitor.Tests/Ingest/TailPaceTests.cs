using System.Reactive.Concurrency;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>When a followed file is polled, and which polls are worth a batch. The clock moves by hand.</summary>
public sealed class TailPaceTests
{
    private HistoricalScheduler _clock = null!;
    private readonly List<double> _polls = [];
    private readonly List<(double At, int Lines)> _batches = [];
    private TempFolder _folder = null!;
    private TailReader _reader = null!;
    private IDisposable _following = null!;

    [SetUp]
    public void Follow()
    {
        _clock = new HistoricalScheduler(Given.Noon);
        _folder = new TempFolder();
        _folder.Write("messages", "1\n");
        _reader = new TailReader(
            FileLocation.At(_folder["messages"]),
            new TailOptions { BytesPerTurn = 8, Hook = step => Note(step) }
        );
        _polls.Clear();
        _batches.Clear();
        _following = Tail.Follow(_reader, _clock).Subscribe(batch => _batches.Add((Second, batch.OfType<LineRead>().Count())));
    }

    [TearDown]
    public void End()
    {
        _following.Dispose();
        _reader.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void File_ThatGrew_IsPolledFourTimesASecondForTenSeconds_ThenOnce()
    {
        Pass(12.9);

        Assert.That(_polls, Is.EqualTo(Enumerable.Range(0, 41).Select(quarter => quarter / 4.0).Concat([11, 12])).Within(0.001));
        Assert.That(_batches, Is.EqualTo(new[] { (0.0, 1) }));
    }

    [Test]
    public void File_WithMoreThanOneTurnsBytes_IsPolledAgainAtOnce()
    {
        Pass(20.5);
        _folder.Append("messages", "abcdef\nabcdef\nabcdef\n");
        _polls.Clear();
        _batches.Clear();
        Pass(0.9);

        Assert.That(_polls, Is.EqualTo(new[] { 21, 21, 21, 21.25 }).Within(0.001));
        Assert.That(_batches.Sum(batch => batch.Lines), Is.EqualTo(3));
    }

    private double Second => (_clock.Now - Given.Noon).TotalSeconds;

    private void Note(TailStep step)
    {
        if (step is TailStep.PathChecked)
            _polls.Add(Second);
    }

    private void Pass(double seconds) => _clock.AdvanceBy(TimeSpan.FromSeconds(seconds));
}
