using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The newest rejections, oldest first, each with its number from 1 in the order of all.</summary>
/// <param name="Ever">How many there ever were.</param>
internal readonly record struct RejectionList(ImmutableList<Rejection> Newest, long Ever)
{
    /// <summary>The daemon writes the exception at once.</summary>
    public static readonly TimeSpan ErrorAfter = TimeSpan.FromSeconds(2);

    /// <summary>Adds one, which gets the number <see cref="Ever"/> of the new list.</summary>
    public RejectionList Add(Rejection rejection) =>
        new((Newest.Count < MonitorState.MostRejections ? Newest : Newest.RemoveAt(0)).Add(rejection), Ever + 1);

    /// <summary>The newest ended a thread that nobody knows, and its exception is to come.</summary>
    public bool AwaitsError(string host, DateTimeOffset at) =>
        Newest is [.., { Error: null, Worker: null, Why: Refusal.TemplateMissing or Refusal.Unwritable } newest]
        && newest.Host == host
        && at - newest.At <= ErrorAfter;

    /// <summary>Adds the exception that the daemon wrote after its line; does nothing if the rejection was forgotten.</summary>
    public RejectionList Explain(long number, string error) =>
        Newest.Count - 1 - (Ever - number) is >= 0 and var place
            ? this with
            {
                Newest = Newest.SetItem((int)place, Newest[(int)place] with { Error = error }),
            }
            : this;

    /// <summary>Replaces one that belongs to another message than assumed; does nothing if it was forgotten.</summary>
    public RejectionList Move(long number, Worker? to)
    {
        var place = Newest.Count - 1 - (Ever - number);
        return place < 0 ? this : this with
        {
            Newest = Newest.SetItem((int)place, Newest[(int)place] with { Worker = to?.Id, Image = to?.Job?.Image }),
        };
    }
}
