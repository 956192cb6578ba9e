using System.Globalization;

namespace PackuilonMonitor.Simulation;

/// <summary>A process of Packer with its own position in its log. It outlives a daemon that is killed.</summary>
internal sealed class PackerRun(Plant plant, int build, string file, BuildScript script, Dice dice)
{
    private readonly PackerLogText _text = new(script, dice, () => plant.Timeline.Now);
    private readonly Life _life = new();
    private Activity? _waiter;
    private long _position;
    private bool _ended;
    private bool _judged;

    public bool Succeeded => script.Cause == FailureCause.None;

    /// <summary>Opens the log and starts; the calling activity continues some milliseconds after the end.</summary>
    public void Start()
    {
        _waiter = plant.Timeline.Current;
        plant.Timeline.Start(_life, Run());
    }

    /// <summary>The daemon has logged the result, and closes the log, with a last line in the dialects that have one.</summary>
    public void Judge() => _judged = true;

    public void Close()
    {
        if (plant.Plan.Dialect.FinalLine)
        {
            Write(string.Create(
                CultureInfo.InvariantCulture,
                $"rabbit2packer: Build finished at {plant.Timeline.Now.ToUnixTimeSeconds()} (epoch) with exit code {ShellCode}\n"));
        }

        plant.Logs.Close(file, build);
    }

    /// <summary>The exit code of the shell that ran Packer.</summary>
    public int ShellCode => script.Cause switch
    {
        FailureCause.None => 0,
        FailureCause.RenameScriptMissing => 127,
        FailureCause.SshTimeout or FailureCause.ServerError or FailureCause.ProvisionerExit or FailureCause.QuattorErrors
            or FailureCause.TemplateError or FailureCause.AuthFileMissing => 1,
    };

    /// <summary>The daemon is gone. Packer continues, and nobody waits for it.</summary>
    public void Abandon()
    {
        _waiter = null;
        if (!_judged)
            plant.Ledger.Build(build, lost => lost with { Outcome = TrueOutcome.Lost, LostAt = plant.Timeline.Now });
        if (_ended)
            plant.Logs.Close(file, build);
    }

    /// <summary>The daemon is stopped, and Packer with it.</summary>
    public void Interrupt()
    {
        Abandon();
        if (_ended)
            return;

        _life.Over = true;
        plant.Timeline.Start(new Life(), Stop());
    }

    private IEnumerable<TimeSpan> Run()
    {
        foreach (var burst in _text.Lines())
        {
            yield return burst.Wait;
            if (burst.Text.Length == 0)
                continue;

            Write(burst.Text);
            if (_text.ImageId is { } image)
                plant.Ledger.Build(build, imaged => imaged with { ImageId = image });
        }

        End(script.Cause is FailureCause.None or FailureCause.RenameScriptMissing ? 0 : 1);
    }

    private IEnumerable<TimeSpan> Stop()
    {
        yield return dice.Seconds(0.1, 1.5);
        var words = _text.Interrupted();
        if (words.Length > 0)
        {
            Write(words);
            plant.Ledger.Build(build, stopped => stopped with { Outcome = TrueOutcome.Cancelled });
        }

        End(1);
    }

    private void End(int code)
    {
        _ended = true;
        plant.Ledger.Build(build, ended => ended with { PackerEndedAt = plant.Timeline.Now, PackerExitCode = code });
        if (_waiter is { } waiter)
            plant.Timeline.Resume(waiter, dice.Milliseconds(3, 25));
        else
            plant.Logs.Close(file, build);
    }

    private void Write(string text)
    {
        var bytes = RawText.Encode(text);
        plant.Timeline.Write(new LogWritten(file, _position, bytes));
        _position += bytes.Length;
    }
}
