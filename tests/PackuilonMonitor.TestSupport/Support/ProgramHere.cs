using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// The program run to its end within this process: for what it answers to a command line, which needs no process of its own. No other test
/// may run meanwhile.
/// </summary>
internal static class ProgramHere
{
    /// <summary>Variables that the answer could depend on, and a test has to set.</summary>
    private static readonly string[] Unset =
    [
        "TZ", "TERM", "NO_COLOR", "COLORTERM", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LANG", "LC_ALL", "LC_CTYPE", "SSH_TTY", "TMUX", "STY",
    ];

    /// <summary>A home folder and no other variable.</summary>
    public static (int Code, string Output, string Error) Run(string home, params IEnumerable<string> arguments) =>
        Run([("HOME", home)], "", arguments);

    /// <param name="variables">Those that are set; the others that count are not.</param>
    /// <param name="input">What standard input holds.</param>
    public static (int Code, string Output, string Error) Run(
        IEnumerable<(string Name, string? Value)> variables,
        string input,
        params IEnumerable<string> arguments
    )
    {
        using var folder = new TempFolder();
        folder.Write("input", input);
        folder.Write("output", "");
        using var standardInput = File.OpenHandle(folder["input"]);
        using var standardOutput = File.OpenHandle(folder["output"], access: FileAccess.Write);
        var (code, error) = Run(
            variables,
            (int)standardInput.DangerousGetHandle(),
            (int)standardOutput.DangerousGetHandle(),
            folder,
            arguments
        );
        return (code, File.ReadAllText(folder["output"]), error);
    }

    /// <summary>On a terminal, whose other end somebody else uses meanwhile.</summary>
    public static (int Code, string Error) Run(
        IEnumerable<(string Name, string? Value)> variables,
        TerminalPair terminal,
        params IEnumerable<string> arguments
    )
    {
        using var folder = new TempFolder();
        return Run(variables, terminal.Program, terminal.Program, folder, arguments);
    }

    private static (int Code, string Error) Run(
        IEnumerable<(string Name, string? Value)> variables,
        int input,
        int output,
        TempFolder folder,
        IEnumerable<string> arguments
    )
    {
        folder.Write("error", "");
        var given = Unset.Append("HOME").Select(name => (Name: name, Value: (string?)null)).Concat(variables).ToList();
        var before = given.Select(one => one.Name).Distinct().Select(name => (name, Environment.GetEnvironmentVariable(name))).ToList();
        var error = Console.Error;
        using var standardError = File.OpenHandle(folder["error"], access: FileAccess.Write, share: FileShare.ReadWrite);
        using var files = new StandardFiles()
            .Put(input, StandardFiles.Input)
            .Put(output, StandardFiles.Output)
            .Put((int)standardError.DangerousGetHandle(), StandardFiles.Error);
        // System.Console keeps what it found there at first.
        using var said = new StringWriter();
        Console.SetError(said);
        try
        {
            Set(given);
            var code = (int)typeof(ExitCodes).Assembly.EntryPoint!.Invoke(null, [arguments.ToArray()])!;
            return (code, said + File.ReadAllText(folder["error"]));
        }
        finally
        {
            Console.SetError(error);
            Set(before);
        }
    }

    private static void Set(IEnumerable<(string Name, string? Value)> variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
