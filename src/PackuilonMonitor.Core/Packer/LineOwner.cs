namespace PackuilonMonitor.Core.Packer;

/// <summary>Which builder wrote a line of a log that several builders write.</summary>
public static class LineOwner
{
    /// <summary>Whether another builder than this one wrote the line. A line without a builder's name belongs to all of them.</summary>
    /// <param name="line">The line in the file, with its escapes, without its line end.</param>
    /// <param name="builder">The builder's name, as in <see cref="BuilderTrack.Name"/>.</param>
    public static bool IsOther(string line, string builder)
    {
        if (CarriedLine.Of(line) is not { } pieces)
            return NameOf(line) is { } name && name != builder;
        var names = pieces.Select(piece => NameOf(piece.Text)).OfType<string>().ToList();
        return names.Count > 0 && !names.Contains(builder);
    }

    private static string? NameOf(string line) =>
        PackerGrammar.Read(line, PlainLine.Of(line).WithoutStamp()).Owner is { } name ? BuilderTrack.NameIn(name) : null;
}
