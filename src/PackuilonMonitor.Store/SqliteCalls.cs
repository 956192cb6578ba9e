using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Store;

/// <summary>Short forms of SQLite calls, and SQLite's errors in words.</summary>
internal static class SqliteCalls
{
    public static void Do(this SqliteConnection store, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = store.Command(text, values);
        command.ExecuteNonQuery();
    }

    public static long Number(this SqliteConnection store, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = store.Command(text, values);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public static SqliteCommand Command(this SqliteConnection store, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = store.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    // SQLite keeps any type in any column, and another program may have written it: a value of another type counts as none.
    public static string? Text(this SqliteDataReader row, int column) => row.GetValue(column) as string;

    public static long? Whole(this SqliteDataReader row, int column) => row.GetValue(column) is long number ? number : null;

    public static byte[]? Bytes(this SqliteDataReader row, int column) => row.GetValue(column) as byte[];

    public static DateTimeOffset? Time(this SqliteDataReader row, int column) => row.Whole(column) is { } at ? LogJson.TimeOf(at) : null;

    /// <summary>Why the call was refused, for the screen.</summary>
    public static string WhyNot(SqliteException error) => error.SqliteErrorCode switch
    {
        5 or 6 => "locked by another program",
        8 => "read-only",
        10 => "unreadable: an input or output error",
        11 or 26 => "damaged, or no SQLite file",
        13 => "the disk is full",
        14 => "cannot be opened: not there, or no right to it or its directory",
        _ => error.Message.ReplaceLineEndings(" "),
    };
}
