using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>STAGES: the last event of each stage of a change.</summary>
internal static class StagesPane
{
    public static void Render(Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, "STAGES", false, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(0, 1, "STAGES ", RowList.TitleStyle(false, paint));
        var factory = snapshot.Factories[0];
        foreach (var (place, stage) in factory.HealthAt(paint.Now).Stages.Index())
        {
            var (text, style) = StageWords.Of(stage, factory, paint, detailed: true);
            into.Write(1 + place, 3, StageWords.Name(stage), paint.Palette.Plain)
                .Write(1 + place, 18, SafeText.Plain(text), style, Math.Max(0, into.Size.Columns - 19));
        }
    }
}
