using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PackuilonMonitor.Tests.Support;

/// <summary>What the program itself says there is, by --help.</summary>
internal static partial class ProgramHelp
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Known = new();

    public static IReadOnlyList<string> Commands { get; } = [.. Section("", "Commands").Select(row => row.Split(' ')[0])];

    /// <summary>The long options that every command has; --version is of the program alone.</summary>
    public static IReadOnlyList<string> CommonOptions { get; } =
    [.. Options(Section("", "Options of all commands")).Where(name => name != "--version")];

    /// <summary>The long options that only this command has.</summary>
    public static IReadOnlyList<string> OptionsOf(string command) => [.. Options(Section(command, "Options"))];

    /// <summary>The lines of --help of a command, or of the program for an empty name.</summary>
    public static IReadOnlyList<string> Lines(string command) =>
        Known.GetOrAdd(command, static name => Run(name.Length == 0 ? ["--help"] : [name, "--help"]).Output.Split('\n'));

    /// <summary>The rows below a heading, without those that go on with the row before.</summary>
    public static IEnumerable<string> Section(string command, string heading) =>
        Lines(command)
            .SkipWhile(line => line != heading + ":")
            .Skip(1)
            .TakeWhile(line => line.Length > 0)
            .Where(line => Row().IsMatch(line))
            .Select(line => line.Trim());

    /// <summary>The program run to its end.</summary>
    public static (int Code, string Output, string Error) Run(params IEnumerable<string> arguments)
    {
        using var program = Process.Start(
            new ProcessStartInfo(RunningProgram.Monitor, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var error = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return (program.ExitCode, output, error.Result);
    }

    private static IEnumerable<string> Options(IEnumerable<string> rows) =>
        rows.Select(row => LongName().Match(row).Value).Where(name => name.Length > 0);

    [GeneratedRegex("^  [^ ]")]
    private static partial Regex Row();

    [GeneratedRegex("--[a-z][a-z-]*")]
    private static partial Regex LongName();
}
