using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>The whole dashboard on a pseudo terminal within this process: drawn, and quit with a key.</summary>
[NonParallelizable]
public sealed class DashboardTests
{
    private GivenHost _host = null!;
    private TerminalPair _pair = null!;

    [SetUp]
    public void Begin() => (_host, _pair) = (new GivenHost(), new TerminalPair(80, 24));

    [TearDown]
    public void End()
    {
        _pair.Dispose();
        _host.Dispose();
    }

    [TestCase("", "lab-el8-x86_64")]
    [TestCase("--ascii --theme light --no-history", "lab-el8-x86_64")]
    [TestCase("demo --seed 3 --speed 100 --packer 1.6", "WORKERS")]
    public void Dashboard_OnATerminal_IsDrawnAndQuits(string line, string shown)
    {
        var (seen, rest) = ("", "");
        var user = new Thread(() =>
        {
            seen = _pair.ReadUntil(shown);
            _pair.Type("q");
            rest = _pair.ReadUntil("\u001b[?25h");
        })
        {
            IsBackground = true,
        };
        user.Start();

        var (code, error) = ProgramHere.Run(
            [("HOME", _host.Path), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8")],
            _pair,
            [
                .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                .. line.StartsWith("demo", StringComparison.Ordinal) ? [] : _host.Options,
            ]
        );
        user.Join();

        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(seen, Does.StartWith("\u001b[?1049h").And.Contain("WORKERS"));
        Assert.That(rest, Does.Contain("\u001b[?1049l"));
    }

    /// <summary>
    /// Lines at a prompt: what is typed is echoed and may be corrected, and what happens meanwhile is told behind it.
    /// </summary>
    [Test]
    public void Conversation_OnATerminal_EchoesAndLeavesTheTypedLineInOnePiece()
    {
        var seen = new List<string>();
        var user = new Thread(() =>
        {
            seen.Add(_pair.ReadUntil("\r\n> "));
            _pair.Type("wox\u007fr");
            seen.Add(_pair.ReadUntil("wox\b \br"));
            _host.Folder.Append(
                "messages",
                "Nov 22 12:39:00 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, "
                    + "lab-el8-x86_64.managed.json build failed\n"
            );
            seen.Add(_pair.ReadUntil("\a"));
            _pair.Type("kers\n");
            seen.Add(_pair.ReadUntil("\r\n> "));
            _pair.Type("filter\n");
            seen.Add(_pair.ReadUntil("\r\n> "));
            _pair.Type("xy\u0015");
            seen.Add(_pair.ReadUntil("\b \b\b \b"));
            _pair.Type("\u0004");
        })
        {
            IsBackground = true,
        };
        user.Start();

        var (code, error) = ProgramHere.Run([("HOME", _host.Path)], _pair, ["--linear", "--no-history", .. _host.Options]);
        user.Join();

        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(seen[0], Does.Contain("help lists commands, quit ends").And.EndsWith("\r\n> "));
        Assert.That(seen[2], Is.EqualTo("\a"), "a screen reader would read the one in the middle of the other");
        Assert.That(seen[3], Does.StartWith("kers\r\n").And.Match("(?s)failed: lab-el8-x86_64.*worker 1: "));
        Assert.That(seen[4], Is.EqualTo("filter\r\nfilter needs more behind it, as in filter TEXT.\r\n> "));
        Assert.That(seen[5], Is.EqualTo("xy\b \b\b \b"));
        Assert.That(_pair.Taken(), Is.EqualTo("\r\n"), "the shell's prompt begins a line of its own");
    }
}
