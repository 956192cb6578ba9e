using static PackuilonMonitor.Core.Packer.StepKind;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Sentences of Packer itself, of its provisioners and of the steps that all builders share.</summary>
internal static class CommonSentences
{
    public static readonly SentencePattern[] Steps =
    [
        // Keys and connection. "SSH communicator" has its capital from 1.7.9; the temporary key is named from 1.7 on.
        new(Prepare, "Creating temporary {_} SSH key for instance..."),
        new(CreateKeypair, "Creating temporary keypair: {text} ...", "Creating temporary keypair"),
        new(CreateKeypair, "Creating temporary keypair: {text}", "Creating temporary keypair"),
        new(CreateKeypair, "Creating temporary keypair for this instance...", "Creating temporary keypair"),
        new(KeypairCreated, "Created temporary keypair: {text}", "Created temporary keypair"),
        new(ConvertKey, "Successfully converted BER encoded SSH key to DER encoding."),
        new(Prepare, "Not using temporary keypair"),
        new(Prepare, "Using existing SSH private key"),
        new(Prepare, "Using SSH Agent for existing key pair {*}"),
        new(Prepare, "Using SSH Agent for keypair in Source image"),
        new(Prepare, "Using SSH Agent with key pair in Source image"),
        new(Prepare, "Using SSH Agent with key pair in Source AMI"),
        new(Prepare, "Using SSH Agent with keypair in Source AMI"),
        new(Prepare, "Using SSH Agent for authentication"),
        new(Communicator, "Pausing {_} before connecting...", "Pausing before connecting"),
        new(Communicator, "Using ssh communicator to connect: {*}", "Using SSH communicator to connect"),
        new(Communicator, "Using SSH communicator to connect: {*}", "Using SSH communicator to connect"),
        new(Communicator, "Using winrm communicator to connect: {*}", "Using WinRM communicator to connect"),
        new(Communicator, "Using WinRM communicator to connect: {*}", "Using WinRM communicator to connect"),
        new(WaitForSsh, "Waiting for SSH to become available..."),
        new(WaitForSsh, "Waiting for WinRM to become available..."),
        new(Connected, "Connected to SSH!", "Connected to SSH"),
        new(Connected, "Connected to WinRM!", "Connected to WinRM"),
        new(Connected, "WinRM connected.", "Connected to WinRM"),
        new(Prepare, "Skipping waiting for password since WinRM password set..."),
        new(Prepare, "Waiting for password since WinRM password is not set..."),
        // Files that are downloaded and served before a machine starts.
        new(Prepare, "Retrieving {*}"),
        new(Prepare, "Starting HTTP server on port {*}"),
        new(Prepare, "Creating floppy disk..."),
        new(Prepare, "Creating CD disk..."),
        new(Prepare, "Deleting previous output directory..."),
        // Provisioners.
        new(Upload, "Uploading {_} => {*}"),
        new(Upload, "Downloading {_} => {*}"),
        new(Provision, "Provisioning with shell script: {path}"),
        new(Provision, "Provisioning with powershell script: {path}"),
        new(Provision, "Provisioning with {_}"),
        new(Provision, "Provisioning machine using Salt..."),
        new(LocalScript, "Running local shell script: {path}"),
        new(LocalScript, "Executing local script: {path}"),
        new(LocalScript, "Executing local command: {*}", "Executing local command"),
        new(Inside, "Executing Ansible: {*}", "Executing Ansible"),
        new(Inside, "Executing Ansible Galaxy"),
        new(Inside, "Restarting Machine"),
        new(Inside, "Waiting for machine to restart..."),
        new(Inside, "Machine successfully restarted, moving on"),
        new(Inside, "Pausing {_} before the next provisioner...", "Pausing before the next provisioner"),
        new(Inside, "Pausing {_} after this provisioner...", "Pausing after this provisioner"),
        new(Inside, "Setting a {_} timeout for the next provisioner...", "Setting a timeout for the next provisioner"),
        new(Inside, "Pausing at breakpoint provisioner{*}", "Pausing at breakpoint provisioner"),
        new(Inside, "Provisioner failed with {*}, retrying with {_} trie(s) left", "Trying the provisioner again"),
        new(
            Inside,
            "Warning: Provisioner failed with {*}, but continue_on_error is set; continuing the build.",
            "Going on after a failed provisioner"
        ),
        new(Conclude, "Trying to remove ephemeral keys from authorized_keys files"),
        // After an error, and on request.
        new(
            ProvisionCleanup,
            "Provisioning step had errors: Running the cleanup provisioner, if present...",
            "Running the cleanup provisioner"
        ),
        new(CleanUp, "Pausing before cleanup of step {*}", "Pausing before cleanup"),
        new(CleanUp, "Deleting output directory..."),
        new(CleanUp, "Cleaning up machine..."),
        new(CleanUp, "Killing the container: {_}", "Killing the container"),
        new(CleanUp, "Unregistering and deleting virtual machine..."),
        new(CleanUp, "Unregistering and deleting imported VM..."),
        new(CleanUp, "Deregistering and deleting VM..."),
        new(CleanUp, "Deregistering and deleting imported VM..."),
        new(CleanUp, "Cleaning up floppy disk..."),
        new(CleanUp, "Unregistering virtual machine..."),
        new(CleanUp, "Destroying VM..."),
        new(CleanUp, "Deleting VM..."),
        new(CleanUp, "Clear boot order..."),
        new(CleanUp, "Clearing boot order..."),
        new(CleanUp, "Power off VM..."),
        new(CleanUp, "Powering off virtual machine..."),
        new(CleanUp, "Destroying droplet..."),
        new(CleanUp, "Destroying server..."),
        new(CleanUp, "Deleting temporary ssh key..."),
        new(CleanUp, "Deleting temporary SSH key..."),
        new(CleanUp, "Deleting instance..."),
        // Post-processors. An unnamed one of HCL has two spaces: "Running post-processor:  (type manifest)".
        new(PostProcessor, "Running post-processor: {*}"),
        new(PostProcess, "Post processing with local shell script: {*}", "Post processing with local shell script"),
    ];

    public static readonly SentencePattern[] Messages =
    [
        new(Other, "Adding file: {*}"),
        new(Other, "Copying file: {*}"),
        new(Other, "Copying directory: {*}"),
        new(Other, "Copying files flatly from floppy_files"),
        new(Other, "Done copying {*}"),
        new(Other, "Collecting paths from floppy_dirs"),
        new(Other, "Resulting paths from floppy_dirs : {*}"),
        new(Other, "No communicator is set; {*}"),
        new(Other, "Recursively copying : {*}"),
        new(Other, "Copying files from floppy_content"),
        new(Other, "Executing Ansible: cd {*}"),
        new(Other, "Executing Chef: {*}"),
        new(Other, "Executing: {*}"),
        new(Other, "Trying {*}"),
        new(Other, "Download failed {*}"),
        new(Other, "Checksum did not match, removing {*}"),
        new(Other, "Using ovf inplace"),
        new(Other, "Pausing after run of step {*}"),
        new(Other, "Press enter to continue.{*}"),
        new(Other, "Breakpoint provisioner disabled; continuing..."),
        new(Other, "Skipping shell-local due to runtime OS"),

        // A question of -on-error=ask, and what asks again.
        new(Other, "Step \"{_}\" failed"),
        new(Other, "[c] Clean up and exit, {*}"),
        new(Other, "Incorrect input: {*}"),
        new(Other, "retry limit reached."),
        new(Other, "Password retrieved!"),
    ];
}
