using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>The man page against the program's --help, both ways.</summary>
public sealed partial class ManPageTests
{
    private static readonly string Page = Repository.Read("packaging/man/packuilon-monitor.1");

    [Test]
    public void ManPage_Commands_AreThoseOfTheProgram()
    {
        var said = Heading().Matches(Page).Select(match => match.Groups[1].Value);

        Assert.That(said, Is.EquivalentTo(ProgramHelp.Commands));
    }

    [Test]
    public void ManPage_OptionsOfEachCommand_AreThoseOfTheProgram()
    {
        Assert.Multiple(() =>
        {
            foreach (var command in ProgramHelp.Commands)
                Assert.That(Options($".SS {command}"), Is.EquivalentTo(ProgramHelp.OptionsOf(command)), command);
        });
    }

    [Test]
    public void ManPage_OptionsOfAllCommands_AreThoseOfTheProgram() =>
        Assert.That(Options(".SH OPTIONS OF ALL COMMANDS"), Is.EquivalentTo(ProgramHelp.CommonOptions.Append("--version")));

    /// <summary>The options that have a paragraph of their own in the part that begins with the heading.</summary>
    private static IEnumerable<string> Options(string heading)
    {
        var start = Regex.Match(Page, $"^{Regex.Escape(heading)}\\b.*\n", RegexOptions.Multiline);
        Assert.That(start.Success, Is.True, heading);
        var rest = Page[(start.Index + start.Length)..];
        var end = NextHeading().Match(rest);
        return Paragraph().Matches(end.Success ? rest[..end.Index] : rest).Select(match => match.Groups[1].Value.Replace("\\", ""));
    }

    [GeneratedRegex(@"^\.SS ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\.S[SH] ", RegexOptions.Multiline)]
    private static partial Regex NextHeading();

    [GeneratedRegex(@"^\.TP\n\.B[IR]? .*?(\\-\\-[a-z\\-]+)", RegexOptions.Multiline)]
    private static partial Regex Paragraph();
}
