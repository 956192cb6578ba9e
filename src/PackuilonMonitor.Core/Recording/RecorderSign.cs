using System.Globalization;
using System.Text.RegularExpressions;

namespace PackuilonMonitor.Core.Recording;

/// <summary>How it stands with the recorder of a store.</summary>
public enum RecorderState
{
    /// <summary>There never was one, or it ended in good order.</summary>
    None,
    Runs,

    /// <summary>It runs, and has not been able to write for a while.</summary>
    Hangs,

    /// <summary>It was killed, or the host went down.</summary>
    Died,
}

/// <summary>The state of a recorder, from the lock of its store.</summary>
/// <param name="Process">Its process; 0 where it is not known.</param>
/// <param name="WroteAt">When it last wrote, or was seen to have nothing to write; null where that is not known.</param>
public sealed partial record RecorderSign(RecorderState State, int Process, DateTimeOffset? WroteAt)
{
    public static readonly RecorderSign Nobody = new(RecorderState.None, 0, null);

    /// <summary>Another process writes the store: nobody else may.</summary>
    public bool IsThere => State is RecorderState.Runs or RecorderState.Hangs;

    /// <summary>Why nothing is recorded, for the text after <c>history off:</c>; null if all is well.</summary>
    public string? Trouble(DateTimeOffset now) => State switch
    {
        RecorderState.None or RecorderState.Runs => null,
        RecorderState.Hangs => $"the recorder (process {Number(Process)}) runs but cannot write{Ago(now)}",
        RecorderState.Died => $"the recorder died{Ago(now)}: systemctl restart packuilon-monitor-record",
    };

    /// <summary>How long ago it last wrote, in words; empty where that is not known.</summary>
    public string Ago(DateTimeOffset now) => WroteAt is not { } at || at > now ? ""
        : (now - at) switch
        {
            { TotalMinutes: < 2 } age => $" {Number((int)age.TotalSeconds)} seconds ago",
            { TotalHours: < 2 } age => $" {Number((int)age.TotalMinutes)} minutes ago",
            { TotalDays: < 2 } age => $" {Number((int)age.TotalHours)} hours ago",
            var age => $" {Number((int)age.TotalDays)} days ago",
        };

    /// <summary>A text without the ages in it: the same trouble is the same however long it lasts.</summary>
    public static string WithoutAges(string text) => Age().Replace(text, "");

    [GeneratedRegex(@" \d+ (seconds|minutes|hours|days) ago", RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
