using System.Text.Json;
using PackuilonMonitor.Configuration;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>Packuilon's configuration as Python reads it.</summary>
public sealed class PythonConfigurationTests
{
    private static IEnumerable<TestCaseData> EachCase() =>
        GivenConfiguration.Cases.Select(given =>
            new TestCaseData(given.Text, given.A, given.B).SetArgDisplayNames(JsonSerializer.Serialize(given.Text))
        );

    [TestCaseSource(nameof(EachCase))]
    public void Value_OfAFile_IsWhatPythonReads(string text, string? a, string? b) => Assert.That(Read(text), Is.EqualTo((a, b)));

    [TestCase("[global]\nRABBIT_PW secret\n")]
    [TestCase("RABBIT_PW = secret\n")]
    [TestCase("[global]\nRABBIT_PW = a\nRABBIT_PW = secret\n")]
    [TestCase("[global]\nRABBIT_PW = %secret\n")]
    [TestCase("[global]\nRABBIT_PW = %(secret)s\n")]
    [TestCase("[secret]\n[secret]\n")]
    public void Faults_NeverShowWhatTheFileHolds(string text)
    {
        var read = PythonConfiguration.Of(text);
        var fault = read.Error ?? read.Value.Value("global", "RABBIT_PW").Error;

        Assert.That(fault, Is.Not.Null.And.Not.Contain("secret"));
    }

    /// <summary>The first one that ends the reading for Python; lines that it only cannot parse come after all of those.</summary>
    [TestCase("\n# note\nKEY = a\n", "line 3: is above the first section; write a line like [global] above it")]
    [TestCase("[global]\nA = 1\n\n[global]\n", "line 4: its section is repeated")]
    [TestCase("[global]\nA = 1\nB = 2\na: 3\n", "line 4: its key is repeated")]
    [TestCase("[global]\nA = 1\nword\nother\n", "line 3: is neither a section nor a key with its value")]
    [TestCase("[global]\nword\nA = 1\nA = 2\n", "line 4: its key is repeated")]
    public void Fault_OfAFile_NamesTheLine(string text, string expected) =>
        Assert.That(PythonConfiguration.Of(text).Error, Is.EqualTo(expected));

    private static (string?, string?) Read(string text)
    {
        var read = PythonConfiguration.Of(text);
        return read.Error is not null ? (GivenConfiguration.Fault, GivenConfiguration.Fault) : (Value("A"), Value("B"));

        string? Value(string key) =>
            read.Value.Value("global", key) is { Error: null, Value: var value } ? value : GivenConfiguration.Fault;
    }
}
