using System.IO.Compression;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Files that were rotated away and compressed between two polls, as while the program was suspended for days.</summary>
public sealed class TailPackedRotationTests
{
    [TestCase("messages.3.gz", "messages.2.gz", "messages.1.gz")]
    [TestCase("messages.3.gz", "messages.2.gz", "messages.1")]
    [TestCase("messages-20261120.gz", "messages-20261121.gz", "messages-20261122")]
    [TestCase("messages-20261120", "messages-20261121.gz", "messages-20261122")]
    public void Rotated_AndCompressedBeforeAnyLook_IsRead(string last, string unseen, string newest)
    {
        using var tail = new Following();
        Pack(tail, "messages.4.gz", "history\n");
        tail.Append("1\n").Poll().Append("2\n");
        Keep(tail, last);
        tail.Append("3\n");
        Keep(tail, unseen);
        tail.Append("4\n");
        Keep(tail, newest);
        tail.Append("5\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4 5"));
        Assert.That(tail.Gaps, Is.Empty);
        Assert.That(tail.Poll(6).Reader.OpenFiles, Is.EqualTo(1));
    }

    [Test]
    public void Compressed_OnceClosed_IsNotReadAgain()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        Keep(tail, "messages.2");
        tail.Append("2\n").Poll().Poll(6);
        Keep(tail, "messages.2.gz", from: "messages.2");
        Keep(tail, "messages.1.gz");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Filled_SinceTheLookThatFoundItEmpty_IsKnownByItsPresentContent()
    {
        using var tail = new Following();
        Pack(tail, "messages.3.gz", "history\n");
        tail.Append("").Poll().Append("1\n");
        Keep(tail, "messages.2.gz");
        tail.Append("2\n");
        Keep(tail, "messages.1.gz");
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
    }

    [Test]
    public void Deleted_WithCompressedHistory_ReadsNoHistoryAndMissesNothing()
    {
        using var tail = new Following();
        Pack(tail, "messages.1.gz", "history\n");
        File.SetLastWriteTimeUtc(tail.Folder["messages.1.gz"], DateTime.UnixEpoch);
        tail.Append("1\n").Poll();
        tail.Folder.Delete("messages");
        tail.Append("2\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Newer_ButOursIsInNoSibling_IsAGap()
    {
        using var tail = new Following();
        tail.Append("1\n").Poll();
        tail.Folder.Delete("messages");
        Pack(tail, "messages.1.gz", "2\n");
        File.SetLastWriteTimeUtc(tail.Folder["messages.1.gz"], DateTime.UtcNow.AddMinutes(1));
        tail.Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 3"));
        Assert.That(tail.Gaps.Single().Why, Does.Contain("messages.1.gz: not read"));
    }

    /// <summary>Each file has another name, or is compressed, when it is opened.</summary>
    [TestCase(3, false)]
    [TestCase(1, true)]
    public void Rotated_BetweenListingAndOpening_IsReadAllTheSame(int times, bool compresses)
    {
        Following? rotated = null;
        using var tail = new Following(
            new TailOptions
            {
                Start = StartAt.Oldest,
                Hook = step =>
                {
                    if (step != TailStep.SiblingsListed || times-- <= 0)
                        return;
                    rotated!.Folder.Shift("messages");
                    if (compresses)
                        Keep(rotated, "messages.3.gz", from: "messages.3");
                    rotated.Append("");
                },
            }
        );
        rotated = tail;
        tail.Append("1\n", "messages.2").Append("2\n", "messages.1").Append("3\n").Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Compressed_WhenItWasJustOpened_IsReadOnce()
    {
        Following? rotated = null;
        using var tail = new Following(
            new TailOptions
            {
                Hook = step =>
                {
                    if (step != TailStep.Opened || rotated is null)
                        return;
                    rotated.Folder.Move("messages.1", "messages.2");
                    Keep(rotated, "messages.1.gz");
                    rotated.Append("3\n");
                    rotated = null;
                },
            }
        );
        tail.Append("1\n").Poll();
        Keep(tail, "messages.1");
        rotated = tail.Append("2\n");
        tail.Poll().Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Compressed_BetweenListingAndOpening_IsReadAllTheSame()
    {
        Following? rotated = null;
        using var tail = new Following(
            new TailOptions
            {
                Hook = step =>
                {
                    if (step != TailStep.SiblingsListed || rotated is null)
                        return;
                    Keep(rotated, "messages.1.gz", from: "messages.1");
                    rotated = null;
                },
            }
        );
        tail.Append("1\n").Poll();
        Keep(tail, "messages.3");
        tail.Append("2\n");
        Keep(tail, "messages.2");
        tail.Append("3\n");
        Keep(tail, "messages.1");
        rotated = tail.Append("4\n");
        tail.Poll().Poll();

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4"));
        Assert.That(tail.Gaps, Is.Empty);
    }

    // As logrotate does: the compressed file has the time of the plain one.
    private static void Keep(Following tail, string name, string from = "messages")
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            tail.Folder.Move(from, name);
            return;
        }

        Pack(tail, name, File.ReadAllText(tail.Folder[from]));
        File.SetLastWriteTimeUtc(tail.Folder[name], File.GetLastWriteTimeUtc(tail.Folder[from]));
        tail.Folder.Delete(from);
    }

    private static void Pack(Following tail, string name, string text)
    {
        using var file = new StreamWriter(new GZipStream(File.Create(tail.Folder[name]), CompressionLevel.Fastest));
        file.Write(text);
    }
}
