using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>The cause, the step and what is left of failures of each kind, in each way of writing a log.</summary>
public sealed class CauseTests
{
    private const string ScriptFailed = "Script exited with non-zero exit status: 1. Allowed exit codes are: [0]";
    private const string Shell = "Provisioning with shell script: scripts/base.sh";

    /// <summary>A failure or an interruption, and what a person would say of it.</summary>
    public sealed record Case(
        string Name,
        GivenPacker Log,
        string Reason,
        string? Context,
        string Step,
        PackerOutcome Outcome,
        params string[] Left
    )
    {
        public override string ToString() => Name;
    }

    internal static IEnumerable<Case> Cases() => [.. OfOpenstack(), .. CausesOfPrograms.Cases()];

    private static IEnumerable<Case> OfOpenstack()
    {
        yield return Failed(
            "noise on stderr, then the fault",
            "/opt/enroll: line 31: token: unbound variable",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red("Failed to set locale, defaulting to C")
                .Out("Complete!")
                .Red("/opt/enroll: line 31: token: unbound variable")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "a program that gives up",
            "cp: error writing '/var/x.img': No space left on device",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red("cp: error writing '/var/x.img': No space left on device", "fill: giving up")
                .Out("cleaning")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "a second script after a noisy first",
            "E: Unable to locate package xroot",
            ScriptFailed,
            "Provisioning with shell script: scripts/two.sh",
            Begin()
                .Step(Shell)
                .Red("cat: /etc/old: No such file or directory")
                .Step("Provisioning with shell script: scripts/two.sh")
                .Out("Reading package lists...")
                .Red("E: Unable to locate package xroot")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "an error in the output alone",
            "/tmp/script.sh: line 4: yaim: command not found",
            ScriptFailed,
            Shell,
            Begin().Step(Shell).Out("configuring", "/tmp/script.sh: line 4: yaim: command not found").Clear().Errored(ScriptFailed)
        );
        yield return Failed(
            "output that looks like steps and ids",
            "/tmp/script.sh: line 9: yaim: command not found",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Out(
                    "Launching server of metrics",
                    "Image: none of the layers",
                    "Stopping server processes",
                    $"Server ID: {GivenPacker.Source}",
                    "Waiting for server to settle",
                    "/tmp/script.sh: line 9: yaim: command not found"
                )
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "Ansible, after a failure it ignored",
            "fatal: [default]: FAILED! => {\"msg\": \"No package matching 'squid'\"}",
            "Error executing Ansible: Non-zero exit status: exit status 2",
            "Executing Ansible",
            Begin()
                .Step("Provisioning with Ansible...")
                .Out("Setting up proxy adapter for Ansible....")
                .Step("Executing Ansible: ansible-playbook -i /tmp/packer-provisioner-ansible123 /srv/site.yml")
                .Out(
                    "fatal: [default]: FAILED! => {\"msg\": \"no cache\"}",
                    "...ignoring",
                    "TASK [install] ***",
                    "fatal: [default]: FAILED! => {\"msg\": \"No package matching 'squid'\"}",
                    "PLAY RECAP ***",
                    "default : ok=4 failed=1"
                )
                .Clear()
                .Errored("Error executing Ansible: Non-zero exit status: exit status 2")
        );
        yield return Failed(
            "Puppet",
            "Error: Could not find dependency Package[cvmfs]",
            "Puppet exited with a non-zero exit status: 1",
            "Provisioning with Puppet",
            Begin()
                .Step("Provisioning with Puppet...")
                .Out("Uploading manifests...")
                .Red("Warning: Unknown variable: '::site'")
                .Out("Notice: Compiled catalog")
                .Red("Error: Could not find dependency Package[cvmfs]")
                .Clear()
                .Errored("Puppet exited with a non-zero exit status: 1")
        );
        yield return Failed(
            "Chef",
            "[2026-11-22T05:00:00+00:00] ERROR: package[ntp] had an error: no candidate",
            "Error executing Chef: Non-zero exit status: 1",
            "Provisioning with chef-solo",
            Begin()
                .Step("Provisioning with chef-solo")
                .Out(
                    "[2026-11-22T05:00:00+00:00] ERROR: package[ntp] had an error: no candidate",
                    "[2026-11-22T05:00:01+00:00] FATAL: Stacktrace dumped to /var/chef/cache/chef-stacktrace.out"
                )
                .Clear()
                .Errored("Error executing Chef: Non-zero exit status: 1")
        );
        yield return Failed(
            "Quattor, the first component",
            "[ERROR] no package htcondor",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Out(
                    "[INFO] running component: spma",
                    "[ERROR] no package htcondor",
                    "[INFO] configure on component spma executed, 1 errors, 0 warnings",
                    "[INFO] running component: cron",
                    "[ERROR] cannot run component cron",
                    "[INFO] configure on component cron executed, 1 errors, 0 warnings"
                )
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "Python's exception",
            "ModuleNotFoundError: No module named 'yaml'",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red(
                    "Traceback (most recent call last):",
                    "  File \"x.py\", line 3, in <module>",
                    "ModuleNotFoundError: No module named 'yaml'"
                )
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "a retry",
            "curl: (22) The requested URL returned error: 404",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red("tar: x.tgz: Cannot open: No such file or directory")
                .Step($"Provisioner failed with \"{ScriptFailed}\", retrying with 1 trie(s) left", Shell)
                .Red("curl: (22) The requested URL returned error: 404")
                .Clear()
                .Errored(ScriptFailed)
        );
        yield return Failed(
            "SSH",
            "Timeout waiting for SSH.",
            null,
            "Waiting for SSH to become available",
            new GivenPacker()
                .Banner()
                .Raw("")
                .Step("Loading flavor: m1.tiny", "Launching server...")
                .Out($"Server ID: {GivenPacker.Server}")
                .Step("Waiting for server to become ready...", "Waiting for SSH to become available...")
                .Red("Timeout waiting for SSH.")
                .Clear(afterError: false)
                .Errored("Timeout waiting for SSH.")
        );
        yield return Failed(
            "clean-up errors after a cause that is never red",
            "Error stopping server: Authentication failed",
            null,
            "Stopping server",
            Begin(floating: true)
                .Step(Shell)
                .Out("Complete!")
                .Step(
                    $"Stopping server: {GivenPacker.Server} ...",
                    "Provisioning step had errors: Running the cleanup provisioner, if present..."
                )
                .Red(
                    $"Error deleting temporary floating IP '{GivenPacker.FloatingIp}' (192.0.2.7)",
                    "Error terminating server, may still be around: Authentication failed",
                    $"Error cleaning up keypair. Please delete the key manually: {GivenPacker.Keypair}"
                )
                .Errored("Error stopping server: Authentication failed"),
            $"Server {GivenPacker.Server}",
            $"Keypair {GivenPacker.Keypair}",
            $"FloatingIp {GivenPacker.FloatingIp}"
        );
        yield return Failed(
            "the image is refused",
            "Error creating image: got 409 instead",
            null,
            "Creating the image",
            Begin()
                .Step(Shell)
                .Out("ok")
                .Step($"Stopping server: {GivenPacker.Server} ...", "Creating the image: worker")
                .Red("Error creating image: got 409 instead")
                .Clear()
                .Errored("Error creating image: got 409 instead")
        );
        yield return Failed(
            "the server is gone already",
            "Error getting server to terminate: Resource not found",
            null,
            "Stopping server",
            Begin(volume: true)
                .Step(Shell)
                .Step($"Stopping server: {GivenPacker.Server} ...", $"Terminating the source server: {GivenPacker.Server} ...")
                .Clear()
                .Red("Error terminating server, may still be around: Resource not found")
                .Step($"Deleting volume: {GivenPacker.Volume} ...")
                .Errored("Error getting server to terminate: Resource not found")
        );
        yield return Failed(
            "aborted on request",
            "sudo: fetch: command not found",
            ScriptFailed,
            Shell,
            Begin()
                .Step(Shell)
                .Red(
                    "sudo: fetch: command not found",
                    ScriptFailed,
                    "Step \"StepProvision\" failed, aborting...",
                    "aborted: skipping cleanup of step \"StepKeyPair\""
                )
                .Errored(ScriptFailed),
            $"Server {GivenPacker.Server}",
            $"Keypair {GivenPacker.Keypair}"
        );
        yield return Failed(
            "a volume that stays",
            "Timeout waiting for SSH.",
            null,
            "Waiting for SSH to become available",
            new GivenPacker()
                .Banner()
                .Raw("")
                .Step("Creating volume...", $"Waiting for volume packer_v (volume id: {GivenPacker.Volume}) to become available...")
                .Out($"Volume ID: {GivenPacker.Volume}")
                .Step("Launching server...")
                .Out($"Server ID: {GivenPacker.Server}")
                .Step("Waiting for SSH to become available...")
                .Red("Timeout waiting for SSH.")
                .Step($"Terminating the source server: {GivenPacker.Server} ...", $"Deleting volume: {GivenPacker.Volume} ...")
                .Red($"Error cleaning up volume \"{GivenPacker.Volume}\": busy. This may need manual deletion.")
                .Errored("Timeout waiting for SSH."),
            $"Volume {GivenPacker.Volume}"
        );
        yield return Failed(
            "a source image that stays",
            "Error launching source server: Request forbidden",
            null,
            "Launching server",
            new GivenPacker()
                .Banner()
                .Raw("")
                .Step(
                    $"Creating image using external source image with name packer_{GivenPacker.Source}",
                    "Using disk format qcow2",
                    $"Created image with ID {GivenPacker.Source}",
                    "Importing External Source Image from URL https://images.example/a.qcow2"
                )
                .Out("Image not Active, retrying in 10 seconds")
                .Step("Launching server...")
                .Red("Error launching source server: Request forbidden")
                .Step($"Deleting temporary external source image: packer_{GivenPacker.Source} ...")
                .Red("error cleaning up external source image: Internal Server Error")
                .Errored("Error launching source server: Request forbidden"),
            $"Image {GivenPacker.Source}"
        );
        yield return Failed(
            "qemu",
            "Error launching VM: Qemu failed to start.",
            "Build was halted.",
            "Starting VM, booting from CD-ROM",
            new GivenPacker()
                .For("qemu.el9")
                .Banner()
                .Raw("")
                .Step("Retrieving ISO", "Trying /srv/iso/el9.iso", "Starting HTTP server on port 8912", "Starting VM, booting from CD-ROM")
                .Red("Error launching VM: Qemu failed to start.")
                .Step("Deleting output directory...")
                .Errored("Build was halted.")
        );
        yield return Failed(
            "amazon",
            "Timeout waiting for SSH.",
            null,
            "Waiting for SSH to become available",
            new GivenPacker()
                .For("amazon-ebs.el9")
                .Banner()
                .Raw("")
                .Step("Prevalidating AMI Name: worker")
                .Out("Found Image ID: ami-0a1b2c3d")
                .Step("Launching a source AWS instance...")
                .Out("Instance ID: i-0a1b2c3d4e5f67890")
                .Step("Waiting for instance (i-0a1b2c3d4e5f67890) to become ready...", "Waiting for SSH to become available...")
                .Red("Timeout waiting for SSH.")
                .Step("Terminating the source AWS instance...", "Cleaning up any extra volumes...", "Deleting temporary security group...")
                .Errored("Timeout waiting for SSH.")
        );
        yield return new Case(
            "interrupted in a script",
            Begin()
                .Step(Shell)
                .Out("Running quattor configure", "Stopping server processes")
                .Raw("Cancelling build after receiving interrupt")
                .Clear(afterError: false)
                .Cancelled(),
            $"interrupted (interrupt) during: {Shell}",
            null,
            Shell,
            PackerOutcome.Cancelled
        );
        yield return new Case(
            "interrupted while a volume is made",
            new GivenPacker()
                .Banner()
                .Raw("")
                .Step("Creating volume...", $"Waiting for volume packer_v (volume id: {GivenPacker.Volume}) to become available...")
                .Raw("Cancelling build after receiving terminated")
                .Out($"Volume ID: {GivenPacker.Volume}")
                .Step($"Deleting volume: {GivenPacker.Volume} ...")
                .Red($"Error cleaning up volume. Please delete the volume manually: {GivenPacker.Volume}")
                .Cancelled(),
            "interrupted (terminated) during: Waiting for volume to become available",
            null,
            "Waiting for volume to become available",
            PackerOutcome.Cancelled,
            $"Volume {GivenPacker.Volume}"
        );
    }

    private static IEnumerable<TestCaseData> EachInEachWriting() =>
        from one in Cases()
        from writing in GivenPacker.Writings
        select new TestCaseData(one, writing).SetArgDisplayNames(one.Name, writing.ToString());

    [TestCaseSource(nameof(EachInEachWriting))]
    public void Log_OfAFailure_ReportsCauseStepAndWhatIsLeft(Case one, Writing writing)
    {
        var log = one.Log.Log(writing);

        var reason = Reason.Of(log);

        Assert.Multiple(() =>
        {
            Assert.That(log.Marks, Is.EqualTo(LogMarks.None));
            Assert.That(Verdict.Of(log).Outcome, Is.EqualTo(one.Outcome));
            Assert.That(reason?.Text, Is.EqualTo(one.Reason));
            Assert.That(reason?.Context, Is.EqualTo(one.Context));
            Assert.That(StoppedIn(log), Is.EqualTo(one.Step));
            Assert.That(LeftBehind.Of(log).Select(left => $"{left.Kind} {left.Name}"), Is.EqualTo(one.Left));
            Assert.That(LeftBehind.Of(log).Select(left => left.Command), Is.All.Not.Null);
        });
    }

    [TestCaseSource(nameof(EachInEachWriting))]
    public void Log_CutAtAnyLine_GivesNoReasonEarlyAndNeverTakesItsOutcomeBack(Case one, Writing writing)
    {
        var log = BuildLog.Empty;
        var before = PackerOutcome.Unknown;
        foreach (var line in one.Log.Lines(writing))
        {
            log = log.Apply(line + "\r", null);
            var now = Verdict.Of(log).Outcome;
            Assert.That(before, Is.EqualTo(PackerOutcome.Unknown).Or.EqualTo(now), $"line {log.LineCount}: {line}");
            Assert.That(now is PackerOutcome.Unknown && Reason.Of(log) is not null, Is.False, $"line {log.LineCount}: {line}");
            before = now;
        }

        Assert.That(Reason.Of(log)?.Text, Is.EqualTo(one.Reason));
    }

    [TestCaseSource(typeof(GivenPacker), nameof(GivenPacker.Writings))]
    public void Log_OfAGoodBuild_LeavesNothingAndHasTheSameSteps(Writing writing)
    {
        var log = Begin()
            .Step(Shell)
            .Out("[INFO] running component: spma", "Launching server of metrics", "Error: 1 of 4 mirrors did not answer")
            .Red("Failed to set locale, defaulting to C")
            .Good()
            .Log(writing);

        Assert.Multiple(() =>
        {
            Assert.That(Verdict.Of(log).Outcome, Is.EqualTo(PackerOutcome.Succeeded));
            Assert.That(LeftBehind.Of(log), Is.Empty);
            Assert.That(log.Belongings.ImageId, Is.EqualTo(GivenPacker.Image));
            Assert.That(log.Trail.Steps, Has.Length.EqualTo(17), string.Join('\n', log.Trail.Steps));
            Assert.That(log.Trail.Components.Select(component => component.Name), Is.EqualTo(new[] { "spma" }));
        });
    }

    [Test]
    public void Log_OfAnotherBuildersFailure_TellsCauseAndStep(
        [ValueSource(typeof(CausesOfPrograms), nameof(CausesOfPrograms.OfOtherBuilders))] Case one,
        [Values(Writing.Old, Writing.OldWithStamps, Writing.Machine, Writing.Debug)] Writing writing
    )
    {
        var log = one.Log.Log(writing);

        var reason = Reason.Of(log);

        Assert.That((reason?.Text, reason?.Context, StoppedIn(log)), Is.EqualTo((one.Reason, one.Context, one.Step)));
    }

    [Test]
    public void Steps_OfALogWithStamps_HaveTheirTimesAlsoAfterwards()
    {
        var log = Begin().Step(Shell).Good().Log(Writing.OldWithStamps);

        Assert.That(StepTimes.Of(log).Select(step => step.Duration), Is.All.Not.Null);
    }

    [Test]
    public void Builders_OfOneLog_AreDistinguishedAndTheWorstDecides()
    {
        var log = new GivenPacker()
            .For("openstack.alma9")
            .Banner()
            .For("openstack.rocky9")
            .Banner()
            .Raw("")
            .For("openstack.alma9")
            .Step(Shell)
            .For("openstack.rocky9")
            .Step("Provisioning with shell script: scripts/r.sh")
            .For("openstack.alma9")
            .Red("tar: x: Cannot open: No such file or directory")
            .Clear()
            .Errored(ScriptFailed)
            .Log(Writing.Old);

        Assert.Multiple(() =>
        {
            Assert.That(
                log.Builders.Select(builder => (builder.Name, builder.Errored)),
                Is.EqualTo(new[] { ("openstack.alma9", true), ("openstack.rocky9", false) })
            );
            Assert.That(log.Worst?.Name, Is.EqualTo("openstack.alma9"));
            Assert.That(log.Builders[1].Trail.Current?.Name, Is.EqualTo("Provisioning with shell script: scripts/r.sh"));
            Assert.That(Reason.Of(log)?.Text, Is.EqualTo("tar: x: Cannot open: No such file or directory"));
        });
    }

    // What Packer says when it does not begin to build.
    [TestCase(
        "Error: Unsupported argument: An argument named \"x\" is not expected here.",
        "Error: Unsupported argument",
        "",
        "  on a.pkr.hcl line 8:",
        "   8:   x = 1",
        "",
        "An argument named \"x\" is not expected here.",
        ""
    )]
    [TestCase(
        "Error: Missing plugins: github.com/hashicorp/openstack >= 1.1.2",
        "Error: Missing plugins",
        "",
        "The following plugins are required, but not installed:",
        "",
        "* github.com/hashicorp/openstack >= 1.1.2",
        "",
        "Did you run packer init for this project ?"
    )]
    [TestCase(
        "Error: Failed to prepare build: \"openstack\": A flavor must be specified",
        "Error: Failed to prepare build: \"openstack\"",
        "",
        "2 error(s) occurred:",
        "",
        "* A flavor must be specified",
        "* An image must be specified"
    )]
    [TestCase(
        "Error: Unset variable \"x\": A used variable must be set.",
        "Warning: Bundled plugins used",
        "",
        "This template relies on plugins",
        "",
        "Error: Unset variable \"x\"",
        "",
        "A used variable must be set."
    )]
    [TestCase(
        "A flavor must be specified",
        "openstack output will be in this color.",
        "",
        "1 error(s) occurred:",
        "",
        "* A flavor must be specified"
    )]
    [TestCase(
        "Failed to parse file as legacy JSON template: Original error: Error parsing JSON: no",
        "Failed to parse file as legacy JSON template: if you are using an HCL template, check your file extensions; see the docs",
        "Original error: Error parsing JSON: no",
        "At line 2"
    )]
    [TestCase(
        "panic: interface conversion: interface {} is nil, not string",
        "panic: interface conversion: interface {} is nil, not string",
        "",
        "goroutine 1 [running]:",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!! PACKER CRASH !!!!!!!!!!!!!!!!!!!!!!!!!!!!"
    )]
    [TestCase("packer: command not found", "/bin/sh: packer: command not found")]
    [TestCase(
        "Failed getting the \"github.com/hashicorp/openstack\" plugin: could not find a release",
        "Failed getting the \"github.com/hashicorp/openstack\" plugin:",
        "1 error occurred:",
        "\t* could not find a release"
    )]
    [TestCase(
        "\"/srv/none.json\": stat /srv/none.json: no such file or directory",
        "\"/srv/none.json\": stat /srv/none.json: no such file or directory"
    )]
    [TestCase(
        "Failed to initialize build 'site': builder type not found: site",
        "Failed to initialize build 'site': builder type not found: site",
        "site output will be in this color.",
        "",
        "==> Builds finished but no artifacts were created."
    )]
    public void Log_OfARefusal_IsAFailedBuildWithHeadlineAndDetail(string reason, params string[] lines)
    {
        var log = PackerSamples.Fold(lines);

        Assert.That((log.IsBuildLog, Verdict.Of(log).Outcome, Reason.Of(log)?.Text), Is.EqualTo((true, PackerOutcome.Failed, reason)));
    }

    // A message of several lines: the first error that says more than that a script failed.
    [TestCase("no checksum file", null, "1 error(s) occurred:", "", "* no checksum file")]
    [TestCase(
        "HTTP 409 Conflict: denied",
        "Post-processor failed: Script exited with non-zero exit status: 4",
        "1 error occurred:",
        "\t* Post-processor failed: Script exited with non-zero exit status: 4"
    )]
    [TestCase("cannot lock", null, "2 error(s) occurred:", "", "* Post-processor failed: exit status 1", "* cannot lock")]
    public void Log_OfErrorsOfSeveralLines_HasTheBulletsReason(string reason, string? context, string message, params string[] more)
    {
        string[] lines =
        [
            .. Begin()
                .Step(Shell)
                .Imaged()
                .Clear(afterError: false)
                .Step("Running post-processor: shell-local", "Running local shell script: /tmp/packer-shell1")
                .Red("HTTP 409 Conflict: denied")
                .Lines(Writing.Old),
            $"\u001b[1;31mBuild 'openstack' errored after 4 minutes: {message}",
            .. more[..^1],
            more[^1] + "\u001b[0m",
        ];

        var found = Reason.Of(PackerSamples.Fold(lines));

        Assert.That((found?.Text, found?.Context), Is.EqualTo((reason, context)));
    }

    [Test]
    public void Log_OfAPluginThatPanicked_HasThePanicsLine()
    {
        var log = Begin()
            .Raw(
                "2026/11/22 09:12:31 packer-plugin-openstack_v1.1.2_linux plugin: panic: runtime error: nil",
                "2026/11/22 09:12:31 [ERR] Error decoding response stream 9: EOF"
            )
            .Errored("unexpected EOF")
            .Log(Writing.Old);

        Assert.That((Reason.Of(log)?.Text, Reason.Of(log)?.Context), Is.EqualTo(("panic: runtime error: nil", "unexpected EOF")));
    }

    /// <summary>What Packer asks at a breakpoint is not what it does.</summary>
    [Test]
    public void Log_AtABreakpoint_IsAtTheBreakpoint()
    {
        var log = Begin()
            .Step("Pausing at breakpoint provisioner with note \"check\".", "Press enter to continue. ")
            .Log(Writing.Old);

        Assert.That(StoppedIn(log), Is.EqualTo("Pausing at breakpoint provisioner"));
    }

    /// <summary>What Packer said twice is not the consequence of itself.</summary>
    [Test]
    public void Log_WhoseCauseIsTheMessageItself_HasNoContext()
    {
        var log = Begin().Red("unexpected EOF").Errored("unexpected EOF").Log(Writing.Old);

        Assert.That((Reason.Of(log)?.Text, Reason.Of(log)?.Context), Is.EqualTo(("unexpected EOF", (string?)null)));
    }

    // The reason is the signal, whatever the script said before; what the shell says after Packer's end is about something else.
    [TestCase("/bin/sh: line 1: 31337 Killed   /opt/packer/packer build worker.json", PackerOutcome.Failed)]
    [TestCase("/bin/sh: line 1: 31337 Segmentation fault      (core dumped) /opt/packer/packer build worker.json", PackerOutcome.Failed)]
    [TestCase("/bin/sh: line 1: 31337 Stopped   /opt/packer/packer build worker.json", PackerOutcome.Unknown)]
    public void Log_OfPackerThatASignalEnded_HasTheSignalAsReason(string line, PackerOutcome outcome)
    {
        var log = Begin().Step(Shell).Red("tar: x: Cannot open: No such file or directory").Raw(line).Log(Writing.Old);

        Assert.That(
            (Verdict.Of(log).Outcome, Reason.Of(log)?.Text),
            Is.EqualTo((outcome, outcome is PackerOutcome.Failed ? line : null))
        );
    }

    [Test]
    public void Comparison_OfThreeGoodBuildsOf114_HasNoNewLine()
    {
        string[] Build(int number) =>
            [
                .. Begin()
                    .Step("Provisioning with Ansible...")
                    .Out("Setting up proxy adapter for Ansible....")
                    .Step($"Executing Ansible: ansible-playbook -i /tmp/packer-provisioner-ansible{number}3 /srv/site.yml")
                    .Out("ok: [default]")
                    .Good()
                    .Lines(Writing.New)
                    .Select(line =>
                        line.Replace("8c1d2e3f", $"8c1d2e3{number}")
                            .Replace("packer_1f2e3d4c", $"packer_1f2e3d4{number}")
                            .Replace("4 minutes 1 second", number == 2 ? "7 minutes" : "9 minutes 12 seconds")
                    ),
            ];

        var comparison = Comparison.Of(Build(3), Baseline.Of(Build(1)).And(Build(2)));

        Assert.That((comparison.NewCount, comparison.MissingCount), Is.EqualTo((0L, 0L)), string.Join('\n', comparison.NewLines));
    }

    internal static string? StoppedIn(BuildLog log) => log.Trail.Steps.LastOrDefault(step => !step.IsClearingUp)?.Name;

    private static GivenPacker Begin(bool volume = false, bool floating = false) => new GivenPacker().Begin(volume, floating);

    private static Case Failed(string name, string reason, string? context, string step, GivenPacker log, params string[] left) =>
        new(name, log, reason, context, step, PackerOutcome.Failed, left);
}
