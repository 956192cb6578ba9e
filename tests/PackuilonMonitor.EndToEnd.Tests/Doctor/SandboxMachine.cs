using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>
/// A machine with a factory and the user ada, who has sudo. Its /etc and the files laid over others are in a mount namespace of their own,
/// so that a command may be typed as doctor prints it and nothing of this machine changes.
/// </summary>
internal sealed class SandboxMachine : IDisposable
{
    private const string LoginAgain = "# then log in again";

    private readonly TempFolder _folder = new();
    private readonly RunningProgram _namespace;

    public SandboxMachine()
    {
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("log/lab-sl7x-x86_64.managed.json.log", "==> lab: built\nBuild 'lab' finished.\n");
        Directory.CreateDirectory(_folder["bin"]);
        File.CreateSymbolicLink(_folder["bin/packuilon-monitor"], RunningProgram.Monitor);
        Tool("systemctl", RestartRsyslog);
        _namespace = RunningProgram.Start("unshare", ["--mount", "bash", _folder.Write("start", Expanded(Start))]);
        _namespace.WaitFor("the machine is up");
    }

    /// <summary>Makes users and files; what stands for the machine until it is stopped waits on a pipe.</summary>
    private const string Start = """
        set -e
        PATH=$DIR/bin:$PATH
        mkdir $DIR/machine
        mount -t tmpfs tmpfs $DIR/machine
        mkdir $DIR/machine/etc $DIR/machine/etc.work
        mount -t overlay overlay -o lowerdir=/etc,upperdir=$DIR/machine/etc,workdir=$DIR/machine/etc.work /etc
        useradd --create-home --home-dir $DIR/home --uid 4242 --groups users ada
        chmod 755 $DIR/home
        {
            echo 'ada ALL=(ALL) NOPASSWD: ALL'
            echo "Defaults secure_path=$DIR/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        } >/etc/sudoers.d/ada
        mkdir -p /etc/packer-utils /etc/rsyslog.d $DIR/home/.config/packuilon-monitor
        printf '[rabbit2packer]\nLOG_DIR = %s\nTHREAD_COUNT = 1\n' $DIR/log >$CONF
        printf '[sources]\nmessages = %s\n' $DIR/messages >$SETTINGS
        chown -R ada: $DIR/home
        rm -f /etc/rsyslog.d/*
        cat >/etc/rsyslog.conf <<END
        \$Umask 0000
        \$FileCreateMode 0644
        module(load="imuxsock" SysSock.Use="off")
        input(type="imuxsock" Socket="$DIR/socket" RateLimit.Interval="0")
        \$ActionFileDefaultTemplate RSYSLOG_FileFormat
        include(file="/etc/rsyslog.d/*.conf" mode="optional")
        *.* $DIR/messages
        END
        systemctl restart rsyslog
        echo the machine is up
        exec cat
        """;

    /// <summary>What systemctl does here: the real rsyslog starts, writes some lines of the factory, and ends.</summary>
    private const string RestartRsyslog = """
        [ "$*" = "restart rsyslog" ] || exit 0
        touch $DIR/messages
        before=$(wc -l <$DIR/messages)
        rsyslogd -n -i $DIR/rsyslogd.pid -f /etc/rsyslog.conf & daemon=$!
        until [ -S $DIR/socket ]; do kill -0 $daemon || exit 1; done
        say() { logger --socket $DIR/socket --tag /rabbit2packer.py "$1"; }
        say Starting
        say 'Starting Thread-1'
        say 'Thread-1 processing lab-sl7x-x86_64'
        say "packer build starting, see: $DIR/log//lab-sl7x-x86_64.managed.json.log for details"
        say 'Thread-1: image built successfully: lab-sl7x-x86_64.managed.json'
        until [ "$(wc -l <$DIR/messages)" -ge "$((before + 5))" ]; do kill -0 $daemon || exit 1; done
        kill $daemon
        wait $daemon
        rm -f $DIR/socket
        """;

    public string this[string relative] => _folder[relative];

    /// <summary>
    /// A text with the places of the machine: $DIR is its folder, $CONF Packuilon's configuration, $SETTINGS and $STATE are the user's.
    /// </summary>
    public string Expanded(string text) => text
        .Replace("$SETTINGS", "$DIR/home/.config/packuilon-monitor/config.ini", StringComparison.Ordinal)
        .Replace("$STATE", "$DIR/home/.local/state/packuilon-monitor", StringComparison.Ordinal)
        .Replace("$CONF", "/etc/packer-utils/config.ini", StringComparison.Ordinal)
        .Replace("$DIR", _folder.Path, StringComparison.Ordinal);

    /// <summary>A program that the users of the machine find before that of this machine.</summary>
    public void Tool(string name, string script)
    {
        var path = _folder.Write($"bin/{name}", $"#!/bin/bash\n{Expanded(script)}\n");
        TempFolder.SetMode(path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Whether root may do this, which leaves nothing behind.</summary>
    public bool Can(string script) => Enter([], "root", script).Code == 0;

    /// <summary>Changes something as root.</summary>
    public void Break(string script)
    {
        var (code, printed) = Enter([], "root", $"set -e\n{Expanded(script)}");
        Assert.That(code, Is.Zero, printed);
    }

    /// <summary>What doctor prints to the user, after what was typed before in the same session.</summary>
    /// <param name="session">How the user's session differs, such as a variable or a limit; a line for the shell.</param>
    public string Doctor(string session, params IEnumerable<string> typed)
    {
        var lines = typed.ToList();
        // A new session has the user's new groups, and what was typed is behind it.
        if (lines.Exists(line => line.EndsWith(LoginAgain, StringComparison.Ordinal)))
        {
            Session(session, lines);
            lines.Clear();
        }

        return Session(
            session,
            lines.Exists(line => line.Contains("packuilon-monitor doctor", StringComparison.Ordinal))
                ? lines
                : lines.Append("packuilon-monitor doctor")
        );
    }

    public void Dispose()
    {
        _namespace.Dispose();
        _folder.Dispose();
    }

    private string Session(string session, IEnumerable<string> lines) =>
        Enter(
            ["setpriv", "--reuid=ada", "--regid=ada", "--init-groups"],
            "ada",
            string.Join('\n', lines.Prepend(Expanded(session)))
        ).Printed;

    private (int Code, string Printed) Enter(string[] becoming, string user, string script) =>
        Shell.Tell(
            script, "nsenter",
            [
                "-t", $"{_namespace.Pid}", "-m", .. becoming,
                "env", "-i", $"PATH={_folder["bin"]}:/usr/sbin:/usr/bin:/sbin:/bin", $"HOME={_folder["home"]}", $"USER={user}",
                "LC_ALL=C.UTF-8", "TERM=xterm", "TZ=UTC", $"EDITOR={_folder["bin/editor"]}", "bash",
            ]);
}
