namespace PackuilonMonitor.Screen.Keys;

/// <summary>
/// What a key, a name in the palette or the mouse asks for. None of it changes anything in the image factory. The case says which part of
/// the update owns it; every case is in this file.
/// </summary>
public abstract record Command
{
    /// <summary>The same without number and text.</summary>
    public abstract Command Bare();

    public static implicit operator Command(ContentAct act) => new ContentCommand(act);

    public static implicit operator Command(LogAct act) => new LogCommand(act);

    public static implicit operator Command(BuildAct act) => new BuildCommand(act);

    public static implicit operator Command(CheckAct act) => new CheckCommand(act);

    public static implicit operator Command(SightAct act) => new SightCommand(act);

    public static implicit operator Command(PastAct act) => new PastCommand(act);

    public static implicit operator Command(TimelineAct act) => new TimelineCommand(act);

    public static implicit operator Command(ScreenAct act) => new ScreenCommand(act);

    public static implicit operator Command(ProgramAct act) => new ProgramCommand(act);
}

/// <param name="Number">A line, a percentage, or how many times.</param>
/// <param name="Text">A pattern.</param>
public sealed record ContentCommand(ContentAct Act, int? Number = null, string? Text = null) : Command
{
    public override Command Bare() => new ContentCommand(Act);
}

public sealed record LogCommand(LogAct Act) : Command
{
    public override Command Bare() => this;
}

/// <param name="Text">A file's name.</param>
public sealed record BuildCommand(BuildAct Act, string? Text = null) : Command
{
    public override Command Bare() => new BuildCommand(Act);
}

/// <param name="Text">A check, one of its items, a time.</param>
public sealed record CheckCommand(CheckAct Act, string? Text = null) : Command
{
    public override Command Bare() => new CheckCommand(Act);
}

public sealed record SightCommand(SightAct Act) : Command
{
    public override Command Bare() => this;
}

public sealed record TimelineCommand(TimelineAct Act) : Command
{
    public override Command Bare() => this;
}

/// <param name="Text">A time.</param>
public sealed record PastCommand(PastAct Act, string? Text = null) : Command
{
    public override Command Bare() => new PastCommand(Act);
}

/// <param name="Number">A worker.</param>
/// <param name="Text">A factory.</param>
public sealed record ScreenCommand(ScreenAct Act, int? Number = null, string? Text = null) : Command
{
    public override Command Bare() => new ScreenCommand(Act);
}

/// <param name="Text">A command by its name.</param>
public sealed record ProgramCommand(ProgramAct Act, string? Text = null) : Command
{
    public override Command Bare() => new ProgramCommand(Act);
}
