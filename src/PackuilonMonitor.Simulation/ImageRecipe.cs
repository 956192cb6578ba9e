using System.Text;
using System.Text.Json.Nodes;

namespace PackuilonMonitor.Simulation;

/// <summary>An operating system as the keys of the source images: <c>sl</c> and <c>7x-x86_64</c>.</summary>
internal sealed record SourceOs(string Name, string Version)
{
    public string Label => Name + Version;

    /// <summary>Without the architecture: <c>7x</c>.</summary>
    public string Release => Version[..Version.IndexOf('-', StringComparison.Ordinal)];
}

/// <summary>An image that the factory can build.</summary>
/// <remarks>
/// <c>Profile</c>: The file whose change cdb2rabbit notices; its name may have nothing in common with the image's. <c>Templates</c>: Its
/// entries in the template map; null if the default list is used. <c>Minutes</c>: How long its first template typically takes; the others
/// differ by a fixed factor.
/// </remarks>
internal sealed record ImageRecipe(string Personality, SourceOs Os, string Profile, string[]? Templates, double Minutes)
{
    public static readonly string[] DefaultTemplates = ["unmanaged.json", "managed.json"];

    private static readonly SourceOs Old = new("sl", "6x-x86_64");
    private static readonly SourceOs Common = new("sl", "7x-x86_64");
    private static readonly SourceOs New = new("rocky", "8x-x86_64");

    public static readonly IReadOnlyList<SourceOs> Sources = [Old, Common, New];

    /// <summary>An operating system without a source image.</summary>
    public static readonly SourceOs Unknown = new("plan", "9x-x86_64");

    // Profiles of three kinds: the image's name with other punctuation, only its beginning, and nothing of it.
    public static readonly IReadOnlyList<ImageRecipe> All =
    [
        new("image-factory-batch", Common, "image-factory-batch-sl-7x-x86-64.cloud.example.org.json", null, 7.4),
        new("image-factory-batch", New, "image-factory-batch-rocky-8x-x86-64.cloud.example.org.json", null, 8.1),
        new("image-factory-login", Common, "image-factory-login-sl7x.cloud.example.org.json", null, 6.2),
        new(
            "image-factory-gpu",
            New,
            "image-factory-gpu.cloud.example.org.json",
            ["unmanaged.json", "managed.json", "gpu-rocky8.json"],
            8.8
        ),
        new("squid", Old, "image-factory-07.cloud.example.org.json", ["managed.json"], 5.3),
        new("squid", Common, "image-factory-08.cloud.example.org.json", ["managed.json"], 5.9),
        new("objectgw", New, "image-factory-objectgw.cloud.example.org.json", null, 7.0),
        new("notebook", Common, "image-factory-notebook-sl7x-x86-64.cloud.example.org.json", ["unmanaged.json"], 6.6),
        new("mailrelay", Old, "image-factory-mailrelay.cloud.example.org.json", null, 5.0),
    ];

    /// <summary>The name of the image in a daemon of this dialect.</summary>
    public string NameIn(Dialect dialect) => dialect.Images switch
    {
        ImageNaming.PersonalityAndOs => $"{Personality}-{Os.Label}",
        ImageNaming.PersonalityAndRelease => $"{Personality}-{Os.Name}{Os.Release}",
        ImageNaming.HostName => Profile[..Profile.IndexOf('.', StringComparison.Ordinal)],
    };

    /// <summary>The profile, as far as it says which image is built.</summary>
    public byte[] Content() => Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["system"] = new JsonObject
            {
                ["network"] = new JsonObject { ["hostname"] = Profile[..Profile.IndexOf('.', StringComparison.Ordinal)] },
                ["personality"] = new JsonObject { ["name"] = Personality },
                ["aii"] = new JsonObject
                {
                    ["nbp"] = new JsonObject { ["pxelinux"] = new JsonObject { ["kernel"] = $"{Os.Label}/vmlinuz" } },
                },
                ["os"] = new JsonObject
                {
                    ["distribution"] = new JsonObject { ["name"] = Os.Name },
                    ["version"] = new JsonObject { ["name"] = Os.Release },
                    ["architecture"] = Os.Version[(Os.Release.Length + 1)..],
                },
            },
        }.ToJsonString());

    /// <summary>How long this template of the image typically takes.</summary>
    public TimeSpan Typical(string? template) =>
        TimeSpan.FromMinutes(Minutes * (template is null or "unmanaged.json" ? 1 : template == "managed.json" ? 1.1 : 1.2));
}
