using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Dashboard;

/// <summary>
/// Finds moments in a recording. For one thread; whoever calls may have to wait for a disk and, the first time, for a fold.
/// </summary>
/// <param name="folder">That of the recording.</param>
/// <param name="zone">In which times are said.</param>
internal sealed class PastFinder(string folder, TimeZoneInfo zone)
{
    private readonly Playback _playback = new(new RecordingReader(folder));

    /// <summary>Does a request, whatever time it takes.</summary>
    public Answer Answer(Request request)
    {
        try
        {
            _playback.Refresh();
            if (_playback is not { From: { } from, Until: { } until })
                return new PastNotFound(request.Number, "nothing is recorded yet");
            return Find(request) is { } moment
                ? new PastFound(request.Number, moment, from, until)
                : new PastNotFound(request.Number, Why(request, from));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PastNotFound(request.Number, $"the recording cannot be read: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private PastMoment? Find(Request request) => request switch
    {
        LookAtPast look => _playback.At(look.At),
        StepInPast { IsForward: true, From: { } from } step => _playback.After(from, Wanted(step)),
        StepInPast step => _playback.Before(step.From ?? (step.FromTime is { } time ? Behind(_playback.At(time)) : null), Wanted(step)),
        _ => throw new UnreachableException($"{request.GetType().Name} is not about the past"),
    };

    private static Predicate<Core.Events.Observation> Wanted(StepInPast step) =>
        step.OnlyFailures ? PastEvents.IsFailure : PastEvents.IsAny;

    /// <summary>The place behind a moment, so that its own event is before it.</summary>
    private static RecordingPosition? Behind(PastMoment? moment) =>
        moment is null ? default(RecordingPosition) : moment.Place with { Entries = moment.Place.Entries + 1 };

    private string Why(Request request, DateTimeOffset from) => request switch
    {
        LookAtPast => string.Create(
            CultureInfo.InvariantCulture,
            $"nothing was recorded before {TimeZoneInfo.ConvertTime(from, zone):d MMMM HH:mm}"
        ),
        StepInPast { IsForward: true, OnlyFailures: true } => "no failure after this",
        StepInPast { IsForward: true } => "nothing was recorded after this",
        StepInPast { OnlyFailures: true } => "no failure before this is recorded",
        _ => "this is the first that is recorded",
    };
}
