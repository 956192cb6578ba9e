namespace PackuilonMonitor.Screen.Keys;

/// <summary>What whoever fills the screen does: a list, the help or an open log. Each of them handles every one of these.</summary>
public enum ContentAct
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

    /// <summary>To the line of the command's number, from 1.</summary>
    GoToLine,

    /// <summary>To the place at the command's number of percent.</summary>
    GoToPercent,

    /// <summary>Searches in a log, filters in a list. The text is the pattern; without one a line of input is opened.</summary>
    Find,
    NextProblem,
    PreviousProblem,
    NextPane,
    PreviousPane,
    FullScreen,

    /// <summary>Stops every change of the screen, or lets it go on.</summary>
    Freeze,
    Open,

    /// <summary>One step back.</summary>
    Back,

    /// <summary>The row under the cursor whole, in a strip at the bottom, or not.</summary>
    RowInFull,
}

/// <summary>What only an open log does.</summary>
public enum LogAct
{
    NextHit,
    PreviousHit,
    OnlyMatches,
    OnlyOthers,

    /// <summary>Whether the case of letters counts in the search.</summary>
    SearchCase,

    /// <summary>Whether the pattern is a regular expression or plain text.</summary>
    SearchKind,

    /// <summary>The same search in every build.</summary>
    SearchEverywhere,
    MoreContext,
    LessContext,
    NextStep,
    PreviousStep,
    NewerBuild,
    OlderBuild,
    Mark,
    GoToMark,
    Follow,
    Wrap,
    TimeColumn,

    /// <summary>Packer's <c>openstack:</c> in front of each line, shown or hidden.</summary>
    Prefix,
    Steps,

    /// <summary>Compared with the last good build of the same image and template.</summary>
    Diff,

    /// <summary>Only the lines that the last good build did not have.</summary>
    OnlyNew,

    /// <summary>Only the lines of one builder: the next one, or all again.</summary>
    NextBuilder,
    PreviousBuilder,
    Colours,
}

/// <summary>What is done with the build under the cursor, or with the build of the open log.</summary>
public enum BuildAct
{
    /// <summary>Its log. The text is the build's image, with or without its template.</summary>
    Log,

    /// <summary>All remembered builds of this image. The text is the image; without one that of the row.</summary>
    History,

    /// <summary>What led to this build.</summary>
    Chain,

    /// <summary>Logs that are opened from now on are compared with this build; again: with the last good one.</summary>
    CompareWith,
    BellForBuild,

    /// <summary>The line under the cursor or the marked ones.</summary>
    CopyLine,
    CopyPath,
    CopyImageId,

    /// <summary>The commands that would remove what a build left in OpenStack.</summary>
    CopyCleanUp,

    /// <summary>The text alone, without a frame, on the main screen.</summary>
    PlainText,
    Pager,

    /// <summary>Saves to a file. The text is its name; without one a line of input is opened.</summary>
    Save,
}

/// <summary>What is done with a check of the factory's health.</summary>
public enum CheckAct
{
    /// <summary>
    /// Takes the check or the item out of the whole for a time. The text is <c>CODE[:ITEM] TIME</c>; without one a line of input is opened.
    /// </summary>
    Mute,

    /// <summary>Takes a mute back. The text is <c>CODE[:ITEM]</c>.</summary>
    Unmute,

    /// <summary>Copies the command to type.</summary>
    CopyCommand,
}

/// <summary>What is done about what was not seen.</summary>
public enum SightAct
{
    /// <summary>To the next unseen problem, the worst first.</summary>
    NextUnseen,

    /// <summary>Marks all as seen; at once again: takes it back.</summary>
    AllSeen,

    /// <summary>Takes back that all was marked as seen.</summary>
    UnseenAgain,
}

/// <summary>From screen to screen.</summary>
public enum ScreenAct
{
    Overview,

    /// <summary>The last observations, newest first.</summary>
    Events,

    /// <summary>The lines of our programs that no rule accepted.</summary>
    Unrecognised,

    /// <summary>The files that are read and how they are.</summary>
    Sources,

    /// <summary>What is wrong with the factory.</summary>
    Health,

    /// <summary>What failed within a day, by cause; there again: back.</summary>
    Causes,

    /// <summary>Who built what in the last hours.</summary>
    Timeline,

    /// <summary>What would be read, as which user, and what is missing.</summary>
    Doctor,

    /// <summary>Help for this screen; in the help, for all of them.</summary>
    Help,
    LastView,

    /// <summary>The worker thread of the command's number, 1 to 9.</summary>
    Worker,

    /// <summary>Only the factory with the name in the text; without one the next, and after the last all.</summary>
    Factory,

    /// <summary>The change before, of the same profile.</summary>
    OlderChange,

    /// <summary>The change after it.</summary>
    NewerChange,
}

/// <summary>How much time is shown.</summary>
public enum TimelineAct
{
    /// <summary>Less time, more detail.</summary>
    ShorterSpan,
    LongerSpan,
}

/// <summary>Where in what was recorded.</summary>
public enum PastAct
{
    /// <summary>To the event before the moment that is shown.</summary>
    EventBefore,
    EventAfter,
    FailureBefore,
    FailureAfter,

    /// <summary>To a moment. The text is the time; without one a line of input is opened.</summary>
    At,

    /// <summary>Back to the present.</summary>
    Live,
}

/// <summary>What is the same on every screen.</summary>
public enum ProgramAct
{
    /// <summary>From the past back to the present, if there is one; otherwise ends the program.</summary>
    Quit,
    QuitAtOnce,
    Suspend,
    Redraw,

    /// <summary>Reads everything again from the beginning.</summary>
    ReadAgain,
    Mouse,

    /// <summary>A bell for any failure.</summary>
    BellForAll,

    /// <summary>Runs the command in the text; without one a line of input is opened.</summary>
    Palette,
}
