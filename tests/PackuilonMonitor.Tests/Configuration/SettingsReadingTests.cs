using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

public sealed class SettingsReadingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Of_NoFileAndNoVariable_IsTheDefault()
    {
        var read = SettingsReading.Of(new SettingsPaths([_folder["none.ini"]], Named: false), []);

        Assert.That(read.Settings, Is.SameAs(Settings.Default));
        Assert.That(read.Complaints, Is.Empty);
        Assert.That(read.Files, Is.Empty);
    }

    [Test]
    public void Of_EverySection_HoldsWhatItSays()
    {
        var settings = Good("""
            # the host's
            [sources]
            messages = /a/messages, logs/messages, -
            log-dir = logs
            config = /a/config.ini
            time-zone = Europe/London
            [Display]
            Theme = light
            color = never
            ascii = yes
            [history]
            on = no
            state-dir = /a/state
            keep-days = 7
            keep-megabytes = 64
            keep-logs = off
            [notify]
            events = succeeded, failed, succeeded
            bell = no
            osc9 = always
            hook = ["/bin/tell", "--image", "{image}", "a b"]
            hook-seconds = 3
            webhook = https://hooks.example.org/a?b=c
            webhook-form = slack
            webhook-attempts = 2
            """);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Sources.Messages, Is.EqualTo(new[] { "/a/messages", _folder["logs/messages"], "-" }));
            Assert.That(settings.Sources.LogDirectory, Is.EqualTo(_folder["logs"]));
            Assert.That(settings.Sources.Config, Is.EqualTo("/a/config.ini"));
            Assert.That(settings.Sources.Zone?.Id, Is.EqualTo("Europe/London"));
            Assert.That(settings.Display, Is.EqualTo(new DisplaySettings(Theme.Light, ColourChoice.Never, Ascii: true)));
            Assert.That(settings.History, Is.EqualTo(new HistorySettings(On: false, "/a/state", 7, 64, KeepLogs: false)));
            Assert.That(settings.Notify.Events, Is.EqualTo(new[] { AlertKind.Succeeded, AlertKind.Failed }));
            Assert.That(settings.Notify.Hook, Is.EqualTo(new[] { "/bin/tell", "--image", "{image}", "a b" }));
            Assert.That(
                settings.Notify with
                {
                    Events = [],
                    Hook = [],
                },
                Is.EqualTo(
                    new NotifySettings(
                        [],
                        Bell: false,
                        Osc9Choice.Always,
                        [],
                        3,
                        new Uri("https://hooks.example.org/a?b=c"),
                        WebhookForm.Slack,
                        2
                    )
                )
            );
        });
    }

    [Test]
    public void Of_SeveralFactories_KeepsEachWithItsSources()
    {
        var settings = Good(
            "[factory b-2]\nmessages = /b/messages\n[factory a.1]\nmessages = /a/messages\nlog-dir = /a/log\ntime-zone = UTC\n"
        );

        Assert.That(settings.Factories.Select(factory => factory.Name), Is.EqualTo(new[] { "a.1", "b-2" }));
        Assert.That(settings.Factories[0].Sources.LogDirectory, Is.EqualTo("/a/log"));
        Assert.That(settings.Factories[0].Sources.Zone, Is.EqualTo(TimeZoneInfo.Utc));
        Assert.That(settings.Factories[1].Sources.Messages, Is.EqualTo(new[] { "/b/messages" }));
        Assert.That(settings.Sources, Is.EqualTo(Settings.Default.Sources));
    }

    [Test]
    public void Of_HostUserAndVariables_EachLiesOverTheOneBefore()
    {
        var host = _folder.Write("host.ini", "[history]\nkeep-days = 1\nkeep-megabytes = 1\nstate-dir = /host\n");
        var user = _folder.Write("user.ini", "[history]\nkeep-megabytes = 2\nstate-dir = /user\n");
        var read = SettingsReading.Of(
            new SettingsPaths([host, user], Named: false),
            [new("PACKUILON_MONITOR_HISTORY_STATE_DIR", "/variable"), new("HOME", "/root")]
        );

        Assert.That(read.Settings.History, Is.EqualTo(new HistorySettings(StateDirectory: "/variable", KeepDays: 1, KeepMegabytes: 2)));
        Assert.That(read.Files, Is.EqualTo(new[] { host, user }));
        Assert.That(read.Complaints, Is.Empty);
    }

    [TestCase("[dispaly]\ntheme = dark", "[dispaly] theme: no such section; did you mean [display]?")]
    [TestCase("[display]\ntheem = dark", "[display] theem: no such setting; did you mean theme?")]
    [TestCase("theme = dark", "theme: is in no section; put it below a line like [sources]")]
    [TestCase("[display]\ntheme = pink", "[display] theme: no such theme: pink; give dark, light or mono")]
    [TestCase("[display]\nascii = maybe", "[display] ascii: no such answer: maybe; give yes or no")]
    [TestCase("[history]\nkeep-days = -1", "[history] keep-days: not a whole number from 1 to 36500: -1; give one like 365")]
    [TestCase("[history]\nkeep-days =", "[history] keep-days: not a whole number from 1 to 36500: ; give one like 365")]
    [TestCase(
        "[sources]\nmessages =",
        "[sources] messages: a path is missing; give one like /var/log/messages, or several separated by commas"
    )]
    [TestCase("[sources]\nlog-dir =", "[sources] log-dir: a path is missing; give one like /etc/packer-utils/log")]
    [TestCase("[sources]\ntime-zone = Atlantis", "[sources] time-zone: no such time zone: Atlantis; give a name like UTC or Europe/London")]
    [TestCase(
        "[notify]\nevents = failed, gone",
        "[notify] events: no such event: gone; give failed, lost, stuck, cancelled, worker-lost, succeeded or health"
    )]
    [TestCase(
        "[notify]\nwebhook = ftp://secret@example.org/",
        "[notify] webhook: not an http address; give one like https://hooks.example.org/factory"
    )]
    [TestCase(
        "[notify]\nhook = tell me",
        "[notify] hook: not a program with an absolute path: tell me; give one like /usr/local/bin/notify, or [\"/usr/local/bin/notify\", \"{event}\", \"{image}\"]"
    )]
    [TestCase(
        "[notify]\nhook = [\"/bin/tell\", 7]",
        "[notify] hook: not a program with an absolute path: [\"/bin/tell\", 7]; give one like /usr/local/bin/notify, or [\"/usr/local/bin/notify\", \"{event}\", \"{image}\"]"
    )]
    [TestCase("[notify]\nhook = [\"/bin/tell\", \"{imge}\"]", "[notify] hook: there is no part {imge}; did you mean {image}?")]
    [TestCase(
        "[factory a b]\nmessages = /a",
        "[factory a b] messages: not a factory's name: letters, digits, dots, hyphens; give one like [factory harwell]"
    )]
    [TestCase("[factory a]\nmessage = dark", "[factory a] message: no such setting; did you mean messages?")]
    public void Of_AWrongLine_NamesFileSectionKeyAndAValueThatWouldDo(string text, string expected)
    {
        var path = _folder.Write(
            "config.ini",
            text
                + "\n[display]\ncolor = never\n".Replace(
                    text.StartsWith("[display]", StringComparison.Ordinal) ? "[display]" : "\0",
                    "",
                    StringComparison.Ordinal
                )
        );
        var read = SettingsReading.Of(new SettingsPaths([path], Named: false), []);

        Assert.That(read.Complaints, Is.EqualTo(new[] { $"{path}: {expected}" }));
        Assert.That(read.Settings.Display.Colour, Is.EqualTo(ColourChoice.Never), "the rest holds");
    }

    [TestCase("[display]\nno sign here\n", "line 2 (no…) has no =")]
    [TestCase("[display]\nascii = yes\nASCII = no\n", "a key is repeated")]
    public void Of_AFileThatIsNone_IsReportedAndLeftOut(string text, string said)
    {
        var path = _folder.Write("config.ini", text);
        var read = SettingsReading.Of(new SettingsPaths([path], Named: false), []);

        Assert.That(read.Complaints, Is.EqualTo(new[] { $"{path}: {said}; a line would be: theme = dark, below a line [display]" }));
        Assert.That(read.Settings, Is.SameAs(Settings.Default));
    }

    [Test]
    public void Of_ANamedFileThatIsNotThere_IsReported()
    {
        var read = SettingsReading.Of(new SettingsPaths([_folder["none.ini"]], Named: true), []);

        Assert.That(
            read.Complaints,
            Is.EqualTo(new[] { $"{_folder["none.ini"]}: no such file; give one like /etc/packuilon-monitor/config.ini" })
        );
    }

    [TestCase(
        "PACKUILON_MONITOR_HISTORY_KEEPDAYS",
        "1",
        "PACKUILON_MONITOR_HISTORY_KEEPDAYS: no such setting; did you mean PACKUILON_MONITOR_HISTORY_KEEP_DAYS?"
    )]
    [TestCase("PACKUILON_MONITOR_DISPLAY_THEME", "pink", "PACKUILON_MONITOR_DISPLAY_THEME: no such theme: pink; give dark, light or mono")]
    public void Of_AWrongVariable_IsReported(string name, string value, string expected)
    {
        var read = SettingsReading.Of(new SettingsPaths([], Named: false), [new(name, value)]);

        Assert.That(read.Complaints, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Of_AnyText_NeverThrowsNorShowsEscapes() => CsCheck.Check.Sample(CsCheck.Gen.String, text =>
    {
        var path = _folder.Write("any.ini", $"[display]\n{text}");
        var read = SettingsReading.Of(new SettingsPaths([path], Named: false), [new("PACKUILON_MONITOR_NOTIFY_HOOK", text)]);
        return read.Complaints.All(complaint => !complaint.Any(char.IsControl));
    }, iter: 200, threads: 1);

    [Test]
    public void SettingsPage_EverySetting_IsThereWithItsDefaultAndVariable()
    {
        var page = File.ReadAllLines(PagesTests.Page("settings.md"));
        foreach (var section in SettingTable.Sections)
        {
            var rows = page.SkipWhile(line => line != $"## [{section.Name}]")
                .Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal));
            Assert.That(
                rows,
                Is.EqualTo(
                    section.Lines.Select(line =>
                        $"| `{line.Key}` | {line.Default} | {line.Meaning} | `{SettingsReading.Variable(section.Name, line.Key)}` |"
                    )
                ),
                section.Name
            );
        }
    }

    private Settings Good(string text)
    {
        var read = SettingsReading.Of(new SettingsPaths([_folder.Write("config.ini", text)], Named: true), []);
        Assert.That(read.Complaints, Is.Empty);
        return read.Settings;
    }
}
