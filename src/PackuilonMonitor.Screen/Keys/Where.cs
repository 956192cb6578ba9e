namespace PackuilonMonitor.Screen.Keys;

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
    Doctor = 8192,

    /// <summary>Every screen with rows that can be chosen.</summary>
    Lists = Overview | History | Events | Unrecognised | Sources | Health | Lines | Causes | Timeline | Steps | Doctor,

    /// <summary>Every screen with a build that the cursor is on.</summary>
    Builds = Overview | Log | History | Chain | Events | Causes | Timeline | Steps,

    /// <summary>Every screen that can show the row under the cursor whole; that of the causes always does.</summary>
    WithStrip = Overview | History | Chain | Events | Unrecognised | Sources | Health | Timeline | Doctor,

    Everywhere = Lists | Log | Help | Chain,
}

/// <summary>The place of a screen.</summary>
public static class Wheres
{
    public static Where Of(ScreenKind screen) => screen switch
    {
        ScreenKind.Overview => Where.Overview,
        ScreenKind.Log => Where.Log,
        ScreenKind.Help => Where.Help,
        ScreenKind.History => Where.History,
        ScreenKind.Chain => Where.Chain,
        ScreenKind.Events => Where.Events,
        ScreenKind.Unrecognised => Where.Unrecognised,
        ScreenKind.Sources => Where.Sources,
        ScreenKind.Health => Where.Health,
        ScreenKind.Lines => Where.Lines,
        ScreenKind.Causes => Where.Causes,
        ScreenKind.Timeline => Where.Timeline,
        ScreenKind.Steps => Where.Steps,
        ScreenKind.Doctor => Where.Doctor,
    };

    /// <summary>The screen as a heading and in sentences.</summary>
    public static string Name(ScreenKind screen) => screen switch
    {
        ScreenKind.Overview => "overview",
        ScreenKind.Log => "log view",
        ScreenKind.Help => "help",
        ScreenKind.History => "history",
        ScreenKind.Chain => "trigger chain",
        ScreenKind.Events => "events",
        ScreenKind.Unrecognised => "unrecognised lines",
        ScreenKind.Sources => "sources",
        ScreenKind.Health => "health",
        ScreenKind.Lines => "lines",
        ScreenKind.Causes => "causes",
        ScreenKind.Timeline => "timeline",
        ScreenKind.Steps => "steps",
        ScreenKind.Doctor => "doctor",
    };
}
