using System.Text.RegularExpressions;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>--help of the program and of each command, and what is said about wrong use.</summary>
public sealed partial class HelpTests
{
    private static IEnumerable<string> All => ProgramHelp.Commands.Prepend("");

    [Test]
    public void Help_OfEachCommand_IsShort()
    {
        Assert.Multiple(() =>
        {
            foreach (var command in All)
            {
                Assert.That(ProgramHelp.Lines(command), Has.Count.LessThanOrEqualTo(command.Length == 0 ? 60 : 20), command);
                Assert.That(ProgramHelp.Lines(command).Max(line => line.Length), Is.LessThanOrEqualTo(100), command);
            }
        });
    }

    [Test]
    public void Help_ExamplesOfEachCommand_AreUnderstood()
    {
        Assert.Multiple(() =>
        {
            foreach (var command in All)
            {
                var examples = ProgramHelp.Section(command, "Examples").ToList();
                Assert.That(examples, Is.Not.Empty, command);
                foreach (var example in examples)
                {
                    // A theme that cannot be is told only after the command line was understood, and before anything is read.
                    var words = Call().Match(example).Groups[1].Value.Replace("'", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    Assert.That(
                        ProgramHelp.Run([.. words, "--theme", "pink"]).Error,
                        Does.StartWith("packuilon-monitor: --theme:"),
                        example
                    );
                }
            }
        });
    }

    [TestCase("statsu", "statsu: no such command; did you mean status?; see packuilon-monitor --help")]
    [TestCase("statsu --json", "statsu: no such command; did you mean status?; see packuilon-monitor --help")]
    [TestCase("status --jsno", "--jsno: no such option; did you mean --json?; see packuilon-monitor status --help")]
    [TestCase("status --theem dark", "--theem: no such option; did you mean --theme?; see packuilon-monitor status --help")]
    [TestCase("--color", "--color: needs a value; give one like --color auto; see packuilon-monitor --help")]
    [TestCase("--now 1 --now 2", "--now: takes one value and has 2; give one like --now 2; see packuilon-monitor --help")]
    [TestCase("log", "log: BUILD is missing; give one like log norm-sl7x-x86_64; see packuilon-monitor log --help")]
    [TestCase(
        "log --journal norm",
        "--journal: takes nothing or - and not norm; give log norm --journal; see packuilon-monitor log --help"
    )]
    [TestCase(
        "log one two",
        "two: log takes no second argument; leave it out, or quote what belongs together; see packuilon-monitor log --help"
    )]
    [TestCase(
        "status now",
        "now: status takes no argument; leave it out, or quote what belongs together; see packuilon-monitor status --help"
    )]
    [TestCase("history --jsno", "--jsno: no such option; did you mean --json?; see packuilon-monitor history --help")]
    [TestCase("history --limit 5", "--limit: no such option; give one like --json; see packuilon-monitor history --help")]
    [TestCase("zzzzzz", "zzzzzz: no such command; give one like demo; see packuilon-monitor --help")]
    [TestCase("hist", "hist: no such command; did you mean history?; see packuilon-monitor --help")]
    [TestCase("status x --jsno", "--jsno: no such option; did you mean --json?; see packuilon-monitor status --help")]
    [TestCase("log --plian", "--plian: no such option; did you mean --plain?; see packuilon-monitor log --help")]
    [TestCase("demo --speed", "--speed: needs a value; give one like --speed 10; see packuilon-monitor demo --help")]
    [TestCase("snapshot", "snapshot: FILE is missing; give one like snapshot factory.snapshot; see packuilon-monitor snapshot --help")]
    [TestCase("mute BUILD_LOST", "mute: TIME is missing; give one like mute BUILD_FAILED 4h; see packuilon-monitor mute --help")]
    [TestCase("replay -t", "--time: needs a value; give one like --time 14:02; see packuilon-monitor replay --help")]
    [TestCase("--version --ascii", "--version: stands alone; give --version; see packuilon-monitor --help")]
    public void WrongUse_NamesTheOptionAndAValueThatWouldDo(string typed, string said)
    {
        var (code, output, error) = ProgramHelp.Run(typed.Split(' '));

        Assert.That((code, output, error), Is.EqualTo((ExitCodes.WrongUse, "", $"packuilon-monitor: {said}\n")));
    }

    [Test]
    public void Option_WithoutItsValue_IsReportedWithOneThatIsUnderstood()
    {
        Assert.Multiple(() =>
        {
            foreach (var command in All)
            {
                IEnumerable<string> words = command switch
                {
                    "" => [],
                    "mute" => [command, "BUILD_FAILED", "4h"],
                    "unmute" => [command, "BUILD_FAILED"],
                    _ => ProgramHelp.Lines(command)[0].Contains(" BUILD") ? [command, "one"] : [command],
                };
                var good = new List<string>(words);
                foreach (var option in Valued(command))
                {
                    var error = ProgramHelp.Run([.. words, option]).Error;
                    var value = Regex.Match(error, $"give one like {option} (\\S+);").Groups[1].Value;
                    Assert.That(value, Is.Not.Empty, error);
                    good.AddRange([option, value]);
                }

                Assert.That(
                    ProgramHelp.Run([.. good, "--nonsense"]).Error,
                    Does.Contain("--nonsense: no such option"),
                    string.Join(' ', good)
                );
            }
        });
    }

    /// <summary>The options in whose row a value stands, in capitals.</summary>
    private static IEnumerable<string> Valued(string command) =>
        ProgramHelp.Section(command, command.Length == 0 ? "Options of all commands" : "Options")
            .Select(row => Needing().Match(row)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"packuilon-monitor ?([^|&]*)")]
    private static partial Regex Call();

    [GeneratedRegex("^(?:-[a-z], )?(--[a-z-]+) (?:[A-Z]+|amqp)")]
    private static partial Regex Needing();
}
