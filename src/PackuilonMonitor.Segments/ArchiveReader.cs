using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Segments;

/// <summary>Reads what <see cref="ArchiveWriter"/> wrote.</summary>
internal sealed class ArchiveReader(byte[] bytes) : Archive
{
    private readonly List<string> _texts = [];
    private readonly List<object> _shared = [];
    private TimeDistance _time;
    private int _at;

    private delegate T Taking<out T>(ref ByteReader from);

    public bool IsAtEnd => _at == bytes.Length;

    protected override bool IsReading => true;

    public override bool Flag(bool value) => Take(static (ref from) => from.Flag());

    public override long Number(long value) => Take(static (ref from) => from.Number());

    public override ulong Unsigned(ulong value) => Take(static (ref from) => from.Unsigned());

    public override string Text(string value)
    {
        var place = Take(static (ref from) => from.Unsigned());
        if (place < (ulong)_texts.Count)
            return _texts[(int)place];
        if (place > (ulong)_texts.Count)
            throw new InvalidDataException("no such text");
        var text = Take(static (ref from) => from.Text());
        _texts.Add(text);
        return text;
    }

    public override DateTimeOffset Time(DateTimeOffset value) => _time.From(Number(0L), Number(0L));

    public override T Foreign<T>(T value)
    {
        var place = Number(0L);
        if (place >= 0)
            return SharedAt(place) as T ?? throw new InvalidDataException("another part");
        var seen = Take(static (ref from) => EntryFormat.Read(ref from)).Seen as T ?? throw new InvalidDataException("another part");
        Keep(seen);
        return seen;
    }

    protected override int PlaceOf(object shared) => throw new InvalidOperationException("this archive reads");

    protected override object SharedAt(long place) =>
        place < _shared.Count ? _shared[(int)place] : throw new InvalidDataException("no such part");

    protected override void Keep(object shared) => _shared.Add(shared);

    protected override int Count() =>
        Number(0L) is >= 0 and var count && count <= bytes.Length - _at
            ? (int)count
            : throw new InvalidDataException("longer than all there is");

    private T Take<T>(Taking<T> taking)
    {
        var from = new ByteReader(bytes.AsSpan(_at));
        var taken = taking(ref from);
        _at = bytes.Length - from.Left;
        return taken;
    }
}
