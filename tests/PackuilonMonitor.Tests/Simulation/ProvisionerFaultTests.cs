using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>A simulated script gives up for causes of every kind, and the reason that is read of its log is the cause.</summary>
public sealed class ProvisionerFaultTests
{
    private static readonly string[] Causes =
    [
        "provision.sh: the package mirror did not answer",
        "E: Unable to locate package ncm-ncd",
        "Error: Unable to find a match: ncm-ncd",
        "provision.sh: line 31: quattor-install: command not found",
        "provision.sh: line 12: /root/setup.sh: Permission denied",
        "cp: error writing '/var/cache/profile.tar': No space left on device",
        "KeyError: 'site'",
        "fatal: [default]: FAILED! => {\"changed\": false, \"msg\": \"No package matching 'ncm-ncd' is available\"}",
        "Error: Could not retrieve catalog from remote server: Error 500 on SERVER",
        "FATAL: Chef::Exceptions::Package: No candidate version available for ncm-ncd",
    ];

    [Test]
    public void Reason_OfEachFault_IsWhatItsProgramSaid([Values] PackerWording wording)
    {
        var plan = new FactoryPlan
        {
            Dialect = Dialect.E7ec5f0 with { Packer = wording },
            Scenario = Scenario.Calm with { BuildFails = 0.9, NoisePerLine = 0 },
        };
        var reasons = new HashSet<string?>();
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var run = SimulatedRun.Of(seed, plan, TimeSpan.FromDays(1));
            reasons.UnionWith(
                run.Truth.Builds.Where(build =>
                    build is { Cause: FailureCause.ProvisionerExit, Outcome: TrueOutcome.Failed, SharesLog: false, LogRewritten: false }
                )
                    .Select(build => Reason.Of(Read(Runs.Text(run.Logs[build.LogFile])))?.Text)
            );
        }

        Assert.That(reasons, Is.EquivalentTo(Causes));
    }

    private static BuildLog Read(string text)
    {
        var lines = text.Split('\n');
        return lines[..^1].Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null)).AtEnd(lines[^1]);
    }
}
