using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Compares a profile's name with an image's name: by letters and digits alone, because they differ in punctuation.
/// <c>image-sl-7x-x86-64.example.org.json</c> and <c>image-sl7x-x86_64</c> are equal.
/// </summary>
internal static class Names
{
    private static readonly string[] Architectures = ["x86_64", "x86-64", "i386", "i686", "aarch64", "ppc64le", "s390x"];

    /// <summary>The first label of a profile's file name, as letters and digits.</summary>
    public static string OfProfile(string profile) =>
        Letters(profile.AsSpan(0, profile.IndexOf('.') is var dot and >= 0 ? dot : profile.Length));

    public static string OfImage(ImageName image) => Letters(image.Text);

    /// <summary>
    /// The image's name without the label of its system, <c>norm</c> of <c>norm-sl7x-x86_64</c>: what all dialects but the
    /// newest add to a personality. Null if the name does not end in one.
    /// </summary>
    public static string? WithoutSystem(ImageName image)
    {
        var text = Release(image.Text);
        var cut = text.LastIndexOf('-');
        return cut > 0 && IsSystem(text[(cut + 1)..]) ? Letters(text[..cut]) : null;
    }

    /// <summary>The image's name without its architecture, <c>norm-sl7x</c> of <c>norm-sl7x-x86_64</c>.</summary>
    public static string WithoutArchitecture(ImageName image) => Letters(Release(image.Text));

    private static ReadOnlySpan<char> Release(ReadOnlySpan<char> text)
    {
        foreach (var architecture in Architectures)
        {
            if (text.EndsWith(architecture, StringComparison.OrdinalIgnoreCase) && text.Length > architecture.Length + 1)
                return text[..^(architecture.Length + 1)];
        }

        return text;
    }

    // sl7x, el9, centos7, rocky9.3
    private static bool IsSystem(ReadOnlySpan<char> label)
    {
        var at = 0;
        while (at < label.Length && char.IsAsciiLetter(label[at]))
            at++;
        var digits = at;
        while (digits < label.Length && (char.IsAsciiDigit(label[digits]) || label[digits] is '.' or '_'))
            digits++;
        return at > 0 && digits > at && (digits == label.Length || digits == label.Length - 1 && label[digits] is 'x' or 'X');
    }

    /// <summary>No file name is longer, and each image and profile has a file.</summary>
    private const int Longest = 255;

    private static string Letters(ReadOnlySpan<char> text)
    {
        text = text.Length <= Longest ? text : text[..Longest];
        Span<char> letters = stackalloc char[text.Length];
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
                letters[count++] = char.ToLowerInvariant(letter);
        }

        return new string(letters[..count]);
    }
}
