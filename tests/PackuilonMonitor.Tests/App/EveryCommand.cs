using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Tests.App;

/// <summary>Every command there is.</summary>
internal static class EveryCommand
{
    public static Command[] All { get; } =
    [
        .. Enum.GetValues<ContentAct>().Select(act => (Command)act),
        .. Enum.GetValues<LogAct>().Select(act => (Command)act),
        .. Enum.GetValues<BuildAct>().Select(act => (Command)act),
        .. Enum.GetValues<CheckAct>().Select(act => (Command)act),
        .. Enum.GetValues<SightAct>().Select(act => (Command)act),
        .. Enum.GetValues<PastAct>().Select(act => (Command)act),
        .. Enum.GetValues<TimelineAct>().Select(act => (Command)act),
        .. Enum.GetValues<ScreenAct>().Select(act => (Command)act),
        .. Enum.GetValues<ProgramAct>().Select(act => (Command)act),
    ];

    /// <summary>With a number and a text, as far as the command takes them.</summary>
    public static Command With(Command command, int? number, string? text) => command switch
    {
        ContentCommand content => content with { Number = number, Text = text },
        BuildCommand build => build with { Text = text },
        CheckCommand check => check with { Text = text },
        PastCommand past => past with { Text = text },
        ScreenCommand screen => screen with { Number = number, Text = text },
        ProgramCommand program => program with { Text = text },
        _ => command,
    };
}
