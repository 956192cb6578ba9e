using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Broker;

/// <summary>How far a stream is read. A stream that was deleted and made again gives its places and numbers to other messages.</summary>
/// <param name="start">Where to begin: first, next, a number, or a time.</param>
public sealed class ReadPlace(object start)
{
    private ulong _sum;
    private long _sequence;
    private DateTimeOffset _at;
    private bool _isAgain;

    /// <summary>Where to begin after a lost connection.</summary>
    public object Next { get; private set; } = start;

    /// <summary>The place of the last message; null before the first.</summary>
    public long? Last { get; private set; }

    /// <summary>A message came, of whomever.</summary>
    /// <param name="place">Its place in the stream; null if the broker does not say.</param>
    public void Pass(long? place, ReadOnlySpan<byte> body)
    {
        if (place is not { } at)
            return;
        (Last, Next, _sum) = (at, at + 1, FilePoint.SumOf(body));
    }

    /// <summary>
    /// Whether an event was not there already. In a stream that was made again a shipper may have begun at 1: only later events are new.
    /// </summary>
    public bool IsNew(long sequence, DateTimeOffset at)
    {
        if (sequence <= _sequence && !(_isAgain && at > _at))
            return false;
        (_sequence, _at, _isAgain) = (sequence, at, false);
        return true;
    }

    /// <summary>Whether this is the last message.</summary>
    public bool IsLast(StreamMessage message) => message.Place == Last && FilePoint.SumOf(message.Body.Span) == _sum;

    /// <summary>It is another stream: everything in it is to be read.</summary>
    public void BeginAgain() => (Next, Last, _isAgain) = (EventStream.FromFirst, null, true);
}
