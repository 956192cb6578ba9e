namespace PackuilonMonitor.Tests.App;

public sealed class OutlookOfLateTests
{
    /// <summary>Its time is over at the fifth of thirteen steps: the bar says how far it came, and not that all is done.</summary>
    [Test]
    public void Done_OfABuildThatIsLate_IsWhatItsStepsSay()
    {
        var factory = new InventedFactory().Worker("8:00:00", 1);
        foreach (var hour in new[] { "9:00:00", "10:00:00", "11:00:00" })
            factory.WholeBuild(hour, 1, InventedDay.Storage, "managed", 7);
        factory
            .Taken("12:00:00", 1, InventedDay.Storage)
            .Started("12:00:01", InventedDay.Storage, "managed")
            .Logged(
                InventedDay.Storage,
                "managed",
                [.. InventedFactory.Steps(InventedDay.Storage).Take(5).Select((line, step) => ($"12:00:0{2 + step}", line))]
            );
        var build = factory.Snapshot.Builds.Single(build => build.Running);

        var outlook = factory.Snapshot.OutlookOf(build, InventedFactory.At("12:30:00"));

        Assert.That((outlook.Late, outlook.Done), Is.EqualTo((true, (double?)outlook.Position / outlook.Total)));
        Assert.That(outlook.Done, Is.InRange(0.2, 0.5));
    }
}
