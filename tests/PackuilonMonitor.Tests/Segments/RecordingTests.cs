using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>
/// What was written is there, whatever becomes of the writer and of parts of its files; what is damaged is absent and never wrong.
/// </summary>
public sealed class RecordingTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private string DayFile(int days = 0) => _folder[$"{Noon.AddDays(days):yyyy-MM-dd}.lines"];

    [Test]
    public void Frames_OfAWriterThatWasKilled_AreAllThere_AndTheNextGoesOnBehindThem()
    {
        var killed = _folder.Writer();
        Write(killed, 0, 40);

        using (var next = _folder.Writer())
            Write(next, 40, 10);

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(GivenFrames.Numbers(0, 50)));
        Assert.That(_folder.Frames().Select(frame => frame.Number), Is.EqualTo(Enumerable.Range(1, 50)));
    }

    /// <summary>Those that begin behind a killed one and are killed before they write anything.</summary>
    [Test]
    public void Frames_OfWritersThatWereKilledOneAfterTheOther_AreAllThere()
    {
        Write(_folder.Writer(), 0, 40);
        for (var killed = 0; killed < 3; killed++)
        {
            _folder.Writer();
            Assert.That(_folder.Frames().Texts(), Is.EqualTo(GivenFrames.Numbers(0, 40)), $"killed {killed} times");
        }
    }

    /// <summary>A block is full to the last byte; what is longer alone does not wait for the next.</summary>
    [TestCase(0, "open 1-2")]
    [TestCase(1, "closed 1-1, open 2-2")]
    [TestCase(RecordingWriter.BlockLength, "closed 1-1, closed 2-2")]
    public void Frame_ThatFillsABlock_IsTheLastOfIt(int more, string expected)
    {
        using var writer = _folder.Writer();
        // Its length is a number of three bytes.
        const int Text = 100_000;
        Append(Text);
        var rest = RecordingWriter.BlockLength - new FileInfo(_folder.Only("open-*")).Length * 2;

        Append((int)(Text + rest + more));

        Assert.That(
            string.Join(", ", new RecordingReader(_folder.Path).Parts().Select(part =>
                $"{(part.IsClosed ? "closed" : "open")} {part.First}-{part.Last}")),
            Is.EqualTo(expected)
        );

        void Append(int length) => writer.Append(GivenFrames.Frame(Noon, new string('a', length)));
    }

    [Test]
    public void Frames_ReadAfterEachWrite_AreThoseWritten_ThroughAllBlocks()
    {
        using var writer = _folder.Writer();
        var reader = new RecordingReader(_folder.Path);
        var written = new List<string>();
        for (var at = 0; at < 60; at++)
        {
            var text = new string((char)('a' + at % 26), 20_000);
            writer.Append(GivenFrames.Frame(Noon.AddSeconds(at), text));
            written.Add(text);
            Assert.That(reader.Frames().Texts(), Is.EqualTo(written));
        }

        Assert.That(reader.Parts(), Has.Count.GreaterThan(3));
    }

    /// <summary>In blocks and in the open file; a damaged block has none.</summary>
    [Test]
    public void Factories_OfEachPart_AreThoseOfItsFrames()
    {
        var writer = _folder.Writer();
        for (var at = 0; at < 40; at++)
        {
            var text = new string((char)('a' + at % 26), 20_000);
            writer.Append(GivenFrames.Frame(Noon.AddSeconds(at), text, at % 3 == 0 ? "north" : "south") with
            {
                Facts = at % 10 == 0 ? new FactoryFacts(at % 20 == 0 ? "managed" : null, at, "Europe/London", "/log") : null,
            });
        }

        var parts = new RecordingReader(_folder.Path).Parts();
        Assert.That(parts.Select(part => part.IsClosed).Distinct(), Is.EqualTo(new[] { true, false }));
        foreach (var part in parts)
            Assert.That(part.Factories(), Is.EqualTo(part.Frames().Select(frame => (frame.Factory, frame.Facts))).And.Not.Empty);

        var bytes = File.ReadAllBytes(DayFile());
        bytes[80] ^= 1;
        File.WriteAllBytes(DayFile(), bytes);
        Assert.That(parts[0].Factories(), Is.Empty);
    }

    /// <summary>The first frame of a recorder has all that is there, perhaps many logs.</summary>
    [Test]
    public void Writer_AfterALargeFrame_HoldsLittle()
    {
        const int Large = 16 * 1024 * 1024;
        using var writer = _folder.Writer();
        Write(writer, 0, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        WriteLarge(writer, Large);

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(4 * RecordingWriter.BlockLength));
        Write(writer, 2, 1);
        Assert.That(_folder.Frames().Texts().Select(text => text.Length), Is.EqualTo(new[] { 6, Large, 6 }));
    }

    [Test]
    public void Frames_CutAnywhereInTheOpenFile_AreThoseBeforeTheCut()
    {
        var killed = _folder.Writer();
        Write(killed, 0, 6);
        var open = _folder.Only("open-*");
        var whole = File.ReadAllBytes(open);
        killed.Dispose();
        Array.ForEach(Directory.GetFiles(_folder.Path), File.Delete);
        for (var length = 0; length <= whole.Length; length += 7)
        {
            File.WriteAllBytes(open, whole[..length]);
            var texts = _folder.Frames().Texts().ToList();
            Assert.That(texts, Is.EqualTo(GivenFrames.Numbers(0, texts.Count)));
            Assert.That(texts, Has.Count.EqualTo(length * 6 / whole.Length).Within(1));
        }
    }

    [Test]
    public void Frame_WithAnyByteChanged_IsAbsent_AndTheOthersAreThere()
    {
        var killed = _folder.Writer();
        Write(killed, 0, 5);
        var open = _folder.Only("open-*");
        var whole = File.ReadAllBytes(open);
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var place = random.Next(whole.Length);
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(open, damaged);
            var texts = _folder.Frames().Texts().ToList();
            Assert.That(texts, Is.SubsetOf(GivenFrames.Numbers(0, 5)).And.Ordered);
            Assert.That(texts, Has.Count.EqualTo(4), $"byte {place}");
        }
    }

    [Test]
    public void Block_WithAnyByteChanged_IsAbsent_AndTheOthersAreThere()
    {
        for (var block = 0; block < 3; block++)
        {
            using var writer = _folder.Writer();
            Write(writer, block * 10, 10);
        }

        var whole = File.ReadAllBytes(DayFile());
        var random = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var place = random.Next(whole.Length);
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(DayFile(), damaged);
            var texts = _folder.Frames().Texts().ToList();
            Assert.That(texts, Is.SubsetOf(GivenFrames.Numbers(0, 30)));
            Assert.That(texts, Has.Count.EqualTo(20), $"byte {place}");
        }
    }

    [Test]
    public void Writer_AfterATornBlock_WritesOverIt()
    {
        using (var writer = _folder.Writer())
            Write(writer, 0, 10);
        using (var file = File.Open(DayFile(), FileMode.Append))
            file.Write(new byte[100]);
        using (var writer = _folder.Writer())
            Write(writer, 10, 10);

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(GivenFrames.Numbers(0, 20)));
    }

    [Test]
    public void Days_BeyondTheLimit_GoWhole_AndTodayStays()
    {
        using (var writer = _folder.Writer(new RecordingLimits(3, long.MaxValue)))
        {
            for (var day = 0; day < 6; day++)
                writer.Append(GivenFrames.Frame(Noon.AddDays(day), $"day {day}"));
        }

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(["day 3", "day 4", "day 5"]));
    }

    [Test]
    public void Days_BeyondTheRoom_GoTheOldestFirst_AndTodayStays()
    {
        using (var writer = _folder.Writer(new RecordingLimits(100, 1)))
        {
            for (var day = 0; day < 4; day++)
                writer.Append(GivenFrames.Frame(Noon.AddDays(day), $"day {day}"));
        }

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(["day 3"]));
    }

    /// <summary>The newest days that fit stay: up to the last byte.</summary>
    [TestCase(4, 0, "day 0,day 1,day 2,day 3")]
    [TestCase(4, -1, "day 1,day 2,day 3")]
    [TestCase(3, 0, "day 1,day 2,day 3")]
    [TestCase(3, -1, "day 2,day 3")]
    public void Days_ThatFillTheRoomExactly_Stay(int days, int more, string kept)
    {
        const int All = 4;
        Write(long.MaxValue);
        var room = Enumerable.Range(All - days, days).Sum(day => new FileInfo(DayFile(day)).Length);
        Array.ForEach(Directory.GetFiles(_folder.Path), File.Delete);

        Write(room + more);

        Assert.That(string.Join(',', _folder.Frames().Texts()), Is.EqualTo(kept));

        void Write(long bytes)
        {
            using var writer = _folder.Writer(new RecordingLimits(100, bytes));
            for (var day = 0; day < All; day++)
                writer.Append(GivenFrames.Frame(Noon.AddDays(day), $"day {day}"));
        }
    }

    [Test]
    public void Frames_OfAClockThatWasPutBack_KeepTheirOrder()
    {
        using (var writer = _folder.Writer())
        {
            writer.Append(GivenFrames.Frame(Noon.AddDays(1), "first"));
            writer.Append(GivenFrames.Frame(Noon, "second"));
        }

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(["first", "second"]));
        Assert.That(File.Exists(DayFile()), Is.False);
    }

    [Test]
    public void Files_AreForTheirGroupToRead()
    {
        using var writer = _folder.Writer();
        Write(writer, 0, 1);

        Assert.That(Directory.GetFiles(_folder.Path).Select(TempFolder.ModeOf), Is.All.EqualTo(GivenFrames.Mode));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void WriteLarge(RecordingWriter writer, int length) =>
        writer.Append(GivenFrames.Frame(Noon.AddSeconds(1), new string('a', length)));

    private static void Write(RecordingWriter writer, int from, int count)
    {
        for (var number = from; number < from + count; number++)
            writer.Append(GivenFrames.Frame(Noon.AddSeconds(number), $"line {number}"));
    }
}
