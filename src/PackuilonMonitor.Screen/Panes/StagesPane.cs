using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>STAGES: the last event of each stage of a change; of several factories a row each.</summary>
internal static class StagesPane
{
    private const int Name = 3;
    private const int Said = 18;

    public static void Render(Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, "STAGES", false, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(0, 1, "STAGES ", RowList.TitleStyle(false, paint));
        if (snapshot.Factories is not [var factory])
        {
            foreach (var (place, one) in snapshot.Factories.Take(into.Size.Rows - 1).Index())
                Write(into, place, one.Name ?? "", StageWords.Of(one, paint), paint);
            return;
        }

        foreach (var (place, stage) in factory.HealthAt(paint.Now).Stages.Index())
            Write(into, place, StageWords.Name(stage), StageWords.Of(stage, factory, paint, StageDetail.Seconds), paint);
    }

    private static void Write(CellBuffer into, int place, string name, Piece said, Paint paint)
    {
        var at = Math.Max(Said, Name + TextWidth.Of(name, into.IsAscii) + 1);
        into.Write(1 + place, Name, SafeText.Plain(name), paint.Palette.Plain)
            .Write(1 + place, at, SafeText.Plain(said.Text), said.Style, Math.Max(0, into.Size.Columns - 1 - at));
    }
}
