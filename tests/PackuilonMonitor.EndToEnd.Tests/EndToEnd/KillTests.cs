using System.Globalization;
using System.Reactive.Concurrency;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// The dashboard itself, killed while it writes its history of a factory at work: what is there is whole and true, and the next one goes on
/// from it.
/// </summary>
[NonParallelizable]
public sealed class KillTests
{
    private const int Patience = TestPatience.Milliseconds;

    private TempFolder _folder = null!;
    private Demonstration _factory = null!;

    private string Store => _folder["history.db"];

    [SetUp]
    public void BeginFactory()
    {
        _folder = new TempFolder();
        _factory = Demonstration.Start(
            new FactoryPlan
            {
                Seed = 9,
                Speed = 60,
                Dialect = Dialect.All.First(dialect => dialect.Name == "2003ddb"),
            },
            TimeSpan.FromHours(12),
            TimeZoneInfo.Utc,
            Scheduler.Default
        );
    }

    [TearDown]
    public void EndFactory()
    {
        _factory.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Killed_WhileItWrites_LeavesAStoreThatIsWholeAndTrue_AndTheNextGoesOn()
    {
        for (var round = 1; round <= 3; round++)
        {
            var before = Written();
            using (var dashboard = Started())
            {
                // The past is written in groups, and copies of its logs behind them.
                Assert.That(() => Written() - before, Is.GreaterThan(round == 1 ? 0 : 3).After(Patience, 1));
                Kill(dashboard);
            }

            AssertWholeAndTrue();
        }

        // Packer goes on in the log of a lost build.
        var known = Ended().Where(build => build.Value.State is not BuildState.Lost && IsSettled(build.Value)).ToDictionary();
        using (var dashboard = Started())
        {
            dashboard.WaitFor("WORKERS");
            Assert.That(
                () => Remembered().Count(build => known.TryGetValue(build.Id, out var seen) && Describe(build) == Describe(seen)),
                Is.EqualTo(known.Count).After(Patience, 50)
            );
            Kill(dashboard);
        }

        AssertWholeAndTrue();
        var (code, printed) = Ingest.Shell.Tell("", RunningProgram.Monitor, "history", "--json", "--state-dir", _folder.Path);
        TestContext.Out.WriteLine($"{known.Count} builds had ended, {Written()} rows and copies at the end");
        Assert.That(
            (code, known.Keys.Where(id => !printed.Contains($"\"{id}\"", StringComparison.Ordinal))),
            Is.EqualTo((0, Array.Empty<string>()))
        );
    }

    private static void Kill(TmuxTerminal dashboard)
    {
        dashboard.Signal("KILL");
        dashboard.ExitCode();
    }

    private TmuxTerminal Started() =>
        TmuxTerminal.Start(
            $"'{RunningProgram.Monitor}' --messages '{_factory.Messages}' --log-dir '{_factory.LogDirectory}' "
            + $"--config '{_factory.Config}' --time-zone UTC --state-dir '{_folder.Path}'",
            140,
            40,
            ("LC_ALL", "C.UTF-8")
        );

    /// <summary>What an independent reading of the factory's files says.</summary>
    private Dictionary<string, BuildView> Ended()
    {
        using var feed = new MonitorFeed(
            MonitorFeed.Files([_factory.Messages], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, DateTimeOffset.UtcNow),
            [new BuildLogs(new LogDirectory(_factory.LogDirectory))],
            Scheduler.Immediate
        );
        var state = feed.ReadAll().Aggregate(MonitorState.Empty, static (state, batch) => state.Apply(batch));
        return BuildView.All(state).Where(build => !build.Running && build.StartedAt is not null).ToDictionary(build => build.Id);
    }

    /// <summary>Whoever was killed while a log grew knows the part of it that was there; all else is as it is.</summary>
    private void AssertWholeAndTrue()
    {
        using (var store = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            store.Open();
            using var check = store.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.That(check.ExecuteScalar(), Is.EqualTo("ok"));
        }

        var truth = Ended();
        Assert.That(
            Remembered()
                .Where(build => !build.Running)
                .Select(build => (Stored: build, True: truth.GetValueOrDefault(build.Id)))
                .Where(pair =>
                    pair.True is null
                    || pair.Stored.State != pair.True.State
                    || (pair.Stored.Log?.LineCount == pair.True.Log?.LineCount && Describe(pair.Stored) != Describe(pair.True))
                    || pair.Stored.Log?.LineCount > pair.True.Log?.LineCount
                )
                .Select(pair => $"{Describe(pair.Stored)}, but {(pair.True is null ? "no such build" : Describe(pair.True))}"),
            Is.Empty
        );
    }

    private bool IsSettled(BuildView build) =>
        DateTime.UtcNow - File.GetLastWriteTimeUtc(Path.Combine(_factory.LogDirectory, build.Name.File)) > TimeSpan.FromSeconds(3);

    private static string Describe(BuildView build) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{build.Id} {build.State} {build.Worker} {build.StartedAt:u} {build.EndedAt:u} {build.ExitCode} "
            + $"{build.Reason} {build.ImageId} {build.Log?.LineCount} {build.Log?.Trail.Steps.Length}"
        );

    private IReadOnlyList<BuildView> Remembered()
    {
        using var store = HistoryStore.Read(Store).Store;
        return store?.Builds(10_000) ?? [];
    }

    /// <summary>Rows of builds and copies of logs.</summary>
    private int Written()
    {
        using var store = File.Exists(Store) ? HistoryStore.Read(Store).Store : null;
        return store is null ? 0 : store.Builds(10_000).Count + store.Kept().Count;
    }
}
