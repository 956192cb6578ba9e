using System.Runtime.InteropServices;
using PackuilonMonitor.Tests.Ingest;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>
/// What can be broken on a host, what doctor says of it, and that typing its command fixes it. The commands are run as they stand there, by
/// a user with sudo, on a machine of their own.
/// </summary>
public sealed class DoctorTableTests
{
    /// <param name="Break">How it is broken, as root; $DIR is the folder with everything.</param>
    /// <param name="Said">The finding: its grade, its subject and how its text begins.</param>
    /// <param name="Type">All that doctor says to type.</param>
    private sealed record Row(string Thing, string Break, string Said, params string[] Type)
    {
        /// <summary>How the session of the user differs, such as a limit.</summary>
        public string Session { get; init; } = "";

        /// <summary>What root must be able to do for this; a container may not allow it.</summary>
        public string Needs { get; init; } = "true";

        /// <summary>What the user writes in the editor: a script for sed.</summary>
        public string Edit { get; init; } = "";

        /// <summary>What the host's dnf does, a script.</summary>
        public string Install { get; init; } = "";

        /// <summary>What the user puts in the place of a word in capitals, or which of two commands; all of Type if null.</summary>
        public string? Typed { get; init; }
    }

    private const string OwnFormat =
        "echo '$ActionFileDefaultTemplate RSYSLOG_FileFormat' | sudo tee /etc/rsyslog.d/00-file-format.conf "
        + "&& sudo systemctl restart rsyslog";

    private const string EditConfig = "sudo ${EDITOR:-vi} $CONF";

    private static readonly Row[] Rows =
    [
        // Stamps and headers.
        new(
            "times in a form that is not known",
            ": >$DIR/messages\n" + Format("Slashes", "%timegenerated:::date-year%/11/22 12:00:00 %HOSTNAME% %syslogtag%%msg%"),
            "unread times: $DIR/messages: the times of its lines cannot be read (a date with slashes or dots, the year first): ",
            OwnFormat
        ),
        new(
            "times without a date",
            Format("Short", "%timegenerated:::date-hour%:%timegenerated:::date-minute%:%timegenerated:::date-second% vm %syslogtag%%msg%"),
            "note $DIR/messages: headers have a time of day and no date",
            OwnFormat
        ),
        new(
            "headers that lose the names of programs",
            "sed -i '/^.ActionFileDefaultTemplate/s/ .*/ RSYSLOG_SyslogProtocol23Format/' /etc/rsyslog.conf && systemctl restart rsyslog",
            "note $DIR/messages: headers are RFC 5424",
            OwnFormat
        ),
        new("a time zone that is none", "true", "note settings: TZ: no such time zone: Nowhere/Land", "unset TZ")
        {
            Session = "export TZ=Nowhere/Land",
        },
        // Packuilon's config.ini, in the usual place.
        new(
            "a port that is none",
            Config("[rabbit2packer]\nLOG_DIR = $DIR/log\n[global]\nRABBIT_PORT = abc\n"),
            "note $CONF: [global] RABBIT_PORT: not a port",
            EditConfig
        )
        {
            Edit = "s/abc/5672/",
        },
        new(
            "a name that is not there",
            Config("[rabbit2packer]\nLOG_DIR = %(BASE)s/log\n"),
            "note $CONF: cannot be read: LOG_DIR: %(NAME)s refers to what is neither in its section nor in [DEFAULT]",
            EditConfig
        )
        {
            Edit = "1i [DEFAULT]\\nBASE = $DIR",
        },
        new(
            "a % that Python does not read",
            Config("[rabbit2packer]\nLOG_DIR = $DIR/log\n[global]\nRABBIT_PW = a%b\n"),
            "note $CONF: [global] RABBIT_PW: a % is neither before % nor in %(NAME)s",
            EditConfig
        )
        {
            Edit = "s/%/%%/",
        },
        new(
            "a key that is repeated",
            Config("[rabbit2packer]\nA=1\na=1\nLOG_DIR = $DIR/log\n"),
            "note $CONF: cannot be read: line 3: ",
            EditConfig
        )
        {
            Edit = "/^a/d",
        },
        new(
            "a number that is none",
            Config("[rabbit2packer]\nTHREAD_COUNT = many\nLOG_DIR = $DIR/log\n"),
            "note $CONF: [rabbit2packer] THREAD_COUNT: ",
            EditConfig
        )
        {
            Edit = "s/many/1/",
        },
        new("a configuration that nobody may read", "chmod 600 $CONF", "note $CONF: cannot be read", "sudo setfacl -m u:ada:r $CONF"),
        new(
            "a configuration of a group",
            "chmod 640 $CONF; chgrp adm $CONF",
            "note $CONF: cannot be read",
            "sudo usermod -aG adm ada # then log in again"
        ),
        new(
            "a configuration elsewhere",
            "mv $CONF $DIR/packuilon.ini",
            "note $CONF: is not there",
            "packuilon-monitor doctor --config FILE"
        )
        {
            Typed = "packuilon-monitor doctor --config $DIR/packuilon.ini",
        },
        // Files of the system log.
        new(
            "a log that is missing",
            "mv $DIR/messages $DIR/syslog",
            "unread $DIR/messages: missing",
            "packuilon-monitor doctor --messages PATH",
            "sudo apt-get install rsyslog # or: sudo dnf install rsyslog"
        )
        {
            Typed = "packuilon-monitor doctor --messages $DIR/syslog",
        },
        new(
            "a log of a group",
            "chmod 640 $DIR/messages; chgrp adm $DIR/messages",
            "unread $DIR/messages: not readable",
            "sudo usermod -aG adm ada # then log in again"
        ),
        new("a log of root", "chmod 600 $DIR/messages", "unread $DIR/messages: not readable", "sudo setfacl -m u:ada:r $DIR/messages"),
        new(
            "a folder that may not be entered",
            "mkdir -m 700 $DIR/closed; mv $DIR/messages $DIR/closed/; sed -i s,$DIR/messages,$DIR/closed/messages, $SETTINGS",
            "unread $DIR/closed/messages: not readable",
            "sudo setfacl -m u:ada:x $DIR/closed"
        ),
        new(
            "a rotated log of root",
            "grep -m1 Starting $DIR/messages >$DIR/messages.1; chmod 600 $DIR/messages.1",
            "unread $DIR/messages.1: not readable",
            "sudo setfacl -m u:ada:r $DIR/messages.1"
        ),
        new(
            "a rotated log that no program here reads",
            "grep -m1 Starting $DIR/messages >$DIR/messages.1; lz4 -q --rm $DIR/messages.1 $DIR/messages.1.lz4",
            "unread $DIR/messages.1.lz4: rotated and not read: packed as .lz4",
            "sudo lz4 -d -q --rm $DIR/messages.1.lz4 $DIR/messages.1"
        ),
        new(
            "a rotated log with a name of its own",
            "grep -m1 Starting $DIR/messages >$DIR/messages-2026:48; touch -d 2026-11-22T12:00:00Z $DIR/messages-2026:48",
            "unread $DIR/messages-2026:48: rotated and not read: named in no way",
            "sudo mv -n $DIR/messages-2026:48 $DIR/messages-20261122120000"
        ),
        new("few descriptors", "true", "note open files: only 256 at once", "sudo prlimit --pid $$ --nofile=1026")
        {
            Session = "ulimit -n 256",
            Needs = "ulimit -n 256 && prlimit --pid $$ --nofile=512",
        },
        // Packer's logs.
        new("no directory of logs", "mv $DIR/log $DIR/logs", "unread $DIR/log: missing", "packuilon-monitor doctor --log-dir DIR")
        {
            Typed = "packuilon-monitor doctor --log-dir $DIR/logs",
        },
        new(
            "a directory of logs for root",
            "chmod 700 $DIR/log",
            "unread $DIR/log: not readable",
            "sudo setfacl -R -m u:ada:rX $DIR/log",
            "sudo setfacl -d -m u:ada:rX $DIR/log # for logs to come"
        ),
        new(
            "logs for root",
            "chmod 600 $DIR/log/*",
            "unread $DIR/log: 1 of the newest 1 logs cannot be read",
            "sudo setfacl -R -m u:ada:rX $DIR/log",
            "sudo setfacl -d -m u:ada:rX $DIR/log # for logs to come"
        ),
        // Users.
        new(
            "a history of root",
            State("chown 0:0 $STATE/history.db"),
            "note history: nothing can be kept in $STATE: $STATE/history.db belongs to uid 0",
            "sudo chown -R ada $STATE/history.db"
        ),
        new(
            "a state directory of root",
            State("chown -R 0:0 $STATE"),
            "note history: nothing can be kept in $STATE: $STATE belongs to uid 0",
            "sudo chown -R ada $STATE"
        ),
        new(
            "a folder above it of root",
            State("chown -R 0:0 $DIR/home/.local"),
            "note history: nothing can be kept in $STATE: $DIR/home/.local belongs to uid 0",
            "sudo chown -R ada $DIR/home/.local"
        ),
        new(
            "a history that is open to others",
            State("chmod 664 $STATE/history.db"),
            "note history: $STATE/history.db is open to others",
            "chmod 600 $STATE/history.db"
        ),
        new(
            "a state directory that is open to others",
            State("chmod 777 $STATE"),
            "note history: $STATE is open to others",
            "chmod 700 $STATE"
        ),
        new(
            "a history that is for reading only",
            State("chmod 400 $STATE/history.db"),
            "note history: nothing can be kept: $STATE/history.db may not be written to",
            "chmod u+rw $STATE/history.db"
        ),
        new(
            "a session without a home",
            "true",
            "note history: neither HOME nor XDG_STATE_HOME is set",
            "export HOME=$(getent passwd ada | cut -d: -f6)",
            "packuilon-monitor doctor --settings FILE # with state-dir in [history]"
        )
        {
            Session = "unset HOME",
            Typed = "export HOME=$(getent passwd ada | cut -d: -f6)",
        },
        // The store of the host's recorder.
        new(
            "a recorder's store of a group",
            "install -d -o daemon -g adm -m 2750 $DIR/host; printf '[record]\nstore = $DIR/host\n' >>$SETTINGS",
            "note recorder: $DIR/host may not be entered",
            "sudo usermod -aG adm ada # then log in again"
        ),
        new(
            "a recorder's store below a closed folder",
            "install -d -m 700 $DIR/closed; mkdir $DIR/closed/host; printf '[record]\nstore = $DIR/closed/host\n' >>$SETTINGS",
            "note recorder: $DIR/closed/host cannot be reached",
            "sudo setfacl -m u:ada:x $DIR/closed"
        ),
        // What the host lacks.
        new("no OpenSSL", """
            printf '[notify]\nwebhook = https://hooks.example.org/x\n' >>$SETTINGS
            for library in $(ldconfig -p | sed -n 's/.*libssl\.so\.[0-9].* => //p'); do mount --bind /dev/null $library; done
            """, "note webhook: OpenSSL is not on this host", "sudo dnf install openssl-libs # or: sudo apt-get install libssl3")
        {
            Install = "umount --lazy $(ldconfig -p | sed -n 's/.*libssl\\.so\\.[0-9].* => //p')",
        },
        new("no tool for a rotated log", """
            grep -m1 Starting $DIR/messages | xz >$DIR/messages.1.xz
            mkdir $DIR/machine/bin $DIR/machine/bin.work
            mount -t overlay overlay -o lowerdir=/usr/bin,upperdir=$DIR/machine/bin,workdir=$DIR/machine/bin.work /usr/bin
            rm /usr/bin/xz
            """,
            "unread $DIR/messages.1.xz: rotated and not read: xz is not on this host",
            "sudo dnf install xz # or: sudo apt-get install xz-utils"
        )
        {
            Install = "umount --lazy /usr/bin",
        },
    ];

    /// <summary>rsyslog writes in another format from now on.</summary>
    private static string Format(string name, string template) =>
        $"sed -i 's|^$ActionFileDefaultTemplate.*|$template {name},\"{template}\\\\n\"\\n$ActionFileDefaultTemplate {name}|' "
        + "/etc/rsyslog.conf\n"
        + "systemctl restart rsyslog";

    /// <summary>Packuilon's configuration has this text.</summary>
    private static string Config(string text) => $"printf '{text.Replace("%", "%%", StringComparison.Ordinal)}' >$CONF";

    /// <summary>The user has a history, with which something happens.</summary>
    private static string State(string then) =>
        "install -d -o ada -g ada -m 700 $DIR/home/.local $DIR/home/.local/state $STATE; "
        + $"install -o ada -g ada -m 600 /dev/null $STATE/history.db; {then}";

    private static IEnumerable<TestCaseData> EachRow() => Rows.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Thing));

    [TestCaseSource(nameof(EachRow))]
    public void BrokenThing_WithWhatDoctorSaysTyped_IsFixed(object given)
    {
        var row = (Row)given;
        using var machine = Machine();
        if (row.Edit.Length > 0)
            machine.Tool("editor", $"sed -i '{row.Edit}' \"$1\"");
        machine.Tool("dnf", row.Install);
        if (!machine.Can(row.Needs))
            Assert.Ignore($"root may not do this here: {row.Needs}");
        machine.Break(row.Break);
        var said = machine.Expanded(row.Said);

        var broken = machine.Doctor(row.Session);

        Assert.That(Commands(broken, said), Is.EqualTo(row.Type.Select(machine.Expanded)), broken);
        var fixedNow = machine.Doctor(row.Session, row.Typed is { } typed ? [machine.Expanded(typed)] : row.Type.Select(machine.Expanded));
        Assert.That(Finding(fixedNow, said), Is.Null, fixedNow);
        Assert.That(fixedNow, Does.EndWith("everything can be read; the notes above may matter\n"));
    }

    [Test]
    public void Machine_WithNothingBroken_HasNotesOfThisTestAlone()
    {
        using var machine = Machine();

        var said = machine.Doctor("");

        Assert.That(
            said.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("ok ", StringComparison.Ordinal)),
            Is.EqualTo(
                new[]
                {
                    "note   terminal: standard output is not one: the dashboard needs it, the other commands do not",
                    "everything can be read; the notes above may matter",
                }
            ),
            said
        );
    }

    private static SandboxMachine Machine()
    {
        if (!Environment.IsPrivilegedProcess || RuntimeInformation.OSArchitecture is not Architecture.X64)
            Assert.Ignore("needs root, and x64");
        foreach (var program in (string[])["unshare", "nsenter", "setpriv", "useradd", "sudo", "setfacl", "rsyslogd", "logger"])
            Shell.Needs(program);
        return new SandboxMachine();
    }

    /// <summary>The line of the finding, or null if there is none. The table writes one blank after the grade.</summary>
    private static string? Finding(string printed, string said) =>
        printed.Split('\n').FirstOrDefault(line => OneBlank(line).StartsWith(said, StringComparison.Ordinal));

    private static string OneBlank(string line) =>
        string.Join(' ', line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Commands(string printed, string said)
    {
        const string Command = "       type: ";
        return printed.Split('\n')
            .SkipWhile(line => line != Finding(printed, said))
            .Skip(1)
            .TakeWhile(line => line.StartsWith(Command, StringComparison.Ordinal))
            .Select(line => line[Command.Length..]);
    }
}
