using static PackuilonMonitor.Core.Packer.StepKind;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Sentences of the openstack builder, from Packer 0.8 to plugin 1.1.4.</summary>
internal static class OpenstackSentences
{
    public static readonly SentencePattern[] Steps =
    [
        new(Discover, "Discovering enabled extensions..."),
        new(LoadFlavor, "Loading flavor: {text}", "Loading flavor"),

        // A source image from outside; it is deleted by its given name.
        new(SourceImage, "Creating image using external source image with name {*}"),
        new(Prepare, "Using disk format {_}"),
        new(SourceImage, "Created image with ID {id}"),
        new(Prepare, "Importing External Source Image from URL {*}"),

        new(CreateVolume, "Creating volume..."),
        new(WaitForVolume, "Waiting for volume {*} (volume id: {id}) to become available...", "Waiting for volume to become available"),
        new(Prepare, "Discovering provisioning network..."),
        new(LaunchServer, "Launching server..."),
        new(WaitForServer, "Waiting for server to become ready..."),
        new(WaitForServer, "Waiting for server ({_}) to become ready...", "Waiting for server to become ready"),
        new(Prepare, "Waiting for server ({_}) to become RackConnect ready...", "Waiting for server to become RackConnect ready"),
        new(FloatingIp, "Searching for unassociated floating IP{*}", "Searching for unassociated floating IP"),
        new(FloatingIp, "Searching for unassociated floating IP"),
        new(FloatingIp, "Creating floating IP...", "Creating floating IP"),
        new(FloatingIp, "Creating floating IP using network {_} ...", "Creating floating IP"),
        new(FloatingIp, "Associating floating IP with server...", "Associating floating IP"),
        new(FloatingIp, "Associating floating IP '{_}' ({_}) with instance port...", "Associating floating IP"),

        new(StopServer, "Stopping server: {id} ...", "Stopping server"),
        new(StopServer, "Stopping server..."),
        new(Conclude, "Detaching volume {*} (volume id: {_})", "Detaching volume"),
        new(CreateImage, "Creating the image: {text}", "Creating the image"),
        new(WaitForImage, "Waiting for image {*} (image id: {id}) to become ready...", "Waiting for image to become ready"),
        new(Conclude, "Updating image tags to {*}", "Updating image tags"),
        new(Conclude, "Updating image visibility to {_}", "Updating image visibility"),
        new(Conclude, "Updating image min disk to {_}", "Updating image min disk"),
        new(Conclude, "Adding member '{*}' to image {_}", "Adding member to image"),
        new(Conclude, "Accepting image {_} for member '{*}'", "Accepting image for member"),

        // 0.8 named no ids.
        new(TerminateServer, "Terminating the source server: {id} ...", "Terminating the source server"),
        new(TerminateServer, "Terminating the source server..."),
        new(DeleteKeypair, "Deleting temporary keypair: {text} ...", "Deleting temporary keypair"),
        new(DeleteKeypair, "Deleting temporary keypair..."),
        new(FloatingIpDeleted, "Deleted temporary floating IP '{id}' ({_})", "Deleted temporary floating IP"),
        new(FloatingIpDeleted, "Deleted temporary floating IP {id}", "Deleted temporary floating IP"),
        new(DeleteVolume, "Deleting volume: {id} ...", "Deleting volume"),
        new(DeleteSourceImage, "Deleting temporary external source image: {*} ...", "Deleting temporary external source image"),
    ];

    public static readonly SentencePattern[] Messages =
    [
        new(Other, "Verified flavor. ID: {_}"),
        new(Other, "Found Image ID: {_}"),
        new(Other, "Found network ID: {_}"),
        new(Other, "Image not Active, retrying in {*}"),
        new(Other, "Volume ID: {id}"),
        new(Other, "Server ID: {id}"),
        new(Other, "Floating IP not required"),
        new(Other, "Selected floating IP: {*}"),
        new(Other, "Created floating IP: {*}"),
        new(Other, "Added floating IP {*} to instance!"),
        new(Other, "Added floating IP {*}"),
        new(Other, "Password (since debug is enabled): {*}"),
        new(Other, "Saving key for debug purposes: {*}"),
        new(Other, "Waiting for server to stop: {id} ..."),
        new(Other, "Image: {id}"),
        new(Other, "Skipping image creation..."),
        new(Other, "Skipping image add members..."),
        new(Other, "Skipping image update mindisk..."),
        new(Other, "Skipping image update tags..."),
        new(Other, "Skipping image update visibility..."),
    ];
}
