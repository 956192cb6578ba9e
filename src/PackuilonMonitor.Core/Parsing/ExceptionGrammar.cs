using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>The exceptions that the daemons write on a line of their own, besides the line that says what failed.</summary>
internal static class ExceptionGrammar
{
    // JSONDecodeError('Expecting value: line 1 column 28 (char 27)',)
    // KeyError('system')
    // FileNotFoundError(2, 'No such file or directory')
    private static readonly Parser<string> Representation =
        from name in Until("(")
        from arguments in UntilLast(")")
        where IsException(name)
        select name;

    // No section: 'rabbit2packer'
    // No option 'queue' in section: 'global'
    // No connection could be opened: Connection to 192.0.2.7:5672 failed: [Errno 111] Connection refused
    private static readonly Parser<string> Message =
        from start in FirstOf(Literal("No section: "), Literal("No option "), Literal("No connection could be opened"))
        from text in Rest
        select start;

    public static readonly Parser<MonitorEvent> Shown =
        FirstOf(Representation, Message).Select(_ => (MonitorEvent)new ExceptionShown());

    private static bool IsException(string name) =>
        (name.EndsWith("Error", StringComparison.Ordinal) || name.EndsWith("Exception", StringComparison.Ordinal)
            || name.EndsWith("Warning", StringComparison.Ordinal) || name.EndsWith("Closed", StringComparison.Ordinal))
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.');
}
