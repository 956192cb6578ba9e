using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The images of all known builds, found by how their names begin.</summary>
internal sealed record ImageNames
{
    public static readonly ImageNames Empty = new();

    /// <summary>Longer than a file name can be, so no image has it.</summary>
    private const int Longest = 255;

    private ImmutableSortedDictionary<string, int> Builds { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    private ImmutableSortedSet<string> Sorted { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Letters and digits of a name, in capitals: image-sl-7x and image_sl7x are equal.</summary>
    public static string Letters(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[Longest];
        var count = 0;
        foreach (var letter in name[..Math.Min(name.Length, Longest)])
        {
            if (char.IsLetterOrDigit(letter))
                letters[count++] = char.ToUpperInvariant(letter);
        }

        return letters[..count].ToString();
    }

    /// <summary>Whether a build's image begins with these letters.</summary>
    public bool AnyBeginsWith(string letters)
    {
        var place = Sorted.IndexOf(letters);
        if (place >= 0)
            return true;
        return ~place < Sorted.Count && Sorted[~place].StartsWith(letters, StringComparison.Ordinal);
    }

    public ImageNames Add(ImageName image)
    {
        var letters = Letters(image.Text);
        var before = Builds.GetValueOrDefault(letters);
        return new ImageNames { Builds = Builds.SetItem(letters, before + 1), Sorted = before == 0 ? Sorted.Add(letters) : Sorted };
    }

    public ImageNames Remove(ImageName image)
    {
        var letters = Letters(image.Text);
        return Builds[letters] is var before and > 1
            ? this with { Builds = Builds.SetItem(letters, before - 1) }
            : new ImageNames { Builds = Builds.Remove(letters), Sorted = Sorted.Remove(letters) };
    }
}
