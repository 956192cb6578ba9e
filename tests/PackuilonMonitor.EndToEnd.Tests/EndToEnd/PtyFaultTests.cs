using System.Globalization;
using System.Text;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard on a terminal that nobody reads, or that is gone.</summary>
[NonParallelizable]
public sealed class PtyFaultTests
{
    private const int Terminate = 15;
    private const int WindowChanged = 28;
    private const int LinesASecond = 100_000;

    /// <summary>PACKUILON_STALL_SECONDS asks for more.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("PACKUILON_STALL_SECONDS") ?? "6", CultureInfo.InvariantCulture)
    );

    private TempFolder _folder = null!;
    private long _written;

    private string Arguments =>
        $"--messages '{_folder["messages"]}' --log-dir '{_folder["log"]}' "
        + $"--config '{_folder["none.ini"]}' --time-zone UTC --now 2026-11-22T12:30:00Z --no-history";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("none.ini", "");
        _folder.Write("messages", "Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing first-image\n");
        _written = 0;
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Unread_UnderAFloodOfLines_KeepsItsMemoryAndShowsTheNewestAfterwards()
    {
        using var program = new PtyProgram(Arguments, _folder.Path);
        program.ReadUntil("first-image");
        program.While(Stalled / 3, passed => Flood(program, passed));
        var before = program.Resident();

        program.While(Stalled, passed => Flood(program, Stalled / 3 + passed));
        var after = program.Resident();
        _folder.Append("messages", "Nov 22 12:00:03 factory /rabbit2packer.py: Thread-1 processing last-image\n");

        var held = program.ReadUntil("last-image").Length;
        TestContext.Out.WriteLine(
            $"{_written} lines, {before:0} MB after a quarter, {after:0} MB at the end, {held} characters before the newest picture"
        );
        program.Type("?");
        program.ReadUntil("HELP");
        // What the terminal itself holds, and no queue of old pictures behind it.
        Assert.That(held, Is.LessThan(40_000), "characters");
        Assert.That(after - before, Is.LessThan(25), "megabytes");
        Assert.That(program.End(() => program.Type("qq")).Code, Is.Zero);
    }

    [Test]
    public void Unread_UnderAFloodOfLines_EndsByTermAtOnce()
    {
        using var program = new PtyProgram(Arguments, _folder.Path);
        program.ReadUntil("first-image");
        program.While(Stalled / 3, passed => Flood(program, passed));

        var (took, _, code) = program.End(() => program.Signal(Terminate));
        TestContext.Out.WriteLine($"ended after {took.TotalMilliseconds:0} ms");
        Assert.That((code, took <= TimeSpan.FromMilliseconds(500)), Is.EqualTo((143, true)), $"{took}");
    }

    [TestCase(false, 129)]
    [TestCase(true, 129)]
    public void Gone_EndsWithinASecondWithoutSpinning(bool ignoringHangUp, int code)
    {
        using var program = new PtyProgram(Arguments, _folder.Path, ignoringHangUp);
        program.ReadUntil("first-image");

        var (took, computed, ended) = program.End(program.HangUp);
        TestContext.Out.WriteLine($"ended with {ended} after {took.TotalMilliseconds:0} ms, {computed.TotalMilliseconds:0} ms of CPU");
        Assert.That(
            (ended, took < TimeSpan.FromSeconds(1), computed < TimeSpan.FromSeconds(0.5)),
            Is.EqualTo((code, true, true)),
            $"{took}, {computed}"
        );
    }

    /// <summary>
    /// As many lines as belong to the time that has passed, one in fifty ours, as in a busy system log; and again and again a whole picture
    /// is asked for, so that the terminal is soon full.
    /// </summary>
    private void Flood(PtyProgram program, TimeSpan passed)
    {
        program.Signal(WindowChanged);
        var lines = new StringBuilder();
        for (var due = (long)(passed.TotalSeconds * LinesASecond); _written < due; _written++)
            lines.Append(
                CultureInfo.InvariantCulture,
                $"Nov 22 12:00:02 factory "
                + $"{(_written % 50 == 0 ? "/rabbit2packer.py: OS is :" : "sshd[77]: Accepted publickey for root, number ")}{_written}\n"
            );
        _folder.Append("messages", lines.ToString());
    }
}
