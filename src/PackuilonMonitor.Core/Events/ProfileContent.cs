using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Events;

/// <summary>What a profile says about its image; null for missing parts.</summary>
/// <param name="Host">The name of the host, which is the image's in the newest revision.</param>
/// <param name="Kernel">
/// The first folder of the kernel's path, <c>sl7x-x86_64</c>, which the oldest revisions add to the personality.
/// </param>
/// <param name="Distribution">The system, <c>sl</c>.</param>
/// <param name="Version">Its version, <c>7x</c>.</param>
public sealed record ProfileContent(
    string? Host,
    string? Personality,
    string? Kernel,
    string? Distribution,
    string? Version,
    string? Architecture
)
{
    /// <summary>A readable profile that asks for nothing that a daemon could build.</summary>
    public static readonly ProfileContent Nothing = new(null, null, null, null, null, null);

    /// <summary>The image by the rule of the newest revision; null if the profile does not contain it.</summary>
    public ImageName? HostImage => Host is null ? null : new ImageName(Host);

    /// <summary>The images by the rules of all other revisions.</summary>
    public ImmutableArray<ImageName> LabelledImages =>
        Personality is null ? [] : [.. Labels.Distinct().Select(label => new ImageName($"{Personality}-{label}"))];

    private IEnumerable<string> Labels
    {
        get
        {
            if (Kernel is not null)
                yield return Kernel;
            if (Distribution is null || Version is null)
                yield break;
            yield return $"{Distribution}{Version}";
            if (Architecture is not null)
                yield return $"{Distribution}{Version}-{Architecture}";
        }
    }
}
