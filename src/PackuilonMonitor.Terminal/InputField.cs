using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace PackuilonMonitor.Terminal;

/// <summary>What an open line of input does with a key.</summary>
internal enum InputKey
{
    /// <summary>Nothing: the screen receives it.</summary>
    None,

    /// <summary>The line editor receives it.</summary>
    Edit,

    /// <summary>Handled here: the text is replaced from the history, or has its maximal length.</summary>
    Done,

    Enter,
    Cancel,
}

/// <summary>An open <see cref="InputLine"/>, on Terminal.Gui's line editor.</summary>
internal sealed class InputField : IDisposable
{
    // Our own bindings, whatever a configuration file in the working directory contains.
    private static readonly (KeyPress Key, Command Command)[] Bindings =
    [
        (new("Left"), Command.Left), (new("Right"), Command.Right), (new("Home"), Command.LeftStart), (new("End"), Command.RightEnd),
        (new("Ctrl-a"), Command.LeftStart), (new("Ctrl-e"), Command.RightEnd), (new("Ctrl-k"), Command.CutToEndOfLine),
        (new("Ctrl-u"), Command.CutToStartOfLine), (new("Ctrl-w"), Command.KillWordLeft), (new("Ctrl-Left"), Command.WordLeft),
        (new("Ctrl-Right"), Command.WordRight), (new("Backspace"), Command.DeleteCharLeft), (new("Delete"), Command.DeleteCharRight),
    ];

    /// <summary>The longest text; more is rejected, because each key copies the text.</summary>
    public const int Longest = 400;

    private readonly Action<string> _typed;
    private readonly TextField _field;
    private string _text;
    private ImmutableArray<string> _history;
    private int _revision;
    private int _past;
    private bool _setting;

    /// <param name="typed">Called with the text after each key that changed it.</param>
    public InputField(InputLine line, View root, Action<string> typed)
    {
        (Number, _revision, _history, _past, _typed) = (line.Number, line.Revision, line.History, line.History.Length, typed);
        _text = line.Text;
        _field = new TextField { Text = line.Text };
        _field.KeyBindings.Clear();
        foreach (var (key, command) in Bindings)
            _field.KeyBindings.Add(KeyNames.Parse(key.Name), command);
        var look = Look.ToAttribute(line.Style);
        _field.SetScheme(
            new Scheme(look)
            {
                Focus = look,
                Editable = look,
                Active = look,
                HotNormal = look,
                HotFocus = look,
                Highlight = look,
            }
        );
        root.Add(_field);
        _field.SetFocus();
        // The user continues after the text, and does not replace it.
        _field.ClearAllSelection();
        _field.InsertionPoint = line.Text.Length;
        _field.TextChanged += OnTextChanged;
        Place(line.Area);
    }

    public int Number { get; }

    // The library's own getter allocates a new string each time.
    public string Text => _text;

    public Area Area { get; private set; }

    /// <summary>The same line at its new place; with its text only if the revision is higher.</summary>
    public void Use(InputLine line)
    {
        _history = line.History;
        Place(line.Area);
        if (line.Revision <= _revision)
            return;
        _revision = line.Revision;
        _setting = true;
        Set(line.Text);
        _setting = false;
    }

    public InputKey Take(KeyPress press)
    {
        switch (press.Name)
        {
            case "Enter":
                return InputKey.Enter;
            case "Esc":
            case "Backspace" when _text.Length == 0:
                return InputKey.Cancel;
            case "Up":
                Recall(_past - 1);
                return InputKey.Done;
            case "Down":
                Recall(_past + 1);
                return InputKey.Done;
        }

        if (Bindings.Any(binding => binding.Key == press))
            return InputKey.Edit;
        var isText = press.Name == "Space" || (TextWidth.Of(press.Name) is 1 or 2 && press.Name.EnumerateRunes().Count() == 1);
        if (!isText)
            return InputKey.None;
        return _text.Length < Longest ? InputKey.Edit : InputKey.Done;
    }

    public void Dispose()
    {
        _field.TextChanged -= OnTextChanged;
        _field.SuperView?.Remove(_field);
        _field.Dispose();
    }

    private void Place(Area area)
    {
        if (area == Area)
            return;
        Area = area;
        (_field.X, _field.Y, _field.Width, _field.Height) = (area.X, area.Y, area.Width, 1);
    }

    private void Recall(int past)
    {
        if (past < 0 || past > _history.Length)
            return;
        _past = past;
        Set(past == _history.Length ? "" : _history[past]);
    }

    private void Set(string text)
    {
        _field.Text = text;
        _field.InsertionPoint = _text.Length;
    }

    private void OnTextChanged(object? sender, EventArgs e)
    {
        _text = _field.Text;
        // It would keep a copy per key for undo.
        _field.ClearHistoryChanges();
        // A paste arrives as a whole.
        if (_text.Length > Longest)
            Set(Cut(_text));
        else if (!_setting)
            _typed(_text);
    }

    private static string Cut(string text)
    {
        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..end];
    }
}
