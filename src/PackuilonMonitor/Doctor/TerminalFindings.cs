using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;

namespace PackuilonMonitor.Doctor;

/// <summary>How the dashboard would look here.</summary>
public static class TerminalFindings
{
    /// <param name="isTerminal">Standard output is one.</param>
    public static IEnumerable<Finding> Of(Func<string, string?> environment, bool isTerminal, DisplaySettings display)
    {
        var kind = environment("TERM");
        if (kind is null or "" or "dumb")
            yield return Finding.Note(
                "terminal",
                $"TERM is \"{kind}\": no dashboard can be drawn; in a terminal",
                "export TERM=xterm-256color"
            );
        else if (!isTerminal)
            yield return Finding.Note("terminal", "standard output is not one: the dashboard needs it, the other commands do not");
        else
            yield return Finding.Fine("terminal", $"TERM {SafeText.Plain(kind)}");

        yield return Glyphs.For(display.Ascii, environment).IsAscii && !display.Ascii
            ? Finding.Note("locale", "not UTF-8: the dashboard is drawn with ASCII characters", "export LANG=C.UTF-8")
            : Finding.Fine("locale", display.Ascii ? "ASCII by the settings" : "UTF-8");
        yield return Finding.Fine("colours", Palette.For(display.Theme, display.Colour, environment).Theme is Theme.Mono
            ? "none, by NO_COLOR, TERM or the settings: every state has a sign or a word too"
            : "on");
        if (!string.IsNullOrEmpty(environment("TMUX")))
            yield return Finding.Fine(
                "tmux",
                "passes the bell on; copying and desktop notifications only with: tmux set -g allow-passthrough on; tmux set -g set-clipboard on"
            );
        yield return Finding.Fine("after kill -9", "only you can restore the terminal; type: reset");
    }
}
