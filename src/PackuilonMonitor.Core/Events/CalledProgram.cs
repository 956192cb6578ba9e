namespace PackuilonMonitor.Core.Events;

/// <summary>The program of a command that cdp-listend calls.</summary>
public static class CalledProgram
{
    /// <summary>The trigger script.</summary>
    public const string TriggerScript = "cdb2rabbit.py";

    private const int LongestName = 255;

    // cdbsync-nch (/usr/local/bin/cdb2rabbit.py)   /usr/sbin/ccm-fetch --quiet
    /// <summary>The file name of the program; one longer than a file name may be incomplete.</summary>
    public static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> command)
    {
        if (command is [.., ')'] && command.IndexOf(" (") is > 0 and var open)
            command = command[(open + 2)..^1];
        var first = command.IndexOf(' ') is >= 0 and var blank ? command[..blank] : command;
        var name = first[(first.LastIndexOf('/') + 1)..];
        return name[..Math.Min(name.Length, LongestName)];
    }

    public static bool IsTriggerScript(string command) => NameIn(command) is TriggerScript;
}
