using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;

namespace PackuilonMonitor.Tests.App;

/// <summary>What a list shows of a row finds the row, whether or not there is room for it at this width.</summary>
public sealed class FilterTests
{
    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;

    [TestCase(Pane.Recent, "FAIL", 2)]
    [TestCase(Pane.Recent, " ok ", 8)]
    [TestCase(Pane.Recent, "14:05", 1)]
    [TestCase(Pane.Recent, "step 2", 1)]
    [TestCase(Pane.Recent, "refused before Packer", 1)]
    [TestCase(Pane.Recent, "storage-el9-x86_64.unm", 2)]
    [TestCase(Pane.Recent, "unmanaged", 2)]
    [TestCase(Pane.Recent, "7:00", 3)]
    [TestCase(Pane.Recent, "41c0ffee", 7)]
    [TestCase(Pane.Workers, "LOST", 1)]
    [TestCase(Pane.Workers, "STUCK", 1)]
    [TestCase(Pane.Workers, "silent 6:31", 1)]
    [TestCase(Pane.Workers, "create image", 1)]
    [TestCase(Pane.Workers, "not seen", 1)]
    [TestCase(Pane.Triggers, "unchanged", 1)]
    [TestCase(Pane.Triggers, "queued since 16:41", 1)]
    public void Of_AFilterByWhatIsShown_LeavesThoseRows(Pane pane, string filter, int rows) =>
        Assert.That(Filtered(new Place(ScreenKind.Overview), pane, filter), Has.Count.EqualTo(rows));

    [TestCase(ScreenKind.Events, "cdb2rabbit")]
    [TestCase(ScreenKind.Events, "16:41:44")]
    [TestCase(ScreenKind.Sources, "following")]
    public void Of_AFilterOnAnotherScreen_FindsWhatItsColumnsShow(ScreenKind screen, string filter) =>
        Assert.That(Filtered(new Place(screen), Pane.Whole, filter), Is.Not.Empty);

    [TestCase("listend")]
    [TestCase("ProfileRebuilt")]
    public void Of_AFilterByANameOfTheCode_FindsNothing(string filter) =>
        Assert.That(Filtered(new Place(ScreenKind.Events), Pane.Whole, filter), Is.Empty);

    [Test]
    public void Of_TheSameFilterAgain_IsWorkedOutOnce()
    {
        var first = Filtered(new Place(ScreenKind.Overview), Pane.Recent, "ok");

        Assert.That(Filtered(new Place(ScreenKind.Overview), Pane.Recent, "ok"), Is.SameAs(first));
    }

    private static IReadOnlyList<Row> Filtered(Place place, Pane pane, string filter) =>
        Lists.Of(Day, place.With(pane, new ListCursor(Filter: filter)), pane, InventedDay.Now);
}
