using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

public sealed class HistoryStoreTests
{
    private TempFolder _folder = null!;

    private string Path => _folder["state/history.db"];

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Read_OfAPipeOrADevice_SaysSoAndDoesNotWait()
    {
        using var folder = new TempFolder();
        Assert.That(Ingest.Shell.Run("mkfifo", folder["fifo"]), Is.Zero);
        File.CreateSymbolicLink(folder["zero"], "/dev/zero");

        Assert.That(HistoryStore.Read(folder["fifo"]).Why, Is.EqualTo("not a file but a FIFO"));
        Assert.That(HistoryStore.Read(folder["zero"]).Why, Is.EqualTo("not a file but a character device"));
    }

    [Test]
    public void Builds_OfWhatWasPut_SayTheSame()
    {
        BuildView[] builds = [GivenBuilds.Good(1), GivenBuilds.Failed(2), GivenBuilds.Running(3)];
        Put(builds);

        var read = Read(store => store.Builds(10));

        Assert.That(read.Select(Describe), Is.EqualTo(builds.Select(Describe)));
    }

    [Test]
    public void Put_OfTheSameBuildWithLessKnown_LosesNothing()
    {
        Put(GivenBuilds.Good());
        Put(GivenBuilds.Good(live: false));
        Put(GivenBuilds.Good() with { Log = null, LogGone = true, ExitCode = null });
        Put(GivenBuilds.Running(lines: 5));
        Put(GivenBuilds.Good() with { Log = GivenBuilds.Good().Log!.Brief() });

        Assert.That(Read(store => store.Builds(10)).Select(Describe), Is.EqualTo(new[] { Describe(GivenBuilds.Good()) }));
    }

    [Test]
    public void Put_OfALongerReading_KeepsTheTimesOfTheShorter()
    {
        Put(GivenBuilds.Running(lines: 12));
        Put(GivenBuilds.Good(live: false));

        var times = StepTimes.Of(Read(store => store.Builds(1))[0].Log!);

        Assert.That(times.Take(6).Select(time => time.Duration), Is.All.Not.Null, "seen to arrive before the restart");
        Assert.That(times.Skip(9).Select(time => time.Duration), Is.All.Null, "never seen to arrive");
    }

    [Test]
    public void Put_ABuildThatWasTreatedAsLost_IsWhatIsSeenOfItNow()
    {
        Put(GivenBuilds.Of(1, BuildState.Lost, null, 10));
        Put(GivenBuilds.Running());

        Assert.That(Read(store => store.Builds(1))[0].State, Is.EqualTo(BuildState.Building));
    }

    [Test]
    public void Write_ByTwoMonitors_IsOneRowABuild()
    {
        using var one = HistoryStore.Write(Path).Store!;
        using var other = HistoryStore.Write(Path).Store!;
        Parallel.Invoke(() => PutAll(one), () => PutAll(other));

        Assert.That(one.Extent().Count, Is.EqualTo(30));

        static void PutAll(HistoryStore store)
        {
            for (var number = 1; number <= 30; number++)
                store.Put([GivenBuilds.Good(number)], ChangeLedger.Empty);
        }
    }

    [Test]
    public void Open_OfANewerSchema_SaysSoAndReadsNothing()
    {
        Put(GivenBuilds.Good());
        Sql("PRAGMA user_version = 99");

        Assert.Multiple(() =>
        {
            Assert.That(HistoryStore.Read(Path).Why, Does.Contain("newer version").And.Contain("99"));
            Assert.That(HistoryStore.Write(Path).Why, Does.Contain("newer version"));
        });
    }

    [Test]
    public void Pairs_OfWhatWasPut_AreTheFactorysOwn_WithoutTheContradicted()
    {
        using (var store = HistoryStore.Write(Path).Store!)
        {
            store.Put("", [Pair("a", "red"), Pair("b", "blue")], [], [], Given.Noon);
            store.Put("lab", [Pair("a", "green")], [], [], Given.Noon);
            store.Put("", [Pair("a", "crimson")], ["b"], [], Given.Noon.AddDays(1));
        }

        Assert.That(Read(store => store.Pairs("")), Is.EqualTo(new[] { Pair("a", "crimson") }));
        Assert.That(Read(store => store.Pairs("lab")), Is.EqualTo(new[] { Pair("a", "green") }));
    }

    [Test]
    public void Pairs_ThatWereTrueLongAgo_AreForgotten_UnlessTheyWereTrueAgain()
    {
        using (var store = HistoryStore.Write(Path).Store!)
        {
            store.Put("", [Pair("old", "red"), Pair("used", "blue")], [], [], Given.Noon);
            store.Put("", [], [], ["used", "unknown"], Given.Noon.AddDays(8));
            store.Trim(Retention.Usual with { Longest = TimeSpan.FromDays(5) }, Given.Noon.AddDays(10));
        }

        Assert.That(Read(store => store.Pairs("")), Is.EqualTo(new[] { Pair("used", "blue") }));
    }

    [Test]
    public void Write_ToAStoreOfTheFirstSchema_BringsItUpToDateAndKeepsItsBuilds()
    {
        Put(GivenBuilds.Good());
        Sql("DROP TABLE pairs; PRAGMA user_version = 1");

        Assert.That(HistoryStore.Read(Path).Why, Does.Contain("older version"), "who only reads changes nothing");
        using (var store = HistoryStore.Write(Path).Store!)
            store.Put("", [Pair("a", "red")], [], [], Given.Noon);

        Assert.That(Read(store => store.Pairs("")), Is.EqualTo(new[] { Pair("a", "red") }));
        Assert.That(Read(store => store.Builds(10)).Select(Describe), Is.EqualTo(new[] { Describe(GivenBuilds.Good()) }));
    }

    [Test]
    public void Open_OfAnotherProgramsFile_LeavesItAlone()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        Sql("CREATE TABLE theirs (x)");

        Assert.That(HistoryStore.Write(Path).Why, Is.EqualTo("not a history of this program"));
    }

    [Test]
    public void Open_OfWhatIsNoDatabase_SaysSo()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat("not SQLite ", 1000)));

        Assert.That(HistoryStore.Write(Path).Why, Does.Contain("damaged"));
        Assert.That(_folder.Open(), Is.Zero);
    }

    [Test]
    public void Open_WhereNoFolderCanBe_SaysWhy()
    {
        var file = _folder.Write("file", "");

        Assert.That(HistoryStore.Write(file + "/history.db").Why, Is.Not.Empty);
    }

    [Test]
    public void Open_ForReadingWhereNothingIs_MakesNothing()
    {
        Assert.That(HistoryStore.Read(Path).Why, Is.EqualTo("not there"));
        Assert.That(File.Exists(Path), Is.False);
    }

    [Test]
    public void Write_MakesFilesForTheUserAlone()
    {
        Put(GivenBuilds.Good());

        Assert.That(new FileInfo(Path).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Trim_BeyondTheLimit_ForgetsTheOldestLogsAndNoBuild()
    {
        using var store = HistoryStore.Write(Path).Store!;
        for (var number = 1; number <= 5; number++)
        {
            var build = GivenBuilds.Good(number);
            store.Put([build], ChangeLedger.Empty);
            store.Put(build.Id, build.StartedAt!.Value, LineTimes.None.Grown(37, null), new PackedLog(new byte[1000], 5000, 37));
        }

        store.Trim(new Retention(true, 2500, TimeSpan.FromDays(9000)), GivenBuilds.Good(5).StartedAt!.Value);

        Assert.That(store.Kept().Keys, Is.EquivalentTo(new[] { GivenBuilds.Good(4).Id, GivenBuilds.Good(5).Id }));
        Assert.That(store.Extent().Count, Is.EqualTo(5));
    }

    [Test]
    public void Trim_OfBuildsTooOld_ForgetsThemAndTheirLogs()
    {
        using var store = HistoryStore.Write(Path).Store!;
        foreach (var build in new[] { GivenBuilds.Good(1), GivenBuilds.Good(20) })
        {
            store.Put([build], ChangeLedger.Empty);
            store.Put(build.Id, build.StartedAt!.Value, LineTimes.None, new PackedLog(new byte[10], 50, 3));
        }

        store.Trim(Retention.Usual with { Longest = TimeSpan.FromDays(5) }, GivenBuilds.Good(21).StartedAt!.Value);

        Assert.That(store.Kept().Keys, Is.EqualTo(new[] { GivenBuilds.Good(20).Id }));
        Assert.That(store.Builds(10).Select(build => build.Id), Is.EqualTo(new[] { GivenBuilds.Good(20).Id }));
    }

    internal static string Describe(BuildView build) =>
        string.Join(
            '\n',
            [
                $"{build.Id} {build.State} {build.Worker} {build.Image} {build.Template} {build.StartedAt:u} "
                + $"{build.EndedAt:u} {build.Reason} {build.Step} {build.ImageId} {build.LogShared}",
                .. build.Log is not { } log
                    ? []
                    : (IEnumerable<string>)
                        [
                            $"{log.LineCount} {log.IsBuildLog} {Verdict.Of(log)} {log.LastLineAt:u} "
                            + $"{string.Join(',', LeftBehind.Of(log))} {log.Trail.Running?.Name} {Reason.Of(log)?.Line}",
                            .. StepTimes.Of(log).Select(time => $"{time.Key} {time.Step.Kind} {time.Step.Line} {time.Duration}"),
                            .. log.Trail.Components.Select(component =>
                                $"{component.Name} {StepTimes.Of(component)} {component.Errors} {component.Warnings}"
                            ),
                        ],
            ]
        );

    private static RememberedPair Pair(string profile, string image) => new(profile, new ImageName(image));

    private void Put(params BuildView[] builds)
    {
        using var store = HistoryStore.Write(Path).Store!;
        store.Put(builds, ChangeLedger.Empty);
    }

    private T Read<T>(Func<HistoryStore, T> read)
    {
        using var store = HistoryStore.Read(Path).Store!;
        return read(store);
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
