namespace PackuilonMonitor.App;

/// <summary>The screens on which a key means something.</summary>
[Flags]
public enum Where
{
    None = 0,
    Overview = 1,
    Log = 2,
    Help = 4,
    History = 8,
    Chain = 16,
    Events = 32,
    Unrecognised = 64,
    Sources = 128,
    Health = 256,
    Lines = 512,
    Causes = 1024,
    Timeline = 2048,
    Steps = 4096,

    /// <summary>Every screen with rows that can be chosen.</summary>
    Lists = Overview | History | Events | Unrecognised | Sources | Health | Lines | Causes | Timeline | Steps,

    /// <summary>Every screen with a build that the cursor is on.</summary>
    Builds = Overview | Log | History | Chain | Events | Causes | Timeline | Steps,

    Everywhere = Lists | Log | Help | Chain,
}

/// <summary>The place of a screen.</summary>
public static class Wheres
{
    public static Where Of(Screen screen) => screen switch
    {
        Screen.Overview => Where.Overview,
        Screen.Log => Where.Log,
        Screen.Help => Where.Help,
        Screen.History => Where.History,
        Screen.Chain => Where.Chain,
        Screen.Events => Where.Events,
        Screen.Unrecognised => Where.Unrecognised,
        Screen.Sources => Where.Sources,
        Screen.Health => Where.Health,
        Screen.Lines => Where.Lines,
        Screen.Causes => Where.Causes,
        Screen.Timeline => Where.Timeline,
        Screen.Steps => Where.Steps,
    };

    /// <summary>The screen as a heading and in sentences.</summary>
    public static string Name(Screen screen) => screen switch
    {
        Screen.Overview => "overview",
        Screen.Log => "log view",
        Screen.Help => "help",
        Screen.History => "history",
        Screen.Chain => "trigger chain",
        Screen.Events => "events",
        Screen.Unrecognised => "unrecognised lines",
        Screen.Sources => "sources",
        Screen.Health => "health",
        Screen.Lines => "lines",
        Screen.Causes => "causes",
        Screen.Timeline => "timeline",
        Screen.Steps => "steps",
    };
}
