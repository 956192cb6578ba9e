using System.Globalization;
using System.Text;
using System.Text.Json;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>The last event in a stream.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Offset">The place of its line in its source.</param>
/// <param name="Json">The event itself.</param>
public sealed record LastEvent(long Sequence, long Offset, string Json)
{
    /// <summary>Its time.</summary>
    public DateTimeOffset At =>
        DateTimeOffset.Parse(JsonDocument.Parse(Json).RootElement.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>No factory numbers that many events; a higher number is not ours.</summary>
    private const long HighestNumber = 1L << 53;

    private const long FirstStepBack = 1_000;

    /// <summary>
    /// What is still to be published: the events after this one, which is found by content and place, otherwise by content. Where it is not
    /// among them, those with a later time.
    /// </summary>
    /// <param name="there">The events of the logs, oldest first.</param>
    public (List<Observation> Left, bool IsFound) Rest(List<Observation> there)
    {
        var index = there.FindLastIndex(seen => seen.Offset == Offset && EventJson.Of(seen) == Json);
        if (index < 0)
            index = there.FindLastIndex(seen => EventJson.Of(seen) == Json);
        return index >= 0 ? (there[(index + 1)..], true) : (there.FindAll(seen => seen.At > At), false);
    }

    /// <summary>
    /// The last event of ours, whatever others have written after it: reads the last chunk to its end, and then ever more before it. Null
    /// if the stream has none.
    /// </summary>
    public static LastEvent? In(IConnection connection, EventStream stream, CancellationToken stop) =>
        Find((from, until) => Read(connection, stream, from, until, stop));

    /// <summary>Searches backwards for the last event of ours.</summary>
    /// <param name="read">
    /// Reads from a place, "last" or a number, to the place before another: returns the last event of ours, and the first place that was
    /// read, null if there was none.
    /// </param>
    public static LastEvent? Find(Func<object, long, (LastEvent? Last, long? First)> read)
    {
        var (last, first) = read("last", long.MaxValue);
        for (var step = FirstStepBack; last is null && first is > 0 and var known; step *= 2)
        {
            (last, var earlier) = read(Math.Max(0, known - step), known);
            // The broker has deleted older ones.
            first = earlier < known ? earlier : 0;
        }

        return last;
    }

    private static (LastEvent? Last, long? First) Read(
        IConnection connection,
        EventStream stream,
        object from,
        long until,
        CancellationToken stop
    )
    {
        var messages = StreamMessages.Present(connection, stream.Queue, from, until, ahead: 1000, stop);
        return (
            messages.Select(message => Of(message.Properties, message.Body)).LastOrDefault(one => one is not null),
            messages.Count > 0 ? messages[0].Place : null
        );
    }

    /// <summary>A message as an event of ours; null if somebody else wrote it.</summary>
    public static LastEvent? Of(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) =>
        NumberOf(EventStream.Sequence, properties) is > 0 and var number && ShippedEvent.Of(body) is not null
            ? new LastEvent(number, NumberOf(EventStream.Offset, properties), Encoding.UTF8.GetString(body.Span))
            : null;

    /// <summary>The number in a message's header; 0 if no factory can have written it.</summary>
    public static long NumberOf(string header, IReadOnlyBasicProperties properties)
    {
        var written = properties.Headers?.TryGetValue(header, out var value) == true ? value : null;
        long? number = written switch
        {
            long whole => whole,
            int or short or sbyte or byte or ushort or uint => Convert.ToInt64(written, CultureInfo.InvariantCulture),
            _ => null,
        };
        return number is >= 0 and <= HighestNumber and var known ? known : 0;
    }

    internal static long PlaceOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-stream-offset", out var place) == true && place is long known ? known : 0;
}
