using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Tests.App;

public sealed class AlertWatchTests
{
    private static readonly DateTimeOffset Now = InventedDay.Now;

    [Test]
    public void Between_ABuildFails_ReportsOnce()
    {
        var factory = Read();
        var before = factory.Snapshot;
        var after = before.Next(factory.Failed("16:41:58", 1, InventedDay.Storage, "managed").State);

        var (next, alerts) = AlertWatch.Start.Between(before, Now, after, Now);

        Assert.That(
            alerts.Select(alert => (alert.Kind, alert.Worker, alert.At)),
            Is.EqualTo(new[] { (AlertKind.Failed, (WorkerId?)new WorkerId(1), InventedFactory.At("16:41:58")) })
        );
        Assert.That(next.Between(after, Now, after, Now).Alerts, Is.Empty);
        Assert.That(next.Between(before, Now, after, Now).Alerts, Is.Empty, "what was told is not told again, even if all is read again");
    }

    [Test]
    public void Between_WhatWasThereAtTheStart_IsNotReported()
    {
        var day = Read().Snapshot;

        Assert.That(AlertWatch.Start.Between(day, Now, day, Now).Alerts, Is.Empty);
    }

    [Test]
    public void Between_ABuildBeginsAndEndsBetweenTwoStates_IsReported()
    {
        var factory = Read();
        var before = factory.Snapshot;
        var after = before.Next(
            factory
                .Taken("16:41:52", 3, "brief-el9-x86_64")
                .Started("16:41:53", "brief-el9-x86_64", "managed")
                .Good("16:41:54", 3, "brief-el9-x86_64", "managed")
                .State
        );

        Assert.That(
            AlertWatch.Start.Between(before, Now, after, Now).Alerts.Select(alert => alert.Kind),
            Is.EqualTo(new[] { AlertKind.Succeeded })
        );
    }

    [Test]
    public void Between_AStepLastsTooLong_ReportsOnceForABuild()
    {
        var day = Read().Snapshot;

        var (next, alerts) = AlertWatch.Start.Between(day, Now, day, Now.AddMinutes(5));

        Assert.That(alerts.Select(alert => alert.Kind), Is.EqualTo(new[] { AlertKind.Stuck }));
        Assert.That(next.Between(day, Now, day, Now.AddMinutes(5)).Alerts, Is.Empty);
    }

    [Test]
    public void Between_AWorkerIsLost_Reports()
    {
        var factory = Read();
        var before = factory.Snapshot;
        var after = before.Next(
            factory.Line("16:41:57", Speaker.Rabbit2Packer, new WorkerExited(new WorkerId(4)), "Exiting Thread-4").State
        );

        Assert.That(
            AlertWatch.Start.Between(before, Now, after, Now).Alerts.Select(alert => (alert.Kind, alert.Worker)),
            Is.EqualTo(new[] { (AlertKind.WorkerLost, (WorkerId?)new WorkerId(4)) }));
    }

    [Test]
    public void Between_TheDaemonBeginsAgain_ReportsEachBuildItLeft()
    {
        var factory = Read();
        var before = factory.Snapshot;
        var running = before.Builds.Count(build => build.State is BuildState.Building);
        var after = before.Next(factory.Line("16:41:57", Speaker.Rabbit2Packer, new ServiceStarted(), "Starting").State);

        var alerts = AlertWatch.Start.Between(before, Now, after, Now).Alerts;

        Assert.That(running, Is.GreaterThan(1));
        Assert.That(alerts.Select(alert => alert.Kind), Is.EqualTo(Enumerable.Repeat(AlertKind.Lost, running)));
    }

    /// <summary>What is told until all logs were read is the past: at the start, and when everything is read again.</summary>
    [Test]
    public void Between_StatesThatAreNotReadToTheirEnd_ReportsNothing()
    {
        var factory = InventedDay.Factory();
        var unread = factory.Snapshot;
        var read = unread.Next(
            factory.Failed("16:41:58", 1, InventedDay.Storage, "managed").Event("16:41:58", new LogDirectoryRead()).State
        );

        Assert.That(AlertWatch.Start.Between(unread, Now, read, Now).Alerts, Is.Empty);
        Assert.That(AlertWatch.Start.Between(read, Now, unread, Now).Alerts, Is.Empty);
    }

    private static InventedFactory Read() => InventedDay.Factory().Event("16:41:51", new LogDirectoryRead());
}
