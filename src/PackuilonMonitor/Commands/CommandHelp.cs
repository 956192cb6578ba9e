using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Commands;

/// <summary>
/// The text of --help: usage, the command's own options, examples. The help of the program has the options of all commands.
/// </summary>
internal sealed class CommandHelp : SynchronousCommandLineAction
{
    private const int Width = 100;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        using var output = new Output();
        foreach (var line in Of(parseResult.CommandResult.Command))
            output.Line(line);
        return ExitCodes.Done;
    }

    /// <summary>The lines for the program, or for one of its commands; none is wider than 100 columns.</summary>
    public static IEnumerable<string> Of(Command command)
    {
        var options = command.Options.Select(option =>
            (string.Join(", ", option.Aliases.Append(option.Name)) + Value(option), option.Description ?? "")
        );
        var whole = command is RootCommand;
        return
        [
            $"Usage: packuilon-monitor {(whole ? "[COMMAND]" : command.Name)}{string.Concat(command.Arguments.Select(Placed))} [options]",
            "",
            .. Wrapped(command.Description ?? "", ""),
            .. whole ? Wrapped("Without a command: the dashboard on this host's logs.", "") : [],
            .. Table(
                "Commands",
                command.Subcommands.Select(known => (known.Name + string.Concat(known.Arguments.Select(Placed)), known.Description ?? ""))
            ),
            .. Table("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""))),
            .. Table(whole ? "Options of all commands" : "Options", options),
            "",
            "Examples:",
            .. Examples.Of(command).Select(example => $"  {example}"),
            "",
            whole
                ? "Exit codes: 0 done, 3 a source could not be read, 64 wrong use, 70 a bug, 128+n signal n."
                : "Options of all commands: packuilon-monitor --help",
        ];
    }

    /// <summary>Replaces the library's --help by this text.</summary>
    public static void Answer(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new CommandHelp();
            // A slash begins a path here, not an option.
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
            help.Description = "Show help; after a command, the command's own.";
        }

        foreach (var version in root.Options.OfType<VersionOption>())
            version.Description = "Show the version.";
    }

    private static string Placed(Argument argument) =>
        argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}";

    private static string Value(Option option) => option switch
    {
        { HelpName: null } => "",
        { Arity.MinimumNumberOfValues: 0 } => $" [{option.HelpName}]",
        _ => $" {option.HelpName}",
    };

    private static IEnumerable<string> Table(string heading, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return [];
        // A long name has a line of its own, so that it does not shift all others.
        var column = all.Select(row => row.Name.Length).Where(length => length <= 24).DefaultIfEmpty(0).Max() + 4;
        return ["", $"{heading}:", .. all.SelectMany(row => Row(row.Name, row.Text, column))];
    }

    private static IEnumerable<string> Row(string name, string text, int column)
    {
        var lines = Wrapped(text, new string(' ', column)).ToList();
        return name.Length + 4 > column
            ? [$"  {name}", .. lines]
            : [$"  {name}".PadRight(column) + lines[0][column..], .. lines[1..]];
    }

    private static IEnumerable<string> Wrapped(string text, string indent)
    {
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = indent;
            }

            line += line.Length > indent.Length ? $" {word}" : word;
        }

        yield return line;
    }
}
