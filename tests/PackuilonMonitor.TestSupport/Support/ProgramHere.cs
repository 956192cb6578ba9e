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
        folder.Write("error", "");
        var given = Unset.Append("HOME").Select(name => (Name: name, Value: (string?)null)).Concat(variables).ToList();
        var before = given.Select(one => one.Name).Distinct().Select(name => (name, Environment.GetEnvironmentVariable(name))).ToList();
        var (error, code) = (Console.Error, 0);
        using (var standardInput = File.OpenHandle(folder["input"]))
        using (var standardOutput = File.OpenHandle(folder["output"], access: FileAccess.Write))
        using (var standardError = File.OpenHandle(folder["error"], access: FileAccess.Write, share: FileShare.ReadWrite))
        using (
            new StandardFiles()
                .Put((int)standardInput.DangerousGetHandle(), StandardFiles.Input)
                .Put((int)standardOutput.DangerousGetHandle(), StandardFiles.Output)
                .Put((int)standardError.DangerousGetHandle(), StandardFiles.Error)
        )
        {
            // System.Console keeps what it found there at first.
            using var said = new StringWriter();
            Console.SetError(said);
            try
            {
                Set(given);
                code = (int)typeof(ExitCodes).Assembly.EntryPoint!.Invoke(null, [arguments.ToArray()])!;
            }
            finally
            {
                Console.SetError(error);
                Set(before);
            }

            folder.Write("said", said.ToString());
        }

        return (code, File.ReadAllText(folder["output"]), File.ReadAllText(folder["said"]) + File.ReadAllText(folder["error"]));
    }

    private static void Set(IEnumerable<(string Name, string? Value)> variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
