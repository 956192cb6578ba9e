using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Panes;

public static class HelpPane
{
    public static int LastTop(ViewState view, Size size) => 0;
}
