using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The words for checks, in the header and on HEALTH.</summary>
public static class HealthWords
{
    public static Style Style(Severity severity, Palette palette) => severity switch
    {
        Severity.Error => palette.Bad,
        Severity.Warn => palette.Warning,
        Severity.Unknown => palette.Blind,
    };

    public static Style Style(Overall overall, Palette palette) => overall switch
    {
        Overall.Ok => palette.Dim,
        Overall.Warn => palette.Warning,
        Overall.Error => palette.Bad,
        Overall.Unknown => palette.Blind,
    };

    /// <summary>What the header says behind a check's code: its count or its only item, and since when.</summary>
    public static string Short(Check check, Paint paint) => check.Since is { } since && !TellsSinceWhen(check)
        ? $"{What(check)} {paint.Minute(since)}"
        : What(check);

    /// <summary>The same without long words: since when.</summary>
    public static string Least(Check check, Paint paint) =>
        check.Since is { } since && What(check).Length > ShortWord ? paint.Minute(since) : Short(check, paint);

    /// <summary>Letters of a count, or of a thread's name.</summary>
    private const int ShortWord = 4;

    private static bool TellsSinceWhen(Check check) => check.Code is CheckCode.DaemonDown or CheckCode.BrokerDown;

    private static string What(Check check) => check switch
    {
        _ when TellsSinceWhen(check) => check.Summary,
        { Code: CheckCode.WorkerLost or CheckCode.WorkerSilent or CheckCode.BuildStuck, Items: [{ Thread: { } thread }] } =>
            Words.Thread(thread),
        {
            Code: CheckCode.TriggerFailing or CheckCode.HistoryOff or CheckCode.NotifyFailing or CheckCode.ShipBehind,
            Items: [var only]
        } => only.Id,
        { Code: CheckCode.SourceUnreadable or CheckCode.SourceSilent, Items: [{ Path: { } path }] } => path.TrimEnd('/').Split('/')[^1],
        _ => check.Count.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Columns that three dots need more than the sign that they stand for.</summary>
    public const int AsciiSign = 2;

    /// <summary>A check of the header in fewer columns: since when it is stays, as far as there is room.</summary>
    public static string Narrowed(RaisedCheck raised, string whole, int columns, bool ascii)
    {
        var code = $"{Whose(raised)}{raised.Check.Code.Name()} ";
        return whole.Length > columns && TellsSinceWhen(raised.Check)
            ? SafeText.Plain(code + raised.Check.Words.In(columns - code.Length - (ascii ? AsciiSign : 0)))
            : whole;
    }

    /// <summary><c>(muted: IMAGE_FLAKY 3h)</c></summary>
    public static string Muted(RaisedCheck raised, Paint paint) =>
        $"(muted: {Whose(raised)}{raised.Check.Code.Name()} {raised.Check.Mute?.LeftAt(paint.Now)})";

    /// <summary>What can be typed for how long a mute is, and what else ends it.</summary>
    public static string MuteHelp(int columns) => columns >= 140
        ? "30m  4h  1d  until-ok   empty: unmute   it also ends when the check clears, gets worse or has a new item: \"4h sticky\" stays"
        : "30m 4h 1d until-ok   empty: unmute   a new item ends it, unless \"4h sticky\"";

    public static string Whose(RaisedCheck raised) => raised.Factory is { } factory ? $"{factory} " : "";

    /// <summary>What ends a check.</summary>
    public static string Clears(CheckCode code) => code switch
    {
        CheckCode.DaemonDown => "when a worker speaks again; for cdp-listend, when it is up",
        CheckCode.BrokerDown => "when a worker takes a message, or a run of cdb2rabbit gets further",
        CheckCode.WorkerLost => "when the thread speaks, or the daemon starts again",
        CheckCode.WorkerSilent => "when the thread speaks",
        CheckCode.BuildFailed => "when the image is built well, for each item by itself",
        CheckCode.BuildLost => "when the image is built again, for each item by itself",
        CheckCode.BuildStuck => "when the build goes on or ends",
        CheckCode.ChangeNotBuilt => "when a later change of the profile is taken",
        CheckCode.TriggerFailing => "when a run ends well",
        CheckCode.QueueWaiting => "when a message is taken",
        CheckCode.SourceUnreadable => "when it can be read",
        CheckCode.SourceSilent => "when a line comes",
        CheckCode.MessagesDropped => "after an hour without lost lines",
        CheckCode.TimesUnreadable => "when times can be read again",
        CheckCode.TwoHosts => "after an hour with one host",
        CheckCode.LinesUnrecognised => "when fewer lines are unknown",
        CheckCode.ImageFlaky => "after four equal results",
        CheckCode.LeftBehind => "never by a line: mute it when it is cleaned up",
        CheckCode.HistoryOff => "when the history can be written",
        CheckCode.NotifyFailing => "when a notification is delivered",
        CheckCode.ShipBehind => "when events arrive again",
    };
}
