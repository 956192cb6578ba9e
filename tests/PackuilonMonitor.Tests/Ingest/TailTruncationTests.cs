using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class TailTruncationTests
{
    private static string Block(char letter, int lines) => string.Concat(Enumerable.Range(0, lines).Select(i => $"{letter}{i:D4}\n"));

    [Test]
    public void CopyTruncate_RestBehindTheLastLook_ComesFromTheCopy()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n3\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        tail.Append("4\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
        Assert.That(tail.Events.OfType<SourceRotated>().Single().How, Is.EqualTo(Rotation.Truncated));
    }

    [Test]
    public void CopyTruncate_DatedCopy_IsFound()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n");
        tail.Folder.Copy("messages", "messages-20261122");
        tail.Folder.Truncate("messages");

        Assert.That(tail.Append("3\n").Poll().Text, Is.EqualTo("1 2 3"));
    }

    [Test]
    public void CopyTruncate_LookedAtBetweenCopyAndTruncate_DoublesNothing()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Poll().Append("3\n").Poll();
        tail.Folder.Truncate("messages");
        tail.Append("4\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void CopyTruncate_WithinOneStepOfTheFileSystemsClock_LosesNothing()
    {
        using var tail = new Following();
        tail.Append("");
        var step = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(tail.Folder["messages"], step);
        tail.Poll().Append("1\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        File.SetLastWriteTimeUtc(tail.Folder["messages"], step);

        Assert.That(tail.Poll().Text, Is.EqualTo("1"));
    }

    /// <summary>Also once its emptiness was looked at twice: its size tells that it changed.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public void CopyTruncate_AndFilledWithinOneStepOfTheFileSystemsClock_LosesNothing(int looks)
    {
        using var tail = new Following();
        tail.Append("");
        var step = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(tail.Folder["messages"], step);
        for (var look = 0; look < looks; look++)
            tail.Poll();
        tail.Append("1\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        tail.Append("2\n");
        File.SetLastWriteTimeUtc(tail.Folder["messages"], step);

        Assert.That(tail.Poll().Text, Is.EqualTo("1 2"));
    }

    /// <summary>The second copy begins as the first one, and the file system's clock stands still.</summary>
    [Test]
    public void CopyTruncate_SameCopyOverwrittenWithMoreInOneStepOfTheFileSystemsClock_LosesNothing()
    {
        using var tail = new Following();
        foreach (var rest in new[] { "2\n", "2\n3\n", "2\n3\n4\n" })
        {
            tail.Append("1\n").Poll().Append(rest);
            tail.Folder.Copy("messages", "messages.1");
            File.SetLastWriteTimeUtc(tail.Folder["messages.1"], new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc));
            tail.Folder.Truncate("messages");
            tail.Poll();
        }

        Assert.That(tail.Text, Is.EqualTo("1 2 1 2 3 1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void CopyTruncate_WhileADeletedEmptyFileIsHeld_DoublesNothing()
    {
        using var tail = new Following();
        tail.Append("").Poll();
        File.SetLastWriteTimeUtc(tail.Folder["messages"], new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc));
        tail.Folder.Delete("messages");
        tail.Append("1\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Poll();
        tail.Folder.Truncate("messages");

        Assert.That(tail.Poll().Text, Is.EqualTo("1"));
    }

    [Test]
    public void Empty_AndLeftAlone_ItsSiblingsAreSearchedOnceMore()
    {
        var lists = 0;
        using var tail = new Following(new TailOptions { Hook = step => lists += step == TailStep.Listed ? 1 : 0 });
        tail.Append("").Poll();
        var atFirst = lists;
        for (var look = 0; look < 10; look++)
            tail.Poll();

        Assert.That(lists - atFirst, Is.EqualTo(1));
    }

    [Test]
    public void CopyTruncate_NothingReadYet_ComesFromTheCopyOnce()
    {
        using var tail = new Following();
        tail.Append("").Poll().Append("1\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        tail.Poll().Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
    }

    [Test]
    public void CopyTruncate_NothingReadYetAndTruncateStillToCome_DoublesNothing()
    {
        using var tail = new Following();
        tail.Append("").Poll().Append("1\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Poll();
        tail.Folder.Truncate("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
    }

    [Test]
    public void CopyTruncate_SameCopyOverwrittenEachTime_LosesAndDoublesNothing()
    {
        using var tail = new Following();
        for (var i = 0; i < 20; i++)
        {
            tail.Append($"{i} a\n").Poll().Append($"{i} b\n");
            tail.Folder.Copy("messages", "messages.1");
            tail.Folder.Truncate("messages");
            if (i % 3 == 0)
                tail.Poll();
        }

        tail.Poll();
        Assert.That(tail.Lines, Is.EqualTo(Enumerable.Range(0, 20).SelectMany(i => new[] { $"{i} a", $"{i} b" })));
    }

    /// <summary>Nothing was read of the log itself: the copy alone says what is new in it.</summary>
    [TestCase("2\n3\n4\n", "1 2 3 4", Description = "longer than before")]
    [TestCase("2\n", "1 2", Description = "as long as before")]
    [TestCase("", "1", Description = "shorter")]
    public void CopyTruncate_SameCopyOverwrittenBeforeAnythingWasRead_IsReadFromItsBeginning(string second, string text)
    {
        using var tail = new Following();
        tail.Append("").Poll();
        foreach (var part in new[] { "1\n", second })
        {
            tail.Append(part);
            tail.Folder.Copy("messages", "messages.1");
            tail.Folder.Truncate("messages");
            tail.Poll().Poll();
        }

        Assert.That(tail.Text, Is.EqualTo(text));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Truncated_AnotherLogStillOpenBeginsAlike_IsNotTreatedAsItsCopy()
    {
        using var tail = new Following();
        tail.Append("half of one\n").Poll();
        tail.Folder.Shift("messages");
        tail.Append("hal").Poll();
        tail.Folder.Truncate("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("half of one 2"));
    }

    [Test]
    public void CopyTruncate_TwiceBetweenTwoLooks_ReadsBothCopies()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll().Append("2\n");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        tail.Append("3\n");
        tail.Folder.Move("messages.1", "messages.2");
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");

        Assert.That(tail.Append("4\n").Poll().Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void CopyTruncate_WriterDoesNotAppend_SkipsTheHole()
    {
        using var tail = new Following();
        using var writer = new FileStream(
            tail.Folder["messages"],
            FileMode.Create,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete,
            1
        );
        writer.Write("1\n"u8);
        writer.Seek(10L * 1024 * 1024 * 1024, SeekOrigin.Begin);
        tail.Poll();
        tail.Folder.Copy("messages", "messages.1");
        tail.Folder.Truncate("messages");
        writer.Write("2\n"u8);
        var work = Support.Work.Of(() => tail.Poll());

        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.Events.OfType<ChunkRead>().Sum(chunk => chunk.Nuls), Is.EqualTo(10L * 1024 * 1024 * 1024));
        Assert.That(work.BytesRead, Is.LessThan(1 << 20), "the hole is skipped, not read");
    }

    [Test]
    public void Truncated_NoCopy_SaysThatLinesMayBeMissing()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Truncate("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.Gaps.Single().Bytes, Is.Zero);
        Assert.That(tail.Reader.Health.GapText, Is.EqualTo("lines may be missing: truncated, and no copy holds what was not read"));
    }

    [Test]
    public void Truncated_InsideALine_CountsItsBytesAndMixesNothing()
    {
        using var tail = new Following();
        tail.Append("1\nhalf").Poll();
        tail.Folder.Truncate("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.Gaps.Single().Bytes, Is.EqualTo(4));
        Assert.That(tail.Reader.Health.GapText, Does.StartWith("4 bytes missing"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300)]
    public void BuildLog_TruncatedSmaller_Restarts(int length)
    {
        using var tail = new Following(Following.BuildLog);
        tail.Append(Block('a', 100)).Poll().Events.Clear();
        tail.Folder.Truncate("messages", length);
        tail.Poll();

        Assert.That(tail.Events.OfType<SourceRestarted>().Single().Generation, Is.EqualTo(1));
        Assert.That(tail.Reader.Health.Generation, Is.EqualTo(1));
    }

    [TestCase(10)]
    [TestCase(100)]
    [TestCase(101)]
    [TestCase(5000)]
    public void BuildLog_RewrittenToAnySize_Restarts(int lines)
    {
        using var tail = new Following(Following.BuildLog);
        tail.Append(Block('a', 100)).Poll();
        tail.Folder.Rewrite("messages", Block('b', lines));
        tail.Poll();

        Assert.That(tail.Events.OfType<SourceRestarted>().Count(), Is.EqualTo(1));
        Assert.That(tail.Lines, Is.EqualTo((Block('a', 100) + Block('b', lines)).TrimEnd().Split('\n')));
    }

    [Test]
    public void BuildLog_RewrittenWithTheSameEnd_IsRecognisedByItsBeginning()
    {
        using var tail = new Following(Following.BuildLog);
        var end = Block('x', 100);
        tail.Append(Block('a', 10) + end).Poll();
        tail.Folder.Rewrite("messages", Block('b', 10) + end);
        tail.Poll();

        Assert.That(tail.Events.OfType<SourceRestarted>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void BuildLog_RewrittenWithTheSameBeginning_IsRecognisedByWhatStoodBeforeTheOffset()
    {
        using var tail = new Following(Following.BuildLog);
        var beginning = Block('x', 400);
        tail.Append(beginning + Block('a', 100)).Poll();
        tail.Folder.Rewrite("messages", beginning + Block('b', 200));
        tail.Poll();

        Assert.That(tail.Events.OfType<SourceRestarted>().Count(), Is.EqualTo(1));
        Assert.That(tail.Lines.Count(line => line.StartsWith('b')), Is.EqualTo(200));
    }

    [Test]
    public void BuildLog_RewrittenWhileItIsRead_RestartsWithoutMixingLines()
    {
        var done = false;
        Support.TempFolder? folder = null;
        using var tail = new Following(Following.BuildLog with
        {
            Hook = step =>
            {
                if (step == TailStep.Measured && folder is not null && !done)
                {
                    done = true;
                    folder.Rewrite("messages", Block('b', 400));
                }
            },
        });
        tail.Append(Block('a', 100)).Poll().Append(Block('a', 100));
        folder = tail.Folder;
        tail.Poll();

        Assert.That(tail.Lines, Is.EqualTo((Block('a', 100) + Block('b', 400)).TrimEnd().Split('\n')));
    }

    [Test]
    public void BuildLog_TwoWritersWithTheirOwnOffsets_NeverThrows()
    {
        using var tail = new Following(Following.BuildLog);
        using var one = new FileStream(tail.Folder["messages"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 1);
        one.Write("one starts\none goes on\n"u8);
        tail.Poll();
        using var two = new FileStream(tail.Folder["messages"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 1);
        two.Write("two\n"u8);
        one.Write("one ends\n"u8);
        tail.Poll();

        Assert.That(tail.Text, Is.EqualTo("one starts one goes on two one ends"));
        Assert.That(tail.Events.OfType<ChunkRead>().Sum(chunk => chunk.Nuls), Is.GreaterThan(0));
        Assert.That(tail.Reader.Health.Generation, Is.EqualTo(1));
    }

    [Test]
    public void BuildLog_Rested_ReadsOnWhenItGrows()
    {
        using var tail = new Following(Following.BuildLog);
        tail.Append("1\n").Poll();
        tail.Reader.Rest();
        Assert.That(tail.Poll().Reader.OpenFiles, Is.Zero);

        Assert.That(tail.Append("2\n").Poll().Text, Is.EqualTo("1 2"));
        tail.Reader.Rest();
        tail.Folder.Rewrite("messages", "3\n4\n");
        Assert.That(tail.Poll().Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    /// <summary>Either its size or its time shows that a file which was closed has changed.</summary>
    [TestCase("1\n2\n", 0, "1 2")]
    [TestCase("3\n", 1, "1 3")]
    public void BuildLog_Rested_ReadsOnByItsSizeOrItsTime(string content, int later, string text)
    {
        using var tail = new Following(Following.BuildLog);
        var time = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        tail.Append("1\n");
        File.SetLastWriteTimeUtc(tail.Folder["messages"], time);
        tail.Poll().Reader.Rest();
        tail.Folder.Rewrite("messages", content);
        File.SetLastWriteTimeUtc(tail.Folder["messages"], time.AddSeconds(later));

        Assert.That(tail.Poll().Text, Is.EqualTo(text));
    }
}
