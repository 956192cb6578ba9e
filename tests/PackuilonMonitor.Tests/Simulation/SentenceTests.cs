using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class SentenceTests
{
    private static readonly IEnumerable<Dialect> Dialects = Dialect.All;

    // What real daemons said that the simulation never says, and why it does not.
    private static readonly (string Shape, string Why)[] NotProduced =
    [
        (@"Error reading config file|No section: '\w+'|UserWarning\(.*\)", "a daemon that cannot start"),
        (@"Could not (?:open|decode) (?:images config|template map) file.*", "a daemon that cannot start"),
        (@"Unable to read from config file", "a script that cannot start"),
        (@"Unable to (?:open cached info file:|open cached profile: .*|write profile info to file .*)", "a broken cache folder"),
        (@"(?:IsADirectory|FileNotFound)Error\(\d+, '.*'\)", "the repr after the one above"),
        (@"/bin/sh: line \d+: mail: command not found", "a shell's words, not the daemon's"),
    ];

    [TestCaseSource(nameof(Dialects))]
    public void EveryOwnLine_HasTheShapeOfAKnownSentence(Dialect dialect)
    {
        var unknown = Runs.Rough(dialect).Own().Where(line => KnownSentences.Of(line.Program, line.Content) != line.Sentence);

        Assert.That(unknown.Select(line => $"{line.Sentence}: {line.Content}"), Is.Empty);
    }

    [TestCaseSource(nameof(Dialects))]
    public void OtherProgramsLines_AreNeverTaggedAsOurs(Dialect dialect)
    {
        foreach (var line in Runs.Rough(dialect).Lines)
            Assert.That(KnownSentences.Own(Runs.Text(line.Bytes).TrimEnd('\n'))?.Program ?? LogProgram.Other, Is.EqualTo(line.Program));
    }

    [Test]
    public void EverySentence_IsSaidInSomeDialect()
    {
        var said = Dialect.All.SelectMany(dialect => Troubled(dialect).Lines).Select(line => line.Sentence).Distinct();

        Assert.That(said, Is.EquivalentTo(Enum.GetValues<Sentence>()));
    }

    [TestCaseSource(nameof(Dialects))]
    public void EverySentenceRecorded_IsSaidInThatDialect(Dialect dialect)
    {
        var recorded = SharedCaptures
            .Lines(dialect == Dialect.Head ? "HEAD" : dialect.Name)
            .Select(KnownSentences.Own)
            .OfType<(LogProgram Program, string Content)>()
            .Where(line =>
                !IsNotProduced(line.Content)
                || line.Program == LogProgram.Rabbit2Packer && KnownSentences.Of(line.Program, line.Content) is not null
            )
            .Distinct()
            .Select(line => (line.Content, Sentence: KnownSentences.Of(line.Program, line.Content)))
            .ToList();
        if (recorded.Count == 0)
            Assert.Ignore($"No recorded run of {dialect}.");

        var said = Troubled(dialect).Lines.Select(line => line.Sentence).ToHashSet();

        Assert.That(recorded.Where(line => line.Sentence is null).Select(line => line.Content), Is.Empty, "recorded and unknown");
        Assert.That(recorded.Select(line => line.Sentence!.Value).Distinct(), Is.SubsetOf(said));
    }

    private static bool IsNotProduced(string content) => NotProduced.Any(exception => Regex.IsMatch(content, $"^(?:{exception.Shape})$"));

    private static SimulatedRun Troubled(Dialect dialect) =>
        Made.GetOrAdd(dialect, _ =>
            SimulatedRun.Of(
                21,
                new FactoryPlan
                {
                    Dialect = dialect,
                    Scenario = Scenario.Rough with { NoisePerLine = 0.1, FatalFlaw = 0.2, Flawed = 0.3, TriggerFails = 0.3 },
                },
                Runs.Day * 2
            )
        );

    private static readonly ConcurrentDictionary<Dialect, SimulatedRun> Made = new();
}
