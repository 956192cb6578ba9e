using System.Buffers.Binary;
using System.Numerics;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>The bytes of a recording, which other versions read, and what is absent though its checksum is right.</summary>
public sealed class RecordingBytesTests
{
    private const int HeaderLength = 20;
    private const int BlockHeaderLength = 52;

    private static readonly DateTimeOffset Noon = Given.Noon;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>Frames of all lengths: each rest that is left after eight bytes at a time.</summary>
    [Test]
    public void Checksum_OfEachFrame_IsTheUsualOne()
    {
        using var writer = _folder.Writer();
        for (var length = 1; length <= 40; length++)
            writer.Append(GivenFrames.Frame(Noon, new string('~', length)));

        var bytes = File.ReadAllBytes(_folder.Only("open-*"));
        var at = 0;
        for (; at < bytes.Length; at += HeaderLength + Int(bytes, at + 4))
        {
            Assert.That(
                BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 16)),
                Is.EqualTo(Checksum(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 8)), Content(bytes, at)))
            );
        }

        Assert.That(at, Is.EqualTo(bytes.Length));
        static ReadOnlySpan<byte> Content(byte[] bytes, int at) => bytes.AsSpan(at + HeaderLength, Int(bytes, at + 4));
    }

    [Test]
    public void Block_WithAnotherLengthThanItSays_IsAbsent([Values(-1, 0, 1)] int more)
    {
        for (var block = 0; block < 3; block++)
        {
            using var writer = _folder.Writer();
            writer.Append(GivenFrames.Frame(Noon, $"line {block}"));
        }

        var day = _folder.Only("*.lines");
        var bytes = File.ReadAllBytes(day);
        var head = bytes.AsSpan(BlockHeaderLength + Int(bytes, 4), BlockHeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], BinaryPrimitives.ReadInt32LittleEndian(head[8..]) + more);
        BinaryPrimitives.WriteUInt32LittleEndian(head[48..], Checksum(0, head[..48]));
        File.WriteAllBytes(day, bytes);

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(more == 0 ? ["line 0", "line 1", "line 2"] : (string[])["line 0", "line 2"]));
    }

    /// <summary>Whole and with a checksum that is right, but of a kind that a newer version writes.</summary>
    [Test]
    public void Frame_OfANewerVersion_IsAbsent_AndTheOthersAreThere()
    {
        var killed = _folder.Writer();
        Write(killed, 0, 3);
        killed.Append(new Frame(0, "", [new Batch(Given.Noon.AddMinutes(3), [new Entry(Given.Seen(new LogDirectoryRead()), null)])]));
        Write(killed, 3, 2);
        var open = _folder.Only("open-*");
        var bytes = File.ReadAllBytes(open);
        var begins = Enumerable.Range(0, bytes.Length - 4).Where(at => bytes.AsSpan(at, 4).SequenceEqual("PKF1"u8)).ToList();
        var (from, until) = (begins[3], begins[4]);
        for (var place = from + 20; place < until; place++)
        {
            var newer = (byte[])bytes.Clone();
            newer[place] = 0xF7;
            BinaryPrimitives.WriteUInt32LittleEndian(
                newer.AsSpan(from + 16),
                Checksum(BinaryPrimitives.ReadInt64LittleEndian(newer.AsSpan(from + 8)), newer.AsSpan(from + 20, until - from - 20))
            );
            File.WriteAllBytes(open, newer);

            var texts = _folder.Frames().Texts().Where(text => text is not null);
            Assert.That(texts, Is.SupersetOf(GivenFrames.Numbers(0, 5)), $"byte {place - from}");
        }
    }

    /// <summary>The lines of a log have no line ends in them; nothing else would count them the same way twice.</summary>
    [Test]
    public void Frame_WithALineEndInALine_IsAbsent()
    {
        var killed = _folder.Writer();
        Write(killed, 0, 1);
        var growth = new LogGrowth("a.log", 0) { Lines = ["one~two"] };
        var read = new BuildLogRead("a.log", BuildLog.Empty, 0);
        killed.Append(new Frame(0, "", [new Batch(Noon.AddMinutes(1), [new Entry(Given.Seen(read), growth)])]));
        var open = _folder.Only("open-*");
        var bytes = File.ReadAllBytes(open);
        Assert.That(_folder.Frames(), Has.Count.EqualTo(2));

        var from = bytes.AsSpan().LastIndexOf("PKF1"u8);
        bytes[bytes.AsSpan().LastIndexOf((byte)'~')] = (byte)'\n';
        var number = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(from + 8));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(from + 16), Checksum(number, bytes.AsSpan(from + 20)));
        File.WriteAllBytes(open, bytes);

        Assert.That(_folder.Frames().Texts(), Is.EqualTo(GivenFrames.Numbers(0, 1)));
    }

    private static uint Checksum(long number, ReadOnlySpan<byte> bytes)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)number);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var left in bytes)
            sum = BitOperations.Crc32C(sum, left);
        return ~sum;
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static void Write(RecordingWriter writer, int from, int count)
    {
        for (var number = from; number < from + count; number++)
            writer.Append(GivenFrames.Frame(Noon.AddSeconds(number), $"line {number}"));
    }
}
