using System.IO.Compression;
using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class RotatedSiblingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TailOptions Oldest = new() { Start = StartAt.Oldest };

    [Test]
    public void Of_AllKindsOfNames_AreOldestFirst()
    {
        using var folder = new Support.TempFolder();
        foreach (
            var name in new[]
            {
                "messages",
                "messages.1",
                "messages.2.gz",
                "messages.10",
                "messages-20261101.gz",
                "messages-20261108",
                "messages-20261108-1",
                "messages-20261108.gz",
                "messages.bak",
                "messages.1.swp",
                "messages-old",
                "messages-2026",
                "messages2.1",
                "messages.1x",
                "messages-20261108-x",
                "other.1",
            }
        )
            folder.Append(name, name);

        Assert.That(RotatedSiblings.Of(folder["messages"]).Select(sibling => Path.GetFileName(sibling.Path)), Is.EqualTo(new[]
        {
            "messages.10", "messages.2.gz", "messages.1", "messages-20261101.gz", "messages-20261108", "messages-20261108-1",
        }));
    }

    /// <summary>Names of every usual scheme, each with the order that its lines have; of one log with an ending and one without.</summary>
    [TestCase("messages", "messages.3", "messages.2.gz", "messages.1", TestName = "numbers")]
    [TestCase("messages", "messages-20261101", "messages-20261108.gz", "messages-20261108-1", "messages-20261109", TestName = "days")]
    [TestCase(
        "messages",
        "messages-2026110100",
        "messages-2026110109",
        "messages-20261101T1000",
        "messages-2026110123",
        TestName = "hours"
    )]
    [TestCase("messages", "messages-2026-11-01", "messages-2026-11-02.xz", "messages-2026-11-03", TestName = "days with hyphens")]
    [TestCase("messages", "messages.20261101", "messages.20261102", TestName = "days behind a dot")]
    [TestCase(
        "messages",
        "messages.2026-11-01.1793526000",
        "messages.2026-11-01.1793526001",
        "messages.2026-11-02.1793612400",
        TestName = "days and seconds"
    )]
    [TestCase("messages", "messages-1793526000", "messages-1793612400", TestName = "seconds")]
    [TestCase("messages", "messages.2", "messages.1", "messages.old", TestName = "old")]
    [TestCase("messages", "messages.2.log", "messages.1.log.gz", TestName = "numbers and an ending")]
    [TestCase("messages.log", "messages.2.log.bz2", "messages.1.log", TestName = "numbers before the ending")]
    [TestCase("messages.log", "messages-20261101.log.zst", "messages-20261102.log", TestName = "days before the ending")]
    [TestCase("messages.log", "messages.log.2", "messages.log.1", TestName = "numbers behind the ending")]
    [TestCase("messages", "messages_20261101", "messages_20261102", TestName = "days behind an underscore")]
    [TestCase("messages", "messages.9", "messages-20261101", "messages.old", TestName = "numbers, days, old")]
    [TestCase("messages", "messages-20261101090000", "messages-20261101090001", TestName = "seconds of a day")]
    [TestCase("messages", "messages-2026110109", "messages-202611010930", "messages-2026110110", TestName = "minutes of an hour")]
    [TestCase("messages", "messages-20261101-2", "messages-20261101-10", TestName = "ordinals are numbers")]
    [TestCase("messages", "messages-2026110109-2", "messages-2026110109-10", TestName = "ordinals of an hour")]
    [TestCase("messages", "messages-2026-11-01T09:05", "messages-2026-11-01T10:00", TestName = "times behind days")]
    [TestCase("messages", "messages-999999999", "messages-1793526000", TestName = "seconds of nine and ten digits")]
    [TestCase("messages", "messages.100000", "messages.99999", TestName = "a number of six digits")]
    public void Of_AScheme_IsInTheOrderOfItsLines(string log, params string[] names)
    {
        using var folder = new Support.TempFolder();
        foreach (var name in names.Reverse().Append(log))
            folder.Append(name, name);

        Assert.That(RotatedSiblings.Of(folder[log]).Select(sibling => Path.GetFileName(sibling.Path)), Is.EqualTo(names));
        Assert.That(RotatedSiblings.PassedOver(folder[log], static _ => true), Is.Empty);
    }

    [TestCase("messages-20261399")]
    [TestCase("messages-202611010900000")]
    [TestCase("messages-12345678901")]
    [TestCase("messages-202611010900001-1")]
    [TestCase("messages.1234567")]
    [TestCase("messages-2026-11.01")]
    [TestCase("messages-20261101x")]
    [TestCase("messages.")]
    [TestCase("messages.old.1")]
    [TestCase("messages1")]
    [TestCase("messages.-1")]
    public void Name_OfNoScheme_IsNoSibling(string name)
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages", "");
        folder.Append(name, "");

        Assert.That(RotatedSiblings.Of(folder["messages"]), Is.Empty);
    }

    [Test]
    public void Of_MessagesBesideMessagesLog_LeavesThatItsOwn()
    {
        using var folder = new Support.TempFolder();
        foreach (var name in (string[])["messages", "messages.log", "messages.1.log", "messages.1"])
            folder.Append(name, name);

        Assert.That(
            RotatedSiblings.Of(folder["messages"]).Select(sibling => Path.GetFileName(sibling.Path)),
            Is.EqualTo(new[] { "messages.1" })
        );
        Assert.That(
            RotatedSiblings.Of(folder["messages.log"]).Select(sibling => Path.GetFileName(sibling.Path)),
            Is.EqualTo(new[] { "messages.1.log" })
        );
    }

    [TestCase("old")]
    [TestCase("archive")]
    [TestCase("rotated")]
    public void Of_ADirectoryForOldLogs_AreThoseInIt(string old)
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder[old]);
        Directory.CreateDirectory(folder["old-host"]);
        folder.Append("messages", "4");
        foreach (
            var name in (string[])
                [
                    $"{old}/messages-20261101",
                    $"{old}/messages-20261108",
                    "messages-20261115",
                    "old-host/messages",
                    "old-host/messages-20261102",
                ]
        )
            folder.Append(name, name);

        Assert.That(
            RotatedSiblings.Of(folder["messages"]).Select(sibling => Path.GetRelativePath(folder.Path, sibling.Path)),
            Is.EqualTo(new[] { $"{old}/messages-20261101", $"{old}/messages-20261108", "messages-20261115" })
        );
    }

    [TestCase("/var/log/a.log {\n olddir @\n}\n/logs/messages /logs/secure\n{\n  weekly\n  olddir @\n}\n", "/logs/messages", true)]
    [TestCase("/logs/* {\n olddir @\n}\n", "/logs/messages", true)]
    [TestCase("\"/logs/messages\" {\n olddir @ # there\n}\n", "/logs/messages", true)]
    [TestCase("olddir @\n", "/logs/messages", true)]
    [TestCase("/logs/secure {\n olddir @\n}\n", "/logs/messages", false)]
    [TestCase("/logs/messages {\n # olddir @\n}\n", "/logs/messages", false)]
    [TestCase("olddir /nowhere\n/logs/messages {\n olddir @\n}\n", "/logs/messages", true)]
    [TestCase("/logs/messages {\n olddir /nowhere\n}\nolddir @\n", "/logs/messages", false)]
    [TestCase("/logs/secure {\n olddir /nowhere\n}\nolddir @\n", "/logs/messages", true)]
    [TestCase("/logs/messages {\n}\n/logs/secure {\n olddir @\n}\n", "/logs/messages", false)]
    [TestCase("olddir=@\n", "/logs/messages", true)]
    public void OldDirectories_OfLogrotatesConfiguration_AreThoseOfTheBlock(string configuration, string log, bool isThere)
    {
        using var folder = new Support.TempFolder();

        Assert.That(
            OldDirectories.Of(log, [configuration.Replace("@", folder.Path, StringComparison.Ordinal)]),
            Is.EqualTo(isThere ? [folder.Path] : Array.Empty<string>())
        );
    }

    [Test]
    public void OldDirectories_TheLogsOwn_IsNoOther()
    {
        using var folder = new Support.TempFolder();

        Assert.That(OldDirectories.Of(folder["messages"], [$"olddir {folder.Path}\n", "olddir .\n"]), Is.Empty);
    }

    [Test]
    public void OneShot_SiblingThatIsNoFile_IsAGap()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["messages.1"]);
        folder.Append("messages", "1\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        var told = shot.Read(Clock).SelectMany(batch => batch).ToList();

        Assert.That(told.OfType<LinesMissing>().Single().Why, Does.EndWith("messages.1: not a file but a directory"));
        Assert.That(told.OfType<LineRead>().Single().Line.Text, Is.EqualTo("1"));
    }

    [Test]
    public void Damage_IsOfAPackedSiblingThatEndsEarly()
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages.3", "plain\n");
        Compress(folder, "messages.2.gz", "whole\n");
        Compress(folder, "messages.1.gz", "cut off\n");
        folder.Truncate("messages.1.gz", 15);

        Assert.That(
            RotatedSiblings.Of(folder["messages"]).Select(sibling => RotatedSiblings.Damage(sibling)?[.."it is damaged".Length]),
            Is.EqualTo(new[] { null, null, "it is damaged" })
        );
    }

    [TestCase("xz", ".xz")]
    [TestCase("bzip2", ".bz2")]
    [TestCase("zstd", ".zst")]
    public void OneShot_PackedSiblings_AreReadByTheToolOfTheHost(string tool, string ending)
    {
        if (!PackedFile.CanRead(ending))
            Assert.Ignore($"No {tool} on this host.");
        using var folder = new Support.TempFolder();
        folder.Append("messages.2", string.Concat(Enumerable.Range(1, 20_000).Select(number => $"{number}\n")));
        folder.Append("messages.1", "20001\n");
        folder.Append("messages", "20002\n");
        foreach (var name in (string[])["messages.2", "messages.1"])
            Shell.Run(tool, ["-q", .. tool == "zstd" ? (string[])["--rm"] : [], folder[name]]);
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        Assert.That(Lines(shot.Read(Clock)), Is.EqualTo(Enumerable.Range(1, 20_002).Select(number => $"{number}")));
    }

    [TestCase("xz", ".xz")]
    [TestCase("bzip2", ".bz2")]
    [TestCase("zstd", ".zst")]
    public void OneShot_PackedSiblingThatIsDamaged_IsReportedAndTheRestIsRead(string tool, string ending)
    {
        if (!PackedFile.CanRead(ending))
            Assert.Ignore($"No {tool} on this host.");
        using var folder = new Support.TempFolder();
        folder.Append($"messages.1{ending}", "not packed at all\n");
        folder.Append("messages", "1\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        var told = shot.Read(Clock).SelectMany(batch => batch).ToList();

        Assert.That(told.OfType<LineRead>().Select(line => line.Line.Text), Is.EqualTo(new[] { "1" }));
        Assert.That(
            told.OfType<LinesMissing>().Single(),
            Has.Property("IsUnread").True.And.Property("Why").Contains($"messages.1{ending} is damaged: {tool} says: ")
        );
    }

    [Test]
    public void OneShot_PackedSiblingThatGrowsBeyondTheLimit_EndsThere()
    {
        if (!PackedFile.CanRead(".xz"))
            Assert.Ignore("No xz on this host.");
        using var folder = new Support.TempFolder();
        folder.Append("messages.1", new string('x', 200_000) + "\n");
        folder.Append("messages", "1\n");
        Shell.Run("xz", "-q", folder["messages.1"]);
        using var shot = new OneShot([folder["messages"]], Oldest with { InflateLimit = 100_000 }, NoInput);

        Assert.That(
            shot.Read(Clock).SelectMany(batch => batch).OfType<LinesMissing>().Single().Why,
            Does.Contain("inflates to more than 100000 bytes")
        );
    }

    [TestCase("messages.1.lz4", "packed as .lz4")]
    [TestCase("messages-20261101.zip", "packed as .zip")]
    [TestCase("messages-22-11-2026", "named in no way of rotating")]
    public void OneShot_SiblingThatIsPassedOver_IsReported(string name, string why)
    {
        using var folder = new Support.TempFolder();
        folder.Append(name, "Nov 22 12:00:00 vm sshd[1]: x\n");
        folder.Append("messages", "1\n");
        using var shot = new OneShot(
            [folder["messages"]],
            Oldest with
            {
                Stamped = PackuilonMonitor.Core.Parsing.LineFilter.HasStamp,
            },
            NoInput
        );

        Assert.That(
            shot.Read(Clock).SelectMany(batch => batch).OfType<LinesMissing>().Single(),
            Has.Property("IsUnread").True.And.Property("Why").Contains($"{name}: not read: {why}")
        );
    }

    [TestCase("messages.bak", "Nov 22 12:00:00 vm sshd[1]: x\n")]
    [TestCase("messages.iso.1", "Nov 22 12:00:00 vm sshd[1]: x\n")]
    [TestCase("messages22-11-2026", "Nov 22 12:00:00 vm sshd[1]: x\n")]
    [TestCase("messages.rfc5424", "Nov 22 12:00:00 vm sshd[1]: x\n")]
    [TestCase("messages.offset3", "1234\n")]
    public void PassedOver_WhatIsNoRotatedLog_IsNotReported(string name, string text)
    {
        using var folder = new Support.TempFolder();
        folder.Append(name, text);

        Assert.That(RotatedSiblings.PassedOver(folder["messages"], PackuilonMonitor.Core.Parsing.LineFilter.HasStamp), Is.Empty);
    }

    [Test]
    public void Of_NoDirectory_HasNone() => Assert.That(RotatedSiblings.Of("/nowhere/at all/messages"), Is.Empty);

    [Test]
    public void OneShot_Siblings_AreReadOldestFirstAndFollowedOnWithoutAGap()
    {
        using var folder = new Support.TempFolder();
        Compress(folder, "messages.3.gz", "1\n2\n");
        folder.Append("messages.2", "3\n");
        folder.Append("messages.1", "4\n");
        folder.Append("messages", "5\nhal");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);
        var read = Lines(shot.Read(Clock)).ToList();
        folder.Shift("messages");
        folder.Append("messages.1", "f\n6\n");
        folder.Append("messages", "7\n");
        var on = Lines([shot.Readers.Single().Poll(Clock())]);

        Assert.That(read.Concat(on), Is.EqualTo(new[] { "1", "2", "3", "4", "5", "half", "6", "7" }));
    }

    [Test]
    public void OneShot_SameFileUnderManyNames_IsReadOnce()
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages.2", "1\n");
        folder.Append("messages.1", "2\n");
        folder.Append("messages", "3\n");
        File.CreateSymbolicLink(folder["link"], folder["messages"]);
        var paths = new[] { "messages", "messages", "messages.1", "link", "messages.2" };
        using var shot = new OneShot(paths.Select(name => folder[name]), Oldest, NoInput);

        Assert.That(Lines(shot.Read(Clock)), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public void OneShot_SeveralSources_KeepTheOrderGiven()
    {
        using var folder = new Support.TempFolder();
        folder.Append("b", "1\n");
        folder.Append("a", "2\n");
        using var shot = new OneShot([folder["b"], folder["a"]], Oldest, NoInput);

        Assert.That(Lines(shot.Read(Clock)), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void OneShot_WhatCannotBeRead_IsSaid()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["directory"]);
        using var shot = new OneShot([folder["missing"], folder["directory"]], Oldest, NoInput);
        var last = shot.Read(Clock)
            .SelectMany(batch => batch)
            .OfType<SourceChanged>()
            .GroupBy(told => told.Source)
            .Select(told => told.Last().Health);

        Assert.That(last.Select(health => (health.State, health.Text)), Is.EqualTo(new[]
        {
            (SourceState.Missing, "missing"), (SourceState.Unreadable, "not a file but a directory"),
        }));
    }

    [Test]
    public void OneShot_Hyphen_IsStandardInput()
    {
        using var shot = new OneShot(["-"], Oldest, () => new MemoryStream("1\n2\n3"u8.ToArray()));

        Assert.That(Lines(shot.Read(Clock)), Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(shot.Readers, Is.Empty);
    }

    [Test]
    public void OneShot_CopyMadeAndTruncateStillToCome_DoublesNothing()
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages", "1\n");
        folder.Copy("messages", "messages.1");
        folder.Append("messages", "2\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);
        var read = Lines(shot.Read(Clock)).ToList();
        folder.Truncate("messages");
        folder.Append("messages", "3\n");

        Assert.That(read.Concat(Lines([shot.Readers.Single().Poll(Clock())])), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    /// <summary>
    /// A sibling is a copy of the log only where its first and its last 64 KiB are there in the log, at the same places.
    /// </summary>
    [TestCase("aaaab", "aaaab", false, TestName = "a copy of the same size")]
    [TestCase("aaaab", "aaaabc", false, TestName = "a copy of the beginning")]
    [TestCase("aaaab", "aaaac", true, TestName = "another end")]
    [TestCase("baaaa", "caaaa", true, TestName = "another beginning")]
    [TestCase("aaaab", "aaaa", true, TestName = "longer than the log")]
    [TestCase("b", "c", true, TestName = "another short one")]
    [TestCase("b", "bc", false, TestName = "a short copy")]
    public void OneShot_SiblingThatIsNoCopy_IsReadBeforeTheLog(string sibling, string log, bool isRead)
    {
        const int Block = 32 * 1024;
        using var folder = new Support.TempFolder();
        var (before, own) = (sibling.Select(letter => new string(letter, Block - 1)), log.Select(letter => new string(letter, Block - 1)));
        folder.Append("messages.1", string.Concat(before.Select(line => $"{line}\n")));
        folder.Append("messages", string.Concat(own.Select(line => $"{line}\n")));
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        Assert.That(
            string.Concat(Lines(shot.Read(Clock)).Select(line => line[0])),
            Is.EqualTo(isRead ? sibling + log : log)
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public void OneShot_GzipBomb_IsRefusedBeforeItIsReadWhole(bool lies)
    {
        using var folder = new Support.TempFolder();
        using (var bomb = new GZipStream(File.Create(folder["messages.1.gz"]), CompressionLevel.Fastest))
        {
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'x');
            for (var i = 0; i < 1024; i++)
                bomb.Write(block);
        }

        if (lies)
        {
            using var file = File.OpenWrite(folder["messages.1.gz"]);
            file.Seek(-4, SeekOrigin.End);
            file.Write([1, 0, 0, 0]);
        }

        folder.Append("messages", "1\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);
        List<TailEvent> told = [];
        var work = Support.Work.Of(() => told.AddRange(shot.Read(Clock).SelectMany(batch => batch)));

        Assert.That(work.BytesRead, Is.LessThan(new FileInfo(folder["messages.1.gz"]).Length / 2));
        Assert.That(told.OfType<LinesMissing>().Single().Why, Does.Contain("messages.1.gz inflates to more than"));
        Assert.That(told.OfType<LineRead>().Single().Line.Text, Is.EqualTo("1"));
    }

    [Test]
    public void OneShot_DamagedGzip_IsAGapAndTheRestIsRead()
    {
        using var folder = new Support.TempFolder();
        File.WriteAllBytes(folder["messages.1.gz"], [.. "no gzip at all, but long enough"u8]);
        folder.Append("messages", "1\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);
        var told = shot.Read(Clock).SelectMany(batch => batch).ToList();

        Assert.That(told.OfType<LinesMissing>().Single().Why, Does.Contain("messages.1.gz is damaged"));
        Assert.That(told.OfType<LineRead>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void OneShot_GzipNamedAlone_IsInflated()
    {
        using var folder = new Support.TempFolder();
        Compress(folder, "messages.2.gz", "1\n2\n");
        using var shot = new OneShot([folder["messages.2.gz"]], Oldest, NoInput);

        Assert.That(Lines(shot.Read(Clock)), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(Lines([shot.Readers.Single().Poll(Clock())]), Is.Empty);
    }

    [TestCase("messages.1", "3\n", "1 2 3")]
    [TestCase("messages.1", "", "1")]
    [TestCase("messages.1", "hal", "1 2")]
    [TestCase("messages", "", "1")]
    public void OneShot_LastLineWithoutAnEnd_IsOneWhereNothingMoreIsWrittenToItsFile(string name, string after, string lines)
    {
        using var folder = new Support.TempFolder();
        folder.Append(name, "1\n2");
        if (name != "messages")
            folder.Append("messages", after);
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        Assert.That(string.Join(' ', Lines(shot.Read(Clock))), Is.EqualTo(lines));
    }

    [Test]
    public void OneShot_ShortGzip_IsAGap()
    {
        using var folder = new Support.TempFolder();
        folder.Append("messages.2.gz", "bad\n");
        folder.Append("messages", "1\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);

        Assert.That(
            shot.Read(Clock).SelectMany(batch => batch).OfType<LinesMissing>().Single(),
            Has.Property("IsUnread").True.And.Property("Why").Contains("messages.2.gz is damaged")
        );
    }

    [Test]
    public void OneShot_GzipCutInTheMiddle_IsReadUpToThereAndAGap()
    {
        using var folder = new Support.TempFolder();
        var random = new Random(7);
        var lines = Enumerable
            .Range(0, 20_000)
            .Select(_ => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Compress(folder, "messages.1.gz", string.Concat(lines.Select(line => $"{line}\n")));
        folder.Truncate("messages.1.gz", new FileInfo(folder["messages.1.gz"]).Length / 2);
        folder.Append("messages", "last\n");
        using var shot = new OneShot([folder["messages"]], Oldest, NoInput);
        var told = shot.Read(Clock).SelectMany(batch => batch).ToList();
        var read = told.OfType<LineRead>().Select(line => line.Line.Text).ToList();

        Assert.That(
            told.OfType<LinesMissing>().Single(),
            Has.Property("IsUnread").True.And.Property("Why").Contains("messages.1.gz is damaged")
        );
        Assert.That(read[..^1], Is.EqualTo(lines[..(read.Count - 1)]));
        Assert.That(read, Has.Count.GreaterThan(9_000).And.Exactly(1).EqualTo("last"));
    }

    [Test]
    public void NoFileUnderASiblingsName_IsAGapOnceHoweverOftenItRotates()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["messages.9"]);
        Shell.Run("mkfifo", folder["messages.8"]);
        folder.Append("messages", "1\n");
        using var tail = new Following(Oldest, folder: folder);
        tail.Poll();
        for (var turn = 2; turn < 5; turn++)
        {
            folder.Shift("messages");
            tail.Append($"{turn}\n").Poll();
        }

        Assert.That(tail.Text, Is.EqualTo("1 2 3 4"));
        Assert.That(
            tail.Gaps.Select(gap => gap.Why),
            Is.EqualTo(new[] { $"{folder["messages.9"]}: not a file but a directory", $"{folder["messages.8"]}: not a file but a FIFO" })
        );
    }

    [TestCase("messages.1", 0, 1)]
    [TestCase("messages.1", 2, 0)]
    [TestCase("messages.1.gz", 0, 0, Description = "a packed one is never among the newest bytes")]
    public void StartAtAFile_WhatLiesBeforeItAndCannotBeRead_IsAGapWhereItWasWanted(string before, int offset, int gaps)
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder[before]);
        folder.Append("messages", "1\n2\n");
        using var tail = new Following(
            new TailOptions { Start = StartAt.Place(StatResult.At(folder["messages"]).Status.Identity, offset) },
            folder: folder
        );

        Assert.That(tail.Poll().Gaps.Count(), Is.EqualTo(gaps));
    }

    private static Moment Clock() => new(TimeSpan.Zero, Noon);

    private static Stream NoInput() => Stream.Null;

    private static IEnumerable<string> Lines(IEnumerable<IReadOnlyList<TailEvent>> batches) =>
        batches.SelectMany(batch => batch).OfType<LineRead>().Select(read => read.Line.Text);

    private static void Compress(Support.TempFolder folder, string name, string text)
    {
        using var file = new GZipStream(File.Create(folder[name]), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
