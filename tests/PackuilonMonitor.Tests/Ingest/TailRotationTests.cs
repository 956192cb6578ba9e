using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class TailRotationTests
{
    /// <summary>A file system that gives no file the inode of another, and may know no time of birth.</summary>
    private const string MemoryFiles = "/dev/shm";

    [TestCase(0)]
    [TestCase(0.05)]
    [TestCase(2)]
    public void Rename_WriterReopensLate_LosesNothing(double late)
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();

        tail.Folder.Shift("messages");
        tail.Append("").Poll(late / 2);
        tail.Append("2\n", "messages.1").Poll(late / 2);
        tail.Append("3\n", "messages.1").Append("4\n").Poll().Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
        Assert.That(tail.Events.OfType<SourceRotated>().Single().How, Is.EqualTo(Rotation.Replaced));
    }

    [Test]
    public void Rename_LinesBehindTheLastLook_ComeBeforeTheNewFile()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n");
        tail.Folder.Shift("messages");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
    }

    [Test]
    public void Rename_LineWrittenToTheOldFileWhileTheNewOneIsMeasured_ComesAtTheNextLook()
    {
        Support.TempFolder? folder = null;
        using var tail = new Following(
            new TailOptions
            {
                Hook = step =>
                {
                    if (step == TailStep.Measured && folder is not null)
                        folder.Append("messages.1", "late\n");
                },
            }
        );
        tail.Append("1\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("");
        folder = tail.Folder;
        tail.Poll();
        folder = null;
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 late 3"));
    }

    [Test]
    public void Rename_OldFileSilent_IsClosedAfterFiveSeconds()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Reader.OpenFiles, Is.EqualTo(2));
        Assert.That(tail.Poll(4).Reader.OpenFiles, Is.EqualTo(2));
        Assert.That(tail.Poll(1.1).Reader.OpenFiles, Is.EqualTo(1));
    }

    [Test]
    public void Rename_WriterNeverReopens_StaysWithTheOldFile()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("").Poll().Poll(600).Append("2\n", "messages.1").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
    }

    [Test]
    public void Rename_LateLinesAfterTheFileWasClosed_ComeWithTheNextRotation()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("2\n").Poll().Poll(6).Append("late\n", "messages.1").Poll();
        tail.Folder.Shift("messages");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 late 3"));
    }

    [Test]
    public void Rename_HalfALineLeft_IsKeptSixtySecondsThenEnds()
    {
        using var tail = new Following();
        tail.Append("1\nhal").Poll();
        tail.Folder.Shift("messages");
        tail.Append("2\n").Poll().Poll(30);
        Assert.That(tail.Text, Is.EqualTo("1 2"));

        tail.Append("f\n", "messages.1").Poll();
        Assert.That(tail.Text, Is.EqualTo("1 2 half"));

        tail.Append("end", "messages.1").Poll().Poll(61);
        Assert.That(tail.Text, Is.EqualTo("1 2 half end"));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(9)]
    public void Burst_SeveralRenamesBetweenTwoLooks_ReadsEachFileOnce(int renames)
    {
        using var tail = new Following();
        tail.Append("0\n").Poll();
        for (var i = 1; i <= renames; i++)
        {
            tail.Folder.Shift("messages");
            tail.Append($"{i}\n");
        }

        tail.Poll().Poll();

        Assert.That(tail.Lines, Is.EqualTo(Enumerable.Range(0, renames + 1).Select(i => $"{i}")));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Burst_RenamedAgainWhileTheSiblingsAreListed_LosesNothing()
    {
        var turns = 0;
        Support.TempFolder? folder = null;
        using var tail = new Following(new TailOptions
        {
            Hook = step =>
            {
                if (folder is null || step != TailStep.Listed || turns++ >= 3)
                    return;
                folder.Shift("messages");
                folder.Append("messages", $"in {turns}\n");
            },
        });
        tail.Append("0\n").Poll();
        folder = tail.Folder;
        folder.Shift("messages");
        tail.Append("1\n").Poll().Poll().Poll().Poll();

        Assert.That(tail.Text, Is.EqualTo("0 1 in 1 in 2 in 3"));
    }

    [Test]
    public void DatedSiblings_SeveralRenames_AreReadInOrder()
    {
        using var tail = new Following();
        tail.Append("0\n").Poll();
        tail.Folder.Move("messages", "messages-20261120");
        tail.Append("1\n");
        tail.Folder.Move("messages", "messages-20261121");
        tail.Append("2\n");
        tail.Folder.Move("messages", "messages-20261122");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("0 1 2 3"));
    }

    [Test]
    public void CompressedWhileOpen_TheOldFileIsReadToItsEnd()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n");
        tail.Folder.Move("messages", "messages.1");
        File.WriteAllBytes(tail.Folder["messages.1.gz"], [0x1f, 0x8b]);
        tail.Folder.Delete("messages.1");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
    }

    [Test]
    public void Deleted_AndRecreated_DrainsTheOldAndLetsItGo()
    {
        using var tail = new Following();
        using var writer = new FileStream(
            tail.Folder["messages"],
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete,
            1
        );
        writer.Write("1\n"u8);
        tail.Poll();
        tail.Folder.Delete("messages");
        writer.Write("2\n"u8);
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Poll(6).Reader.OpenFiles, Is.EqualTo(1));
    }

    [Test]
    public void Deleted_NotRecreated_IsMissingAndItsDescriptorClosed()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Delete("messages");
        tail.Poll();
        Assert.That(tail.Reader.Health.State, Is.EqualTo(SourceState.Following), "a blink is no news");

        tail.Poll().Poll(6);
        Assert.That(tail.Reader.Health, Has.Property("State").EqualTo(SourceState.Missing).And.Property("Text").EqualTo("missing"));
        Assert.That(tail.Reader.OpenFiles, Is.Zero);

        tail.Append("2\n").Poll();
        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.States, Is.EqualTo(new[] { SourceState.Following, SourceState.Missing, SourceState.Following }));
    }

    [Test]
    public void CopiedAndRemoved_EachLineOnce(
        [Values(null, MemoryFiles)] string? fileSystem,
        [Values(0, 1, 10)] double absent,
        [Values] bool hasUnread
    )
    {
        using var folder = Beneath(fileSystem);
        using var tail = new Following(folder: folder);
        var expected = new List<string>();
        for (var turn = 1; turn <= 4; turn++)
        {
            tail.Append($"read {turn}\n").Poll();
            expected.Add($"read {turn}");
            if (hasUnread)
            {
                tail.Append($"unread {turn}\n");
                expected.Add($"unread {turn}");
            }

            for (var older = turn - 1; older > 0; older--)
                tail.Folder.Move($"messages.{older}", $"messages.{older + 1}");
            tail.Folder.Copy("messages", "messages.1");
            tail.Folder.Delete("messages");
            for (var second = 0; second < absent; second++)
                tail.Poll();
        }

        tail.Append("new\n").Poll();

        Assert.That(tail.Lines, Is.EqualTo(expected.Append("new")));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void CopiedAndRemoved_LineOfTheOldWriterBehindTheCopy_ComesOnce()
    {
        using var tail = new Following();
        using (var writer = new FileStream(
            tail.Folder["messages"],
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete,
            1
        ))
        {
            writer.Write("1\n"u8);
            tail.Poll();
            tail.Folder.Copy("messages", "messages.1");
            tail.Folder.Delete("messages");
            writer.Write("late\n"u8);
            for (var second = 0; second < 10; second++)
                tail.Poll();
        }

        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 late 2"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [TestCase(null)]
    [TestCase(MemoryFiles)]
    public void DeletedAndRecreated_TwoHundredTimes_EachIsNew(string? fileSystem)
    {
        using var folder = Beneath(fileSystem);
        using var tail = new Following(folder: folder);
        for (var i = 0; i < 200; i++)
        {
            tail.Append($"{i}\n").Poll(10);
            tail.Folder.Delete("messages");
        }

        Assert.That(tail.Lines, Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"{i}")));
    }

    [TestCase(null)]
    [TestCase(MemoryFiles)]
    public void InodeReused_AfterTheFileWasClosed_IsReadFromItsBeginning(string? fileSystem)
    {
        using var folder = Beneath(fileSystem);
        using var tail = new Following(folder: folder);
        for (var i = 0; i < 50; i++)
        {
            tail.Append($"line {i}\n").Poll();
            tail.Folder.Delete("messages");
            tail.Poll(2).Poll(10);
            Assert.That(tail.Reader.OpenFiles, Is.Zero);
        }

        Assert.That(tail.Lines, Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"line {i}")));
    }

    [Test]
    public void MovedAwayAndBack_GoesOnWhereItStood()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Move("messages", "aside");
        tail.Poll(2).Poll(20).Append("2\n", "aside").Poll();
        tail.Folder.Move("aside", "messages");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Events.OfType<SourceRotated>(), Is.Empty, "it is the same file");
    }

    [Test]
    public void LinkSwapped_FollowsTheNewTarget()
    {
        using var tail = new Following();
        tail.Append("1\n", "a").Append("2\n", "b");
        File.CreateSymbolicLink(tail.Folder["messages"], tail.Folder["a"]);
        tail.Poll().Append("late\n", "a");
        tail.Folder.Delete("messages");
        File.CreateSymbolicLink(tail.Folder["messages"], tail.Folder["b"]);
        tail.Poll();

        Assert.That(tail.Text, Is.EqualTo("1 late 2"));
    }

    /// <summary>What came between two looks and cannot be opened is told, each file once, however often the source rotates.</summary>
    [Test]
    public void Burst_WithSiblingsThatCannotBeOpened_TellsEachOnce()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Move("messages", "messages.3");
        foreach (var name in new[] { "messages.1", "messages.2" })
            File.CreateSymbolicLink(tail.Folder[name], tail.Folder[name]);
        tail.Append("2\n").Poll();
        tail.Folder.Delete("messages");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(
            tail.Gaps.Select(gap => gap.Why.Split(':')[0]),
            Is.EqualTo(new[] { tail.Folder["messages.2"], tail.Folder["messages.1"] })
        );
    }

    [Test]
    public void LinkInACircle_IsUnreadableAndRecovers()
    {
        using var tail = new Following();
        File.CreateSymbolicLink(tail.Folder["messages"], tail.Folder["messages"]);
        tail.Poll();
        Assert.That(tail.Reader.Health.Text, Does.StartWith("unreadable: ELOOP"));

        tail.Folder.Delete("messages");
        tail.Append("1\n").Poll();
        Assert.That(tail.Text, Is.EqualTo("1"));
        Assert.That(tail.Reader.Health.State, Is.EqualTo(SourceState.Following));
    }

    [Test]
    public void LinkedFile_RotatedBesideItsTarget_LosesNothing()
    {
        using var tail = new Following();
        Directory.CreateDirectory(tail.Folder["real"]);
        tail.Append("1\n", "real/messages");
        File.CreateSymbolicLink(tail.Folder["messages"], tail.Folder["real/messages"]);
        tail.Poll();
        for (var i = 2; i < 5; i++)
        {
            tail.Folder.Shift("real/messages");
            tail.Append($"{i}\n", "real/messages");
        }

        Assert.That(tail.Poll().Text, Is.EqualTo("1 2 3 4"));
    }

    [Test]
    public void DirectoryVanishes_AndReturns_IsFollowedAgain()
    {
        using var tail = new Following(name: "d/messages");
        Directory.CreateDirectory(tail.Folder["d"]);
        tail.Append("1\n", "d/messages").Poll();
        Directory.Delete(tail.Folder["d"], recursive: true);
        tail.Poll().Poll();
        Assert.That(tail.Reader.Health.State, Is.EqualTo(SourceState.Missing));

        Directory.CreateDirectory(tail.Folder["d"]);
        tail.Append("2\n", "d/messages").Poll();
        Assert.That(tail.Text, Is.EqualTo("1 2"));
    }

    [Test]
    public void MissingAtStart_IsWaitedForWithOneMessage()
    {
        using var tail = new Following();
        tail.Poll().Poll().Poll();
        Assert.That(tail.Events, Has.Count.EqualTo(1));
        Assert.That(tail.Reader.Health.Text, Is.EqualTo("waiting for file"));

        tail.Append("1\n").Poll();
        Assert.That(tail.Text, Is.EqualTo("1"));
        Assert.That(tail.States, Is.EqualTo(new[] { SourceState.Waiting, SourceState.Following }));
    }

    private static TempFolder Beneath(string? fileSystem)
    {
        if (fileSystem is not null && !Directory.Exists(fileSystem))
            Assert.Ignore($"there is no {fileSystem} here");
        return new TempFolder(fileSystem);
    }
}
