using CsCheck;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A log that the watcher named is read without listing the directory.</summary>
public sealed class HintedLogsTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, Given.Noon);

    private TempFolder _folder = null!;
    private BuildLogs _logs = null!;

    [SetUp]
    public void ReadOne()
    {
        _folder = new TempFolder();
        _logs = new BuildLogs(new LogDirectory(_folder.Path));
        _folder.Write("old.log", "==> openstack: Launching server...\n");
        _logs.Poll(Now);
    }

    [TearDown]
    public void RemoveFolder()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Named_NewLogAndGrownOne_AreReadAndNoOther()
    {
        _folder.Write("new.log", "==> openstack: Launching server...\n");
        _folder.Write("other.log", "==> openstack: Launching server...\n");
        _folder.Append("old.log", "==> openstack: Waiting for server to become ready...\n");

        var seen = _logs.Poll(Now, ["new.log", "old.log", "no log at all", "../old.log"]);

        Assert.That(Names(seen), Is.EquivalentTo(new[] { "new.log", "old.log" }));
        Assert.That(Names(_logs.Poll(Now)), Is.EqualTo(new[] { "other.log" }));
    }

    [Test]
    public void Named_LogThatDidNotChange_IsNotReadAgain() => Assert.That(_logs.Poll(Now, ["old.log"]), Is.Empty);

    [Test]
    public void Named_LogThatIsGoneOrNoFile_AsksForALookAtAll()
    {
        File.Delete(_folder["old.log"]);
        Directory.CreateDirectory(_folder["folder.log"]);

        Assert.That((_logs.Poll(Now, ["old.log"]), _logs.Poll(Now, ["folder.log"])), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(_logs.Poll(Now).Select(what => what.Event), Has.Some.EqualTo(new BuildLogGone("old.log")));
    }

    [Test]
    public void Named_BeforeTheDirectoryWasListed_AsksForALookAtAll()
    {
        using var fresh = new BuildLogs(new LogDirectory(_folder.Path));

        Assert.That(fresh.Poll(Now, ["old.log"]), Is.Null);
    }

    [Test]
    public void Named_InAnyOrderAmongWholeLooks_ReportsTheSameLogs() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4]).Array[1, 30].Sample(
            acts =>
            {
                using var folder = new TempFolder();
                using var named = new BuildLogs(new LogDirectory(folder.Path));
                using var whole = new BuildLogs(new LogDirectory(folder.Path));
                var (byName, all) = (new Dictionary<string, BuildLog>(), new Dictionary<string, BuildLog>());
                Take(named.Poll(Now), byName);
                foreach (var (log, act) in acts)
                {
                    var name = $"log{log}.log";
                    if (act == 0)
                        File.Delete(folder[name]);
                    else
                        folder.Append(name, $"==> openstack: Step {act}...\n");
                    Take(named.Poll(Now, [name]) ?? named.Poll(Now), byName);
                    Take(whole.Poll(Now), all);
                }

                return byName.Count == all.Count && byName.All(log => all[log.Key].LineCount == log.Value.LineCount);
            },
            iter: 200, threads: 1);

    private static void Take(IEnumerable<Observation> seen, Dictionary<string, BuildLog> logs)
    {
        foreach (var what in seen)
        {
            if (what.Event is BuildLogRead read)
                logs[read.File] = read.Log;
            else if (what.Event is BuildLogGone gone)
                logs.Remove(gone.File);
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Observation>? seen) =>
        seen?.Select(what => what.Event).OfType<BuildLogRead>().Select(read => read.File) ?? [];
}
