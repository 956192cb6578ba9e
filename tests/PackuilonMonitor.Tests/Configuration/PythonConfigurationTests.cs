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

    private static (string?, string?) Read(string text)
    {
        var read = PythonConfiguration.Of(text);
        return read.Error is not null ? (GivenConfiguration.Fault, GivenConfiguration.Fault) : (Value("A"), Value("B"));

        string? Value(string key) =>
            read.Value.Value("global", key) is { Error: null, Value: var value } ? value : GivenConfiguration.Fault;
    }
}
