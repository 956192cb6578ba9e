namespace PackuilonMonitor.App;

/// <summary>Everything a key, the palette or the mouse can ask for. None of it changes anything in the image factory.</summary>
public enum Act
{
    LineDown,
    LineUp,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    Start,

    /// <summary>To the end; a log is followed again.</summary>
    End,
    Left,
    Right,

    /// <summary>Searches in a log, filters in a list; the text is the pattern, without one it is asked for.</summary>
    Find,
    NextHit,
    PreviousHit,
    OnlyMatches,
    OnlyOthers,

    /// <summary>Whether the case of letters counts in the search, or not.</summary>
    SearchCase,

    /// <summary>Whether the pattern is a regular expression, or plain text.</summary>
    SearchKind,
    MoreContext,
    LessContext,
    NextProblem,
    PreviousProblem,
    NextStep,
    PreviousStep,
    NewerBuild,
    OlderBuild,
    Mark,
    GoToMark,

    /// <summary>The same search in every build.</summary>
    SearchEverywhere,

    /// <summary>The worker thread of the command's number, 1 to 9.</summary>
    Worker,

    /// <summary>The line of the command's number, from 1.</summary>
    GoToLine,

    /// <summary>The place at the command's number of percent.</summary>
    GoToPercent,

    /// <summary>The line under the cursor or the marked ones.</summary>
    CopyLine,
    CopyPath,
    CopyImageId,

    /// <summary>The commands that would put away what a build left in OpenStack.</summary>
    CopyCleaningUp,

    /// <summary>The text alone, without a frame, on the main screen.</summary>
    PlainText,
    Pager,

    /// <summary>Saves to a file; the text is its name, without one it is asked for.</summary>
    Save,
    Suspend,
    Open,

    /// <summary>One step back; at the top it quits only with the key that says quit too.</summary>
    Back,
    Quit,
    Follow,

    /// <summary>The screen stands still until it is asked for again.</summary>
    Freeze,
    Wrap,
    TimeColumn,

    /// <summary>Packer's <c>openstack:</c> in front of each line, shown or hidden.</summary>
    Prefix,
    Steps,
    FullScreen,

    /// <summary>Against the last good build of the same image and template.</summary>
    Diff,

    /// <summary>Logs that are opened from now on are compared with this build; again: with the last good one.</summary>
    CompareWith,

    /// <summary>Only the lines that the last good build did not have.</summary>
    OnlyNew,
    Colours,

    /// <summary>All remembered builds of this image.</summary>
    History,

    /// <summary>What led to this build.</summary>
    Chain,

    /// <summary>Only the factory with the name in the text; without one the next, and after the last all.</summary>
    Factory,
    NextPane,
    PreviousPane,
    LastView,

    /// <summary>Runs the command in the text; without one it is asked for.</summary>
    Palette,
    BellForBuild,

    /// <summary>A bell for any failure.</summary>
    BellForAll,

    /// <summary>Help for this screen; in the help, for all of them.</summary>
    Help,
    Mouse,
    ReadAgain,
    Redraw,

    /// <summary>The overview.</summary>
    Overview,

    /// <summary>The last observations, newest first.</summary>
    Events,

    /// <summary>The lines of our programs that no rule accepted.</summary>
    UnrecognisedLines,

    /// <summary>The files that are read and how they are.</summary>
    Sources,
}
