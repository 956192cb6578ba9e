using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Each sentence above a rule, in the colours of Packer and without.</summary>
public sealed class PackerLineTests
{
    private const string Id = "5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b";
    private const string Green = "\u001b[1;32m";
    private const string Dim = "\u001b[0;32m";
    private const string Red = "\u001b[1;31m";
    private const string Reset = "\u001b[0m";

    [TestCase("Discovering enabled extensions...", StepKind.Discover, "Discovering enabled extensions", null)]
    [TestCase("Loading flavor: m1.tiny", StepKind.LoadFlavor, "Loading flavor", "m1.tiny")]
    [TestCase($"Creating temporary keypair: packer {Id} ...", StepKind.CreateKeypair, "Creating temporary keypair", $"packer {Id}")]
    [TestCase($"Created temporary keypair: packer {Id}", StepKind.KeypairCreated, "Created temporary keypair", $"packer {Id}")]
    [TestCase(
        "Successfully converted BER encoded SSH key to DER encoding.",
        StepKind.ConvertKey,
        "Successfully converted BER encoded SSH key to DER encoding",
        null
    )]
    [TestCase("Launching server...", StepKind.LaunchServer, "Launching server", null)]
    [TestCase("Waiting for server to become ready...", StepKind.WaitForServer, "Waiting for server to become ready", null)]
    [TestCase($"Creating floating IP using network {Id} ...", StepKind.FloatingIp, "Creating floating IP", null)]
    [TestCase($"Associating floating IP '{Id}' (192.0.2.7) with instance port...", StepKind.FloatingIp, "Associating floating IP", null)]
    [TestCase("Using ssh communicator to connect: 192.0.2.7", StepKind.Communicator, "Using SSH communicator to connect", null)]
    [TestCase("Pausing 2m0s before connecting...", StepKind.Communicator, "Pausing before connecting", null)]
    [TestCase("Pausing 10s before the next provisioner...", StepKind.Inside, "Pausing before the next provisioner", null)]
    [TestCase("Setting a 1h0m0s timeout for the next provisioner...", StepKind.Inside, "Setting a timeout for the next provisioner", null)]
    [TestCase("Waiting for SSH to become available...", StepKind.WaitForSsh, "Waiting for SSH to become available", null)]
    [TestCase("Connected to SSH!", StepKind.Connected, "Connected to SSH", null)]
    [TestCase("Uploading /srv/prepare.sh => /root/prepare.sh", StepKind.Upload, "Uploading /srv/prepare.sh => /root/prepare.sh", null)]
    [TestCase("Provisioning with shell script: /tmp/packer-shell123456789", StepKind.Provision, "Provisioning with shell script", null)]
    [TestCase(
        "Provisioning with shell script: /srv/prepare.sh",
        StepKind.Provision,
        "Provisioning with shell script: /srv/prepare.sh",
        null
    )]
    [TestCase("Running local shell script: /var/tmp/packer-shell12", StepKind.LocalScript, "Running local shell script", null)]
    [TestCase(
        "Provisioning step had errors: Running the cleanup provisioner, if present...",
        StepKind.ProvisionCleanup,
        "Running the cleanup provisioner",
        null
    )]
    [TestCase($"Stopping server: {Id} ...", StepKind.StopServer, "Stopping server", Id)]
    [TestCase("Creating the image: worker-el9 2020-03-04", StepKind.CreateImage, "Creating the image", "worker-el9 2020-03-04")]
    [TestCase(
        $"Waiting for image worker-el9 (image id: {Id}) to become ready...",
        StepKind.WaitForImage,
        "Waiting for image to become ready",
        Id
    )]
    [TestCase($"Terminating the source server: {Id} ...", StepKind.TerminateServer, "Terminating the source server", Id)]
    [TestCase($"Deleting temporary keypair: packer {Id} ...", StepKind.DeleteKeypair, "Deleting temporary keypair", $"packer {Id}")]
    [TestCase("Running post-processor: shell-local", StepKind.PostProcessor, "Running post-processor: shell-local", null)]
    [TestCase(
        "Post processing with local shell script: chmod +x \"/tmp/packer-shell1\"",
        StepKind.PostProcess,
        "Post processing with local shell script",
        null
    )]
    [TestCase("Executing local script: /tmp/packer-shell123456789", StepKind.LocalScript, "Executing local script", null)]
    public void Step_WithOrWithoutColour_IsKnown(string text, StepKind kind, string name, string? subject)
    {
        var step = new StepLine(kind, name, subject);

        Assert.Multiple(() =>
        {
            Assert.That(PackerLine.Read($"{Green}==> openstack: {text}{Reset}"), Is.EqualTo(step));
            Assert.That(PackerLine.Read($"==> openstack: {text}"), Is.EqualTo(step));
            Assert.That(PackerLine.Read($"==> openstack (shell-local): {text}"), Is.EqualTo(step));
        });
    }

    [Test]
    public void Step_OfAnotherBuilder_IsAStepOnlyWhereItIsGreen()
    {
        const string Line = $"==> openstack: Detaching volume {Id} ...";

        Assert.That(PackerLine.Read(Green + Line + Reset), Is.EqualTo(new StepLine(StepKind.Other, "Detaching volume #", null)));
        Assert.That(PackerLine.Read(Line), Is.EqualTo(new ErrorLine($"Detaching volume {Id} ...")), "it may be a provisioner's stderr");
    }

    private static IEnumerable<TestCaseData> Sentences()
    {
        yield return Says("openstack output will be in this color.", new BannerLine("openstack"));
        yield return Says("openstack: output will be in this color.", new BannerLine("openstack"));
        yield return Says($"{Red}==> openstack: Timeout waiting for SSH.{Reset}", new ErrorLine("Timeout waiting for SSH."));
        yield return Says($"{Red}==> openstack: [WARN] this goes to stderr{Reset}", new ErrorLine("[WARN] this goes to stderr"));
        yield return Says($"{Red}==> openstack: Launching server...{Reset}", new ErrorLine("Launching server..."));
        yield return Says($"    openstack: Server ID: {Id}", new ServerLine(Id));
        yield return Says($"    openstack: Image: {Id}", new ImageLine(Id));
        yield return Says($"{Green}==> openstack: Server ID: {Id}{Reset}", new ServerLine(Id), "from 1.13 on it stands behind the arrow");
        yield return Says($"{Green}==> openstack: Server ID: none{Reset}", new StepLine(StepKind.Other, "Server ID: none", null), "no id");
        yield return Says($"    openstack: Volume ID: {Id}", new VolumeLine(Id));
        yield return Says($"    openstack: Created floating IP: '{Id}' (192.0.2.7)", new FloatingIpLine(Id));
        yield return Says("    openstack: Created floating IP: 192.0.2.7", new FloatingIpLine("192.0.2.7"));
        yield return Says("    amazon-ebs: Instance ID: i-0a1b2c3d4e5f67890", new ServerLine("i-0a1b2c3d4e5f67890"));
        yield return Says("panic: runtime error: index out of range", new PanicLine("panic: runtime error: index out of range", false));
        yield return Says(
            "2026/11/22 09:12:31 packer-plugin-openstack_v1.1.2 plugin: panic: runtime error: no",
            new PanicLine("panic: runtime error: no", true)
        );
        yield return Says("!!!!!!!!!!!!!!!!!!!!!!!!!!! PACKER CRASH !!!!!!!!!!!!!!!!!!!!!!!!!!!!", new CrashLine());
        yield return Says(
            "/bin/sh: line 1: 31337 Killed                  /opt/packer/packer build worker.json",
            new KilledLine("/bin/sh: line 1: 31337 Killed                  /opt/packer/packer build worker.json")
        );
        yield return Says("Error: Unsupported argument", new RefusedLine("Error: Unsupported argument"));
        yield return Says("2 error(s) occurred:", new RefusedLine("2 error(s) occurred:"));
        yield return Says("sh: 1: packer: not found", new ShellErrorLine("packer", "not found"));
        yield return Says("bash: line 1: 31337 Killed  packer", new KilledLine("bash: line 1: 31337 Killed  packer"));
        foreach (var refused in Refusals)
            yield return Says(refused, new RefusedLine(refused));
        yield return Says("RedHat-7.6 ami bakery: output will be in this color.", new BannerLine("RedHat-7.6 ami bakery"));
        yield return Says("    4:       \"type\": \"null\"", new OtherLine("    4:       \"type\": \"null\""), "a line of a template");
        yield return Says($"{Dim}    openstack: Got hostname vm101.cloud.example.org{Reset}", new HostLine("vm101.cloud.example.org"));
        yield return Says("    openstack:", new OutputLine(""));
        yield return Says("    openstack (shell-local): renamed", new OutputLine("renamed"));
        yield return Says("    openstack: [INFO] NCM-NCD version 17.2.0 started by root at: Wed Mar  4 05:06:07 2020",
            new QuattorLine("17.2.0", new DateTime(2020, 3, 4, 5, 6, 7)));
        yield return Says("    openstack: [INFO] NCM-NCD version 17.2.0 started by root at: Wed Mar 14 05:06:07 2020",
            new QuattorLine("17.2.0", null), "no Wednesday");
        yield return Says("    openstack: [INFO] NCM-NCD version 17.2.0 started by root at: Sat Mar 14 05:06:07 2020",
            new QuattorLine("17.2.0", new DateTime(2020, 3, 14, 5, 6, 7)));
        yield return Says("    openstack: Starting ccm update script, waiting for network", new StageLine("wait for network"));
        yield return Says("    openstack: Starting ccm update script", new OutputLine("Starting ccm update script"), "waits for nothing");
        yield return Says("    openstack: Fetching profile", new StageLine("fetch profile"));
        yield return Says("    openstack: Fetching profile 5", new OutputLine("Fetching profile 5"), "says more");
        yield return Says("    openstack: Running quattor configure", new StageLine("quattor configure"));
        yield return Says("    openstack: [INFO] running component: spma", new ComponentStartedLine("spma"));
        yield return Says(
            "    openstack: [INFO] configure on component spma executed, 2 errors, 5 warnings",
            new ComponentDoneLine("spma", 2, 5)
        );
        yield return Says("    openstack: [OK]   0 errors, 3 warnings executing configure", new ConfigureDoneLine(true, 0, 3));
        yield return Says("    openstack: [ERROR] 2 errors, 5 warnings executing configure", new ConfigureDoneLine(false, 2, 5));
        yield return Says($"{Red}==> openstack: [ERROR] ncm-ncd: 2 errors, 5 warnings executing configure{Reset}",
            new ErrorLine("[ERROR] ncm-ncd: 2 errors, 5 warnings executing configure"));
        yield return Says("    openstack (shell-local): | created_at       | 2020-03-04T05:06:07Z                     |",
            new GlanceLine(true, new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero)));
        yield return Says("    openstack (shell-local): | updated_at       | 2020-03-04T05:06:07Z                     |",
            new GlanceLine(false, new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero)));
        yield return Says($"--> openstack: An image was created: {Id}", new ListedLine($"An image was created: {Id}", Id));
        yield return Says("--> openstack: ", new ListedLine("", null));
        yield return Says("--> openstack: Timeout waiting for SSH.", new ListedLine("Timeout waiting for SSH.", null));
        yield return Says("Build 'openstack' finished.", new BuilderFinishedLine(null));
        yield return Says($"{Green}Build 'openstack' finished after 6 seconds 479 milliseconds.{Reset}",
            new BuilderFinishedLine("6 seconds 479 milliseconds"));
        yield return Says("Build 'openstack' errored: Timeout waiting for SSH.", new BuilderErroredLine(null, "Timeout waiting for SSH."));
        yield return Says(
            $"{Red}Build 'openstack' errored after 5 minutes: Error: no.{Reset}",
            new BuilderErroredLine("5 minutes", "Error: no.")
        );
        yield return Says("Build 'openstack' prepare failure: 1 error(s) occurred:",
            new RefusedLine("Build 'openstack' prepare failure: 1 error(s) occurred:"));
        yield return Says(
            "Failed to parse template: Error parsing JSON: no",
            new RefusedLine("Failed to parse template: Error parsing JSON: no")
        );
        yield return Says(
            "Error: Failed to prepare build: \"openstack\"",
            new RefusedLine("Error: Failed to prepare build: \"openstack\"")
        );
        yield return Says("==> Wait completed after 6 seconds", new WaitCompletedLine("6 seconds"));
        yield return Says("==> Some builds didn't complete successfully and had errors:", new SomeBuildsFailedLine());
        yield return Says("==> Builds finished. The artifacts of successful builds are:", new BuildsFinishedLine(true));
        yield return Says("==> Builds finished but no artifacts were created.", new BuildsFinishedLine(false));
        yield return Says("Cancelling build after receiving terminated", new CancellingLine("terminated"));
        yield return Says("Cleanly cancelled builds after being interrupted.", new CancelledLine());
        yield return Says(
            "/bin/sh: line 1: /srv/login.sh: No such file or directory",
            new ShellErrorLine("/srv/login.sh", "No such file or directory")
        );
        yield return Says("/bin/sh: 1: packer: not found", new ShellErrorLine("packer", "not found"));
        yield return Says(
            "rabbit2packer: Build finished at 1583298367 (epoch) with exit code 127",
            new DaemonFinishedLine(1583298367, 127)
        );
        yield return Says("rabbit2packer: Build finished at 1583298367 (epoch) with exit code -9", new DaemonFinishedLine(1583298367, -9));
    }

    private static readonly string[] Refusals =
    [
        "Failed to parse file as legacy JSON template: no",
        "Failed to initialize build \"openstack\": error loading builder",
        "Template validation failed. Errors are shown below.",
        "Error initializing core: Template requires Packer version 1.8 or higher",
        "flag provided but not defined: -timestamp-ui",
        "Couldn't start Packer: fork/exec /usr/bin/packer: permission denied",
        "Failed getting the \"github.com/hashicorp/openstack\" plugin:",
        "\"/srv/none.json\": stat /srv/none.json: no such file or directory",
        "\"/srv/none.json\": open /srv/none.json: permission denied",
        "1 error occurred:",
        "2 errors occurred:",
    ];

    [TestCaseSource(nameof(Sentences))]
    public void Line_OfEachSentence_SaysIt(string line, PackerLine expected, string because) =>
        Assert.That(PackerLine.Read(line), Is.EqualTo(expected), because);

    // What a provisioner prints stands behind Packer's prefix, so none of it is Packer's or the daemon's.
    [TestCase($"{Dim}    openstack: rabbit2packer: Build finished at 1 (epoch) with exit code 0{Reset}")]
    [TestCase($"{Dim}    openstack: Build 'openstack' finished.{Reset}")]
    [TestCase($"{Dim}    openstack: ==> openstack: Launching server...{Reset}")]
    [TestCase($"{Dim}    openstack:     openstack: Server ID: {Id}{Reset}")]
    [TestCase($"{Dim}    openstack: openstack output will be in this color.{Reset}")]
    public void Line_OfProvisionerThatLooksLikeAnother_IsOutput(string line) =>
        Assert.That(PackerLine.Read(line), Is.InstanceOf<OutputLine>());

    [TestCase($"{Dim}rabbit2packer: Build finished at 1583298367 (epoch) with exit code 0{Reset}")]
    [TestCase(" rabbit2packer: Build finished at 1583298367 (epoch) with exit code 0")]
    [TestCase("rabbit2packer: Build finished at 1583298367 (epoch) with exit code 0 or so")]
    [TestCase("rabbit2packer: Build finished at 1583298367 (epoch) with exit code ")]
    [TestCase("rabbit2packer: Build finished at 158329")]
    [TestCase("rabbit2packer: Build finished at 99999999999999 (epoch) with exit code 0")]
    [TestCase("rabbit2packer: Build finished at 99999999999999999999999 (epoch) with exit code 0")]
    [TestCase("running bacon... installed maple syrup...")]
    [TestCase("")]
    [TestCase("\u001b")]
    public void Line_ThatOnlyResemblesOne_IsOther(string line) =>
        Assert.That(PackerLine.Read(line), Is.InstanceOf<OtherLine>());

    [Test]
    public void Sentences_AndSteps_CoverEveryCase() =>
        Assert.That(
            Sentences()
                .Select(sentence => sentence.Arguments[1]!.GetType())
                .Append(typeof(StepLine))
                .Append(typeof(OtherLine))
                .Append(typeof(StderrLine))
                .Append(typeof(CleanUpErrorLine))
                .Distinct(),
            Is.EquivalentTo(typeof(PackerLine).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PackerLine))))
        );

    private static TestCaseData Says(string line, PackerLine expected, string because = "") => new(line, expected, because);
}
