using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The next pieces of logs that grow, of which some cannot be read.</summary>
public sealed class GrownLogsTests
{
    private const string Bad = "bad.managed.json.1.log";
    private const string Good = "good.managed.json.2.log";

    /// <summary>A regular file whose first byte is never readable: EIO.</summary>
    private const string Unreadable = "/proc/self/mem";

    private readonly List<string> _said = [];
    private readonly ShippedLogTable _table = new();
    private TempFolder _folder = null!;
    private GrownLogs _logs = null!;

    [SetUp]
    public void Begin()
    {
        _folder = new TempFolder();
        _said.Clear();
        _logs = new GrownLogs(new LogLimits(1_000_000, 1_000_000), _said.Add);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void LogThatCannotBeRead_IsToldOnce_AndKeepsNoOtherOneWaiting()
    {
        _folder.Write(Good, "good\n");
        _logs.See(Grown(Bad, Unreadable));
        _logs.See(Grown(Good, _folder[Good]));

        Assert.That(Published(TimeSpan.Zero), Is.EqualTo("good\n"));
        Assert.That(_logs.Due(TimeSpan.Zero), Is.Empty);
        Assert.That(_logs.Whole(_table, Grown(Bad, Unreadable)), Is.Null);

        _logs.See(Grown(Bad, Unreadable));
        Assert.That(Published(TimeSpan.FromSeconds(1)), Is.Empty);
        Assert.That(_said, Has.Count.EqualTo(1));
        Assert.That(_said[0], Does.StartWith(Bad).And.EndsWith("trying again"));
    }

    [Test]
    public void LogThatCannotBeReadForAWhile_IsPublishedLater_AlsoIfItDoesNotGrow()
    {
        var path = Unreadable;
        _logs.See(new GrownLog(Bad, Bad, 0, new FileLocation(new(Bad), () => StatResult.At(path), () => OpenFile.At(path))));
        Assert.That(Published(TimeSpan.Zero), Is.Empty);
        Assert.That(_logs.Patience, Is.EqualTo(GrownLogs.Retry));

        path = _folder.Write(Bad, "late\n");

        Assert.That(Published(GrownLogs.Retry / 2), Is.Empty);
        Assert.That(Published(GrownLogs.Retry), Is.EqualTo("late\n"));
        Assert.That(_logs.Patience, Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(Published(GrownLogs.Retry * 2), Is.Empty);
    }

    /// <summary>A log is whole as far as it is published, while it can be read and is still that log.</summary>
    [Test]
    public void Log_OfWhichNoPieceIsLeft_IsWhole_UnlessItCannotBeReadOrBeginsAgain()
    {
        var path = _folder.Write(Good, "good\n");
        GrownLog Log(int another) =>
            new(Good, Good, another, new FileLocation(new(Good), () => StatResult.At(path), () => OpenFile.At(path)));
        Assert.That(Whole(0), Is.EqualTo((1, 5)));

        path = Unreadable;
        Assert.That(Whole(0), Is.Null);
        path = _folder[Good];
        Assert.That(Whole(0), Is.EqualTo((1, 5)));

        _folder.Rewrite(Good, "");
        Assert.That(Whole(1), Is.Null, "another log, of which there is nothing yet");
        _folder.Append(Good, "new one\n");
        Assert.That(Whole(1), Is.EqualTo((2, 8)));

        (int Generation, int Size)? Whole(int another)
        {
            _logs.See(Log(another));
            Published(TimeSpan.Zero);
            return _logs.Whole(_table, Log(another)) is { } log ? ((int)log.Generation, (int)log.Size) : null;
        }
    }

    private static GrownLog Grown(string name, string path) => new(name, name, 0, FileLocation.At(path));

    /// <summary>All that is due, as one text; the stream takes each piece.</summary>
    private string Published(TimeSpan now)
    {
        var text = new StringBuilder();
        while (_logs.Due(now) is [_, ..] due)
        {
            foreach (var log in due)
            {
                if (_logs.Next(_table, log, now) is not { } piece)
                    continue;
                text.Append(Encoding.UTF8.GetString(piece.Bytes.Span));
                _table.Add(piece, ++_table.Last);
            }
        }

        return text.ToString();
    }
}
