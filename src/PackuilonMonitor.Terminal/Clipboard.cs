using System.Text;

namespace PackuilonMonitor.Terminal;

/// <summary>The bytes that ask a terminal to put a text on its clipboard (OSC 52).</summary>
public static class Clipboard
{
    /// <summary>The limit in UTF-8 bytes; terminals drop longer requests.</summary>
    public const int LongestText = 72 * 1024;

    /// <summary>
    /// The request, wrapped if TMUX or STY shows tmux or screen in between. tmux passes it on only with <c>allow-passthrough</c> on, and no
    /// terminal confirms it. Text beyond <see cref="LongestText"/> is cut off.
    /// </summary>
    public static byte[] Request(string text, Func<string, string?> environment) =>
        Encoding.ASCII.GetBytes(Passthrough.Wrap($"\u001b]52;c;{Convert.ToBase64String(Cut(text))}\u0007", environment));

    private static byte[] Cut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= LongestText)
            return bytes;
        var end = LongestText;
        while ((bytes[end] & 0xc0) == 0x80)
            end--;
        return bytes[..end];
    }
}
