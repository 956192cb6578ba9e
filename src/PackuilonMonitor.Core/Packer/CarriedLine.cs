using System.Globalization;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The writer of a line in the log.</summary>
internal enum Carrier
{
    /// <summary>Packer itself.</summary>
    Plain,

    /// <summary><c>-machine-readable</c>.</summary>
    Machine,

    /// <summary>The debug log (PACKER_LOG), which repeats the screen's output.</summary>
    Debug,
}

/// <summary>A line as Packer would have printed it, extracted from the line that carries it.</summary>
/// <param name="Text">The line, with its escapes.</param>
/// <param name="Colour">The colour that the carrier names instead of writing it; null if it names none.</param>
/// <param name="At">When it was written, if the carrier says so.</param>
/// <param name="By">The carrier.</param>
internal readonly record struct CarriedLine(string Text, LineColour? Colour, DateTimeOffset? At, Carrier By)
{
    private const int MostPieces = 200;

    /// <summary>The end of year 9999, the last second that a time can have.</summary>
    private const long LatestEpoch = 253402300799;

    /// <summary>The carried line; null if the line carries nothing.</summary>
    public static IReadOnlyList<CarriedLine>? Of(string line) =>
        line.Length > 12 && char.IsAsciiDigit(line[0]) ? OfMachine(line) ?? OfDebug(line) : null;

    // 1795309774,,ui,error,==> openstack.rocky9: Timeout waiting for SSH.
    // 1795309872,,ui,say,\n==> Builds finished but no artifacts were created.
    private static List<CarriedLine>? OfMachine(string line)
    {
        var digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 9 or > 12 || line[digits] != ',')
            return null;
        var target = line.IndexOf(',', digits + 1);
        if (target < 0 || !line.AsSpan(target + 1).StartsWith("ui,", StringComparison.Ordinal))
            return null;
        var kind = target + 4;
        var comma = line.IndexOf(',', kind);
        if (comma < 0)
            return null;
        var colour = line[kind..comma] switch
        {
            "say" => LineColour.Bold,
            "error" => LineColour.Red,
            "message" => LineColour.Other,
            _ => (LineColour?)null,
        };
        if (colour is null)
            return null;
        var epoch = long.Parse(line.AsSpan(0, digits), CultureInfo.InvariantCulture);
        var at = epoch <= LatestEpoch ? DateTimeOffset.FromUnixTimeSeconds(epoch) : (DateTimeOffset?)null;
        var text = Cut.To(line.AsSpan(comma + 1), PlainLine.LongestRaw)
            .Replace("%!(PACKER_COMMA)", ",", StringComparison.Ordinal)
            .Replace("\\r", "", StringComparison.Ordinal);
        return [.. text.Split("\\n", MostPieces).Select(piece => new CarriedLine(piece, colour, at, Carrier.Machine))];
    }

    /// <summary>A line of the debug log.</summary>
    public static bool IsDebug(string line)
    {
        const string Stamp = "0000/00/00 00:00:00 ";
        return line.Length > Stamp.Length
            && line[4] == '/'
            && line[7] == '/'
            && line[10] == ' '
            && line[13] == ':'
            && line[19] == ' '
            && char.IsAsciiDigit(line[0]);
    }

    // 2026/11/22 09:12:31 ui: ==> openstack: Waiting for SSH to become available...
    // 2026/11/22 09:12:31 ui error: ==> openstack: Timeout waiting for SSH.
    private static List<CarriedLine>? OfDebug(string line)
    {
        if (!IsDebug(line))
            return null;
        var rest = line.AsSpan(20);
        if (rest.StartsWith("ui: ", StringComparison.Ordinal))
            return [new CarriedLine(rest[4..].ToString(), null, null, Carrier.Debug)];
        return rest.StartsWith("ui error: ", StringComparison.Ordinal)
            ? [new CarriedLine(rest[10..].ToString(), LineColour.Red, null, Carrier.Debug)]
            : null;
    }
}
