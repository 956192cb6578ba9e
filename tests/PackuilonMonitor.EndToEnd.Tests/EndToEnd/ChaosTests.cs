using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// Numbered lines from a writer that rotates under the program, in every way that daemons and logrotate know: each is told exactly once.
/// </summary>
/// <param name="deaf">The kernel tells the program nothing of what happens to files, so that it must look for itself.</param>
[TestFixture(false)]
[TestFixture(true)]
[NonParallelizable]
public sealed partial class ChaosTests(bool deaf)
{
    private const int LinesASecond = 20_000;
    private const int LinesAtOnce = 100;

    /// <summary>In a user namespace of its own there is not one instance of inotify to be had.</summary>
    private const string Deafening = "echo 0 > /proc/sys/user/max_inotify_instances";

    /// <summary>PACKUILON_CHAOS_SECONDS asks for more than these 40,000 lines a mode.</summary>
    private static readonly double Seconds = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_CHAOS_SECONDS") ?? "2",
        CultureInfo.InvariantCulture
    );

    /// <summary>Looks are a quarter of a second apart.</summary>
    private readonly TimeSpan _turn = TimeSpan.FromSeconds(deaf ? 0.6 : 0.25);

    /// <summary>A daemon that is told of a rotation writes on into the old file for so long.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(50);

    private TempFolder _folder = null!;
    private SafeFileHandle _file = null!;
    private bool _appends;
    private int _written;

    /// <summary>The last line that the copy has; negative without a copy.</summary>
    private int _copies;

    [SetUp]
    public void MakeFiles()
    {
        if (deaf && Shell.Run("unshare", "-Ur", "sh", "-c", Deafening) != 0)
            Assert.Ignore("may not make a user namespace here");
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("none.ini", "");
        _folder.Write("messages", "");
        (_appends, _written, _copies) = (true, 0, 0);
    }

    [TearDown]
    public void RemoveFiles()
    {
        _file?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public void Quiet() => AssertNothingLost(_ => { });

    [Test]
    public void RenamedAndCreated_WithALateDaemon() => AssertNothingLost(_ =>
    {
        _folder.Shift("messages");
        _folder.Write("messages", "");
    }, reopening: true);

    [Test]
    public void RenamedThreeTimesInARow() => AssertNothingLost(_ =>
    {
        for (var time = 0; time < 3; time++)
        {
            _folder.Shift("messages");
            Reopen();
            Write(1);
        }
    });

    [Test]
    public void DeletedAndMadeAgain() => AssertNothingLost(_ =>
    {
        _folder.Delete("messages");
        Reopen();
    });

    [Test]
    public void CopiedAndTruncated() => AssertNothingLost(CopyTruncate);

    [Test]
    public void CopiedAndTruncated_UnderAWriterThatLeavesAHole()
    {
        _appends = false;
        AssertNothingLost(CopyTruncate);
    }

    [Test]
    public void RewrittenFromItsBeginning_LosesOnlyWhatItSays()
    {
        var beginning = 0;
        using var events = Run(_ =>
        {
            var before = _written - beginning;
            beginning = _written;
            _folder.Truncate("messages");
            // A little more than there was, so that the size says nothing.
            Write(before + 10);
        });

        var told = Numbers(events);
        var lost = _written - told.Count;
        TestContext.Out.WriteLine($"{lost} lost");
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.Ordered.Ascending.And.Unique, "doubled or out of order");
            Assert.That(lost == 0 || events.Output.Any(line => line.Contains("missing", StringComparison.Ordinal)), "lost without a word");
        });
    }

    private void CopyTruncate(RunningProgram events)
    {
        // A second copy over the first would take what nobody has read, or what shows that everything was read.
        Assert.That(() => Truncations(events), Is.EqualTo(_copies).After(TestPatience.Milliseconds, 10));
        _copies++;
        _folder.Copy("messages", "messages.1");
        _folder.Truncate("messages");
    }

    private static int Truncations(RunningProgram events) =>
        events.Output.Count(line => line.Contains(": truncated, following", StringComparison.Ordinal));

    private void AssertNothingLost(Action<RunningProgram> rotate, bool reopening = false)
    {
        using var events = Run(rotate, reopening);
        var told = Numbers(events);
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.EqualTo(Enumerable.Range(0, _written)), "lost, doubled or out of order");
            Assert.That(events.Output.Where(line => line.Contains("missing", StringComparison.Ordinal)), Is.Empty);
        });
    }

    /// <summary>The numbers that were told; fails if one is mangled.</summary>
    private static List<int> Numbers(RunningProgram events)
    {
        var told = events
            .Output.Where(line => line.Contains("OS is :", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("OS is :", StringComparison.Ordinal) + 7)..])
            .ToList();
        Assert.That(told.Where(number => !number.EndsWith("-end", StringComparison.Ordinal)), Is.Empty, "mangled");
        return [.. told.Select(number => int.Parse(number[..^4], CultureInfo.InvariantCulture))];
    }

    /// <summary>Writes under the program for the time that is asked for, rotating every turn, until it has told the last line.</summary>
    /// <param name="reopening">The daemon reopens some time after each rotation, and writes on into the old file meanwhile.</param>
    private RunningProgram Run(Action<RunningProgram> rotate, bool reopening = false)
    {
        Reopen();
        string[] arguments =
        [
            "events",
            "--follow",
            "--messages",
            _folder["messages"],
            "--log-dir",
            _folder["log"],
            "--config",
            _folder["none.ini"],
            "--time-zone",
            "UTC",
            "--now",
            "2026-11-22T12:30:00Z",
        ];
        var events = deaf
            ? RunningProgram.Start(
                "unshare",
                ["-Ur", "sh", "-c", $"{Deafening}; exec '{RunningProgram.Monitor}' \"$@\"", "monitor", .. arguments]
            )
            : RunningProgram.Start(RunningProgram.Monitor, arguments);
        Write(1);
        events.WaitFor("OS is :0-");

        var (began, turns, reopenAt) = (Stopwatch.GetTimestamp(), 0, TimeSpan.MaxValue);
        for (var passed = TimeSpan.Zero; passed.TotalSeconds < Seconds; passed = Stopwatch.GetElapsedTime(began))
        {
            // Between two blocks the writer does something else, as daemons do.
            if (_written < passed.TotalSeconds * LinesASecond)
                Write(LinesAtOnce);
            else
                Thread.Yield();
            if (passed >= reopenAt)
            {
                Reopen();
                reopenAt = TimeSpan.MaxValue;
            }

            if (passed < _turn * (turns + 1) || reopenAt != TimeSpan.MaxValue)
                continue;
            turns++;
            rotate(events);
            reopenAt = reopening ? passed + Late : TimeSpan.MaxValue;
        }

        Reopen();
        Write(1);
        events.WaitFor($"OS is :{_written - 1}-");
        if (deaf)
            events.WaitFor("polled, not watched");
        TestContext.Out.WriteLine($"{_written} lines, {turns} rotations");
        return events;
    }

    private void Write(int lines)
    {
        var block = new StringBuilder();
        for (var line = 0; line < lines; line++)
            block.Append(CultureInfo.InvariantCulture, $"Nov 22 12:00:00 vm /rabbit2packer.py: OS is :{_written++}-end\n");
        var bytes = Encoding.ASCII.GetBytes(block.ToString());
        Assert.That((int)Write(_file, bytes, bytes.Length), Is.EqualTo(bytes.Length));
    }

    private void Reopen()
    {
        const int writing = 1, creating = 0x40, appending = 0x400, closingOnExec = 0x80000;
        // A writer that does not append goes on where it was only as long as its file is open.
        if (!_appends && _file is { IsClosed: false })
            return;
        _file?.Dispose();
        _file = new SafeFileHandle(
            Open(_folder["messages"], writing | creating | closingOnExec | (_appends ? appending : 0), 0b110_100_100),
            ownsHandle: true
        );
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle file, byte[] bytes, nint length);
}
