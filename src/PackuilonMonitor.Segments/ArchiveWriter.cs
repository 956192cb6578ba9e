using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Segments;

/// <summary>Writes values. A text or a shared part that comes again is a number.</summary>
internal sealed class ArchiveWriter(ByteWriter into) : Archive
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<object, int> _shared = new(ReferenceEqualityComparer.Instance);
    private TimeDistance _time;

    protected override bool IsReading => false;

    public override bool Flag(bool value)
    {
        into.Flag(value);
        return value;
    }

    public override long Number(long value)
    {
        into.Number(value);
        return value;
    }

    public override ulong Unsigned(ulong value)
    {
        into.Unsigned(value);
        return value;
    }

    public override string Text(string value)
    {
        if (_texts.TryGetValue(value, out var place))
        {
            into.Unsigned((ulong)place);
            return value;
        }

        into.Unsigned((ulong)_texts.Count);
        into.Text(value);
        _texts.Add(value, _texts.Count);
        return value;
    }

    public override DateTimeOffset Time(DateTimeOffset value)
    {
        var (ticks, minutes) = _time.To(value);
        into.Number(ticks);
        into.Number(minutes);
        return value;
    }

    public override T Foreign<T>(T value)
    {
        var place = PlaceOf(value);
        into.Number((long)place);
        if (place >= 0)
            return value;
        EntryFormat.Write(into, new Entry((Observation)(object)value, null));
        Keep(value);
        return value;
    }

    protected override int PlaceOf(object shared) => _shared.GetValueOrDefault(shared, -1);

    protected override object SharedAt(long place) => throw new InvalidOperationException("this archive writes");

    protected override void Keep(object shared) => _shared.Add(shared, _shared.Count);

    protected override int Count() => throw new InvalidOperationException("this archive writes");
}
