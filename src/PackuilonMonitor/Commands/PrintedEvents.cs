using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Record;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>The events of one factory as <c>events</c> prints them: those of its lines, and what its recorder judged.</summary>
/// <param name="turns">What a recorder judged; null where none runs.</param>
/// <param name="since">Only what happened later; null for all.</param>
internal sealed class PrintedEvents(Sources factory, RecordedTurns? turns, bool json, DateTimeOffset? since, Output output)
{
    private bool _isRead;
    private bool _isUnreadable;

    public Sources Factory => factory;

    /// <summary>Prints events of the feed, behind what was judged before each.</summary>
    public void Print(IReadOnlyList<Observation> batch)
    {
        if (!_isRead)
            Read();
        foreach (var seen in batch.Where(seen => !seen.IsBookkeeping))
        {
            if (seen.Text is not null && !seen.HasNoTime)
                Lines(turns?.Until(seen.At) ?? []);
            Lines([seen]);
        }

        output.Flush();
    }

    /// <summary>Prints what was judged by now.</summary>
    public void PrintTurns()
    {
        Read();
        Lines(turns?.Until(null) ?? []);
        output.Flush();
    }

    private void Read()
    {
        _isRead = true;
        try
        {
            turns?.Read();
            _isUnreadable = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_isUnreadable)
                Complaints.Print($"what the recorder judged of the health is left out: {error.Message.ReplaceLineEndings(" ")}");
            _isUnreadable = true;
        }
    }

    private void Lines(IEnumerable<Observation> seen)
    {
        foreach (var one in seen.Where(one => !(one.At <= since)))
            output.Line(json ? EventJson.Of(one, factory.Name) : EventText.Of(one, factory.Name));
    }
}
