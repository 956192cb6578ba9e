using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

/// <summary>What a one-line input is asked for: where it stands, how it looks and who is told.</summary>
/// <param name="Place">The line for the text; asked again after a resize.</param>
/// <param name="Changed">Each text as it is typed.</param>
/// <param name="Accepted">The text on Enter.</param>
/// <param name="Cancelled">On Esc, and on Backspace with nothing typed.</param>
internal sealed record PromptRequest(Func<Size, Area> Place, Action<string> Changed, Action<string> Accepted, Action Cancelled)
{
    public string Text { get; init; } = "";

    public Style Style { get; init; }

    /// <summary>Earlier texts, the newest last.</summary>
    public IReadOnlyList<string> History { get; init; } = [];
}

/// <summary>One line of input at a time, by callbacks, and the mouse: the terminal itself is told of both as values.</summary>
internal sealed class AskedLine(TerminalApp app)
{
    private PromptRequest? _request;
    private Size _size;
    private int _number;
    private bool _mouse;

    /// <summary>The text typed so far; null without an open line.</summary>
    public string? Text { get; private set; }

    public void Ask(PromptRequest request)
    {
        (_request, Text) = (request, request.Text);
        _number++;
        Use();
    }

    public void SwitchMouse(bool on)
    {
        _mouse = on;
        Use();
    }

    public void Resize(Size size)
    {
        _size = size;
        Use();
    }

    public void Type(int number, string text)
    {
        if (number != _number || _request is not { } request)
            return;
        Text = text;
        request.Changed(text);
        app.Due();
    }

    public void Enter(int number, string text)
    {
        if (Close(number) is { } request)
            request.Accepted(text);
        app.Due();
    }

    public void Cancel(int number)
    {
        if (Close(number) is { } request)
            request.Cancelled();
        app.Due();
    }

    private PromptRequest? Close(int number)
    {
        if (number != _number)
            return null;
        var request = _request;
        (_request, Text) = (null, null);
        Use();
        return request;
    }

    private void Use() => app.Use(new Controls(
        _request is { } request ? new InputLine(_number, 0, request.Text, request.Place(_size), request.Style, [.. request.History]) : null,
        _mouse));
}
