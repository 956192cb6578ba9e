using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// A directory may have more logs than memory should hold at once: a turn reads a part of them, in the order of their changes.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LogTurnsTests : IDisposable
{
    /// <summary>Five of these are more than a turn reads, and four are not.</summary>
    private static readonly string Large = string.Concat(Enumerable.Repeat(new string('x', 1023) + "\n", 1000));

    private readonly TempFolder _folder = new();
    private readonly List<LogGrowth> _grown = [];
    private readonly BuildLogs _logs;
    private TimeSpan _running;

    public LogTurnsTests() => _logs = new BuildLogs(new LogDirectory(_folder.Path), grown: _grown.Add);

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Poll_ManyLogs_ReadsAPartInEachTurn_OldestFirst()
    {
        Write(11);

        var turns = Turns();

        Assert.That(turns.Select(turn => string.Join(' ', turn)), Is.EqualTo(["0 1 2 3 4", "5 6 7 8 9", "10"]));
        Assert.That(_grown.Select(growth => (growth.Lines.Count, growth.ArrivedAt)), Is.All.EqualTo((1000, default(DateTimeOffset?))));
    }

    /// <summary>Output that stays bytes is read all the same.</summary>
    [Test]
    public void Poll_ManyLogsOfQuietOutput_ReadsAPartInEachTurn()
    {
        Write(11, string.Concat(Enumerable.Repeat($"    a: {new string('x', 504)}\n", 2000)));

        Assert.That(Turns().Select(turn => string.Join(' ', turn)), Is.EqualTo(["0 1 2 3 4", "5 6 7 8 9", "10"]));
    }

    [Test]
    public void ReadAll_ManyLogs_ReadsEachToItsEnd()
    {
        Write(6);

        var turns = _logs.ReadAll(Now()).Select(batch => batch.Count(seen => seen.Event is BuildLogRead)).ToList();

        Assert.That(turns, Is.EqualTo([5, 1, 0]));
        Assert.That(_logs.HasMore, Is.False);
    }

    /// <summary>The directory is read when the last log is, and not before.</summary>
    [Test]
    public void Poll_ManyLogs_SaysAtTheEndThatAllIsRead()
    {
        Write(6);

        var said = Enumerable.Range(0, 2).Select(_ => _logs.Poll(Now()).Count(seen => seen.Event is LogDirectoryRead)).ToList();

        Assert.That(said, Is.EqualTo([0, 1]));
    }

    /// <summary>What waits may grow or be deleted meanwhile; a log that is new comes behind.</summary>
    [Test]
    public void Poll_WhileLogsWait_ReadsWhatIsThereThen()
    {
        Write(8);
        _ = _logs.Poll(Now());
        _folder.Append("5.log", "one more\n");
        _folder.Delete("6.log");
        _folder.Write("9.log", "new\n");

        var turns = Turns();

        Assert.That(turns.SelectMany(turn => turn), Is.EquivalentTo(["5", "7", "9"]));
        Assert.That(_grown.Single(growth => growth.File == "5.log").Lines, Has.Count.EqualTo(1001));
        // Only the new one appeared while somebody looked.
        Assert.That(_grown.Where(growth => growth.ArrivedAt is not null).Select(growth => growth.File), Is.EqualTo(["9.log"]));
    }

    /// <summary>Nobody follows it: otherwise its summary would be reported when so many newer logs take its place.</summary>
    [Test]
    public void Poll_OfALogThatWasDeletedWhileItWaited_NeverReportsIt()
    {
        Write(6);
        _ = _logs.Poll(Now());
        _folder.Delete("5.log");
        for (var number = 0; number <= BuildTable.MostInFull; number++)
            _folder.Write($"new{number}.log", "new\n");

        var read = Turns().SelectMany(turn => turn).ToHashSet();

        Assert.That((read.Contains("0"), read.Contains("5")), Is.EqualTo((true, false)), "the oldest is reported once more, as a summary");
    }

    /// <summary>A hint reads its log, and what waits.</summary>
    [Test]
    public void Poll_ByNames_ReadsWhatWaitsToo()
    {
        Write(6);
        _ = _logs.Poll(Now());
        _folder.Append("0.log", "one more\n");

        var read = Read(_logs.Poll(Now(), ["0.log"])!);

        Assert.That(read, Is.EqualTo(["5", "0"]));
        Assert.That(_logs.HasMore, Is.False);
    }

    private void Write(int count, string? text = null)
    {
        for (var number = 0; number < count; number++)
        {
            var name = $"{number}.log";
            _folder.Write(name, text ?? Large);
            File.SetLastWriteTimeUtc(_folder[name], Given.Noon.UtcDateTime.AddMinutes(number));
        }
    }

    private List<IReadOnlyList<string>> Turns()
    {
        var turns = new List<IReadOnlyList<string>>();
        do
        {
            turns.Add(Read(_logs.Poll(Now())));
        }
        while (_logs.HasMore);
        return turns;
    }

    private static IReadOnlyList<string> Read(IEnumerable<Observation> seen) =>
        [.. seen.Select(one => one.Event).OfType<BuildLogRead>().Select(read => read.File[..^".log".Length])];

    private Moment Now() => new(_running += TimeSpan.FromSeconds(1), Given.Noon.AddDays(1));
}
