using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>The bytes that ask a terminal for a desktop notification (OSC 9).</summary>
public static class DesktopNotice
{
    private const int Longest = 200;

    /// <summary>The request, wrapped for tmux or screen if one is in between; only printable characters of the text are sent.</summary>
    public static byte[] Request(string text, Func<string, string?> environment)
    {
        var plain = SafeText.Plain(text);
        // A text that begins with a number would be another OSC 9 command.
        var safe = plain.Length > 0 && char.IsAsciiDigit(plain[0]) ? $"- {plain}" : plain;
        return Encoding.UTF8.GetBytes(Passthrough.Wrap($"\u001b]9;{(safe.Length <= Longest ? safe : safe[..Longest])}\u0007", environment));
    }

    /// <summary>Whether the environment shows a terminal that is known to support them; over ssh only some do.</summary>
    public static bool IsKnown(Func<string, string?> environment) =>
        environment("TERM") is "xterm-kitty" or "xterm-ghostty" or "foot" or "foot-extra" or "wezterm"
        || environment("TERM_PROGRAM") is "iTerm.app" or "WezTerm" or "ghostty"
        || environment("LC_TERMINAL") is "iTerm2";
}
