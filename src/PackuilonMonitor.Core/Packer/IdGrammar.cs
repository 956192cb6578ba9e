using PackuilonMonitor.Core.Slicing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The lines in which a builder names what it made.</summary>
internal static class IdGrammar
{
    // Server ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<PackerLine> Server =
        from said in Slices.Literal("Server ID: ")
        from id in Slices.Word
        from end in Slices.End
        select new ServerLine(id);

    // Image: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<PackerLine> Image =
        from said in Slices.Literal("Image: ")
        from id in Slices.Word
        from end in Slices.End
        select new ImageLine(id);

    // Instance ID: i-0a1b2c3d4e5f67890
    private static readonly Parser<PackerLine> Instance =
        from said in Slices.Literal("Instance ID: ")
        from id in Slices.Word
        from end in Slices.End
        select new ServerLine(id);

    // Volume ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<PackerLine> Volume =
        from said in Slices.Literal("Volume ID: ")
        from id in Slices.Word
        from end in Slices.End
        select new VolumeLine(id);

    // Created floating IP: '5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' (192.0.2.7)
    // Created floating IP: 192.0.2.7     (1.3)
    private static readonly Parser<PackerLine> MadeIp =
        from said in Slices.Literal("Created floating IP: ")
        from id in Slices.FirstOf(
            from quote in Slices.Literal("'") from quoted in Slices.Until("'") select quoted,
            Slices.Word)
        select new FloatingIpLine(id);

    private static readonly Parser<PackerLine> Ids =
        Slices.FirstOf(("S", Server), ("I", Image), ("I", Instance), ("V", Volume), ("C", MadeIp));

    /// <summary>The meaning of a text after a builder's prefix; null if it names no id.</summary>
    public static PackerLine? Read(string said) =>
        MayRead(said) && Ids.ParseLine(said) is { WasSuccessful: true } result ? result.Value : null;

    /// <summary>Whether a text begins like one that a rule reads.</summary>
    public static bool MayRead(ReadOnlySpan<char> said) => said.Length > 0 && said[0] switch
    {
        'S' => said.StartsWith("Server ID: ", StringComparison.Ordinal),
        'I' => said.StartsWith("Image: ", StringComparison.Ordinal) || said.StartsWith("Instance ID: ", StringComparison.Ordinal),
        'V' => said.StartsWith("Volume ID: ", StringComparison.Ordinal),
        'C' => said.StartsWith("Created floating IP: ", StringComparison.Ordinal),
        _ => false,
    };
}
