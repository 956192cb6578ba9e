using System.Globalization;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>How a log is written.</summary>
public enum Writing
{
    /// <summary>Up to 1.12: output is indented.</summary>
    Old,

    /// <summary>From 1.13 on: output stands behind the arrow.</summary>
    New,
    OldWithoutColours,
    NewWithoutColours,
    OldWithStamps,
    NewWithStamps,

    /// <summary><c>-machine-readable</c>.</summary>
    Machine,

    /// <summary>The debug log alone.</summary>
    Debug,

    /// <summary>The debug log, and what Packer prints between.</summary>
    DebugAndPrinted,
}

/// <summary>An invented log of Packer, said once and written in any of its ways.</summary>
public sealed class GivenPacker
{
    public const string Server = "8c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f";
    public const string Keypair = "packer_1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b";
    public const string Volume = "2a3b4c5d-6e7f-4809-91a2-b3c4d5e6f708";
    public const string FloatingIp = "3b4c5d6e-7f80-491a-a2b3-c4d5e6f70819";
    public const string Image = "4c5d6e7f-8091-4a2b-b3c4-d5e6f708192a";
    public const string Source = "5d6e7f80-91a2-4b3c-84d5-e6f708192a3b";

    private readonly List<(Kind Kind, string Text)> _said = [];
    private string _builder = "openstack";

    private enum Kind
    {
        Step,
        Message,
        Error,
        Build,
        BuildError,
        Plain,
        Banner,
    }

    /// <summary>All ways of writing.</summary>
    public static Writing[] Writings => Enum.GetValues<Writing>();

    public GivenPacker For(string builder)
    {
        _builder = builder;
        return this;
    }

    public GivenPacker Banner() => Say(Kind.Banner, $"{_builder}: output will be in this color.");

    public GivenPacker Step(params string[] texts) => texts.Aggregate(this, (log, text) => log.Say(Kind.Step, $"==> {_builder}: {text}"));

    /// <summary>What a builder says by the way, and what a provisioner prints.</summary>
    public GivenPacker Out(params string[] texts) => texts.Aggregate(this, (log, text) => log.Say(Kind.Message, $"    {_builder}: {text}"));

    /// <summary>An error of Packer's, or stderr: both are red.</summary>
    public GivenPacker Red(params string[] texts) => texts.Aggregate(this, (log, text) => log.Say(Kind.Error, $"==> {_builder}: {text}"));

    public GivenPacker Raw(params string[] texts) => texts.Aggregate(this, (log, text) => log.Say(Kind.Plain, text));

    /// <summary>All before the first provisioner.</summary>
    public GivenPacker Begin(bool volume = false, bool floating = false)
    {
        Banner()
            .Raw("")
            .Step("Loading flavor: m1.tiny")
            .Out("Verified flavor. ID: 6e7f8091-a2b3-4c4d-95e6-f708192a3b4c")
            .Step(
                "Creating temporary RSA SSH key for instance...",
                $"Creating temporary keypair: {Keypair} ...",
                $"Created temporary keypair: {Keypair}"
            );
        if (volume)
            Step("Creating volume...", $"Waiting for volume packer_vol (volume id: {Volume}) to become available...")
                .Out($"Volume ID: {Volume}");
        Step("Launching server...", "Launching server...").Out($"Server ID: {Server}").Step("Waiting for server to become ready...");
        if (floating)
        {
            Step("Creating floating IP using network public ...")
                .Out($"Created floating IP: '{FloatingIp}' (192.0.2.7)")
                .Step($"Associating floating IP '{FloatingIp}' (192.0.2.7) with instance port...")
                .Out($"Added floating IP '{FloatingIp}' (192.0.2.7) to instance!");
        }
        else
        {
            Out("Floating IP not required");
        }

        return Step("Using SSH communicator to connect: 192.0.2.7", "Waiting for SSH to become available...", "Connected to SSH!");
    }

    public GivenPacker Clear(bool afterError = true)
    {
        if (afterError)
            Step("Provisioning step had errors: Running the cleanup provisioner, if present...");
        return Step($"Terminating the source server: {Server} ...", $"Deleting temporary keypair: {Keypair} ...");
    }

    public GivenPacker Errored(string message) =>
        Say(Kind.BuildError, $"Build '{_builder}' errored after 4 minutes 1 second: {message}")
            .Raw(
                "",
                "==> Wait completed after 4 minutes 2 seconds",
                "",
                "==> Some builds didn't complete successfully and had errors:",
                $"--> {_builder}: {message}",
                "",
                "==> Builds finished but no artifacts were created."
            );

    public GivenPacker Finished() => Say(Kind.Build, $"Build '{_builder}' finished after 4 minutes 1 second.");

    public GivenPacker Cancelled() =>
        Finished().Raw("", "==> Wait completed after 4 minutes 2 seconds", "Cleanly cancelled builds after being interrupted.");

    public GivenPacker Imaged() =>
        Step($"Stopping server: {Server} ...")
            .Out($"Waiting for server to stop: {Server} ...")
            .Step("Creating the image: worker")
            .Out($"Image: {Image}")
            .Step($"Waiting for image worker (image id: {Image}) to become ready...");

    public GivenPacker Good() =>
        Imaged()
            .Clear(afterError: false)
            .Finished()
            .Raw(
                "",
                "==> Wait completed after 4 minutes 2 seconds",
                "",
                "==> Builds finished. The artifacts of successful builds are:",
                $"--> {_builder}: An image was created: {Image}"
            );

    public string[] Lines(Writing writing) =>
        [.. _said.Index().SelectMany(said => Written(said.Item.Kind, said.Item.Text, said.Index, writing))];

    public BuildLog Log(Writing writing) => PackerSamples.Fold(Lines(writing));

    private static IEnumerable<string> Written(Kind kind, string text, int index, Writing writing)
    {
        var isNew = writing is Writing.New or Writing.NewWithoutColours or Writing.NewWithStamps;
        if (kind is Kind.Message && isNew)
            text = "==> " + text[4..];
        if (kind is Kind.Plain)
            return writing is Writing.Machine && text.Length == 0 ? []
                : writing is Writing.Machine ? [Machine("say", text, index)]
                : [text];
        var stamp = writing is Writing.OldWithStamps or Writing.NewWithStamps && kind is not Kind.Banner
            ? new DateTime(2026, 11, 22, 5, 0, 0).AddSeconds(3 * index).ToString("yyyy-MM-dd'T'HH:mm:ss'Z: '", CultureInfo.InvariantCulture)
            : "";
        var colour = kind switch
        {
            Kind.Error or Kind.BuildError => "1;31",
            Kind.Message when !isNew => "0;32",
            _ => "1;32",
        };
        var coloured = $"\u001b[{colour}m{stamp}{text}\u001b[0m";
        var logged = $"2026/11/22 09:12:31 ui{(colour == "1;31" ? " error" : "")}: {coloured}";
        return writing switch
        {
            Writing.OldWithoutColours or Writing.NewWithoutColours => kind is Kind.Banner ? [] : [text],
            Writing.Machine => kind is Kind.Banner
                ? []
                :
                [
                    Machine(
                        kind switch
                        {
                            Kind.Error or Kind.BuildError => "error",
                            Kind.Message => "message",
                            _ => "say",
                        },
                        text,
                        index
                    ),
                ],
            Writing.Debug => [logged],
            Writing.DebugAndPrinted => [logged, "2026/11/22 09:12:31 packer-provisioner-shell plugin: [INFO] 0 bytes written", coloured],
            _ => [coloured],
        };
    }

    private static string Machine(string kind, string text, int index) =>
        $"{1795309505 + 3 * index},,ui,{kind},{text.Replace(",", "%!(PACKER_COMMA)", StringComparison.Ordinal)}";

    private GivenPacker Say(Kind kind, string text)
    {
        _said.Add((kind, text));
        return this;
    }
}
