using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Makes zero bytes readable: two builds that write one file leave runs of them, and the text around such a run is torn. A few are the
/// output of a provisioner, and disappear as in any line.
/// </summary>
internal sealed class ZeroBytes
{
    /// <summary>Enough for the words that are written over them.</summary>
    public const int Fewest = 32;

    private bool _goesOn;

    /// <summary>Writes over the beginning of each run in the bytes that follow those of the last call; the other zeros stay.</summary>
    public void Name(Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var start = bytes[at..].IndexOf((byte)0);
            if (start < 0)
            {
                _goesOn = false;
                return;
            }

            start += at;
            var end = bytes[start..].IndexOfAnyExcept((byte)0) is var length && length < 0 ? bytes.Length : start + length;
            if (end - start >= Fewest && !(_goesOn && start == 0))
                Words(end - start, end == bytes.Length).CopyTo(bytes[start..]);
            (at, _goesOn) = (end, end == bytes.Length);
        }
    }

    /// <summary>How many of a run that may go on is not known.</summary>
    private static byte[] Words(int count, bool mayGoOn)
    {
        var number = mayGoOn ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} ");
        return Encoding.ASCII.GetBytes($"~~~ {number}zero bytes ~~~ ");
    }
}
