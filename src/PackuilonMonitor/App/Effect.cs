namespace PackuilonMonitor.App;

/// <summary>What the dashboard must do because of a command; the state of the screen only says so. Every case is in this file.</summary>
public abstract record Effect;

/// <summary>Ends the program.</summary>
public sealed record QuitProgram : Effect;

/// <summary>Stops the program until the shell's fg.</summary>
public sealed record SuspendProgram : Effect;

/// <summary>Sends the whole picture again.</summary>
public sealed record RedrawScreen : Effect;

/// <summary>Forgets what was read and begins again.</summary>
public sealed record ReadEverythingAgain : Effect;

/// <summary>Mouse reports on or off.</summary>
public sealed record SwitchMouse(bool On) : Effect;

/// <summary>Into the terminal's clipboard; one line of plain text.</summary>
public sealed record CopyText(string Text) : Effect;

/// <summary>The line under the cursor of the open log, or the marked ones, into the terminal's clipboard.</summary>
public sealed record CopyLogLines : Effect;

/// <summary>The log of a build is shown; it is to be opened and given to the view.</summary>
public sealed record OpenLog(string Build) : Effect;

/// <summary>The open log is to obey a command that came by name and not by key.</summary>
public sealed record TellLog(Command Command) : Effect;

/// <summary>A text on the main screen without a frame, until a key; of the build's log, or of the picture where that is null.</summary>
public sealed record ShowPlainText(string? Build) : Effect;

/// <summary>A build's log in $PAGER.</summary>
public sealed record OpenPager(string Build) : Effect;

/// <summary>A build's log is written to a file of the user's choice.</summary>
public sealed record SaveLog(string Build, string Path) : Effect;

/// <summary>A line of input is opened; what is typed goes to the view.</summary>
public sealed record AskFor(Question Question) : Effect;

/// <summary>BEL, and whatever else was asked to be told.</summary>
/// <param name="Why">In words, without text of others.</param>
/// <param name="Build">The build it is about, if it is about one.</param>
public sealed record RingBell(string Why, string? Build) : Effect;
