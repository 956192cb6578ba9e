using System.Globalization;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>An open store, or why there is none.</summary>
public readonly record struct HistoryOpening(HistoryStore? Store, string? Why)
{
    /// <summary>What was changed about the file's permissions, for the screen; usually null.</summary>
    public string? Remark { get; init; }
}

/// <summary>
/// The builds of the past in one SQLite file, which several monitors may have open. For one thread. Any call may throw a
/// <see cref="SqliteException"/>: the disk is full, another program locks the file, it is damaged.
/// </summary>
public sealed class HistoryStore : IDisposable
{
    public const string FileName = "history.db";

    /// <summary>How long to wait for another monitor's write, in seconds.</summary>
    private const int Patience = 2;

    private readonly SqliteConnection _store;

    private HistoryStore(SqliteConnection store) => _store = store;

    /// <summary>Opens the store for reading only; does not create it.</summary>
    public static HistoryOpening Read(string path) =>
        !File.Exists(path) ? new HistoryOpening(null, "not there")
        // Even a reader creates files beside the store, which its owner could not write. While a recorder writes they exist already.
        : ThisUser.Id == 0 && !File.Exists($"{path}-shm") && StateFolder.Refusal(path, 0) is { } foreign ? new HistoryOpening(null, foreign)
        : Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Opens the store for reading and writing, and creates it with its folder if it is missing; other users cannot read it.
    /// </summary>
    public static HistoryOpening Write(string path) => Write(path, isHosts: false);

    /// <summary>The same for a host's store, whose folder exists, is checked, and may be read by a group.</summary>
    public static HistoryOpening WriteOfHost(string path) => Write(path, isHosts: true);

    private static HistoryOpening Write(string path, bool isHosts)
    {
        if (OperatingSystem.IsWindows())
            return new HistoryOpening(null, "Linux only");
        if (!isHosts && StateFolder.Refusal(path, ThisUser.Id) is { } refusal)
            return new HistoryOpening(null, refusal);
        string? remark;
        try
        {
            remark = isHosts ? null : StateFolder.Close(path);
            if (!isHosts && Path.GetDirectoryName(path) is { Length: > 0 } folder)
                WholeFile.MakeFolder(folder);
            if (!File.Exists(path))
                new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite,
                    UnixCreateMode = WholeFile.ForUserAlone,
                }).Dispose();
            if (isHosts)
                File.SetUnixFileMode(path, HostFolder.FileMode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new HistoryOpening(null, FileWords.NotWritten(path, error));
        }

        return Open(path, SqliteOpenMode.ReadWrite) with { Remark = remark };
    }

    /// <summary>The number of requested rows with contents that this program never writes.</summary>
    public int UnreadRows { get; private set; }

    /// <summary>The same in words, for the screen; null if there are none.</summary>
    public string? Remark =>
        UnreadRows == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"history: {UnreadRows} rows cannot be read and are left out");

    /// <summary>Why a call was refused, for the screen.</summary>
    public static string WhyNot(SqliteException error) => SqliteCalls.WhyNot(error);

    /// <summary>Changes after each write by another process.</summary>
    public long Version() => _store.Number("PRAGMA data_version");

    /// <summary>The factory of a build, from its id; empty if factories have no names.</summary>
    private const string Factory = "substr(id, 1, max(0, instr(id, '/') - 1))";

    /// <summary>The number of stored builds that have ended, and the start of the oldest.</summary>
    /// <param name="factory">Only those of this factory; empty means the one without a name, null means all.</param>
    public (long Count, DateTimeOffset? Since) Extent(string? factory = null)
    {
        using var command = _store.Command(
            $"SELECT count(*), min(started_at) FROM builds WHERE state <> 'building' AND ($factory IS NULL OR {Factory} = $factory)",
            ("$factory", factory)
        );
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.Time(1)) : (0, null);
    }

    /// <summary>Stored builds in order of start, including running ones: the newest, up to this number, of one image or of all.</summary>
    /// <param name="factory">Only those of this factory; empty means the one without a name, null means all.</param>
    public IReadOnlyList<BuildView> Builds(int most, string? image = null, string? factory = null)
    {
        using var command = _store.Command(
            $"SELECT {BuildRecord.Columns} FROM builds WHERE ($image IS NULL OR image = $image) AND "
            + $"($factory IS NULL OR {Factory} = $factory) ORDER BY started_at DESC, id DESC LIMIT $most",
            ("$image", image),
            ("$factory", factory),
            ("$most", most)
        );
        var found = new List<BuildView>();
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var record = BuildRecord.Read(row);
            var build = record?.ToView();
            if (build is null || (build.Log is null && record!.Log is not null))
                UnreadRows++;
            if (build is not null)
                found.Add(build);
        }

        found.Reverse();
        return found;
    }

    /// <summary>The builds whose logs are copied, with their lengths in lines and bytes.</summary>
    public IReadOnlyDictionary<string, (long Lines, long Bytes)> Kept()
    {
        using var command = _store.Command("SELECT build, lines, size FROM logs WHERE packed IS NOT NULL");
        var kept = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (row.Text(0) is { } build && row.Whole(1) is { } lines && row.Whole(2) is { } size)
                kept[build] = (lines, size);
            else
                UnreadRows++;
        }

        return kept;
    }

    public KeptLog? Log(string build) => KeptLogs.Find(_store, build);

    /// <summary>One stored build; null if there is none, or its row cannot be read.</summary>
    public BuildView? Build(string id) => Find(id)?.ToView();

    /// <summary>Stored changes, oldest first.</summary>
    public IReadOnlyList<Trigger> Triggers()
    {
        var (triggers, unread) = TriggerRecord.All(_store);
        UnreadRows += unread;
        return triggers;
    }

    /// <summary>What a factory's profiles turned out to ask for.</summary>
    /// <param name="factory">Its name; empty where it has none.</param>
    public IReadOnlyList<RememberedPair> Pairs(string factory)
    {
        var (pairs, unread) = PairRecord.All(_store, factory);
        UnreadRows += unread;
        return pairs;
    }

    /// <summary>Stores builds, joined with what is already stored of them.</summary>
    /// <param name="changes">The changes that were read beside them.</param>
    public void Put(IEnumerable<BuildView> builds, ChangeLedger changes)
    {
        using var change = _store.BeginTransaction(deferred: false);
        foreach (var build in builds)
        {
            var known = Find(build.Id);
            var record = BuildRecord.Of(known is null ? build : build.Remembering(known.ToView(), changes));
            if (record != known)
                record.Write(_store);
        }

        change.Commit();
    }

    public void Put(IEnumerable<Trigger> triggers)
    {
        using var change = _store.BeginTransaction(deferred: false);
        foreach (var trigger in triggers)
            TriggerRecord.Write(_store, trigger);
        change.Commit();
    }

    /// <summary>Remembers pairs of a factory, and forgets those of profiles that ask for something else by now.</summary>
    /// <param name="seen">Profiles whose pair was true once more.</param>
    public void Put(
        string factory,
        IEnumerable<RememberedPair> pairs,
        IEnumerable<string> contradicted,
        IEnumerable<string> seen,
        DateTimeOffset at
    )
    {
        using var change = _store.BeginTransaction(deferred: false);
        foreach (var profile in contradicted)
            PairRecord.Delete(_store, factory, profile);
        foreach (var pair in pairs)
            PairRecord.Write(_store, factory, pair, at);
        foreach (var profile in seen)
            PairRecord.Touch(_store, factory, profile, at);
        change.Commit();
    }

    /// <summary>Stores when the lines of a log arrived and, if given, a copy of it.</summary>
    public void Put(string build, DateTimeOffset startedAt, LineTimes times, PackedLog? copy)
    {
        using var change = _store.BeginTransaction(deferred: false);
        KeptLogs.Put(_store, build, startedAt, times, copy);
        change.Commit();
    }

    /// <summary>Whether a copy of a log of that age fits the limit if older ones are deleted.</summary>
    public bool HasRoom(long packedSize, DateTimeOffset startedAt, Retention keeping) =>
        packedSize
            + _store.Number(
                "SELECT coalesce(sum(packed_size), 0) FROM logs WHERE packed IS NOT NULL AND started_at > $started",
                ("$started", startedAt.ToUnixTimeMilliseconds())
            )
        <= keeping.MostLogBytes;

    /// <summary>Deletes what is beyond the limits, the oldest first, and frees the space.</summary>
    public void Trim(Retention keeping, DateTimeOffset now)
    {
        using (var change = _store.BeginTransaction(deferred: false))
        {
            KeptLogs.Trim(_store, keeping, now);
            _store.Do(
                "DELETE FROM builds WHERE id IN (SELECT id FROM builds ORDER BY started_at DESC, id DESC LIMIT -1 OFFSET $most)",
                ("$most", Retention.MostBuilds)
            );
            _store.Do("DELETE FROM builds WHERE started_at < $oldest", ("$oldest", (now - keeping.Longest).ToUnixTimeMilliseconds()));
            _store.Do("DELETE FROM triggers WHERE at < $oldest", ("$oldest", (now - keeping.Longest).ToUnixTimeMilliseconds()));
            _store.Do(
                "DELETE FROM triggers WHERE id IN (SELECT id FROM triggers ORDER BY at DESC, id DESC LIMIT -1 OFFSET $most)",
                ("$most", Retention.MostTriggers)
            );
            _store.Do("DELETE FROM logs WHERE build NOT IN (SELECT id FROM builds)");
            PairRecord.Trim(_store, now - keeping.Longest);
            change.Commit();
        }

        // The statement frees one page per row that is read.
        using var vacuum = _store.Command("PRAGMA incremental_vacuum");
        using var row = vacuum.ExecuteReader();
        while (row.Read())
        {
        }
    }

    public void Dispose() => _store.Dispose();

    private BuildRecord? Find(string id)
    {
        using var command = _store.Command($"SELECT {BuildRecord.Columns} FROM builds WHERE id = $id", ("$id", id));
        using var row = command.ExecuteReader();
        return row.Read() ? BuildRecord.Read(row) : null;
    }

    private static HistoryOpening Open(string path, SqliteOpenMode mode)
    {
        // SQLite would wait for a pipe's other end.
        if (StatResult.At(path) is { Found: true, Status: { IsRegular: false, Sort: var sort } })
            return new HistoryOpening(null, $"not a file but {sort}");
        var store = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = Patience,
            }.ToString()
        );
        try
        {
            store.Open();
            if (Schema.Prepare(store, mode is SqliteOpenMode.ReadWrite) is not { } why)
                return new HistoryOpening(new HistoryStore(store), null);
            store.Dispose();
            return new HistoryOpening(null, why);
        }
        catch (SqliteException error)
        {
            store.Dispose();
            return new HistoryOpening(null, SqliteCalls.WhyNot(error));
        }
    }
}
