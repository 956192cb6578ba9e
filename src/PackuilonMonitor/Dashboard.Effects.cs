using System.Diagnostics;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor;

// What the view asks to be done outside of it.
internal sealed partial class Dashboard
{
    private void Do(Effect effect)
    {
        switch (effect)
        {
            case QuitProgram: _app.Quit(); break;
            case SuspendProgram: _app.Suspend(); break;
            case RedrawScreen: _app.Repaint(); break;
            case ReadEverythingAgain: ReadAgain(); break;
            case SwitchMouse { On: true }: _line.SwitchMouse(true); break;
            case SwitchMouse: _line.SwitchMouse(false); break;
            case CopyText copy: Copy(copy.Text); break;
            case CopyLogLines: CopyLines(); break;
            case OpenLog log: Open(log.Build); break;
            case TellLog told: ToLog(told.Command); break;
            case ShowPlainText plain: ShowPlain(plain.Build); break;
            case OpenPager pager: Page(pager.Build); break;
            case SaveLog save: Save(save.Build, save.Path); break;
            case AskFor asked: Ask(asked.Question); break;
            case RingBell: _app.Send("\a"u8); break;
            default: throw new UnreachableException($"{effect.GetType().Name} is not done");
        }
    }

    private void ReadAgain()
    {
        if (_factories.Any(factory => factory.Sources.TakeStandardInput))
        {
            Become(_view.Saying("standard input cannot be read again"));
            return;
        }

        _snapshot = _snapshot.Unread();
        _shownAt = null;
        Follow();
    }

    private void Ask(Question question) => _line.Ask(new PromptRequest(
        size => HintBar.InputArea(question, size),
        text => Become(_view.Typing(text)),
        text =>
        {
            var before = _view;
            Become(before.Answered(text, _snapshot, _size, Now));
        },
        () => Become(_view.GivenUp()))
    {
        Text = question.Text,
        Style = _appearance.Palette.Plain,
        History = question.History,
    });

    /// <summary>Over an open log the wheel scrolls it, a click chooses a line or a hit, a second one goes to the hit; everything else is the view's.</summary>
    private void Click(MousePress press)
    {
        if (_opened is not { } log || _view.Place.Screen is not Screen.Log)
        {
            Become(_view.Press(press, _snapshot, _size, Now));
            return;
        }

        if (press.Act is MouseAct.WheelUp or MouseAct.WheelDown)
        {
            Apply(new Command(press.Act is MouseAct.WheelUp ? Act.LineUp : Act.LineDown, Number: WheelLines));
            return;
        }

        log.View = log.View.Click(press.Column, press.Row, LogSize(_size));
        if (press.Act is MouseAct.DoubleClick)
            Apply(new Command(Act.Open));
        _app.Invalidate();
    }

    private const int WheelLines = 3;
}
