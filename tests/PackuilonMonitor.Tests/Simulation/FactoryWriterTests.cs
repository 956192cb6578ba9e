using System.Reactive.Concurrency;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class FactoryWriterTests
{
    private static readonly TimeSpan Shift = TimeSpan.FromHours(4);
    private static readonly FactoryPlan Plan = new()
    {
        Dialect = Dialect.D2003ddb,
        Scenario = Scenario.Rough with { NoisePerLine = 1, SameImageTwice = 0.8 },
    };

    private string _folder = "";

    private string Messages => Path.Combine(_folder, "messages");

    private string Logs => Path.Combine(_folder, "log");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("factory-writer-").FullName;
        Directory.CreateDirectory(Logs);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_ARun_LeavesItsBytesInTheFiles([Values] RotationKind rotation, [Values("72f6d0d", "2003ddb")] string dialect)
    {
        var plan = Plan with
        {
            Dialect = Dialect.Parse(dialect),
            Scenario = Plan.Scenario with { Rotation = rotation, RotatedEvery = TimeSpan.FromMinutes(100) },
        };
        new FactoryWriter(Messages, Logs).Write(new SimulatedFactory(plan).StepsUntil(plan.Start + Shift));

        AssertIs(SimulatedRun.Of(plan.Seed, plan, Shift));
    }

    /// <summary>Logs are opened and written to in any order, also beyond their end; profiles are whole each time.</summary>
    [Test]
    public void Write_OperationsInAnyOrder_LeavesWhatTheySay([Range(1, 20)] int seed)
    {
        // Not for secrets: the same operations each time.
        var random = new Random(seed);
        var (steps, files) = (new List<FactoryStep>(), new Dictionary<string, byte[]>());
        var cache = Directory.CreateDirectory(Path.Combine(_folder, "cache")).FullName;
        for (var number = 0; number < 60; number++)
        {
            var (bytes, name) = (new byte[random.Next(1, 9)], random.Next(2) == 0 ? "one" : "other");
            random.NextBytes(bytes);
            switch (random.Next(6))
            {
                case 0:
                    steps.Add(new FactoryStep(Plan.Start, new LogOpened($"{name}.log")));
                    files[$"log/{name}.log"] = [];
                    break;
                case 1:
                    steps.Add(new FactoryStep(Plan.Start, new ProfileCached($"{name}.json", bytes)));
                    files[$"cache/{name}.json"] = bytes;
                    break;
                default:
                    var before = files.GetValueOrDefault($"log/{name}.log") ?? [];
                    var offset = random.Next(3) == 0 ? random.Next(20) : before.Length;
                    steps.Add(new FactoryStep(Plan.Start, new LogWritten($"{name}.log", offset, bytes)));
                    var after = new byte[Math.Max(before.Length, offset + bytes.Length)];
                    before.CopyTo(after, 0);
                    bytes.CopyTo(after, offset);
                    files[$"log/{name}.log"] = after;
                    break;
            }
        }

        new FactoryWriter(Messages, Logs, cache).Write(steps);

        foreach (var (name, bytes) in files)
            Assert.That(File.ReadAllBytes(Path.Combine(_folder, name)), Is.EqualTo(bytes), name);
        Assert.That(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), Has.Length.EqualTo(files.Count));
    }

    [Test]
    public void Write_ProfilesWithoutACache_WritesNone()
    {
        new FactoryWriter(Messages, Logs).Write([new FactoryStep(Plan.Start, new ProfileCached("a.json", new byte[3]))]);

        Assert.That(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Follow_ByTheClock_WritesEachThingWhenItIsDue()
    {
        var clock = new HistoricalScheduler(Plan.Start);
        using (new FactoryWriter(Messages, Logs).Follow(new SimulatedFactory(Plan), clock))
        {
            clock.AdvanceBy(Shift / 4);
            AssertIs(SimulatedRun.Of(Plan.Seed, Plan, clock.Clock - Plan.Start - TimeSpan.FromMilliseconds(15)));

            clock.AdvanceBy(Shift / 4);
        }

        var atTheEnd = new FileInfo(Messages).Length;
        clock.AdvanceBy(Shift);

        Assert.That(new FileInfo(Messages).Length, Is.EqualTo(atTheEnd));
    }

    [Test]
    public void Follow_AFolderThatIsGone_EndsWithoutAFault()
    {
        var clock = new HistoricalScheduler(Plan.Start);
        var missing = Path.Combine(_folder, "missing");
        using var writing = new FactoryWriter(Path.Combine(missing, "messages"), missing).Follow(new SimulatedFactory(Plan), clock);

        Assert.That(() => clock.AdvanceBy(Shift), Throws.Nothing);
    }

    /// <summary>A demo goes on until its user quits it, and removes its folder then.</summary>
    [Test]
    public void Follow_OntoAFullDisk_GoesOnWithWhatCanBeWritten()
    {
        var clock = new HistoricalScheduler(Plan.Start);
        File.CreateSymbolicLink(Messages, "/dev/full");
        using var writing = new FactoryWriter(Messages, Logs).Follow(new SimulatedFactory(Plan), clock);

        Assert.That(() => clock.AdvanceBy(Shift), Throws.Nothing);

        Assert.That(Directory.EnumerateFiles(Logs), Is.Not.Empty);
    }

    [Test]
    public void Rotate_MoreOftenThanFilesAreKept_DropsTheOldest()
    {
        var plan = Plan with { Scenario = Plan.Scenario with { RotatedEvery = TimeSpan.FromMinutes(12) } };
        new FactoryWriter(Messages, Logs).Write(new SimulatedFactory(plan).StepsUntil(plan.Start + Shift));

        Assert.That(
            Directory.EnumerateFiles(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "messages", "messages.1", "messages.2", "messages.3", "messages.4" }));
    }

    private void AssertIs(SimulatedRun run)
    {
        var newestFirst = run.Messages.Reverse().ToList();
        for (var age = 0; age < Math.Min(newestFirst.Count, 5); age++)
            Assert.That(
                File.ReadAllBytes(age == 0 ? Messages : $"{Messages}.{age}").AsSpan().SequenceEqual(newestFirst[age]),
                $"messages.{age}"
            );

        var written = Directory.EnumerateFiles(Logs, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Logs, path));
        Assert.That(written, Is.EquivalentTo(run.Logs.Keys));
        foreach (var (name, bytes) in run.Logs)
            Assert.That(File.ReadAllBytes(Path.Combine(Logs, name)).AsSpan().SequenceEqual(bytes), name);
    }
}
