using System.Collections.Immutable;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>A hit in a build's log.</summary>
/// <param name="BuildId">The build's id.</param>
/// <param name="Name">Its image and template, in short.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Step">The step the line belongs to; null before the first.</param>
/// <param name="Text">The line's plain text.</param>
/// <param name="Status">How the line compares with the last good build; null if it was not compared.</param>
public sealed record OtherHit(string BuildId, string Name, long Line, string? Step, string Text, LineStatus? Status = null)
{
    /// <summary>When its build began, and on which thread.</summary>
    public (DateTimeOffset? At, string Thread) Began { get; init; } = (null, "");
}

/// <summary>The same search in every build's log, with the hits so far.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Hits">At most 20 of each log, 500 in all.</param>
/// <param name="Found">How many were found.</param>
/// <param name="Logs">In how many logs.</param>
/// <param name="Searching">Not all logs were searched yet.</param>
public sealed record OtherHits(SearchPattern Pattern, ImmutableArray<OtherHit> Hits, long Found, int Logs, bool Searching);
