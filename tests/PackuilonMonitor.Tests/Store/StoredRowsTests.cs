using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>Which rows a store gives, which it deletes, and what it says of those that another program wrote.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StoredRowsTests : IDisposable
{
    private static readonly DateTimeOffset First = GivenBuilds.Good().StartedAt!.Value;

    private readonly TempFolder _folder = new();
    private readonly HistoryStore _store;

    public StoredRowsTests() => _store = HistoryStore.Write(Path).Store!;

    private string Path => _folder["state/history.db"];

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [TestCase(10, null, null, "1 2 3 oxford/4")]
    [TestCase(2, null, null, "3 oxford/4")]
    [TestCase(10, "web-el9-x86_64", null, "1 2 3 oxford/4")]
    [TestCase(10, "web", null, "")]
    [TestCase(10, null, "", "1 2 3")]
    [TestCase(10, null, "oxford", "oxford/4")]
    [TestCase(10, null, "ox", "")]
    [TestCase(0, null, null, "")]
    public void Builds_OfAnImageOrAFactory_AreItsNewestInOrder(int most, string? image, string? factory, string expected)
    {
        _store.Put([Named(2, "2"), Named(1, "1"), Named(4, "oxford/4"), Named(3, "3")], ChangeLedger.Empty);

        Assert.That(string.Join(' ', _store.Builds(most, image, factory).Select(build => build.Id)), Is.EqualTo(expected));
    }

    [Test]
    public void Extent_IsOfBuildsThatEnded()
    {
        Assert.That(_store.Extent(), Is.EqualTo((0L, (DateTimeOffset?)null)));

        _store.Put([GivenBuilds.Running(1), Named(3, "3"), Named(2, "oxford/2")], ChangeLedger.Empty);

        Assert.That(_store.Extent(), Is.EqualTo((2L, (DateTimeOffset?)First.AddDays(1))));
        Assert.That(_store.Extent(""), Is.EqualTo((1L, (DateTimeOffset?)First.AddDays(2))));
        Assert.That(_store.Extent("oxford"), Is.EqualTo((1L, (DateTimeOffset?)First.AddDays(1))));
    }

    /// <summary>What another program wrote into a row: whether the build is read all the same, and how many rows are unreadable.</summary>
    [TestCase("image = ''", false, 1)]
    [TestCase("image = x'05'", false, 1)]
    [TestCase("log_file = ''", false, 1)]
    [TestCase("state = x'05'", false, 1)]
    [TestCase("state = 'dreaming'", true, 0)]
    [TestCase("log = '{'", true, 1)]
    [TestCase("log = NULL", true, 0)]
    [TestCase("started_at = 'noon'", true, 0)]
    [TestCase("started_at = 9223372036854775807", true, 0)]
    [TestCase("thread = 0", true, 0)]
    [TestCase("thread = 2147483648", true, 0)]
    public void Row_ThatAnotherProgramChanged_IsReadAsFarAsItCanBe(string set, bool isRead, int unread)
    {
        _store.Put([GivenBuilds.Good()], ChangeLedger.Empty);
        Sql($"UPDATE builds SET {set}");

        var builds = _store.Builds(10);

        Assert.That((builds.Count, _store.UnreadRows), Is.EqualTo((isRead ? 1 : 0, unread)));
        Assert.That(_store.Remark, Is.EqualTo(unread == 0 ? null : "history: 1 rows cannot be read and are left out"));
        Assert.That(_store.Build(GivenBuilds.Good().Id) is not null, Is.EqualTo(isRead));
        if (isRead && set.StartsWith("thread", StringComparison.Ordinal))
            Assert.That(builds[0].Worker, Is.Null);
    }

    [TestCase(1, true)]
    [TestCase(int.MaxValue, true)]
    [TestCase(-1, false)]
    public void Thread_OfARow_IsOneThatThereCanBe(long thread, bool isRead)
    {
        _store.Put([GivenBuilds.Good()], ChangeLedger.Empty);
        Sql($"UPDATE builds SET thread = {thread}");

        Assert.That(_store.Builds(1)[0].Worker?.Number, Is.EqualTo(isRead ? thread : (long?)null));
    }

    [TestCase("id = ''", 0, 1)]
    [TestCase("at = 'noon'", 0, 1)]
    [TestCase("profile = x'05'", 0, 1)]
    [TestCase("result = 'dreamed'", 1, 0)]
    [TestCase("packet_at = NULL", 1, 0)]
    public void Change_ThatAnotherProgramChanged_IsReadAsFarAsItCanBe(string set, int count, int unread)
    {
        _store.Put([new Trigger("t@1", "vm", First, null, "norm.json", true, TriggerResult.Queued, null, null, false, [])]);
        Sql($"UPDATE triggers SET {set}");

        Assert.That((_store.Triggers().Count, _store.UnreadRows), Is.EqualTo((count, unread)));
    }

    [TestCase("profile = ''", 0, 1)]
    [TestCase("image = ''", 0, 1)]
    [TestCase("image = 'web'", 1, 0)]
    public void Pair_ThatAnotherProgramChanged_IsReadIfItCanBe(string set, int count, int unread)
    {
        _store.Put("", [new RememberedPair("a", new("red"))], [], [], First);
        Sql($"UPDATE pairs SET {set}");

        Assert.That((_store.Pairs("").Count, _store.UnreadRows), Is.EqualTo((count, unread)));
    }

    [TestCase("lines = 'many'", 0, 1)]
    [TestCase("size = NULL", 0, 1)]
    [TestCase("packed = NULL", 0, 0)]
    [TestCase("times = 'no'", 1, 0)]
    public void Copy_ThatAnotherProgramChanged_IsListedIfItCanBe(string set, int count, int unread)
    {
        PutLog(1, 10);
        Sql($"UPDATE logs SET {set}");

        Assert.That((_store.Kept().Count, _store.UnreadRows), Is.EqualTo((count, unread)));
    }

    [Test]
    public void Copy_ThatIsDamaged_IsNone()
    {
        PutLog(1, 10);

        Assert.That((_store.Log(GivenBuilds.Good().Id), _store.Log("another")), Is.EqualTo(((KeptLog?)null, (KeptLog?)null)));
        Assert.That(KeptFile.TimesOf(Path, GivenBuilds.Good().Id), Is.Null);
    }

    /// <summary>The second reading knows the times of other lines, and has a copy or not.</summary>
    [Test]
    public void Times_OfTwoReadings_AreJoined_AndACopyStays()
    {
        var packed = new PackedLog([1, 2, 3], 50, 4);
        _store.Put("a@1", First, LineTimes.None.Grown(2, First), packed);
        _store.Put("a@1", First, LineTimes.None.Grown(2, null).Grown(4, First.AddSeconds(9)), null);

        Assert.That(_store.Kept(), Is.EqualTo(new Dictionary<string, (long, long)> { ["a@1"] = (4, 50) }));
        Assert.That(
            LineTimes.Unpacked((byte[])Sql("SELECT times FROM logs")!).Entries,
            Is.EqualTo(new[] { (1L, (long?)First.ToUnixTimeSeconds()), (3L, First.ToUnixTimeSeconds() + 9) })
        );
        Assert.That(Sql("SELECT packed FROM logs"), Is.EqualTo(packed.Packed));
    }

    /// <summary>To the byte, to the millisecond, and the newest first.</summary>
    [TestCase(3_000, 2, "1 2 3")]
    [TestCase(2_999, 2, "2 3")]
    [TestCase(1_000, 2, "3")]
    [TestCase(999, 2, "")]
    [TestCase(3_000, 1.999, "2 3")]
    public void Trim_OfCopies_KeepsTheNewestWithinTheLimits(long bytes, double days, string kept)
    {
        for (var number = 1; number <= 3; number++)
            PutLog(number, 1_000);

        _store.Trim(new Retention(true, bytes, TimeSpan.FromDays(days)), First.AddDays(2));

        Assert.That(
            _store.Kept().Keys.Order(StringComparer.Ordinal),
            Is.EqualTo(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => GivenBuilds.Good(number[0] - '0').Id))
        );
        Assert.That(_store.Builds(9), Has.Count.EqualTo(days < 2 ? 2 : 3));
    }

    /// <summary>Another program may have deleted the build alone.</summary>
    [Test]
    public void Trim_OfACopyWithoutItsBuild_ForgetsIt()
    {
        PutLog(1, 10);
        PutLog(2, 10);
        Sql($"DELETE FROM builds WHERE id = '{GivenBuilds.Good(1).Id}'");

        _store.Trim(Retention.Usual with { Longest = TimeSpan.FromDays(5) }, First.AddDays(2));

        Assert.That(_store.Kept().Keys, Is.EqualTo(new[] { GivenBuilds.Good(2).Id }));
    }

    [Test]
    public void Trim_FreesTheRoomOfWhatItForgets()
    {
        for (var number = 1; number <= 3; number++)
            PutLog(number, 1_000_000);

        _store.Trim(new Retention(true, 1_000_000, TimeSpan.FromDays(9_000)), First.AddDays(2));
        _store.Dispose();

        Assert.That(new FileInfo(Path).Length, Is.InRange(1_000_000, 1_200_000));
    }

    [TestCase(5_000, true)]
    [TestCase(4_999, false)]
    public void Room_ForACopy_IsLeftByNewerOnes(long bytes, bool has)
    {
        for (var number = 1; number <= 3; number++)
            PutLog(number, 1_000);

        var keeping = Retention.Usual with { MostLogBytes = bytes };
        Assert.That(_store.HasRoom(4_000, First.AddDays(1), keeping), Is.EqualTo(has), "the third is newer, the second as old");
    }

    [Test]
    public void Trim_OfWhatIsBeyondTheLongest_ForgetsChangesToo()
    {
        Trigger Change(string id, DateTimeOffset at) => new(id, "vm", at, null, "norm.json", false, null, null, null, false, []);
        _store.Put([Change("old", First.AddMilliseconds(-1)), Change("edge", First), Change("new", First.AddDays(1))]);

        _store.Trim(Retention.Usual with { Longest = TimeSpan.FromDays(2) }, First.AddDays(2));

        Assert.That(_store.Triggers().Select(trigger => trigger.Id), Is.EqualTo(new[] { "edge", "new" }));
    }

    [TestCase("PRAGMA application_id = 5", "not a history of this program", "not a history of this program")]
    [TestCase("PRAGMA user_version = 0", "not a history of this program", "not a history of this program")]
    [TestCase("PRAGMA user_version = 3", "written by a newer version of this program (schema 3, this one knows 2)", null)]
    [TestCase("PRAGMA user_version = 2", null, null)]
    public void File_WithAnotherMark_IsNotUsed(string change, string? why, string? toWrite)
    {
        _store.Dispose();
        Sql(change);

        var (read, write) = (HistoryStore.Read(Path), HistoryStore.Write(Path));
        read.Store?.Dispose();
        write.Store?.Dispose();

        Assert.That((read.Why, write.Why), Is.EqualTo((why, toWrite ?? why)));
        Assert.That(_folder.Open(), Is.Zero, "what is not used is not kept open");
    }

    [Test]
    public void File_WithNothingInIt_IsReadAsEmpty_AndBecomesAStore()
    {
        var empty = _folder.Write("empty.db", "");

        Assert.That(HistoryStore.Read(empty).Why, Is.EqualTo("empty"));
        using var store = HistoryStore.Write(empty).Store!;
        Assert.That(store.Builds(1), Is.Empty);
        Assert.That(HistoryStore.Read(empty).Why, Is.Null);
    }

    private static BuildView Named(int number, string id) => GivenBuilds.Good(number) with { Id = id };

    private void PutLog(int number, int size)
    {
        var build = GivenBuilds.Good(number);
        _store.Put([build], ChangeLedger.Empty);
        _store.Put(build.Id, build.StartedAt!.Value, LineTimes.None.Grown(37, null), new PackedLog(new byte[size], 5_000, 37));
    }

    private object? Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
