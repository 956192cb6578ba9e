using System.Collections.Frozen;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Store;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>Which steps of a build are called slower than usual, below the list of its steps.</summary>
public sealed class StepsTests
{
    private const int ConnectedAt = 11;
    private const int WithinTheScript = 23;

    /// <summary>Waiting for SSH usually takes 15 seconds: only the smallest delay decides.</summary>
    [TestCase(15, null)]
    [TestCase(16, "wait for SSH 0:31 (usual 0:15, worst 0:15)")]
    public void Slower_OfAShortStep_NeedsMoreThanFifteenSeconds(int delay, string? said) =>
        Assert.That(Slower(ConnectedAt, delay), Is.EqualTo(said));

    /// <summary>The script usually takes 139 seconds: a sixth of that decides, which is more than fifteen seconds.</summary>
    [TestCase(20, false)]
    [TestCase(21, true)]
    public void Slower_OfALongStep_NeedsAPartOfItsTime(int delay, bool named) =>
        Assert.That(
            Slower(WithinTheScript, delay) is { } slower && slower.Contains("provision 2:40 (usual 2:19, worst 2:19)"),
            Is.EqualTo(named)
        );

    /// <summary>The row "slower" of a good build whose log from that line on comes so many seconds late; null if there is none.</summary>
    private static string? Slower(int from, int delay)
    {
        var late = GivenLogs.Good.Select((line, index) => index < from ? line : (line.Second + delay, line.Text));
        var build = GivenBuilds.Of(9, BuildState.Succeeded, GivenLogs.Folded(late), 272 + delay);
        var history = new BuildHistory([GivenBuilds.Good(1), GivenBuilds.Good(2), GivenBuilds.Good(3), build], FrozenSet<string>.Empty);
        var screen = Screens.Of(Snapshot.Of(MonitorState.Empty, Facts.None with { History = history }), new Size(140, 40));
        var steps = NavigationUpdate.To(screen, new Place(ScreenKind.Steps, build.Id));
        var row = steps.Text().Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith("slower ", StringComparison.Ordinal));
        return row?.Trim()["slower".Length..].Trim();
    }
}
