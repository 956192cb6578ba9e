using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Store;

/// <summary>A profile and the image that its changes became.</summary>
public readonly record struct RememberedPair(string Profile, ImageName Image);

/// <summary>The rows of the table of pairs.</summary>
internal static class PairRecord
{
    public static void Write(SqliteConnection store, string factory, RememberedPair pair, DateTimeOffset at) =>
        store.Do(
            "INSERT OR REPLACE INTO pairs (factory, profile, image, seen_at) VALUES ($factory, $profile, $image, $at)",
            ("$factory", factory),
            ("$profile", pair.Profile),
            ("$image", pair.Image.Text),
            ("$at", at.ToUnixTimeMilliseconds())
        );

    /// <summary>It was true once more.</summary>
    public static void Touch(SqliteConnection store, string factory, string profile, DateTimeOffset at) =>
        store.Do(
            "UPDATE pairs SET seen_at = max(seen_at, $at) WHERE factory = $factory AND profile = $profile",
            ("$factory", factory),
            ("$profile", profile),
            ("$at", at.ToUnixTimeMilliseconds())
        );

    public static void Delete(SqliteConnection store, string factory, string profile) =>
        store.Do("DELETE FROM pairs WHERE factory = $factory AND profile = $profile", ("$factory", factory), ("$profile", profile));

    public static void Trim(SqliteConnection store, DateTimeOffset oldest)
    {
        store.Do("DELETE FROM pairs WHERE seen_at < $oldest", ("$oldest", oldest.ToUnixTimeMilliseconds()));
        store.Do(
            "DELETE FROM pairs WHERE (factory, profile) IN (SELECT factory, profile FROM pairs ORDER BY seen_at DESC, factory, profile LIMIT -1 OFFSET $most)",
            ("$most", Retention.MostPairs)
        );
    }

    /// <summary>All of a factory that can be read, and how many rows cannot.</summary>
    public static (IReadOnlyList<RememberedPair> Pairs, int Unread) All(SqliteConnection store, string factory)
    {
        using var command = store.Command(
            "SELECT profile, image FROM pairs WHERE factory = $factory ORDER BY profile LIMIT $most",
            ("$factory", factory),
            ("$most", Retention.MostPairs)
        );
        using var row = command.ExecuteReader();
        var (found, unread) = (new List<RememberedPair>(), 0);
        while (row.Read())
        {
            if (row.Text(0) is { Length: > 0 } profile && row.Text(1) is { Length: > 0 } image)
                found.Add(new RememberedPair(profile, new ImageName(image)));
            else
                unread++;
        }

        return (found, unread);
    }
}
