using static PackuilonMonitor.Core.Packer.StepKind;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Sentences of the qemu builder.</summary>
internal static class QemuSentences
{
    public static readonly SentencePattern[] Steps =
    [
        new(Prepare, "Creating hard drive..."),
        new(Prepare, "Creating required virtual machine disks"),
        new(Prepare, "Copying hard drive..."),
        new(Prepare, "Resizing hard drive..."),
        new(Prepare, "Found port for communicator (SSH, WinRM, etc): {*}"),
        new(Prepare, "Found port for SSH: {*}"),
        new(Prepare, "Looking for available port between {*}"),
        new(Prepare, "Found available VNC port: {*}"),
        new(Prepare, "QMP socket at: {*}"),
        new(Prepare, "Overriding defaults Qemu arguments with QemuArgs..."),
        new(Prepare, "Overriding default Qemu arguments with QemuArgs..."),
        new(Prepare, "Overriding default Qemu arguments with qemuargs template option..."),
        new(LaunchServer, "Starting VM, booting from CD-ROM"),
        new(LaunchServer, "Starting VM, booting from CD-ROM..."),
        new(LaunchServer, "Starting VM, booting disk image"),
        new(LaunchServer, "Starting VM, booting disk image..."),
        new(Prepare, "Waiting {_} for boot...", "Waiting for boot"),
        new(Prepare, "Connecting to VM via VNC{*}"),
        new(Prepare, "Connecting to VM via VNC"),
        new(Prepare, "Typing the boot command over VNC..."),
        new(Prepare, "Typing the boot commands over VNC..."),
        new(Prepare, "Typing boot command for: {*}"),
        new(Prepare, "Waiting for the guest address to become available in the {*} network bridge..."),
        new(StopServer, "Gracefully halting virtual machine..."),
        new(StopServer, "Halting the virtual machine..."),
        new(StopServer, "Waiting for shutdown..."),
        new(Conclude, "Converting hard drive..."),
        new(Conclude, "Compacting hard drive..."),
        new(Conclude, "Error getting file lock for conversion; retrying..."),
    ];
}
