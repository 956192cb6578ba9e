using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Sessions;

/// <summary>
/// A message in one line. What was read stands there by who was listened to and its ordinal: no state, no page and no line of a log.
/// </summary>
public static class MessageText
{
    /// <summary>Words between blanks; in each, what is neither letter nor digit is escaped as in an address of the web.</summary>
    /// <param name="ordinal">How many messages of the same kind came from the same source before it.</param>
    public static string Of(Message message, int ordinal) =>
        string.Join(' ', Words(message, ordinal).Select(Uri.EscapeDataString));

    /// <summary>A person did this.</summary>
    public static bool IsOfPerson(Message message) =>
        message is KeyPressed or MousePressed or LineTyped or LineEntered or LineCancelled or CommandNamed or Resized;

    private static string[] Words(Message message, int ordinal) => message switch
    {
        KeyPressed key => ["key", key.Key.Name],
        MousePressed { Press: var press } => ["mouse", press.Act.ToString(), Number(press.Row), Number(press.Column)],
        Resized { Size: var size } => ["size", Number(size.Columns), Number(size.Rows)],
        LineTyped typed => ["typed", Number(typed.Number), typed.Text],
        LineEntered entered => ["entered", Number(entered.Number), entered.Text],
        CommandNamed named => ["command", named.Text],
        LineCancelled cancelled => ["cancelled", Number(cancelled.Number)],
        PictureShown => ["shown"],
        Resumed => ["resumed"],
        NotSuspended => ["not-suspended"],
        Ticked => ["tick"],
        StatePublished news => Numbered("state", news, ordinal),
        HistoryRead news => Numbered("history", news, ordinal),
        MutesRead news => Numbered("mutes", news, ordinal),
        PageRead news => Numbered("page", news, ordinal),
        HitsFound news => Numbered("hits", news, ordinal),
        ChannelReported { Trouble: null } report => ["channel", report.Channel],
        ChannelReported { Trouble: { } trouble } report => ["channel", report.Channel, trouble],
        LogSaved saved => ["saved", Number(saved.Number), Number(saved.Bytes), saved.Path],
        LogNotSaved failed => ["not-saved", Number(failed.Number), failed.Why],
        PagerEnded ended => ["pager", Number(ended.Number), Number(ended.Code)],
        PagerNotStarted failed => ["no-pager", Number(failed.Number), failed.Why],
        DoctorRan ran => ["doctor", Number(ran.Number), Number(ran.Found.Length)],
        PlainTextClosed closed => ["plain-text-closed", Number(closed.Number)],
        MutesKept kept => ["mutes-kept", Number(kept.Number)],
        MutesNotKept failed => ["mutes-not-kept", Number(failed.Number), failed.Why],
        WholeLogRead read => ["whole-log", Number(read.Number)],
        WholeLogNotRead failed => ["no-whole-log", Number(failed.Number), failed.Why],
        PastFound found => ["past", Number(found.Number)],
        PastNotFound failed => ["no-past", Number(failed.Number), failed.Why],
        _ => throw new UnreachableException($"{message.GetType().Name} has no text"),
    };

    private static string[] Numbered(string what, SubscriptionMessage message, int ordinal) =>
        [what, message.From.Key, Number(message.From.Number), Number(ordinal)];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
