using PackuilonMonitor.App;
using PackuilonMonitor.Panes;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

public sealed class PictureTests
{
    internal static readonly (int Columns, int Rows)[] Sizes = [(80, 24), (120, 40), (140, 40), (40, 10), (20, 5)];

    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;

    private static Paint Paint(bool ascii) => new(Palette.Mono, ascii ? Glyphs.Ascii : Glyphs.Unicode, TimeZoneInfo.Utc, InventedDay.Now);

    [TestCaseSource(nameof(Sizes))]
    public void Overview_AtEverySize((int Columns, int Rows) size)
    {
        foreach (var ascii in new[] { false, true })
        {
            var picture = Picture.Render(Day, ViewState.Start, new Size(size.Columns, size.Rows), Paint(ascii), []);

            Golden.Matches($"Overview.{size.Columns}x{size.Rows}.{(ascii ? "ascii" : "utf8")}.txt", picture.ToText());
        }
    }
}
