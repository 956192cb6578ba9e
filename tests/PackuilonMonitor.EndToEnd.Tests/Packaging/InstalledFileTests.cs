using PackuilonMonitor.Configuration;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>The units and the settings that a package brings along.</summary>
public sealed class InstalledFileTests
{
    [TestCase("record")]
    [TestCase("serve")]
    [TestCase("ship")]
    public void Unit_RunsACommandThereIs_WithOptionsItHas(string command)
    {
        var words = Unit(command).Single(line => line.Key == "ExecStart").Value.Split(' ');

        Assert.Multiple(() =>
        {
            Assert.That(words[..2], Is.EqualTo(new[] { "/usr/bin/packuilon-monitor", command }));
            Assert.That(ProgramHelp.Commands, Does.Contain(command));
            Assert.That(
                words.Where(word => word.StartsWith("--")),
                Is.SubsetOf(ProgramHelp.OptionsOf(command).Concat(ProgramHelp.CommonOptions))
            );
        });
    }

    [TestCase("record")]
    [TestCase("serve")]
    [TestCase("ship")]
    public void Unit_MayReadAndNothingElse(string command)
    {
        var unit = Unit(command)
            .Where(line => line.Key is not ("SystemCallFilter" or "Environment"))
            .ToDictionary(line => line.Key, line => line.Value);

        Assert.Multiple(() =>
        {
            foreach (
                var key in new[]
                {
                    "NoNewPrivileges",
                    "ProtectHome",
                    "PrivateTmp",
                    "PrivateDevices",
                    "ProtectKernelTunables",
                    "ProtectControlGroups",
                    "RestrictNamespaces",
                }
            )
                Assert.That(unit.GetValueOrDefault(key), Is.EqualTo("yes"), key);
            Assert.That(unit["ProtectSystem"], Is.EqualTo("strict"));
            Assert.That(unit["CapabilityBoundingSet"], Is.Empty);
            // Systemd before 235 passes over DynamicUser, and what has no User there runs as root.
            Assert.That(unit.Keys, Has.None.EqualTo("DynamicUser"));
            Assert.That((unit["User"], unit["Group"]), Is.EqualTo(("packuilon-monitor", "adm")));
            Assert.That((unit["StateDirectory"], unit["StateDirectoryMode"]), Is.EqualTo(("packuilon-monitor", "2750")));
            Assert.That(unit["SuccessExitStatus"], Is.EqualTo("143"));
            Assert.That(unit.Keys, Has.None.EqualTo("ReadWritePaths"));
        });
    }

    [TestCase("deb/postinst")]
    [TestCase("rpm/packuilon-monitor.spec")]
    public void Package_MakesTheUserThatTheUnitsNameAndItsFolder(string script)
    {
        var text = File.ReadAllText(Repository.Place($"packaging/{script}"));

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Match("getent passwd packuilon-monitor .*\\n +useradd --system .* packuilon-monitor\\n"));
            Assert.That(
                text,
                Does.Match("(-o packuilon-monitor -g adm -m 2750|%attr\\(2750, packuilon-monitor, adm\\)) /var/lib/packuilon-monitor")
            );
        });
    }

    [Test]
    public void ExampleSettings_AsTheyAre_ChangeNothing()
    {
        var places = SettingsPaths.Of(Repository.Place("packaging/config.ini"), static _ => null);
        var (all, none) = (SettingsReading.Of(places, []), SettingsReading.Of(SettingsPaths.Of(null, static _ => null), []));

        Assert.Multiple(() =>
        {
            Assert.That(all.Complaints, Is.Empty);
            Assert.That(File.ReadLines(Repository.Place("packaging/config.ini")), Has.All.Match("^(#.*|\\[[a-z]+\\]|)$"));
            Assert.That(all.Settings.Display, Is.EqualTo(none.Settings.Display));
        });
    }

    [Test]
    public void ExampleSettings_WithoutTheirSigns_AreAllThereAreAndUnderstood()
    {
        using var folder = new TempFolder();
        var lines = File.ReadAllLines(Repository.Place("packaging/config.ini"))
            .Select(line => line is ['#', not ' ', ..] ? line[1..] : line)
            .ToList();
        var reading = SettingsReading.Of(SettingsPaths.Of(folder.Write("config.ini", string.Join('\n', lines)), static _ => null), []);
        var keys = lines.Where(line => line.Contains(" = ") && line[0] != '#').Select(line => line.Split(" = ")[0]);

        Assert.Multiple(() =>
        {
            Assert.That(reading.Complaints, Is.Empty);
            Assert.That(keys, Is.EqualTo(SettingTable.Sections.SelectMany(section => section.Lines).Select(line => line.Key)));
        });
    }

    private static List<(string Key, string Value)> Unit(string command) =>
    [
        .. File.ReadLines(Repository.Place($"packaging/systemd/packuilon-monitor-{command}.service"))
            .Where(line => line.Length > 0 && line[0] is not ('#' or '['))
            .Select(line => line.Split('=', 2)).Select(parts => (parts[0], parts[1])),
    ];
}
