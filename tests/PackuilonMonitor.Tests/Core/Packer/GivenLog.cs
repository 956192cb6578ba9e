using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Invented logs, in the wording of Packer 1.6.</summary>
internal static class GivenLog
{
    public const string Server = "5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b";
    public const string Keypair = "packer 6f6a3b2c-1d4e-4f60-9bac-1d2e3f4a5b6c";
    public const string Image = "7a7b4c3d-2e5f-4a71-acbd-2e3f4a5b6c7d";

    public static readonly DateTimeOffset Noon = new(2020, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly string[] Start =
    [
        Green("openstack: output will be in this color."),
        "",
        Step("Loading flavor: m1.tiny"),
        Step($"Creating temporary keypair: {Keypair} ..."),
        Step("Launching server..."),
        Output($"Server ID: {Server}"),
        Step("Waiting for SSH to become available..."),
        Step("Provisioning with shell script: /tmp/packer-shell123"),
    ];

    public static readonly string[] Provisioning =
    [
        Output("Got hostname vm101.cloud.example.org"),
        Output("[INFO] running component: spma"),
        Output("[INFO] configure on component spma executed, 0 errors, 0 warnings"),
        Output("[INFO] authconfig command ERROR produced:"),
        Output("ln: failed to create symbolic link '/etc/rc0.d/S99-boot': File exists"),
        Output("[OK]   0 errors, 0 warnings executing configure"),
    ];

    public static readonly string[] ClearingUp =
    [
        Step($"Terminating the source server: {Server} ..."),
        Step($"Deleting temporary keypair: {Keypair} ..."),
    ];

    public static readonly string[] GoodEnd =
    [
        Green("Build 'openstack' finished after 8 minutes 2 seconds."),
        "",
        "==> Wait completed after 8 minutes 2 seconds",
        "",
        "==> Builds finished. The artifacts of successful builds are:",
        $"--> openstack: An image was created: {Image}",
    ];

    public static readonly string[] GoodBuild = [.. Start, .. Provisioning, .. ClearingUp, .. GoodEnd];

    public static string Step(string text) => Green($"==> openstack: {text}");

    public static string Output(string text) => $"\u001b[0;32m    openstack: {text}\u001b[0m";

    public static string Red(string text) => $"\u001b[1;31m{text}\u001b[0m";

    public static string Green(string text) => $"\u001b[1;32m{text}\u001b[0m";

    public static string Daemon(int exitCode) => $"rabbit2packer: Build finished at 1583323682 (epoch) with exit code {exitCode}";

    public static string[] FailedEnd(string message) =>
    [
        .. ClearingUp,
        Red($"Build 'openstack' errored after 8 minutes 2 seconds: {message}"),
        "",
        "==> Wait completed after 8 minutes 2 seconds",
        "",
        "==> Some builds didn't complete successfully and had errors:",
        $"--> openstack: {message}",
        "",
        "==> Builds finished but no artifacts were created.",
    ];

    public static BuildLog Log(params IEnumerable<string> lines) => PackerSamples.Fold(lines);

    /// <summary>The log of a build whose lines came one after another, each that long after the one before.</summary>
    public static BuildLog Timed(IEnumerable<string> lines, TimeSpan apart) =>
        lines.Index().Aggregate(BuildLog.Empty, (log, line) => log.Apply(line.Item, Noon + apart * line.Index));
}
