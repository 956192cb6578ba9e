using PackuilonMonitor.Configuration;

namespace PackuilonMonitor.Tests.Configuration;

public sealed class SettingsPathsTests
{
    [TestCase("/x", "/home/a", "/x/packuilon-monitor/config.ini")]
    [TestCase("", "/home/a", "/home/a/.config/packuilon-monitor/config.ini")]
    [TestCase("relative", "/home/a", "/home/a/.config/packuilon-monitor/config.ini")]
    public void Of_NoFileNamed_AreTheHostsAndTheUsers(string configuration, string home, string users)
    {
        var places = SettingsPaths.Of(null, name => name switch { "XDG_CONFIG_HOME" => configuration, "HOME" => home, _ => null });

        Assert.That(places.Files, Is.EqualTo(new[] { "/etc/packuilon-monitor/config.ini", users }));
        Assert.That(
            places.KeyFiles,
            Is.EqualTo(new[] { "/etc/packuilon-monitor/keys.conf", users.Replace("config.ini", "keys.conf", StringComparison.Ordinal) })
        );
        Assert.That(places.Named, Is.False);
    }

    [Test]
    public void Of_NoHome_IsTheHostsAlone() =>
        Assert.That(SettingsPaths.Of(null, _ => null).Files, Is.EqualTo(new[] { "/etc/packuilon-monitor/config.ini" }));

    [Test]
    public void Of_AFileNamed_IsTheOnlyOneAndKeysStandBesideIt()
    {
        var places = SettingsPaths.Of("/a/mine.ini", _ => "/home/a");

        Assert.That(places.Files, Is.EqualTo(new[] { "/a/mine.ini" }));
        Assert.That(places.KeyFiles, Is.EqualTo(new[] { "/a/keys.conf" }));
        Assert.That(places.Named);
    }
}
