using System.Globalization;
using System.Text;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Seen;

/// <summary>What each user of a host has seen, in the host's store: its recorder writes it, and users ask it to. On one thread.</summary>
/// <param name="store">The folder of the store.</param>
/// <param name="trouble">Told why it cannot be written; null when that is over.</param>
public sealed class HostSeen(string store, Action<string?> trouble)
{
    private const string Ending = ".seen";

    /// <summary>Where the mark of a user is.</summary>
    public static string PathOf(string store, uint user) =>
        Path.Combine(store, HostFolder.Seen, string.Create(CultureInfo.InvariantCulture, $"{user}.json"));

    /// <summary>Asks the recorder to write a mark of this user. It does so a moment later; without one the newest request waits.</summary>
    /// <param name="before">The request before.</param>
    /// <exception cref="IOException">It cannot be asked.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither.</exception>
    internal static string Ask(string store, string text, string? before) => AskedFolder.Put(store, Ending, text, before);

    /// <summary>Writes what users ask for. An older mark than the one that is there changes nothing.</summary>
    public void Take()
    {
        try
        {
            AskedFolder.Take(store, Ending, Write);
            trouble(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            trouble(error.Message.ReplaceLineEndings(" "));
        }
    }

    private void Write(ReadOnlyMemory<byte> text, uint user)
    {
        if (SeenFile.Parse(Encoding.UTF8.GetString(text.Span)) is not { } mark)
            return;
        var path = PathOf(store, user);
        if (Known(path) is { } known && known.At > mark.At)
            return;
        SeenFile.Replace(path, mark, HostFolder.FileMode);
    }

    private static SeenMark? Known(string path)
    {
        try
        {
            return SeenFile.At(path);
        }
        catch (IOException)
        {
            // It is damaged, and replaced.
            return null;
        }
    }
}
