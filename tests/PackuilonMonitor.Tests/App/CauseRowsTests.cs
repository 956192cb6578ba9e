using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.App;

/// <summary>Failures of one cause in one row, and where that row leads.</summary>
public sealed class CauseRowsTests
{
    [TestCase(BuildState.Failed, 1, 1)]
    [TestCase(BuildState.Failed, 24, 2, Description = "the screen of causes does not list them any more")]
    [TestCase(BuildState.Lost, 1, 1)]
    [TestCase(BuildState.Cancelled, 1, 2, Description = "nor those that somebody cancelled")]
    public void Grouped_TwoOfOneCause_AreOneRowWhereTheScreenOfCausesListsThem(BuildState state, int hoursLater, int rows)
    {
        var ended = new[] { "one", "two" }.Select(id => new BuildRow(GivenLogs.Build(state, seconds: 60) with { Id = id }));

        Assert.That(CauseRows.Grouped(ended, GivenLogs.Noon.AddHours(hoursLater).AddSeconds(60)).Count(), Is.EqualTo(rows));
    }

    /// <summary>Doctor's screen was left before its answer came; whoever returns to it sees the answer.</summary>
    [Test]
    public void Findings_OfDoctor_ReachItsScreenAlsoWhenThatWasLeft()
    {
        DoctorRow found = new(0, "ok", IsProblem: false, IsCommand: false);
        var left = Navigation.Start.To(new Place(ScreenKind.Doctor)).Back()!.WithFindings([found]);

        Assert.That(left.Previous!.Findings!.Value, Is.EqualTo(new[] { found }));
        Assert.That(left.Here.Findings, Is.Null);
    }
}
