using static PackuilonMonitor.Tests.Core.Packer.CauseTests;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Failures as the programs that provision images and Packer's many parts report them.</summary>
internal static class CausesOfPrograms
{
    private const string ScriptFailed = "Script exited with non-zero exit status: 1. Allowed exit codes are: [0]";
    private const string Shell = "Provisioning with shell script: scripts/base.sh";
    private const string Cleanup = "Provisioning step had errors: Running the cleanup provisioner, if present...";

    internal static IEnumerable<Case> Cases()
    {
        yield return InShell(
            "the provisioner for errors is no failing step",
            "/tmp/script.sh: line 3: yaim: command not found",
            log => log
                .Red("/tmp/script.sh: line 3: yaim: command not found")
                .Step(Cleanup, "Provisioning with shell script: scripts/collect.sh")
                .Out("collecting")
                .Red("tar: Removing leading `/' from member names", "cat: /var/log/yaim: No such file or directory")
        );
        yield return InShell(
            "a panic of a program and its trace",
            "panic: runtime error: index out of range [3] with length 3",
            log => log.Red(
                "panic: runtime error: index out of range [3] with length 3",
                "goroutine 1 [running]:",
                "main.main()",
                "  /src/main.go:12 +0x1d",
                "exit status 2"
            )
        );
        yield return InShell(
            "Java's exception and its frames",
            "Caused by: java.net.ConnectException: refused",
            log => log.Red(
                "Exception in thread \"main\" java.lang.IllegalStateException: no route",
                "  at site.Main.run(Main.java:12)",
                "Caused by: java.net.ConnectException: refused",
                "  at java.base/sun.nio.ch.Net.pollConnect(Native Method)",
                "  ... 3 more"
            )
        );
        yield return InShell(
            "PowerShell's error and its place",
            "Install-Site : The term 'Install-Site' is not recognized as the name of a cmdlet",
            log => log.Red(
                "Install-Site : The term 'Install-Site' is not recognized as the name of a cmdlet",
                @"At C:\Windows\Temp\script.ps1:3 char:1",
                "+ Install-Site",
                "    + FullyQualifiedErrorId : CommandNotFoundException"
            )
        );
        yield return InShell(
            "make gives up at each level",
            "cc: fatal error: cannot execute 'cc1'",
            log => log.Red(
                "cc: fatal error: cannot execute 'cc1'",
                "compilation terminated.",
                "make[1]: *** [Makefile:10: x.o] Error 1",
                "make: *** [Makefile:4: all] Error 2"
            )
        );
        yield return InShell(
            "advice after the fault",
            "ERROR: No matching distribution found for site-tools==9.9",
            log => log.Red(
                "ERROR: No matching distribution found for site-tools==9.9",
                "WARNING: You are using pip version 19.2.3; however, version 21.0 is available.",
                "You should consider upgrading via the 'pip install --upgrade pip' command."
            )
        );
        yield return InShell(
            "what wget does before it fails",
            "2026-11-22 09:00:01 ERROR 404: Not Found.",
            log => log.Red(
                "--2026-11-22 09:00:00--  https://mirror.example.org/site.tgz",
                "2026-11-22 09:00:01 ERROR 404: Not Found.",
                "Resolving mirror.example.org (mirror.example.org)... 192.0.2.3"
            )
        );
        yield return InShell(
            "advice of systemctl",
            "Job for site.service failed because the control process exited with error code.",
            log => log.Red(
                "Job for site.service failed because the control process exited with error code.",
                "See \"systemctl status site.service\" and \"journalctl -xe\" for details."
            )
        );
        yield return InShell(
            "npm and where its log is",
            "npm ERR! 404 Not Found - GET https://registry.example.org/site",
            log => log.Red(
                "npm ERR! 404 Not Found - GET https://registry.example.org/site",
                "npm ERR! A complete log of this run can be found in:",
                "npm ERR!     /root/.npm/_logs/2026-11-22-debug.log"
            )
        );
        yield return InShell(
            "a question of -on-error=ask",
            "/tmp/script.sh: line 2: yaim: command not found",
            log => log
                .Red("/tmp/script.sh: line 2: yaim: command not found")
                .Step("Step \"StepProvision\" failed", "[c] Clean up and exit, [a] abort without cleanup, or [r] retry step ")
        );
        yield return Failed(
            "Salt's log",
            "[ERROR   ] Failed to create new user site",
            "Error executing salt-call: Bad exit status: 2",
            "Provisioning machine using Salt",
            Begin()
                .Step("Provisioning machine using Salt...")
                .Out("Running: sudo salt-call --local state.highstate", "[ERROR   ] Failed to create new user site", "Failed:    1")
                .Clear()
                .Errored("Error executing salt-call: Bad exit status: 2")
        );
        yield return Failed(
            "Salt's states",
            "Comment: No Top file or external nodes data matches found",
            "Error executing salt-call: Bad exit status: 1",
            "Provisioning machine using Salt",
            Begin()
                .Step("Provisioning machine using Salt...")
                .Out(
                    "      Result: True",
                    "     Comment: User root is present",
                    "----------",
                    "          ID: states",
                    "      Result: False",
                    "     Comment: No Top file or external nodes data matches found",
                    "Failed:    1"
                )
                .Clear()
                .Errored("Error executing salt-call: Bad exit status: 1")
        );
        yield return Failed(
            "Salt's states, with a comment of bad words",
            "Comment: Failed to fetch the source of site",
            "Error executing salt-call: Bad exit status: 2",
            "Provisioning machine using Salt",
            Begin()
                .Step("Provisioning machine using Salt...")
                .Out(
                    "      Result: False",
                    "     Comment: Failed to fetch the source of site",
                    "     Started: 17:15:37.201064",
                    "Failed:    1"
                )
                .Clear()
                .Errored("Error executing salt-call: Bad exit status: 2")
        );
        yield return Failed(
            "Puppet's master",
            "Error: Could not retrieve catalog from remote server: Error 500 on SERVER",
            "Puppet exited with a non-zero exit status: 1",
            "Provisioning with Puppet",
            Begin()
                .Step("Provisioning with Puppet...")
                .Red(
                    "Error: Could not retrieve catalog from remote server: Error 500 on SERVER",
                    "Warning: Not using cache on failed catalog",
                    "Error: Could not retrieve catalog; skipping run"
                )
                .Clear()
                .Errored("Puppet exited with a non-zero exit status: 1")
        );
        yield return Failed(
            "Chef's installer",
            "curl: (6) Could not resolve host: omnitruck.example.org",
            "Error installing Chef: Install script exited with non-zero exit status 1",
            "Provisioning with chef-solo",
            Begin()
                .Step("Provisioning with chef-solo")
                .Out("Installing Chef...")
                .Red("curl: (6) Could not resolve host: omnitruck.example.org")
                .Clear()
                .Errored("Error installing Chef: Install script exited with non-zero exit status 1")
        );
        yield return Failed(
            "Ansible within the machine",
            "fatal: [127.0.0.1]: FAILED! => {\"msg\": \"no metadata\"}",
            "Error executing Ansible: Non-zero exit status: 2",
            "Provisioning with Ansible",
            Begin()
                .Step("Provisioning with Ansible...")
                .Out(
                    "Executing Ansible: cd /tmp/packer-provisioner-ansible-local/6478 && ansible-playbook site.yml -c local",
                    "fatal: [127.0.0.1]: FAILED! => {\"msg\": \"no metadata\"}"
                )
                .Clear()
                .Errored("Error executing Ansible: Non-zero exit status: 2")
        );
        yield return Failed(
            "Ansible's result over several lines",
            "fatal: [default]: FAILED! => msg: No package matching 'squid' found",
            "Error executing Ansible: Non-zero exit status: exit status 2",
            "Executing Ansible",
            Begin()
                .Step("Provisioning with Ansible...", "Executing Ansible: ansible-playbook -i /tmp/ansible80 /srv/site.yml")
                .Out(
                    "fatal: [default]: FAILED! =>",
                    "  changed: false",
                    "  msg: the probe failed",
                    "...ignoring",
                    "fatal: [default]: FAILED! =>",
                    "  changed: false",
                    "  msg: No package matching 'squid' found",
                    "  rc: 1"
                )
                .Clear()
                .Errored("Error executing Ansible: Non-zero exit status: exit status 2")
        );
        yield return Failed(
            "Ansible's message as a block of text",
            "fatal: [default]: FAILED! => msg: Failed to find the repository 'site'.",
            "Error executing Ansible: Non-zero exit status: exit status 2",
            "Executing Ansible",
            Begin()
                .Step("Provisioning with Ansible...", "Executing Ansible: ansible-playbook -i /tmp/ansible80 /srv/site.yml")
                .Out(
                    "fatal: [default]: FAILED! =>",
                    "  changed: false",
                    "  msg: |-",
                    "    the probe failed",
                    "...ignoring",
                    "fatal: [default]: FAILED! =>",
                    "  msg: |-",
                    "...ignoring",
                    "fatal: [default]: FAILED! =>",
                    "  changed: false",
                    "  msg: |-",
                    "    Failed to find the repository 'site'.",
                    "    Known are: base, updates",
                    "  rc: 1"
                )
                .Clear()
                .Errored("Error executing Ansible: Non-zero exit status: exit status 2")
        );
        yield return Failed(
            "sudo without a terminal, after a name that it could not resolve",
            "sudo: no tty present and no askpass program specified",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red("sudo: unable to resolve host web1: Name or service not known")
                .Out("setting up")
                .Red("sudo: no tty present and no askpass program specified")
                .Out("cleaning")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "a warning of sudo alone before the fault",
            "/tmp/script.sh: line 4: yaim: command not found",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Out("/tmp/script.sh: line 4: yaim: command not found")
                .Red("sudo: unable to resolve host web1: Name or service not known")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "Ansible is missing",
            "Error executing Ansible: exec: \"ansible-playbook\": executable file not found in $PATH",
            null,
            "Executing Ansible",
            Begin()
                .Step("Provisioning with Ansible...", "Executing Ansible: ansible-playbook -i /tmp/ansible80 /srv/site.yml")
                .Red("Warning: use_proxy is false, but instance does not have an IP address to give to Ansible.")
                .Clear()
                .Errored("Error executing Ansible: exec: \"ansible-playbook\": executable file not found in $PATH")
        );
        yield return Failed(
            "an upload is refused",
            "Upload failed: scp: /etc/site/: Permission denied",
            null,
            "Uploading site.tgz => /etc/site/",
            Begin()
                .Step("Uploading site.tgz => /etc/site/")
                .Red("Upload failed: scp: /etc/site/: Permission denied")
                .Clear()
                .Errored("scp: /etc/site/: Permission denied")
        );
        yield return Failed(
            "a pause before the connection",
            "Timeout waiting for SSH.",
            null,
            "Waiting for SSH to become available",
            new GivenPacker()
                .Banner()
                .Raw("")
                .Step("Launching server...", "Waiting for server to become ready...", "Pausing 2m0s before connecting...")
                .Step("Waiting for SSH to become available...")
                .Red("Timeout waiting for SSH.")
                .Errored("Timeout waiting for SSH.")
        );
        yield return Failed(
            "a download is gone",
            "error downloading ISO: [bad response code: 404]",
            null,
            "Retrieving ISO",
            new GivenPacker()
                .For("qemu.el9")
                .Banner()
                .Raw("")
                .Step(
                    "Retrieving ISO",
                    "Trying https://mirror.example.org/el9.iso",
                    "Trying https://mirror.example.org/el9.iso?checksum=sha256%3A5e5f",
                    "Download failed bad response code: 404"
                )
                .Red("error downloading ISO: [bad response code: 404]")
                .Errored("error downloading ISO: [bad response code: 404]")
        );
        yield return Failed(
            "noise of the shell at the machine's halt",
            "Timeout while waiting for machine to shut down.",
            "Build was halted.",
            "Gracefully halting virtual machine",
            new GivenPacker()
                .For("qemu.el9")
                .Banner()
                .Raw("")
                .Step("Retrieving ISO", "https://mirror.example.org/el9.iso => /srv/cache/5e5f.iso", "Starting VM, booting from CD-ROM")
                .Step("Connected to SSH!", "Gracefully halting virtual machine...")
                .Red(
                    "Could not chdir to home directory /home/site: No such file or directory",
                    "Timeout while waiting for machine to shut down."
                )
                .Step(Cleanup, "Deleting output directory...")
                .Errored("Build was halted.")
        );
    }

    /// <summary>The clean-up of other builders; their steps are known by their colour alone.</summary>
    internal static IEnumerable<Case> OfOtherBuilders()
    {
        yield return Failed(
            "docker",
            "Error: Cannot find a valid baseurl for repo: base",
            ScriptFailed,
            Shell,
            new GivenPacker()
                .For("docker")
                .Banner()
                .Raw("")
                .Step("Pulling Docker image: el6", "Starting docker container...", Shell)
                .Out("Error: Cannot find a valid baseurl for repo: base")
                .Step("Killing the container: 200d89e0dce6770146b30d978a2040c5ec28c579de0f04bd812241bc2ff00330")
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "virtualbox",
            "mount.vboxsf: mounting failed with the error: Protocol error",
            ScriptFailed,
            Shell,
            new GivenPacker()
                .For("virtualbox")
                .Banner()
                .Raw("")
                .Step("Connected to SSH!", Shell)
                .Red("mount.vboxsf: mounting failed with the error: Protocol error")
                .Step("Unregistering and deleting virtual machine...")
                .Red("Error deleting virtual machine: VBoxManage error: it is locked")
                .Step("Deleting output directory...")
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "virtualbox's own command",
            "Error executing command: VBoxManage error: no machine named 'site'",
            null,
            "Executing custom VBoxManage commands",
            new GivenPacker()
                .For("virtualbox")
                .Banner()
                .Raw("")
                .Step("Creating virtual machine...", "Executing custom VBoxManage commands...")
                .Red("Error executing command: VBoxManage error: no machine named 'site'")
                .Step("Deregistering and deleting VM...")
                .Errored("Error executing command: VBoxManage error: no machine named 'site'")
        );
        yield return Failed(
            "docker's post-processor",
            "tag is no reference",
            "Post-processor failed: Error importing container: exit status 1",
            "Running post-processor: docker-import",
            new GivenPacker()
                .For("docker")
                .Banner()
                .Raw("")
                .Step("Connected to SSH!", Shell, "Killing the container: 200d89e0dce67701", "Running post-processor: docker-import")
                .Red("tag is no reference")
                .Errored("Post-processor failed: Error importing container: exit status 1")
        );
    }

    private static Case InShell(string name, string reason, Func<GivenPacker, GivenPacker> script)
    {
        var begun = Begin().Step(Shell);
        return Failed(name, reason, ScriptFailed, Shell, script(begun).Clear(afterError: false).Errored(ScriptFailed));
    }

    private static GivenPacker Begin() => new GivenPacker().Begin();

    private static Case Failed(string name, string reason, string? context, string step, GivenPacker log) =>
        new(name, log, reason, context, step, PackuilonMonitor.Core.Packer.PackerOutcome.Failed);
}
