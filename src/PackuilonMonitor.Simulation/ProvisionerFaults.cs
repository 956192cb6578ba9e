namespace PackuilonMonitor.Simulation;

/// <summary>What a provisioning script says before it gives up: a cause of each kind that real scripts have.</summary>
internal static class ProvisionerFaults
{
    public static readonly ProvisionerFault[] All =
    [
        new(true, "provision.sh: the package mirror did not answer"),
        new(true, "E: Unable to locate package ncm-ncd"),
        new(true, "Error: Unable to find a match: ncm-ncd"),
        new(true, "provision.sh: line 31: quattor-install: command not found"),
        new(true, "provision.sh: line 12: /root/setup.sh: Permission denied"),
        new(true, "cp: error writing '/var/cache/profile.tar': No space left on device"),
        new(true, "Traceback (most recent call last):", "  File \"/root/register.py\", line 7, in <module>", "KeyError: 'site'"),
        // These write to standard output, which is never red.
        new(false, "fatal: [default]: FAILED! => {\"changed\": false, \"msg\": \"No package matching 'ncm-ncd' is available\"}"),
        new(false, "Error: Could not retrieve catalog from remote server: Error 500 on SERVER"),
        new(false, "FATAL: Chef::Exceptions::Package: No candidate version available for ncm-ncd"),
    ];
}

/// <param name="IsError">Written to standard error.</param>
internal sealed record ProvisionerFault(bool IsError, params string[] Lines)
{
    public void Write(PackerOutput packer)
    {
        foreach (var line in Lines)
            _ = IsError ? packer.Fault(line) : packer.Say(line);
    }
}
