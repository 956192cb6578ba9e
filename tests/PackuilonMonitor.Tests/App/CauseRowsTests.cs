using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
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

    /// <summary>Packer ends its sentences, a shell does not.</summary>
    [TestCase("Timeout waiting for SSH.")]
    [TestCase("Timeout waiting for SSH")]
    public void Strip_OfACause_IsOneSentenceBeforeItsImages(string cause)
    {
        var build = new BuildRow(GivenLogs.Build(BuildState.Failed, seconds: 60));
        var row = new CauseRow("masked", cause, [build, build]);

        Assert.That(
            RowStrip.TextOf(row, new InventedFactory().Snapshot, InventedDay.Paint()),
            Does.StartWith("2x Timeout waiting for SSH. ").And.Not.Contain("..")
        );
    }

    private static readonly (int Hour, string Image, string Error)[] Failures =
    [
        (11, "one", "No space left on device"),
        (12, "two", "No space left on device"),
        (13, "three", "Permission denied"),
    ];

    [Test]
    public void Log_OfAFailedBuild_CountsTheFailuresOfItsCause_AndXOpensThem()
    {
        var factory = new InventedFactory().Worker("10:00:00", 1);
        foreach (var (hour, image, error) in Failures)
        {
            factory
                .Taken($"{hour}:00:00", 1, image)
                .Started($"{hour}:00:01", image, "managed")
                .Logged(image, "managed", ($"{hour}:05:00", GivenLogs.Error($"provision.sh: line 3: {error}")))
                .Failed($"{hour}:06:00", 1, image, "managed");
        }

        factory.Event("13:07:00", new LogDirectoryRead());
        var state = Screens.Of(factory.Snapshot, new Size(140, 40));
        ScreenState Log(string image) => state.Press(":").Enter($"log {image}").State;

        var opened = Log("two");
        Assert.That(opened.Log!.View.SameCause, Is.EqualTo(new SameCause(2, InventedFactory.At("11:06:00"))));
        Assert.That(opened.Text(), Does.Contain("same    2 builds failed with this cause since 11:06"));
        Assert.That(Log("three").Log!.View.SameCause, Is.Null);

        var causes = opened.Press("X");
        Assert.That(causes.User.Place.Screen, Is.EqualTo(ScreenKind.Causes));
        Assert.That(Selection.Row(causes), Is.InstanceOf<MemberRow>());
        Assert.That(Selection.Row(causes)!.Build!.Image.Text, Is.EqualTo("two"));
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
