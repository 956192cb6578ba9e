namespace PackuilonMonitor.Terminal;

/// <summary>Wraps a sequence for the terminal outside tmux or screen, if TMUX or STY shows one of them.</summary>
internal static class Passthrough
{
    // screen passes on at most 768 bytes of a device control string, including its start and end.
    private const int ScreenPiece = 700;

    /// <summary>The sequence, wrapped if necessary; tmux passes it on only with <c>allow-passthrough</c> on.</summary>
    public static string Wrap(string sequence, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("TMUX")))
            return $"\u001bPtmux;{sequence.Replace("\u001b", "\u001b\u001b", StringComparison.Ordinal)}\u001b\\";
        return string.IsNullOrEmpty(environment("STY"))
            ? sequence
            : string.Concat(sequence.Chunk(ScreenPiece).Select(piece => $"\u001bP{new string(piece)}\u001b\\"));
    }
}
