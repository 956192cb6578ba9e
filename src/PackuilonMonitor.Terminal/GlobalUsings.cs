global using Attribute = Terminal.Gui.Drawing.Attribute;
global using ScreenCell = Terminal.Gui.Drawing.Cell;
global using GuiKey = Terminal.Gui.Input.Key;
global using GuiTimer = Terminal.Gui.Time.ITimer;
