namespace PackuilonMonitor.Simulation;

/// <summary>The output of the provisioning script: it fetches a profile, then configures each component.</summary>
internal static class QuattorText
{
    private static readonly string[] Components =
    [
        "pkgset",
        "journal",
        "kernelargs",
        "nameclient",
        "sshdaemon",
        "clocksync",
        "pamstack",
        "privileges",
        "jobtable",
        "logship",
        "portfilter",
        "trustanchors",
        "autohome",
        "gauges",
        "greeting",
        "people",
        "teams",
        "unitstates",
        "tuning",
        "quotas",
        "moduleload",
        "mountpoints",
    ];

    private static readonly string[] Settings =
    [
        "/etc/{0}.conf",
        "/etc/{0}.d/10-site.conf",
        "/etc/sysconfig/{0}",
        "/usr/share/{0}/defaults",
    ];

    /// <summary>
    /// The output over the given time. With <paramref name="broken"/>, two components have errors, and the total says so.
    /// </summary>
    public static IEnumerable<Burst> Lines(PackerOutput packer, Dice dice, string image, DateTimeOffset at, TimeSpan time, bool broken)
    {
        var host = $"vm{dice.Between(100, 999)}.cloud.example.org";
        packer
            .Say("Starting profile update script, waiting for network")
            .Say($"Resolver:\t\t198.51.100.53#53")
            .Say("")
            .Say($"Got hostname {host}")
            .Say("Fetching profile")
            .Say($"[INFO] No profile in /var/lib/profile/{dice.Hex(64)}, so none is compared")
            .Say($"[INFO] Profile is new, CID {dice.Between(3, 9)} of domain staging")
            .Say("Running quattor configure")
            .Say("")
            .Say($"[INFO] NCM-NCD version 17.2.0 started by root at: {at:ddd MMM} {at.Day,2} {at:HH:mm:ss yyyy}")
            .Say("[INFO] All active components will be configured")
            .Say("");
        yield return new Burst(time * 0.08, packer.Take());

        var errors = 0;
        for (var place = 0; place < Components.Length; place++)
        {
            // Packages come first and take half of the time.
            var share = place == 0 ? 0.5 : 0.35 / (Components.Length - 1);
            var faults = broken && place is 0 or 17 ? 1 : 0;
            errors += faults;
            Component(packer, dice, Components[place], image, faults);
            yield return new Burst(time * share, packer.Take());
        }

        packer.Say("=========================================================").Say("");
        if (errors == 0)
            packer.Say("[OK]   0 errors, 0 warnings executing configure");
        else
            packer.Fault($"[ERROR] {errors} errors, 1 warnings executing configure");
        Afterwards(packer);
        yield return new Burst(time * 0.07, packer.Take());
    }

    private static void Component(PackerOutput packer, Dice dice, string name, string image, int faults)
    {
        packer.Say($"[INFO] running component: {name}").Say("---------------------------------------------------------");
        switch (name)
        {
            case "pkgset":
                packer.Say($"[INFO] {dice.Between(380, 420)} packages wanted for {image}, {dice.Between(20, 60)} to fetch");
                if (faults > 0)
                    packer.Say("[ERROR] nothing provides libfrobnicate.so.4()(64bit) needed by pebbled-2.8-1.x86_64");
                break;
            case "pamstack":
                // Harmless, although it reads like an error.
                packer
                    .Say("[INFO] pamstack tool ERROR text was:")
                    .Say("legacy policy file: not in use")
                    .Say("Failed to stop oldnamed.service: Unit oldnamed.service not loaded.");
                break;
            case "unitstates":
                packer.Say(
                    "[INFO] unit pebbled.service (state enabled startstop 1 type service shortname pebbled targets multi-user.target possible_missing 0) is taken as it is, since its file is static and nothing may force it"
                );
                if (faults > 0)
                    packer.Say("[ERROR] pebbled.service cannot be enabled: no such unit");
                break;
            case "people":
                packer.Say($"[INFO] {dice.Between(30, 40)} accounts in 58 groups written");
                break;
        }

        packer.Say($"[INFO] configure on component {name} executed, {faults} errors, 0 warnings");
        foreach (var setting in Settings.AsSpan(0, name.Length % Settings.Length))
            packer.Say($"[INFO] EVENT: {name} modified file {setting.Replace("{0}", name, StringComparison.Ordinal)}");
        packer.Say("");
    }

    private static void Afterwards(PackerOutput packer)
    {
        packer
            .Say("mkdir: cannot create directory ‘/etc/site-hooks’: File exists")
            .Say("mv: cannot stat ‘/etc/resolver.saved’: No such file or directory")
            .Say("Redirecting to /bin/systemctl stop  portfilter.service")
            .Say("groupdel: group 'builders' does not exist")
            .Say("Cleaning repos: pebbles-x86_64 lantern-updates")
            .Say("0 packages left to clean, no error found");
    }
}
