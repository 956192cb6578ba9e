using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Where a reader ended, so that another one can continue there.</summary>
public static class ReadingPosition
{
    /// <summary>
    /// Whether everything after the place still exists, in readable files. Otherwise read everything and skip what is known.
    /// </summary>
    public static bool Holds(SourcePosition place)
    {
        var path = place.Source.Path;
        var there = RotatedSiblings.Of(path).Where(sibling => !sibling.Compressed).Select(sibling => sibling.Path).Append(path).ToList();
        // An empty file proves nothing: it may have been filled, copied and emptied again.
        return !place.Files.IsEmpty
            && place.Files.All(point => point.AnchorLength > 0)
            && place.Files.All(point => there.Exists(file => Stands(file, point)));
    }

    internal static FilePoint Of(Generation file) =>
        new(
            file.Identity.Device,
            file.Identity.Inode,
            file.Identity.Born,
            file.Offset - file.Splitter.UnfinishedBytes,
            file.Offset,
            file.Anchor.Length,
            FilePoint.SumOf(file.Anchor)
        );

    private static bool Stands(string path, FilePoint point)
    {
        using var file = OpenFile.At(path).File;
        if (file is null || file.Identity != new FileIdentity(point.Device, point.Inode, point.Born))
            return false;
        var bytes = new byte[point.AnchorLength];
        try
        {
            return Generation.Fill(OpenFile.Read, file, bytes, point.AnchorEnd - bytes.Length) == bytes.Length
                && FilePoint.SumOf(bytes) == point.AnchorSum;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
