namespace PackuilonMonitor.Simulation;

/// <summary>The other programs of the host, some of which quote the factory.</summary>
internal sealed class Noise(SimulatedSyslog syslog, Dice dice)
{
    private const int Kernel = 0;
    private const int Mail = 2 * 8;
    private const int Daemon = 3 * 8;
    private const int Auth = 10 * 8;
    private const int Cron = 9 * 8;
    private const int User = 1 * 8;

    private static readonly string[] Words = ["lantern", "pebble", "thicket", "harbour", "quarry", "meadow"];

    /// <summary>Writes the lines that are owed, now and then, and occasionally one even if none is.</summary>
    public IEnumerable<TimeSpan> Chatter()
    {
        while (true)
        {
            if (syslog.NoiseOwed > 0 || dice.Chance(0.05))
            {
                SayOne();
                syslog.NoiseOwed = Math.Max(0, syslog.NoiseOwed - 1);
            }

            // Many at once when much is owed, so that the lines are near and between the factory's.
            yield return syslog.NoiseOwed > 40 ? dice.Milliseconds(0.1, 300) : dice.Wait(TimeSpan.FromSeconds(2));
        }
    }

    private void SayOne()
    {
        var throwOf = dice.Unit();
        if (throwOf < 0.96)
            Plain();
        else if (throwOf < 0.985)
            LookAlike();
        else
            Odd();
    }

    private void Plain()
    {
        switch (dice.Below(12))
        {
            case 0:
                Say(Daemon, "chronyd", dice.Between(700, 720), $"Selected source 198.51.100.{dice.Between(1, 9)}");
                break;
            case 1:
                Say(Cron, "CROND", Pid(), $"(root) CMD (/usr/libexec/{dice.Pick(Words)}-sweep --quiet)");
                break;
            case 2:
                Say(Auth, "sshd", Pid(), $"Accepted publickey for operator from 198.51.100.{dice.Between(2, 250)} port {Pid()} ssh2");
                break;
            case 3:
                Say(Auth, "sshd", Pid(), "pam_unix(sshd:session): session closed for user operator");
                break;
            case 4:
                Say(Daemon, "systemd", 1, $"Started Session {Pid()} of user operator.");
                break;
            case 5:
                Say(Daemon, "systemd", 1, $"Starting {dice.Pick(Words)} refresh...");
                break;
            case 6:
                Say(Mail, "postfix/qmgr", dice.Between(900, 910), $"{dice.Hex(10)}: removed");
                break;
            case 7:
                Say(Kernel, "kernel", null, $"[{Pid()}.{dice.Between(100000, 999999)}] eth1: link becomes ready");
                break;
            case 8:
                Say(Daemon, "ncm-cdispd", 1187, "[INFO] profile looked at, nothing to be done");
                break;
            case 9:
                Say(Daemon, "puppet-agent", Pid(), $"Applied configuration version '{dice.Hex(7)}' in {dice.Between(3, 60)} s");
                break;
            case 10:
                Say(Daemon, "dbus", 640, $"[system] activated org.example.{dice.Pick(Words)}");
                break;
            default:
                Say(User, "healthcheck", Pid(), $"{dice.Pick(Words)} ok after {dice.Between(1, 90)} ms");
                break;
        }
    }

    // Only the tag distinguishes these from real ones.
    private void LookAlike()
    {
        const string Image = "decoy-sl7x-x86_64";
        switch (dice.Below(9))
        {
            case 0:
                Say(
                    Auth,
                    "sshd",
                    Pid(),
                    $"Invalid user rabbit2packer.py: Thread-2: image built successfully: {Image}.managed.json from 203.0.113.9 port {Pid()}"
                );
                break;
            case 1:
                Say(Auth, "sshd", Pid(), $"Invalid user Thread-3 processing {Image} from 203.0.113.9 port {Pid()}");
                break;
            case 2:
                Say(
                    Auth,
                    "sudo",
                    null,
                    $"operator : TTY=pts/1 ; PWD=/root ; USER=root ; COMMAND=/bin/less /etc/packer-utils/log//{Image}.managed.json.log"
                );
                break;
            case 3:
                Say(
                    Daemon,
                    "puppet-agent",
                    Pid(),
                    $"(/Stage[main]/Imagefactory/File[/usr/local/bin/rabbit2packer.py]/mode) mode changed 0755"
                );
                break;
            case 4:
                Say(User, "logger", null, "packer build starting, see: /etc/packer-utils/log//decoy.log for details");
                break;
            case 5:
                Say(User, "rabbit2packer.pyc", 99, $"Thread-1: image built successfully: {Image}");
                break;
            case 6:
                Say(User, "my-rabbit2packer.py-wrapper", null, $"Thread-4 processing {Image}");
                break;
            case 7:
                Say(User, "not-cdb2rabbit.py", Pid(), "Pushing message to queue for build");
                break;
            default:
                Say(Daemon, "audispd", null, "type=EXECVE argc=2 a0=\"python3\" a1=\"/usr/local/bin/rabbit2packer.py\": Starting Thread-9");
                break;
        }
    }

    private void Odd()
    {
        switch (dice.Below(7))
        {
            case 6:
                // The same line several times, for rsyslog to collapse.
                for (var times = dice.Between(2, 5); times > 0; times--)
                    Say(Auth, "sshd", 77, "error: the other side hung up before the banner");
                break;
            case 0: Say(User, "control", 1, "colour \u001b[35mpurple\u001b[0m tab\there return\rhere bell\a line\nbreak"); break;
            case 1: Say(User, "latin", 1, "gar\udce7on na\udcefve \udcff\udcfe raw"); break;
            case 2: Say(User, "utf8", 1, "zażółć 構築 🏭"); break;
            case 3: Say(User, "long", 1, string.Concat(Enumerable.Repeat(dice.Pick(Words) + ' ', 900))); break;
            case 4: Say(User, "format", 1, "100% %s %n {0} #033 stays #012 as it is"); break;
            default: Say(User, "silent", null, ""); break;
        }
    }

    private int Pid() => dice.Between(1200, 32000);

    private void Say(int facility, string ident, int? pid, string text) =>
        syslog.Send(new SyslogTag(LogProgram.Other, ident, pid, facility), new WordedSentence(Sentence.Noise, text));
}
