using PackuilonMonitor.Core.Parsing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What may stand behind <c>==&gt; openstack: </c>.</summary>
internal static class StepGrammar
{
    private const int LongestName = 120;

    // ==> openstack: Discovering enabled extensions...
    private static readonly Parser<StepLine> Discover = Fixed(StepKind.Discover, "Discovering enabled extensions");

    // ==> openstack: Loading flavor: m1.tiny
    private static readonly Parser<StepLine> LoadFlavor = About(StepKind.LoadFlavor, "Loading flavor");

    // ==> openstack: Creating temporary keypair: packer 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
    private static readonly Parser<StepLine> CreateKeypair = About(StepKind.CreateKeypair, "Creating temporary keypair");

    // ==> openstack: Created temporary keypair: packer 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<StepLine> KeypairCreated = About(StepKind.KeypairCreated, "Created temporary keypair");

    // ==> openstack: Successfully converted BER encoded SSH key to DER encoding.
    private static readonly Parser<StepLine> ConvertKey =
        Fixed(StepKind.ConvertKey, "Successfully converted BER encoded SSH key to DER encoding");

    // ==> openstack: Launching server...
    private static readonly Parser<StepLine> LaunchServer = Fixed(StepKind.LaunchServer, "Launching server");

    // ==> openstack: Waiting for server to become ready...
    private static readonly Parser<StepLine> WaitForServer = Fixed(StepKind.WaitForServer, "Waiting for server to become ready");

    // ==> openstack: Creating floating IP using network 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
    private static readonly Parser<StepLine> CreateFloatingIp = Fixed(StepKind.FloatingIp, "Creating floating IP");

    // ==> openstack: Associating floating IP '5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' (192.0.2.7) with instance port...
    private static readonly Parser<StepLine> AssociateFloatingIp = Fixed(StepKind.FloatingIp, "Associating floating IP");

    // ==> openstack: Using ssh communicator to connect: 192.0.2.7
    private static readonly Parser<StepLine> Communicator = Fixed(StepKind.Communicator, "Using ssh communicator to connect");

    // ==> openstack: Waiting for SSH to become available...
    private static readonly Parser<StepLine> WaitForSsh = Fixed(StepKind.WaitForSsh, "Waiting for SSH to become available");

    // ==> openstack: Connected to SSH!
    private static readonly Parser<StepLine> Connected = Fixed(StepKind.Connected, "Connected to SSH");

    // ==> openstack: Uploading /srv/templates/prepare.sh => /root/prepare.sh
    private static readonly Parser<StepLine> Upload = Whole(StepKind.Upload, "Uploading ");

    // ==> openstack: Provisioning with shell script: /tmp/packer-shell123456789
    private static readonly Parser<StepLine> Provision = Script(StepKind.Provision, "Provisioning with shell script");

    // ==> openstack: Running local shell script: /tmp/packer-shell123456789
    private static readonly Parser<StepLine> LocalScript = Script(StepKind.LocalScript, "Running local shell script");

    // ==> openstack: Provisioning step had errors: Running the cleanup provisioner, if present...
    private static readonly Parser<StepLine> ProvisionCleanup =
        from said in Slices.Literal("Provisioning step had errors: Running the cleanup provisioner")
        from rest in Slices.Rest
        select new StepLine(StepKind.ProvisionCleanup, "Running the cleanup provisioner", null);

    // ==> openstack: Stopping server: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
    private static readonly Parser<StepLine> StopServer = About(StepKind.StopServer, "Stopping server");

    // ==> openstack: Creating the image: worker-el9 2020-03-04
    private static readonly Parser<StepLine> CreateImage = About(StepKind.CreateImage, "Creating the image");

    // ==> openstack: Waiting for image worker-el9 (image id: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b) to become ready...
    private static readonly Parser<StepLine> WaitForImage =
        from said in Slices.Literal("Waiting for image ")
        from name in Slices.UntilLast(" (image id: ")
        from id in PackerSlices.UpTo(")")
        select new StepLine(StepKind.WaitForImage, "Waiting for image to become ready", id);

    // ==> openstack: Terminating the source server: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
    private static readonly Parser<StepLine> TerminateServer = About(StepKind.TerminateServer, "Terminating the source server");

    // ==> openstack: Deleting temporary keypair: packer 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ...
    private static readonly Parser<StepLine> DeleteKeypair = About(StepKind.DeleteKeypair, "Deleting temporary keypair");

    // ==> openstack: Running post-processor: shell-local
    private static readonly Parser<StepLine> PostProcessor = Whole(StepKind.PostProcessor, "Running post-processor: ");

    // ==> openstack (shell-local): Post processing with local shell script: chmod +x "/tmp/packer-shell1"; "/tmp/packer-shell1"
    private static readonly Parser<StepLine> PostProcess = Fixed(StepKind.PostProcess, "Post processing with local shell script");

    // ==> openstack (shell-local): Executing local script: /tmp/packer-shell123456789
    private static readonly Parser<StepLine> ExecuteScript = Script(StepKind.LocalScript, "Executing local script");

    // ==> openstack: Detaching volume 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<StepLine> Unknown =
        from text in Slices.Rest
        select new StepLine(StepKind.Other, Named(text), null);

    private static readonly Parser<StepLine> Known = Slices.FirstOf(
        Discover, LoadFlavor, CreateKeypair, KeypairCreated, ConvertKey, LaunchServer, WaitForServer, CreateFloatingIp,
        AssociateFloatingIp, Communicator, WaitForSsh, Connected, Upload, Provision, LocalScript, ProvisionCleanup, StopServer,
        CreateImage, WaitForImage, TerminateServer, DeleteKeypair, PostProcessor, PostProcess, ExecuteScript);

    /// <summary>
    /// The step a sentence begins. A sentence that no rule knows is a step where Packer coloured it as one;
    /// without colours it may as well be a provisioner's stderr, which stands behind the same arrow.
    /// </summary>
    public static StepLine? Read(string text, LineColour colour)
    {
        if (colour == LineColour.Red || text.StartsWith('[') && colour != LineColour.Green)
            return null;
        var known = Known.ParseLine(text);
        if (known.WasSuccessful)
            return known.Value;
        return colour == LineColour.Green ? Unknown.ParseLine(text).Value : null;
    }

    private static Parser<StepLine> Fixed(StepKind kind, string name) =>
        from said in Slices.Literal(name)
        from rest in Slices.Rest
        select new StepLine(kind, name, null);

    private static Parser<StepLine> About(StepKind kind, string name) =>
        from said in Slices.Literal(name + ": ")
        from subject in PackerSlices.UpTo(" ...")
        select new StepLine(kind, name, subject);

    private static Parser<StepLine> Whole(StepKind kind, string start) =>
        from said in Slices.Literal(start)
        from rest in Slices.Rest
        select new StepLine(kind, Named(start + rest), null);

    /// <summary>A script that Packer wrote itself has a new name each time; one of the template's own has not.</summary>
    private static Parser<StepLine> Script(StepKind kind, string name) =>
        from said in Slices.Literal(name)
        from colon in Slices.Literal(": ")
        from path in Slices.Rest
        select new StepLine(kind, path.Contains("/packer-shell", StringComparison.Ordinal) ? name : Named($"{name}: {path}"), null);

    private static string Named(string text) => Cut.WithSign(LineMask.Of(text).TrimEnd('.', ' '), LongestName);
}
