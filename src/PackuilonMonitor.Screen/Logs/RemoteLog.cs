using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>A log from elsewhere of which a part is still on its way: what is said of it holds for what is here.</summary>
internal static class RemoteLog
{
    private const int Kibibyte = 1024;

    /// <summary>A log that grows there is always a little longer than here.</summary>
    private const int LeastMissing = 16 * Kibibyte;

    public static bool IsArriving(LogView view) => view.Latest is { Whole: { } whole } page && whole - page.Here >= LeastMissing;

    public static CellLine Line(LogPage page, HeaderSheet sheet)
    {
        var (here, whole) = (page.Here / Kibibyte, (page.Whole ?? page.Here) / Kibibyte);
        return sheet.Line()
            .Add("REMOTE  ", sheet.Palette.Warning)
            .Add(string.Create(CultureInfo.InvariantCulture, $"{here} of {whole} KiB are here; {whole - here} KiB on their way"))
            .ToLine();
    }
}
