namespace PackuilonMonitor.Screen.Keys;

/// <summary>What fills the terminal.</summary>
public enum ScreenKind
{
    Overview,

    /// <summary>One build's log.</summary>
    Log,
    Help,

    /// <summary>All remembered builds of one image.</summary>
    History,

    /// <summary>What led to one build, from the packet to the image.</summary>
    Chain,
    Events,

    /// <summary>The lines of our programs that no rule accepted.</summary>
    Unrecognised,
    Sources,

    /// <summary>What is wrong: checks, their items, and what they rest on.</summary>
    Health,

    /// <summary>What failed, by cause.</summary>
    Causes,

    /// <summary>The lines that a check or a lost worker rests on.</summary>
    Lines,

    /// <summary>Workers and hours, a bar for each message.</summary>
    Timeline,

    /// <summary>One build's steps over its usual ones.</summary>
    Steps,

    /// <summary>What doctor found.</summary>
    Doctor,
}

/// <summary>A list that can have the focus; every screen but the overview has just one.</summary>
public enum Pane
{
    /// <summary>The only list of its screen.</summary>
    Whole,
    Workers,
    Triggers,
    Recent,
    Events,

    /// <summary>The items of the check under the cursor.</summary>
    Items,
}
