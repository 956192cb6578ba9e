using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Inputs;

/// <summary>Which images the profiles of a factory turned out to ask for, as the store remembers it.</summary>
internal static class RememberedPairs
{
    /// <summary>None if the store cannot be read, which is reported where its builds are read.</summary>
    /// <param name="path">The store's file; null for none.</param>
    /// <param name="factory">The factory's name; null where it has none.</param>
    public static IReadOnlyList<PairRemembered> Of(string? path, string? factory)
    {
        if (path is null || !File.Exists(path))
            return [];
        using var store = HistoryStore.Read(path).Store;
        try
        {
            return store is null ? [] : [.. store.Pairs(factory ?? "").Select(pair => new PairRemembered(pair.Profile, pair.Image))];
        }
        catch (SqliteException)
        {
            return [];
        }
    }
}
