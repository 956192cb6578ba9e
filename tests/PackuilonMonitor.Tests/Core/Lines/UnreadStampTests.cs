using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Lines;

/// <summary>Times that are not read: what they look like, for whoever has to change them.</summary>
public sealed class UnreadStampTests
{
    [TestCase("Nov 31 09:05:07 vm sshd[1]: hello", "a traditional time that cannot be")]
    [TestCase("2026-13-22T09:05:07Z vm sshd[1]: hello", "an ISO-8601 time that cannot be")]
    [TestCase("Nov 22 09:05 vm sshd[1]: hello", "a traditional time without seconds")]
    [TestCase("<14>1 - vm rabbit2packer.py - - - hello", "RFC 5424 without a time")]
    [TestCase("[ 1234.567890] usb 1-1: new device", "seconds since the start of the host, as of dmesg")]
    [TestCase("192.0.2.7 - - [22/Nov/2026:09:05:07 +0000] GET", "the time of a web server's log")]
    [TestCase("[2026-11-22 09:05:07] vm sshd[1]: hello", "a time in brackets")]
    [TestCase("2026/11/22 09:05:07 vm sshd[1]: hello", "a date with slashes or dots, the year first")]
    [TestCase("22/11/2026 09:05:07 vm sshd[1]: hello", "a date with slashes or dots, the day or the month first")]
    [TestCase("22 Nov 2026 09:05:07 vm sshd[1]: hello", "a date with the day before the name of the month")]
    [TestCase("20261122T090507 vm sshd[1]: hello", "ISO-8601 without hyphens")]
    [TestCase("1795338307123 vm sshd[1]: hello", "a number of milliseconds or nanoseconds")]
    [TestCase("{\"time\":\"2026-11-22\"}", "JSON")]
    [TestCase("nov. 22 09:05:07 vm sshd[1]: hello", "a traditional time with a month in another language")]
    [TestCase("hello", "no form that is known")]
    public void Of_ALineWithoutATimeWeRead_NamesItsForm(string line, string form)
    {
        Assert.That(Given.Parser().TimeOf(Given.Line(line)), Is.Null);
        Assert.That(UnreadStamp.Of(line), Is.EqualTo(form));
    }
}
