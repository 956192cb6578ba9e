using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>Which log an open log is compared with, while other builds come into the same file.</summary>
public sealed class ComparedLogTests
{
    private const string Image = InventedDay.Storage;

    private InventedFactory _factory = new();
    private string _good = "";
    private string _failed = "";

    [SetUp]
    public void BuildOneWellAndOneBadly()
    {
        _factory = new InventedFactory()
            .Worker("8:00:00", 1)
            .Worker("8:00:01", 2)
            .WholeBuild("9:00:00", 1, Image, "managed", 7)
            .Taken("10:00:00", 1, Image)
            .Started("10:00:01", Image, "managed")
            .Logged(Image, "managed", ("10:00:02", "==> openstack: Loading flavor: m1.small"));
        var builds = _factory.Snapshot.Builds;
        (_good, _failed) = (builds[0].Id, builds[1].Id);
    }

    [Test]
    public void OpenLog_WhoseFileBecomesAnotherBuilds_IsComparedNoMore()
    {
        var opened = Opened(_good).Do(LogAct.Diff);
        Assert.That((Compared(opened), opened.Log!.View.Filter.Kind), Is.EqualTo((_good, FilterKind.Diff)));

        var after = After(opened, Next(_factory.Failed("10:05:00", 1, Image, "managed")));

        Assert.That(after.Known.Find(_failed), Has.Property(nameof(BuildView.LogGone)).True);
        AssertNotCompared(opened, after);
        Assert.That(after.Text(), Does.Contain("what is below is that build's"));
    }

    [Test]
    public void OpenLog_ThatTwoBuildsWriteByNow_IsComparedNoMore()
    {
        var opened = Opened(_good).Do(LogAct.OnlyNew);
        Assert.That(Compared(opened), Is.EqualTo(_good));

        var after = After(opened, _factory.Taken("10:02:00", 2, Image).Started("10:02:01", Image, "managed"));

        Assert.That(after.Known.Find(_failed), Has.Property(nameof(BuildView.LogShared)).True);
        AssertNotCompared(opened, after);
        Assert.That(after.Text(), Does.Contain("Nothing is concluded from it").And.Not.Contain("log gone"));
    }

    /// <summary>First that two builds wrote it, then that not even that is left.</summary>
    [Test]
    public void OpenLog_OfTwoBuilds_ThatAThirdOverwrites_SaysBoth()
    {
        _factory.Taken("10:02:00", 2, Image).Started("10:02:01", Image, "managed").Failed("10:05:00", 1, Image, "managed");
        var opened = Opened();

        var after = After(opened, Next(_factory.Failed("10:06:00", 2, Image, "managed")));

        var lines = after.Text().Split('\n').Select(line => line.Trim()).ToArray();
        Assert.That(lines[1..4], Is.EqualTo(new[]
        {
            "Two builds wrote this file at once (T1 since 10:00:01, T2 since 10:02:01).",
            "Nothing is concluded from it: no cause, step, exit code or image id.",
            "log gone: a later build has overwritten it; what is below is that build's",
        }));
    }

    /// <summary>The copy has the lines that the file lost.</summary>
    [Test]
    public void OpenLog_WhoseFileBecomesAnotherBuilds_IsReadFromItsCopyIfThereIsOne()
    {
        var opened = Opened(_good, _failed);

        var after = After(opened, Next(_factory.Failed("10:05:00", 1, Image, "managed")));

        Assert.That((after.Log!.Ref.Build, after.Log.Ref.IsCopy, Compared(after)), Is.EqualTo((_failed, true, _good)));
        Assert.That(after.Log.Id, Is.Not.EqualTo(opened.Log!.Id), "it is read again");
    }

    [Test]
    public void OpenLog_WhileNothingHappensToItsFile_IsNotReadAnew()
    {
        var opened = Opened(_good, _failed).Do(LogAct.Diff);

        var after = After(opened, _factory.Failed("10:05:00", 1, Image, "managed"));

        Assert.That((after.Log!.Id, Compared(after), after.Log.View.Filter.Kind), Is.EqualTo((opened.Log!.Id, _good, FilterKind.Diff)));
    }

    /// <summary>Chosen by hand, and then overwritten: there is nothing left of it to compare with.</summary>
    [Test]
    public void ChosenBuild_WhoseLogIsNotItsOwnAnyMore_IsNotComparedWith()
    {
        Next(_factory.Failed("10:05:00", 1, Image, "managed"));
        var state = Screens.Of(Kept(_factory, _good));

        var opened = Shown(state with { User = state.User with { ComparedWith = _failed } }, _factory.Snapshot.Builds[^1].Id);

        Assert.That(Compared(opened), Is.EqualTo(_good));
    }

    [Test]
    public void Press_DOnABuildWithoutALogOfItsOwn_SaysWhyItIsNotChosen()
    {
        _factory.Taken("10:02:00", 2, Image).Started("10:02:01", Image, "managed").Failed("10:05:00", 1, Image, "managed");

        var chosen = Screens.Of(_factory.Snapshot).Press("Tab", "Tab", "H", "d");

        Assert.That(chosen.User.Place.Screen, Is.EqualTo(ScreenKind.History));
        Assert.That(chosen.User.ComparedWith, Is.Null);
        Assert.That(chosen.User.Notice?.Text, Does.Contain("log written by two builds"));
    }

    private static void AssertNotCompared(ScreenState before, ScreenState after)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Compared(after), after.Log!.View.LastGood), Is.EqualTo(((string?)null, (string?)null)));
            Assert.That(after.Log!.View.Filter.Kind, Is.EqualTo(FilterKind.All), "nothing is left out by a comparison");
            Assert.That(after.Log.Id, Is.Not.EqualTo(before.Log!.Id), "the marks of the comparison are not asked for any more");
            Assert.That(after.Do(LogAct.Diff).Log!.View.Filter.Kind, Is.EqualTo(FilterKind.All));
        }
    }

    private ScreenState Opened(params string[] kept) => Shown(Screens.Of(Kept(_factory, kept)), _failed);

    private static ScreenState Shown(ScreenState state, string build) =>
        LogUpdate.Align(state.With(new Place(ScreenKind.Log, build))).State;

    private static Snapshot Kept(InventedFactory factory, params string[] kept) => Snapshot.Of(
        factory.State,
        new Facts(ThreadCount: 4) { History = new BuildHistory([], kept.ToHashSet()) }
    );

    /// <summary>The next build of the same image, which overwrites the log.</summary>
    private static InventedFactory Next(InventedFactory factory) =>
        factory.Taken("11:00:00", 1, Image).Started("11:00:01", Image, "managed");

    private static ScreenState After(ScreenState opened, InventedFactory factory) =>
        opened.Take(new StatePublished(Subscriptions.Of(opened).OfType<FactoryStates>().Single().Id, factory.State)).State;

    private static string? Compared(ScreenState state) =>
        Subscriptions.Of(state).OfType<LogLinesOf>().Single(lines => lines.Id == state.Log!.Id).ComparedWith?.Build;
}
