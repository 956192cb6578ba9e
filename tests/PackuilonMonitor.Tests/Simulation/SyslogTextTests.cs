using System.Text;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>What rsyslog makes of the bytes that a program sends it.</summary>
public sealed class SyslogTextTests
{
    /// <summary>Controls become their octal number; all else stays, also what looks like such a number.</summary>
    [TestCase("control", "colour #033[35mpurple#033[0m tab#011here return#015here bell#007 line#012break")]
    [TestCase("format", "100% %s %n {0} #033 stays #012 as it is")]
    [TestCase("utf8", "zażółć 構築 🏭")]
    [TestCase("latin", "gar\ufffdon na\ufffdve \ufffd\ufffd raw")]
    public void Line_OfAnotherProgram_HasItsControlsAsNumbers(string program, string expected)
    {
        var plan = new FactoryPlan { Scenario = Scenario.Rough with { NoisePerLine = 5 } };
        var lines = new SimulatedFactory(plan)
            .StepsUntil(plan.Start + Runs.Day)
            .Select(step => step.Operation)
            .OfType<MessageLine>()
            .Where(line => line.Count == 1 && Whole(line).Contains($" {program}[", StringComparison.Ordinal))
            .ToList();

        Assert.That(lines.Select(line => line.Content).Distinct(), Is.EqualTo(new[] { expected }));
        foreach (var line in lines)
            Assert.That(Whole(line), Does.EndWith($": {expected}\n"));
    }

    private static string Whole(MessageLine line) => Encoding.UTF8.GetString(line.Bytes.Span);
}
