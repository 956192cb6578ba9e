using PackuilonMonitor.Cells;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace PackuilonMonitor.Terminal;

/// <summary>What a one-line input is asked for: where it stands, how it looks and who is told.</summary>
/// <param name="Place">The line for the text; asked again after a resize. What stands before it is the caller's picture.</param>
/// <param name="Changed">Each text as it is typed.</param>
/// <param name="Accepted">The text on Enter.</param>
/// <param name="Cancelled">On Esc, and on Backspace with nothing typed.</param>
public sealed record PromptRequest(Func<Size, Area> Place, Action<string> Changed, Action<string> Accepted, Action Cancelled)
{
    public string Text { get; init; } = "";

    public Style Style { get; init; }

    /// <summary>Earlier texts, the newest last, walked through with Up and Down.</summary>
    public IReadOnlyList<string> History { get; init; } = [];
}

/// <summary>An open one-line input, over Terminal.Gui's line editor.</summary>
internal sealed class Prompt : IDisposable
{
    // Of our own, whatever a configuration file in the working directory says.
    private static readonly (KeyPress Key, Command Command)[] Bindings =
    [
        (new("Left"), Command.Left), (new("Right"), Command.Right), (new("Home"), Command.LeftStart), (new("End"), Command.RightEnd),
        (new("Ctrl-a"), Command.LeftStart), (new("Ctrl-e"), Command.RightEnd), (new("Ctrl-k"), Command.CutToEndOfLine),
        (new("Ctrl-u"), Command.CutToStartOfLine), (new("Ctrl-w"), Command.KillWordLeft), (new("Ctrl-Left"), Command.WordLeft),
        (new("Ctrl-Right"), Command.WordRight), (new("Backspace"), Command.DeleteCharLeft), (new("Delete"), Command.DeleteCharRight),
    ];

    private readonly PromptRequest _request;
    private readonly Action _close;
    private readonly TextField _field;
    private int _past;

    public Prompt(PromptRequest request, View root, Action close)
    {
        (_request, _close, _past) = (request, close, request.History.Count);
        _field = new TextField { Text = request.Text };
        _field.KeyBindings.Clear();
        foreach (var (key, command) in Bindings)
            _field.KeyBindings.Add(KeyNames.Parse(key.Name), command);
        var look = Look.ToAttribute(request.Style);
        _field.SetScheme(new Scheme(look) { Focus = look, Editable = look, Active = look, HotNormal = look, HotFocus = look, Highlight = look });
        root.Add(_field);
        _field.SetFocus();
        // What is there already goes on being typed, not typed over.
        _field.ClearAllSelection();
        _field.InsertionPoint = request.Text.Length;
        _field.TextChanged += OnTextChanged;
    }

    public string Text => SafeText.Plain(_field.Text);

    public Area Area { get; private set; }

    public void Place(Size size)
    {
        var area = _request.Place(size);
        if (area == Area)
            return;
        Area = area;
        (_field.X, _field.Y, _field.Width, _field.Height) = (area.X, area.Y, area.Width, 1);
    }

    /// <summary>Whether the key was this prompt's; <paramref name="passed"/> says that the line editor is to have it.</summary>
    public bool Take(KeyPress press, out bool passed)
    {
        passed = false;
        switch (press.Name)
        {
            case "Enter":
                var text = _field.Text;
                _close();
                _request.Accepted(text);
                return true;
            case "Esc":
            case "Backspace" when _field.Text.Length == 0:
                _close();
                _request.Cancelled();
                return true;
            case "Up":
                Recall(_past - 1);
                return true;
            case "Down":
                Recall(_past + 1);
                return true;
        }

        passed = Bindings.Any(binding => binding.Key == press)
            || press.Name == "Space"
            || (TextWidth.Of(press.Name) is 1 or 2 && press.Name.EnumerateRunes().Count() == 1);
        return passed;
    }

    public void Dispose()
    {
        _field.TextChanged -= OnTextChanged;
        _field.SuperView?.Remove(_field);
        _field.Dispose();
    }

    private void Recall(int past)
    {
        if (past < 0 || past > _request.History.Count)
            return;
        _past = past;
        _field.Text = past == _request.History.Count ? "" : _request.History[past];
        _field.InsertionPoint = _field.Text.Length;
    }

    private void OnTextChanged(object? sender, EventArgs e) => _request.Changed(_field.Text);
}
