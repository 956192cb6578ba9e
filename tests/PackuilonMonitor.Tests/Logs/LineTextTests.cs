using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LineTextTests
{
    [TestCase("\e[0;32m    openstack: Fetching\e[0m", "    Fetching")]
    [TestCase("\e[1;32m==> openstack: Launching server...\e[0m", "==> Launching server...")]
    [TestCase("--> openstack: An image was created", "--> An image was created")]
    [TestCase("    openstack:", "    ")]
    [TestCase("\e[0;32m    openstack:\e[0m", "    ")]
    [TestCase("    openstack:colon", "    openstack:colon")]
    [TestCase("    openstack (shell-local): | id |", "    openstack (shell-local): | id |")]
    [TestCase("says     openstack: x", "says     openstack: x")]
    public void Line_WithPackersPrefixHidden_KeepsEverythingElse(string raw, string shown) => Assert.Multiple(() =>
    {
        Assert.That(LineText.Searched(raw, hidesPrefix: true), Is.EqualTo(shown));
        Assert.That(LineText.Shown(raw, hidesPrefix: false), Is.EqualTo(raw));
    });
}
