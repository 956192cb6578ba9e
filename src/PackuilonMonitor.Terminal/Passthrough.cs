namespace PackuilonMonitor.Terminal;

/// <summary>A sequence for the terminal behind tmux or screen, as TMUX or STY says that one stands between.</summary>
internal static class Passthrough
{
    // screen hands on 768 bytes of a device control string at most, its own start and end included.
    private const int ScreenPiece = 700;

    /// <summary>The sequence, wrapped where it must be; tmux hands it on only with <c>allow-passthrough</c> on.</summary>
    public static string Wrap(string sequence, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("TMUX")))
            return $"\u001bPtmux;{sequence.Replace("\u001b", "\u001b\u001b", StringComparison.Ordinal)}\u001b\\";
        return string.IsNullOrEmpty(environment("STY"))
            ? sequence
            : string.Concat(sequence.Chunk(ScreenPiece).Select(piece => $"\u001bP{new string(piece)}\u001b\\"));
    }
}
