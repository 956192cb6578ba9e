using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>The completions of three shells against the program's --help, both ways.</summary>
public sealed partial class CompletionTests
{
    private const string Folder = "packaging/completions/";

    [Test]
    public void Bash_CompletesTheCommands() =>
        Assert.That(Bash("packuilon-monitor", "").Where(word => !word.StartsWith('-')), Is.EquivalentTo(ProgramHelp.Commands));

    [Test]
    public void Bash_CompletesTheOptionsOfEachCommand()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Bash("packuilon-monitor", "--"), Is.EquivalentTo(ProgramHelp.CommonOptions.Append("--version")));
            foreach (var command in ProgramHelp.Commands)
                Assert.That(
                    Bash("packuilon-monitor", command, "--"),
                    Is.EquivalentTo(ProgramHelp.CommonOptions.Concat(ProgramHelp.OptionsOf(command))),
                    command
                );
        });
    }

    [Test]
    public void Zsh_KnowsTheOptionsOfEachCommand()
    {
        var text = Repository.Read(Folder + "_packuilon-monitor");
        var common = text[text.IndexOf("common=(", StringComparison.Ordinal)..text.IndexOf("commands=(", StringComparison.Ordinal)];
        var arms = Arm().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.Multiple(() =>
        {
            Assert.That(Described().Matches(text).Select(match => match.Groups[1].Value), Is.EquivalentTo(ProgramHelp.Commands));
            Assert.That(Bracketed(common), Is.EquivalentTo(ProgramHelp.CommonOptions));
            foreach (var command in ProgramHelp.Commands)
                Assert.That(Bracketed(arms.GetValueOrDefault(command, "")), Is.EquivalentTo(ProgramHelp.OptionsOf(command)), command);
        });
    }

    [Test]
    public void Fish_KnowsTheOptionsOfEachCommand()
    {
        var lines = Repository.Read(Folder + "packuilon-monitor.fish").Split('\n');
        var commands = lines.Select(line => Offered().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        var options = lines
            .Select(line => Option().Match(line))
            .Where(match => match.Success)
            .Select(match =>
                (For: match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), Name: "--" + match.Groups[2].Value)
            )
            .ToList();

        Assert.Multiple(() =>
        {
            Assert.That(commands, Is.EquivalentTo(ProgramHelp.Commands));
            Assert.That(
                options.Where(option => option.For.Length == 0).Select(option => option.Name),
                Is.EquivalentTo(ProgramHelp.CommonOptions)
            );
            foreach (var command in ProgramHelp.Commands)
                Assert.That(
                    options.Where(option => option.For.Contains(command)).Select(option => option.Name),
                    Is.EquivalentTo(ProgramHelp.OptionsOf(command)),
                    command
                );
        });
    }

    [TestCase("zsh", "-n", "_packuilon-monitor")]
    [TestCase("fish", "--no-execute", "packuilon-monitor.fish")]
    public void Shell_ReadsItsFile_WithoutComplaint(string shell, string onlyRead, string file)
    {
        var (code, _, error) = Run(shell, [onlyRead, Repository.Place(Folder + file)]);

        Assert.That((code, error), Is.EqualTo((0, "")));
    }

    private static string[] Bash(params string[] words)
    {
        const string Script =
            """source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _packuilon_monitor 2>/dev/null; printf '%s\n' "${COMPREPLY[@]}" """;
        return Run("bash", ["-c", Script, Repository.Place(Folder + "packuilon-monitor.bash"), .. words])
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static (int Code, string Output, string Error) Run(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var shell = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var error = shell.StandardError.ReadToEndAsync();
            var output = shell.StandardOutput.ReadToEnd();
            shell.WaitForExit();
            return (shell.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{program} is not installed");
            throw;
        }
    }

    private static IEnumerable<string> Bracketed(string text) => Bracket().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"(--[a-z-]+)\[")]
    private static partial Regex Bracket();

    [GeneratedRegex("^        '([a-z]+):", RegexOptions.Multiline)]
    private static partial Regex Described();

    [GeneratedRegex(@"^ {16}([a-z]+)\) _arguments \$common (.*?);;", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Arm();

    [GeneratedRegex(@"not __fish_seen_subcommand_from \$commands"" -a ([a-z]+)")]
    private static partial Regex Offered();

    [GeneratedRegex("^complete -c packuilon-monitor (?:-n '__fish_seen_subcommand_from ([a-z ]+)' )?-l ([a-z-]+)")]
    private static partial Regex Option();
}
