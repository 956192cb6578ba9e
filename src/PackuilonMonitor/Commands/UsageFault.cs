using System.CommandLine;
using System.CommandLine.Parsing;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Inputs;
using Spelling = PackuilonMonitor.Core.Text.Spelling;

namespace PackuilonMonitor.Commands;

/// <summary>The error in an invalid command line, in one line with a value that works.</summary>
internal static class UsageFault
{
    /// <summary>Null if the command line is valid.</summary>
    public static string? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
        var fault =
            Misspelt(parsed) is { } option ? Unknown(parsed, option)
            : parsed.Errors is [var error, ..] ? Fault(parsed, error)
            : null;
        return fault is null ? null : SafeText.Plain($"{fault}; see packuilon-monitor {command}--help");
    }

    /// <summary>
    /// No build and no image begins like an option, so such a word is an unknown option. It is the fault even if there are others: the word
    /// after it, its value, then counts as an argument too many.
    /// </summary>
    private static string? Misspelt(ParseResult parsed) =>
        parsed.Action is CommandHelp
            ? null
            : parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(static argument => argument.Tokens)
                .Select(static token => token.Value)
                // Of an unknown command no option is known.
                .Concat(parsed.CommandResult.Command is RootCommand ? [] : parsed.UnmatchedTokens)
                .FirstOrDefault(static word => word.StartsWith('-'));

    private static string Fault(ParseResult parsed, ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { Option.Arity.MaximumNumberOfValues: 0 } option =>
                $"{option.Option.Name}: stands alone; give {option.Option.Name}",
            OptionResult { Tokens.Count: 0 } option =>
                $"{option.Option.Name}: needs a value; give one like {option.Option.Name} {Examples.Value(option.Option)}",
            OptionResult { Tokens.Count: > 1 } option =>
                $"{option.Option.Name}: takes one value and has {option.Tokens.Count}; "
                + $"give one like {option.Option.Name} {option.Tokens[^1].Value}",
            OptionResult { Option.Arity.MinimumNumberOfValues: > 0 } option =>
                $"{option.Option.Name}: takes no such value: {option.Tokens[0].Value}; "
                + $"give one like {option.Option.Name} {Examples.Value(option.Option)}",
            OptionResult option => $"{option.Option.Name}: takes no such value: {option.Tokens[0].Value}; give {option.Option.Name} alone",
            ArgumentResult { Tokens.Count: 0 } argument => Missing(parsed, argument.Argument),
            CommandResult { Command.Arguments: [{ } first, ..] } when parsed.UnmatchedTokens.Count == 0 => Missing(parsed, first),
            _ when parsed.UnmatchedTokens is [var unknown, ..] => Unknown(parsed, unknown),
            _ => error.Message.TrimEnd('.'),
        };

    private static string Missing(ParseResult parsed, Argument argument)
    {
        var command = parsed.CommandResult.Command.Name;
        // An option with an optional value takes the word after it.
        return
            parsed
                .CommandResult.Children.OfType<OptionResult>()
                .FirstOrDefault(static option =>
                    option is { Option.HelpName: Sources.StandardInput, Tokens: [{ Value: not Sources.StandardInput }] }
                )
                is { } taker
            ? $"{taker.Option.Name}: takes nothing or - and not {taker.Tokens[0].Value}; "
                + $"give {command} {taker.Tokens[0].Value} {taker.Option.Name}"
            : $"{command}: {argument.Name} is missing; give one like {command} {Until(argument, parsed.CommandResult.Command.Arguments)}";
    }

    /// <summary>Values of the arguments as far as this one.</summary>
    private static string Until(Argument last, IEnumerable<Argument> all) =>
        string.Join(' ', all.TakeWhile(argument => argument != last).Append(last).Select(Examples.Value));

    private static string Unknown(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        if (word.StartsWith('-'))
        {
            var options = command.Options.Concat(
                command.Parents.OfType<Command>().SelectMany(static above => above.Options.Where(option => option.Recursive))
            );
            return $"{word}: no such option; {Spelling.Offer(word, options.Select(static option => option.Name))}";
        }

        return command is RootCommand
            ? $"{word}: no such command; {Spelling.Offer(word, command.Subcommands.Select(static known => known.Name))}"
            : $"{word}: {command.Name} takes no{(command.Arguments.Count > 0 ? " second" : "")} argument; "
                + $"leave it out, or quote what belongs together";
    }
}
