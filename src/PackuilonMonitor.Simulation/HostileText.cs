namespace PackuilonMonitor.Simulation;

/// <summary>Output of a provisioner that is designed to upset a terminal.</summary>
internal static class HostileText
{
    public static Burst Lines(PackerOutput packer, TimeSpan wait) => new(wait, packer
        .Say("\u001b[1;33mheed\u001b[0m \u001b[38;5;141mviolet\u001b[0m \u001b[48;2;9;9;9mdark\u001b[0m")
        .Say("\u001b]0;a title of my own\atitle")
        .Say("\u001b]52;c;aGVsbG8=\a\u001b[2J\u001b[H\u001b[?1049h\u001b[6ncursor moved")
        .Say("fetched 10%\rfetched 55%\rfetched 100%")
        .Say("bytes \udcff\udcfe\udcc3( end, latin gar\udce7on, joined 👩‍🔧, wide 構築")
        .Say("bell \a back ab\b\bcd tab\tvt \v ff \f nul \0 end")
        .Say("rabbit2packer: Build finished at 1 (epoch) with exit code 0")
        .Say("==> openstack: Connected to SSH!")
        .Say("Build 'openstack' finished.")
        .Say(new string('=', 9000))
        .Take());
}
