using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Text;

/// <summary>
/// The name of an image, with its template, in fewer columns: the architecture goes first, which is the same in all rows, then the middle.
/// The template stays.
/// </summary>
public static class ShortName
{
    /// <summary>In fewer columns nothing of an image can be told.</summary>
    private const int LeastOfImage = 2;

    /// <summary>Without them most names still differ.</summary>
    private static readonly string[] Architectures = ["-x86_64", "-x86-64", "-aarch64", "-ppc64le", "-i386", "-i686"];

    public static string In(string name, int width, bool ascii = false)
    {
        if (TextWidth.Of(name, ascii) <= width)
            return name;
        var template = name.LastIndexOf('.') is var dot and > 0 ? name[dot..] : "";
        var image = name[..^template.Length];
        var room = width - TextWidth.Of(template, ascii);
        if (room < LeastOfImage)
            return TextWidth.Truncate(name, width, ascii);
        var known = Architectures.FirstOrDefault(image.EndsWith) is { } architecture ? image[..^architecture.Length] : image;
        var isAll = TextWidth.Of(known, ascii) < room;
        return (isAll ? known + TextWidth.CutSign(ascii) : TextWidth.CutMiddle(known, room, ascii)) + template;
    }
}
