using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class TailFaultTests
{
    [TestCase(5, "unreadable: EIO")]
    [TestCase(116, "unreadable: ESTALE")]
    [TestCase(12, "unreadable: ENOMEM")]
    [TestCase(24, "unobserved: no file descriptor is free (EMFILE)")]
    public void ReadError_IsShownAndRetriedWithBackOffAtTheSameOffset(int errno, string text)
    {
        var (failing, reads) = (false, 0);
        int Read(SafeFileHandle file, Span<byte> into, long offset)
        {
            reads++;
            return failing ? throw new IOException("injected", errno) : RandomAccess.Read(file, into, offset);
        }

        using var tail = new Following(new TailOptions { Read = Read });
        tail.Append("1\n").Poll();
        failing = true;
        tail.Append("2\n").Poll();
        Assert.That(tail.Reader.Health, Has.Property("State").EqualTo(SourceState.Unreadable).And.Property("Text").EqualTo(text));
        Assert.That(tail.Reader.OpenFiles, Is.Zero);

        reads = 0;
        for (var i = 0; i < 600; i++)
            tail.Poll(0.1);
        Assert.That(reads, Is.InRange(5, 10), "waits 1, 2, 4, 8, 16, 30 s");
        Assert.That(tail.States.Count(state => state == SourceState.Unreadable), Is.EqualTo(1), "told once");

        failing = false;
        tail.Poll(31);
        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.Reader.Health.State, Is.EqualTo(SourceState.Following));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void ReadError_RotatedMeanwhile_GoesOnInTheRotatedFile()
    {
        var failing = false;
        using var tail = new Following(new TailOptions
        {
            Read = (file, into, offset) => failing ? throw new IOException("injected", 5) : RandomAccess.Read(file, into, offset),
        });
        tail.Append("1\n").Poll();
        failing = true;
        tail.Append("2\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("3\n");
        failing = false;
        tail.Poll(31).Poll(31);

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void ReadError_FileDeletedMeanwhile_IsAGap()
    {
        var failing = false;
        using var tail = new Following(new TailOptions
        {
            Read = (file, into, offset) => failing ? throw new IOException("injected", 5) : RandomAccess.Read(file, into, offset),
        });
        tail.Append("1\n").Poll();
        failing = true;
        tail.Append("2\n").Poll();
        tail.Folder.Delete("messages");
        failing = false;
        tail.Poll(31);

        Assert.That(tail.Gaps.Single().Why, Is.EqualTo("a file went away before it could be read again"));
    }

    [Test]
    public void RealReadError_IsAStateNotAnException()
    {
        using var tail = new Following();
        File.CreateSymbolicLink(tail.Folder["messages"], "/proc/self/mem");
        tail.Poll();
        Assert.That(tail.Lines, Is.Empty);

        tail.Folder.Delete("messages");
        tail.Append("1\n").Poll().Poll(31);
        Assert.That(tail.Text, Is.EqualTo("1"));
    }

    [Test]
    public void Directory_AtThePath_IsUnreadable()
    {
        using var tail = new Following();
        Directory.CreateDirectory(tail.Folder["messages"]);

        Assert.That(tail.Poll().Reader.Health.Text, Is.EqualTo("not a file but a directory"));
    }

    [Test]
    public void Fifo_AtThePath_IsRefusedWithoutWaiting()
    {
        using var tail = new Following();
        Shell.Run("mkfifo", tail.Folder["messages"]);

        Assert.That(tail.Poll().Reader.Health.Text, Is.EqualTo("not a file but a FIFO"));
    }

    [Test]
    public void PermissionTakenWhileOpen_GoesOn()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        Shell.Run("chmod", "000", tail.Folder["messages"]);
        tail.Poll();
        Shell.Run("chmod", "600", tail.Folder["messages"]);

        Assert.That(tail.Append("2\n").Poll().Text, Is.EqualTo("1 2"));
    }

    [Test]
    public void PermissionDenied_SaysAsWhomAndWhichModeAndRecovers()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("root may read every file; run the tests as another user to see this one");

        using var tail = new Following();
        tail.Append("1\n");
        Shell.Run("chmod", "000", tail.Folder["messages"]);
        tail.Poll();
        Assert.That(tail.Reader.Health.Text, Does.Match(@"^not readable: as uid \d+, file mode 0000, owner \d+:\d+$"));

        Shell.Run("chmod", "600", tail.Folder["messages"]);
        Assert.That(tail.Poll().Text, Is.EqualTo("1"));
    }

    [Test]
    public void Opening_TakesNoLock()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();

        Assert.That(Shell.Run("flock", "--nonblock", "--exclusive", tail.Folder["messages"], "true"), Is.Zero);
    }

    [Test]
    public void FileNamedTwice_IsReadOnce()
    {
        using var folder = new Support.TempFolder();
        var once = new ReadOnce();
        using var live = new Following(folder: folder, once: once);
        using var rotated = new Following(name: "messages.1", folder: folder, once: once);
        folder.Append("messages", "2\n");
        folder.Append("messages.1", "1\n");
        rotated.Poll();
        live.Poll();
        folder.Shift("messages");
        folder.Append("messages", "3\n");
        live.Poll();
        rotated.Poll();

        Assert.That(rotated.Text, Is.EqualTo("1"));
        Assert.That(live.Text, Is.EqualTo("2 3"));
        Assert.That(rotated.Reader.Health.Text, Is.EqualTo($"read as {live.Reader.Source}"));
    }

    [TestCase("1\n2\nha", "lf\n3\n", "half 3")]
    [TestCase("1\n2\n", "3\n", "3")]
    [TestCase("", "1\n", "1")]
    public void StartAtEnd_ReadsOnlyNewLinesAndNoHalfOnes(string before, string after, string lines)
    {
        using var tail = new Following(new TailOptions { Start = StartAt.End });
        tail.Append(before).Poll().Append(after).Poll();

        Assert.That(tail.Text, Is.EqualTo(lines));
    }

    [Test]
    public void StartAtOffset_BeginsThere()
    {
        using var tail = new Following(new TailOptions { Start = StartAt.Offset(2) });
        Assert.That(tail.Append("1\n2\n").Poll().Text, Is.EqualTo("2"));
    }

    [Test]
    public void Turn_ReadsItsShareAndSaysThatThereIsMore()
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages", new string('x', 999) + "\n" + new string('y', 999) + "\n");
        using var reader = new TailReader(folder["messages"], new TailOptions { BytesPerTurn = 1000 });
        var first = reader.Poll(default);
        Assert.That(first.OfType<LineRead>().Count(), Is.EqualTo(1));
        Assert.That(reader.HasMore, Is.True);

        var second = reader.Poll(default);
        Assert.That(second.OfType<LineRead>().Count(), Is.EqualTo(1));
        Assert.That(reader.HasMore, Is.False);
    }

    [Test]
    public void Unfinished_IsShownAndNoEvent()
    {
        using var tail = new Following();
        tail.Append("1\nhal").Poll();
        Assert.That((tail.Text, tail.Reader.Unfinished), Is.EqualTo(("1", "hal")));

        tail.Append("f\n").Poll();
        Assert.That((tail.Text, tail.Reader.Unfinished), Is.EqualTo(("1 half", "")));
    }

    [Test]
    public void Identity_ReportsAReusedInodeByItsBirth()
    {
        using var folder = new Support.TempFolder();
        folder.Append("a", "1");
        var first = StatResult.At(folder["a"]).Status.Identity;
        folder.Move("a", "b");
        folder.Append("a", "2");

        Assert.That(StatResult.At(folder["b"]).Status.Identity, Is.EqualTo(first));
        Assert.That(StatResult.At(folder["a"]).Status.Identity, Is.Not.EqualTo(first));
        Assert.That(first.Born, Is.Not.Zero);
    }
}
