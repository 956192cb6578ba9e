using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The forms in which a profile may name an image, for comparisons; empty if there is none.</summary>
/// <param name="Release">Without its architecture.</param>
/// <param name="Personality">Without the whole label of its system.</param>
internal sealed record ImageSpelling(string Name, string Release, string Personality)
{
    private static readonly ImageSpelling None = new("", "", "");

    /// <summary>A message without any of these bits has none of the names.</summary>
    public ulong Marks { get; } =
        NameLevels.Mark(Name)
        | (Release.Length > 0 ? NameLevels.Mark(Release) : 0)
        | (Personality.Length > 0 ? NameLevels.Mark(Personality) : 0);

    /// <summary>The personality, or the name where there is none.</summary>
    public string ShortName { get; } = Personality.Length > 0 ? Personality : Name;

    /// <summary>The first letter of the short name; 0 where that is empty.</summary>
    public char Initial => ShortName is [var first, ..] ? first : default;

    public static ImageSpelling Of(ImageName? image) =>
        image is { } named ? new(Names.OfImage(named), Names.WithoutArchitecture(named), Names.WithoutSystem(named) ?? "") : None;
}
