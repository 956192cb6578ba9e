using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

public sealed class AppearanceTests
{
    [Test]
    public void Of_KeysOfTheHostAndOfTheUser_BothHoldAndTheUsersLieOverTheHosts()
    {
        using var folder = new TempFolder();
        var host = folder.Write("host.conf", "line-down = J\nhelp = F3\n");
        var user = folder.Write("user.conf", "help = F4\n");

        var keys = Appearance.Of(new DisplaySettings(), [host, folder["none"], user], _ => null).Keys;

        Assert.Multiple(() =>
        {
            Assert.That(keys.Find(new KeyPress("J"), ScreenKind.Overview), Is.EqualTo((Command)ContentAct.LineDown));
            Assert.That(keys.Find(new KeyPress("F4"), ScreenKind.Overview), Is.EqualTo((Command)ScreenAct.Help));
            Assert.That(keys.Find(new KeyPress("F3"), ScreenKind.Overview), Is.Null);
            Assert.That(keys.Files, Is.EqualTo(new[] { host, user }));
        });
    }

    [Test]
    public void Of_AWrongLineInKeys_NamesIt()
    {
        using var folder = new TempFolder();
        var path = folder.Write("keys.conf", "\nhelp = Shift-j\n");

        Assert.That(
            () => Appearance.Of(new DisplaySettings(), [path], _ => null),
            Throws
                .TypeOf<WrongUseException>()
                .With.Message.EqualTo($"{path}:2: \"Shift-j\" cannot arrive: terminals send the capital; J would do")
        );
    }
}
