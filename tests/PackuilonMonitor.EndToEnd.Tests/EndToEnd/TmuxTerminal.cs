using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// A program in a real terminal, tmux with a server of its own; what ran and how it ended is asked of tmux, never guessed.
/// </summary>
internal sealed class TmuxTerminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(TestPatience.Milliseconds);

    private readonly string _folder = Directory.CreateTempSubdirectory("packuilon-tmux-").FullName;

    private string Socket => Path.Combine(_folder, "socket");

    /// <summary>Ends the test with a reason where tmux is not installed.</summary>
    public static void Require()
    {
        try
        {
            Execute("tmux", ["-V"]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("tmux is not installed");
        }
    }

    /// <summary>Starts a command line of /bin/sh; the terminal stays open after it has ended.</summary>
    public static TmuxTerminal Start(string command, int columns = 80, int rows = 24, params (string Name, string Value)[] environment) =>
        Start(command, new PackuilonMonitor.Cells.Size(columns, rows), hasAlternateScreen: true, environment);

    /// <summary>The same on a terminal that may know no alternate screen.</summary>
    public static TmuxTerminal Start(
        string command,
        PackuilonMonitor.Cells.Size size,
        bool hasAlternateScreen,
        params (string Name, string Value)[] environment
    )
    {
        var (columns, rows) = (size.Columns, size.Rows);
        Require();
        var terminal = new TmuxTerminal();
        // The shell notes the terminal's modes before and after, and the program's exit code, and then holds the screen open.
        var script = Path.Combine(terminal._folder, "run.sh");
        File.WriteAllText(script, $$"""
            # Ctrl-C and Ctrl-\ are for the program; a shell that has ended with it could tell nothing.
            trap : INT QUIT
            stty -g > '{{terminal._folder}}/before'
            # What the program would remember is not for the home of whoever runs the tests.
            export XDG_STATE_HOME='{{terminal._folder}}/state'
            {{string.Concat(environment.Select(variable => $"export {variable.Name}='{variable.Value}'\n"))}}
            sh -c 'echo $$ > "$0"; exec "$@"' '{{terminal._folder}}/pid' {{command}}
            echo $? > '{{terminal._folder}}/code.new'
            stty -g > '{{terminal._folder}}/after'
            mv '{{terminal._folder}}/code.new' '{{terminal._folder}}/code'
            tmux -S '{{terminal.Socket}}' wait-for -S ended
            exec cat
            """);
        terminal.Tmux(
            "set",
            "-g",
            "alternate-screen",
            hasAlternateScreen ? "on" : "off",
            ";",
            "new-session",
            "-d",
            "-x",
            Text(columns),
            "-y",
            Text(rows),
            "sh",
            script
        );
        terminal.Tmux("set", "-g", "status", "off");
        terminal.Resize(columns, rows);
        return terminal;
    }

    /// <summary>The program's process id, once the shell has become it.</summary>
    public int Pid => int.Parse(Poll(() => ReadIfThere("pid"), text => text.EndsWith('\n'), "a process id"), CultureInfo.InvariantCulture);

    /// <summary>The program that a shell here has started last.</summary>
    public int Child
    {
        get
        {
            var children = Poll(
                () => File.ReadAllText($"/proc/{Pid}/task/{Pid}/children"),
                text => text.Length > 0,
                "a program started by the shell"
            );
            return int.Parse(children.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Waits until a program here catches SIGUSR1, as the dashboard does from its start on.</summary>
    public void WaitForSignalsOf(int process) =>
        Poll(() => File.ReadAllText($"/proc/{process}/status"), IsCatching, "the program at work");

    public bool HasEnded => ReadIfThere("code").Length > 0;

    /// <summary>Whether the terminal's modes are after the program what they were before it.</summary>
    public bool ModesAreAsFound => ReadIfThere("before") == ReadIfThere("after");

    /// <summary>What tmux knows of the terminal, by a format such as <c>alternate_on</c> or <c>cursor_flag</c>.</summary>
    public string Flag(string name) => Tmux("display", "-p", $"#{{{name}}}").Trim();

    /// <summary>Presses keys by tmux's names (Enter, Escape, C-l, Up) or single characters.</summary>
    public TmuxTerminal Keys(params string[] keys)
    {
        Tmux(["send-keys", .. keys]);
        return this;
    }

    /// <summary>Types a text, each character as it is.</summary>
    public TmuxTerminal Literally(string text)
    {
        Tmux("send-keys", "-l", text);
        return this;
    }

    /// <summary>Types bytes as they are, given in hexadecimal (<c>1b 5b 32 35 7e</c>).</summary>
    public TmuxTerminal Bytes(string hexadecimal)
    {
        Tmux(["send-keys", "-H", .. hexadecimal.Split(' ')]);
        return this;
    }

    /// <summary>Writes every byte that the terminal is sent from now on into a file, as it came.</summary>
    public TmuxTerminal Record(string path)
    {
        Tmux("pipe-pane", $"cat > '{path}'");
        return this;
    }

    public string Screen() => Tmux("capture-pane", "-p");

    /// <summary>The screen as soon as it holds the text; fails with what it holds instead.</summary>
    public string WaitFor(string text) => WaitUntil(screen => screen.Contains(text, StringComparison.Ordinal), text);

    public string WaitUntil(Func<string, bool> isThere, string what) => Poll(Screen, isThere, what);

    public TmuxTerminal Resize(int columns, int rows)
    {
        Tmux("resize-window", "-x", Text(columns), "-y", Text(rows));
        return this;
    }

    /// <summary>Sends a signal by name (TERM, HUP, CONT) to the program.</summary>
    public TmuxTerminal Signal(string name)
    {
        Execute("kill", ["-s", name, Text(Pid)]);
        return this;
    }

    /// <summary>Waits until the program has ended, and returns its exit code.</summary>
    public int ExitCode()
    {
        if (!File.Exists(Path.Combine(_folder, "code")))
            Execute("timeout", [Text(TestPatience.Milliseconds / 1_000), "tmux", "-S", Socket, "wait-for", "ended"], tolerant: true);
        var code = ReadIfThere("code");
        Assert.That(code, Is.Not.Empty, $"still running; the screen:\n{Screen()}");
        return int.Parse(code, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Execute("tmux", ["-S", Socket, "kill-server"], tolerant: true);
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsCatching(string status) =>
        status.Split('\n').First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal)) is var line
        && (Convert.ToUInt64(line.Split('\t')[1], 16) & (1UL << 9)) != 0;

    private string Tmux(params string[] arguments) => Execute("tmux", ["-S", Socket, "-f", "/dev/null", .. arguments]);

    private string ReadIfThere(string name) =>
        File.Exists(Path.Combine(_folder, name)) ? File.ReadAllText(Path.Combine(_folder, name)) : "";

    // Each look waits a little in tmux itself: a channel that nobody signals.
    private string Poll(Func<string> look, Func<string, bool> isThere, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = look();
            if (isThere(seen))
                return seen;
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                Assert.Fail($"not seen in {Patience.TotalSeconds} s: {what}\n{Screen()}");
                return seen;
            }

            Execute("timeout", ["0.05", "tmux", "-S", Socket, "wait-for", "nothing"], tolerant: true);
        }
    }

    private static string Execute(string program, string[] arguments, bool tolerant = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 && !tolerant)
            Assert.Fail($"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
