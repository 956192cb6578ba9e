using System.Text;
using PackuilonMonitor.Tests.Cells;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>A checker that lets something through proves nothing.</summary>
public sealed class SentBytesTests
{
    [Test]
    public void Faults_OfEveryHostileText_AreFound()
    {
        foreach (
            var payload in HostileText
                .All()
                .Where(payload => payload.Any(letter => letter is < ' ' and not '\n' or >= '\u007f' and < '\u00a0'))
        )
        {
            var bytes = Encoding.UTF8.GetBytes($"before {payload} after");
            Assert.That(SentBytes.FaultsOfText(bytes), Is.Not.Empty, SentBytes.Escaped(payload));
            // What the program itself sends is no fault there: moves, colours, modes, the bell.
            if (payload.Contains("]0;", StringComparison.Ordinal) || payload.Contains("[6n", StringComparison.Ordinal))
                Assert.That(SentBytes.FaultsOfScreen(bytes), Is.Not.Empty, SentBytes.Escaped(payload));
        }
    }

    [TestCase("\u001b[1;31mred\u001b[m \u001b[2J\u001b[12;40H\u001b[3C\u001b[K\u001b[2;20r\n\u001bM\u001b[r\u001b[?25l\u0007", true)]
    [TestCase("\u001b]9;a build failed\u0007", true)]
    [TestCase("\u001bPtmux;\u001b\u001b]9;a build failed\u0007\u001b\\", true)]
    [TestCase("\u001b]9;4;1;50\u0007", false)]
    [TestCase("\u001b]9;a\u202eb\u0007", false)]
    [TestCase("\u001b]0;title\u0007", false)]
    [TestCase("\u001b[8m", false)]
    [TestCase("\u001b[38;5;1m", false)]
    [TestCase("\u001b[3J", false)]
    [TestCase("\u001b[?47h", false)]
    [TestCase("\u009b2J", false)]
    [TestCase("\r", false)]
    [TestCase("\u200b", false)]
    public void FaultsOfScreen_AreWhatIsNotOnTheList(string sent, bool own) =>
        Assert.That(SentBytes.FaultsOfScreen(Encoding.UTF8.GetBytes(sent)), own ? Is.Empty : Is.Not.Empty);

    [Test]
    public void Faults_OfBytesThatAreNoUtf8_AreFound() => Assert.That(SentBytes.FaultsOfText([0x9b, 0x36, 0x6e]), Is.Not.Empty);
}
