namespace PackuilonMonitor.Core.Lines;

/// <summary>A file we follow, by its given path.</summary>
public readonly record struct SourceId(string Path)
{
    /// <summary>The last component of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public override string ToString() => Path;
}

/// <summary>A complete line and its place. The text has no line end; invalid UTF-8 is U+FFFD.</summary>
/// <param name="Source">The file the line was read from.</param>
/// <param name="Offset">The byte position of the line's first byte in that file.</param>
/// <param name="Text">The line, cut at 64 KiB.</param>
public readonly record struct LogLine(SourceId Source, long Offset, string Text);
