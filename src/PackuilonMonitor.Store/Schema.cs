using Microsoft.Data.Sqlite;

namespace PackuilonMonitor.Store;

/// <summary>The tables of the store, and how an older store is upgraded.</summary>
internal static class Schema
{
    /// <summary>Distinguishes our files from other programs' SQLite files: "pakm".</summary>
    private const int ApplicationId = 0x70616B6D;

    /// <summary>Each entry makes the next version from the one before; a published one never changes.</summary>
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE builds (
            id TEXT PRIMARY KEY NOT NULL,
            log_file TEXT NOT NULL, log_path TEXT, image TEXT NOT NULL, template TEXT,
            host TEXT, thread INTEGER, state TEXT NOT NULL,
            taken_at INTEGER, started_at INTEGER, ended_at INTEGER, exit_code INTEGER,
            line TEXT, log_shared INTEGER NOT NULL, trigger_id TEXT,
            reason TEXT, image_id TEXT, log TEXT) WITHOUT ROWID;
        CREATE INDEX builds_by_start ON builds (started_at);
        CREATE INDEX builds_by_image ON builds (image, started_at);
        CREATE TABLE triggers (
            id TEXT PRIMARY KEY NOT NULL,
            host TEXT NOT NULL, at INTEGER NOT NULL, packet_at INTEGER, profile TEXT NOT NULL, is_new INTEGER NOT NULL, result TEXT,
            queued_at INTEGER, taken_at INTEGER, by_name INTEGER NOT NULL, builds TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX triggers_by_time ON triggers (at);
        CREATE TABLE logs (
            build TEXT PRIMARY KEY NOT NULL, started_at INTEGER NOT NULL, lines INTEGER NOT NULL,
            size INTEGER, packed_size INTEGER, times BLOB NOT NULL, packed BLOB);
        CREATE INDEX logs_by_start ON logs (started_at) WHERE packed IS NOT NULL;
        CREATE VIEW steps AS
            SELECT builds.id AS build, json_each.key AS place, json_extract(json_each.value, '$[0]') AS kind,
                json_extract(json_each.value, '$[1]') AS name, json_extract(json_each.value, '$[2]') AS line,
                json_extract(json_each.value, '$[3]') AS started_at
            FROM builds, json_each(builds.log, '$.steps');
        """,
        """
        CREATE TABLE pairs (
            factory TEXT NOT NULL, profile TEXT NOT NULL, image TEXT NOT NULL, seen_at INTEGER NOT NULL,
            PRIMARY KEY (factory, profile)) WITHOUT ROWID;
        """,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Newest => Versions.Length;

    /// <summary>Upgrades the store to the newest version. Returns the reason why it cannot be used, or null.</summary>
    public static string? Prepare(SqliteConnection store, bool mayWrite)
    {
        // Checked first: another monitor may be creating the tables just now.
        var isEmpty = store.Number("SELECT count(*) FROM sqlite_schema") == 0;
        var version = store.Number("PRAGMA user_version");
        if (version > Newest)
            return $"written by a newer version of this program (schema {version}, this one knows {Newest})";
        if (version == 0 && !isEmpty || version > 0 && store.Number("PRAGMA application_id") != ApplicationId)
            return "not a history of this program";
        if (!mayWrite)
            return version == Newest ? null
                : version == 0 ? "empty"
                : $"written by an older version of this program (schema {version}); the dashboard brings it up to date";
        if (version == 0)
            store.Do("PRAGMA auto_vacuum = INCREMENTAL");
        store.Do("PRAGMA journal_mode = WAL");
        store.Do("PRAGMA synchronous = NORMAL");
        return version == Newest ? null : Migrate(store);
    }

    private static string? Migrate(SqliteConnection store)
    {
        using var change = store.BeginTransaction(deferred: false);
        // Another monitor may have upgraded it since.
        for (var version = store.Number("PRAGMA user_version"); version < Newest; version++)
        {
            store.Do(Versions[version]);
            store.Do(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
        }

        store.Do(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        change.Commit();
        return null;
    }
}
