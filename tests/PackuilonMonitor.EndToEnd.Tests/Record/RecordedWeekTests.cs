using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Store;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// Days of building with a recorder alone that is killed and begun again, looked at by two users who come and go: the store agrees with
/// what really happened row by row, copies to the byte, each alert is given once, and whoever looks sees what the recorder knows.
/// </summary>
public sealed class RecordedWeekTests
{
    /// <summary>PACKUILON_RECORD_DAYS asks for more; a week takes more than four minutes.</summary>
    private static readonly double Days = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_RECORD_DAYS") ?? "0.2",
        CultureInfo.InvariantCulture
    );

    [TestCaseSource(typeof(StoredDays), nameof(StoredDays.Dialects))]
    public void Store_OfARecorderThatIsKilledAtRandom_AgreesWithTheTruth(Dialect dialect)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 5, Dialect = dialect });
        var random = new Random(5);
        Playback[] users = [new(watch.Reader), new(watch.Reader)];
        var looks = 0;
        watch.Start();
        for (var end = watch.Now + TimeSpan.FromDays(Days); watch.Now < end;)
        {
            watch.Step(StoredDays.Pace);
            if (random.Next(200) == 0)
                AssertSeen(watch, users[looks++ % 2]);
            if (random.Next(250) != 0)
                continue;
            if (random.Next(2) == 0)
                watch.Kill();
            else
                watch.Quit();
            for (var absent = random.Next(40); absent > 0; absent--)
                watch.Step(StoredDays.Pace);
            watch.Start();
        }

        watch.Step(StoredDays.Pace);
        watch.Quit();

        StoredDays.AssertTrue(
            watch.Truth,
            dialect,
            watch.Rows(store => store.Builds(int.MaxValue)),
            id => watch.Rows(store => store.Log(id)),
            watch.WrittenBy
        );
        Assert.That(watch.Sent.Select(one => one.Key), Is.Unique);
        Assert.That(looks, Is.GreaterThan(0));
    }

    /// <summary>Who looks sees just what the recorder has written, and that is at most a step behind what it knows.</summary>
    private static void AssertSeen(RecorderWatch watch, Playback user)
    {
        user.Refresh();
        var seen = user.At(watch.Now)!.Factories[""].State;
        Assert.That(BuildView.All(seen).Select(Row), Is.EqualTo(BuildView.All(watch.Recorder!.State).Select(Row)));
    }

    private static string Row(BuildView build) =>
        $"{build.Id} {build.State} {build.Worker} {build.EndedAt:O} {build.Reason} {build.Log?.LineCount}";
}
