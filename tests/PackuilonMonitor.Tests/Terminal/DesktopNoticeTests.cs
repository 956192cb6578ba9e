using System.Text;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

public sealed class DesktopNoticeTests
{
    [TestCase(null, "\u001b]9;a build failed\u0007")]
    [TestCase("TMUX", "\u001bPtmux;\u001b\u001b]9;a build failed\u0007\u001b\\")]
    [TestCase("STY", "\u001bP\u001b]9;a build failed\u0007\u001b\\")]
    public void Request_BehindTmuxOrScreen_IsWrapped(string? variable, string expected) =>
        Assert.That(Text("a build failed", variable), Is.EqualTo(expected));

    [TestCase("a\u001b]0;x\u0007b\u0007\u009c\r\nc", "ab c")]
    [TestCase("4;1;50", "- 4;1;50")]
    public void Request_HostileText_IsNothingButText(string text, string shown) =>
        Assert.That(Text(text, null), Is.EqualTo($"\u001b]9;{shown}\u0007"));

    [Test]
    public void Request_LongText_IsCut() => Assert.That(Text(new string('x', 1000), "STY"), Has.Length.LessThan(256));

    [TestCase("TERM", "xterm-kitty", true)]
    [TestCase("TERM", "xterm-256color", false)]
    [TestCase("TERM_PROGRAM", "WezTerm", true)]
    [TestCase("LC_TERMINAL", "iTerm2", true)]
    public void IsKnown_ByTheEnvironment(string name, string value, bool known) =>
        Assert.That(DesktopNotice.IsKnown(asked => asked == name ? value : null), Is.EqualTo(known));

    private static string Text(string text, string? variable) =>
        Encoding.UTF8.GetString(DesktopNotice.Request(text, name => name == variable ? "1" : null));
}
