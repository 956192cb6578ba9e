using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Core.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>Signs of life of rabbit2packer and of cdp-listend: what each line adds, and what it ends.</summary>
public sealed class DaemonSignsTests
{
    private const string Killed = "s rabbit2packer.service: Main process exited, code=killed, status=9/KILL";
    private const string Failed = "s rabbit2packer.service: Failed with result 'signal'.";
    private const string UnitStarted = "s Started rabbit2packer.";
    private const string UnitStopped = "s Stopped rabbit2packer.";
    private const string NotRead = "r Error reading config file";
    private const string Takes = "r Thread-1 processing norm";

    private static IEnumerable<TestCaseData> Daemon()
    {
        TestCaseData Case(
            string name,
            string expected,
            params string[] lines
        ) => new TestCaseData(expected, lines).SetArgDisplayNames(name);

        yield return Case("killed", "down killed (status 9)@1", Killed);
        yield return Case("two lines about one end", "down killed (status 9)@1 x2", Killed, Failed);
        yield return Case("a second end after a start", "down failed (signal)@3", Killed, UnitStarted, Failed);
        yield return Case("started", "started started@1", UnitStarted);
        yield return Case("started after an end", "down killed (status 9)@1, started started@2", Killed, UnitStarted);
        yield return Case("stopped", "stopped stopped@1", UnitStopped);
        yield return Case("stopped, in two lines", "stopped stopped@1 x2", UnitStopped, "s rabbit2packer.service: Succeeded.");
        yield return Case("stopped and started", "started started@2", UnitStopped, UnitStarted);
        yield return Case("started and stopped", "stopped stopped@2", UnitStarted, UnitStopped);
        yield return Case("stopped, and says itself that it starts", "started started@2, threads ", UnitStopped, "r Starting");
        yield return Case("could not start", "down did not start: Error reading config file@1, failed 1", NotRead);
        yield return Case(
            "could not start twice", "down did not start: Error reading config file@4, failed 2, threads ", "r Starting", NotRead,
            "r Starting", NotRead);
        yield return Case(
            "could not start, and shows why", "down did not start: Error reading config file@1 x2, failed 1", NotRead,
            "r FileNotFoundError(2, 'No such file or directory')");
        yield return Case("an exception after another end", "down killed (status 9)@1", Killed, "r KeyError('x')");
        yield return Case(
            "an exception after the next start", "down did not start: Error reading config file@1, started started@2, failed 1", NotRead,
            UnitStarted, "r KeyError('x')");
        yield return Case("a worker speaks", "up@1", Takes);
        yield return Case("a worker speaks again", "up@1", Takes, Takes);
        yield return Case("a worker speaks after the start", "up@1, threads ", "r Starting", Takes);
        yield return Case("a worker speaks after an end", "up@3", Takes, Killed, Takes);
        yield return Case("a worker speaks after a stop", "up@3", Takes, UnitStopped, Takes);
        yield return Case("a worker speaks after a failed start", "up@2", NotRead, Takes);
        yield return Case("threads of a start", "up@1, threads 1 2", "r Starting", "r Starting Thread-1", "r Starting Thread-2");
        yield return Case(
            "threads of the newest start", "up@3, threads 2", "r Starting", "r Starting Thread-1", "r Starting",
            "r Starting Thread-2");
        yield return Case("threads whose start was not seen", "up@1", "r Starting Thread-1");
        yield return Case("the other unit", "", "s Started cdp-listend.", "s Stopped cdp-listend.", "s cdp-listend.service failed.");
    }

    [TestCaseSource(nameof(Daemon))]
    public void Daemon_AfterLines_IsKnownAs(string expected, string[] lines)
    {
        var life = After(lines).Daemon;

        Assert.That(
            Joined(
                Shown("down", life.Down), Shown("stopped", life.Stopped), Shown("started", life.Started),
                life.FailedStarts > 0 ? $"failed {life.FailedStarts}" : null,
                life.UpSince is { } up ? $"up@{(up - Given.Noon).TotalSeconds}" : null,
                life.Threads is { } threads ? $"threads {string.Join(' ', threads)}" : null),
            Is.EqualTo(expected));
    }

    [TestCase(0, 2)]
    [TestCase(1.999, 2)]
    [TestCase(2, 1)]
    public void FailedStart_HasTheExceptionOfAMomentBefore(double after, int lines)
    {
        var state = Given.Folded(Given.Seen(new ExceptionShown(), 1), Given.Seen(new StartupFailed(), 1 + after));

        Assert.That(state.Vitals.Daemon.Down!.Lines, Has.Count.EqualTo(lines));
    }

    /// <summary>The exception belongs to what happened before that line.</summary>
    [Test]
    public void FailedStart_HasNoExceptionOfBeforeTheStartOrOfAWorker()
    {
        foreach (var between in (MonitorEvent[])[new ServiceStarted(), new StartupFailed(), new JobTaken(Given.Worker(), Given.Image)])
        {
            var state = Given.Folded(Given.Seen(new ExceptionShown(), 1), Given.Seen(between, 1), Given.Seen(new StartupFailed(), 1));

            Assert.That(state.Vitals.Daemon.Down!.Lines, Has.Count.EqualTo(1), between.GetType().Name);
        }
    }

    [Test]
    public void Sign_HasAtMostSixLines_TheOldest()
    {
        var sign = After([.. Enumerable.Repeat(UnitStopped, 9)]).Daemon.Stopped!;

        Assert.That(sign.Lines.Select(line => (line.At - Given.Noon).TotalSeconds), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
    }

    private static IEnumerable<TestCaseData> Listener()
    {
        TestCaseData Case(
            string name,
            string expected,
            params string[] lines
        ) => new TestCaseData(expected, lines).SetArgDisplayNames(name);
        const string failed = "l Exiting: error creating UDP listener: Address already in use";
        const string killed = "s cdp-listend.service: Main process exited, code=killed, status=9/KILL";

        yield return Case("failed", "down error creating UDP listener: Address already in use@1", failed);
        yield return Case(
            "killed, in two lines", "down killed (status 9)@1 x2", killed, "s cdp-listend.service: Failed with result 'signal'.");
        yield return Case(
            "killed, and says itself why the next fails", "down error creating UDP listener: Address already in use@2", killed,
            failed);
        yield return Case("stopped, in two lines", "stopped stopped@1 x2", "s Stopped cdp-listend.", "s cdp-listend.service: Succeeded.");
        yield return Case("stopped and started", "", "s Stopped cdp-listend.", "s Started cdp-listend.");
        yield return Case("failed, and its unit started", "down killed (status 9)@1", killed, "s Started cdp-listend.");
        yield return Case(
            "failed, and it says that it started", "", failed, "l /usr/sbin/cdp-listend daemon successfully started on port 7777");
        yield return Case("failed, and it calls a program", "", failed, "l Calling /usr/local/bin/cdb2rabbit.py now");
        yield return Case("stopped, and it calls a program", "", "s Stopped cdp-listend.", "l Calling /usr/local/bin/cdb2rabbit.py now");
        yield return Case("the other unit", "", Killed, UnitStopped, UnitStarted);
    }

    [TestCaseSource(nameof(Listener))]
    public void Listener_AfterLines_IsKnownAs(string expected, string[] lines)
    {
        var life = After(lines).Listener;

        Assert.That(Joined(Shown("down", life.Down), Shown("stopped", life.Stopped)), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Tracebacks()
    {
        TestCaseData Case(string name, string? words, params string[] lines) => new TestCaseData(words, lines).SetArgDisplayNames(name);
        const string crash = "r Exception in thread Thread-1:";
        const string begin = "r Traceback (most recent call last):";
        const string value = "r ValueError: one";
        const string type = "r TypeError: two";

        yield return Case("the last line of a traceback", "ValueError: one", crash, begin, "r   File x", value);
        yield return Case("tabs as rsyslog writes them", "ValueError: one", crash, begin, "r #011File x", value);
        yield return Case("another thread between", "ValueError: one", crash, begin, "r Thread-2 processing norm", "r   File x", value);
        yield return Case(
            "an exception while another is handled", "TypeError: two", crash, begin, value,
            "r During handling of the above exception, another exception occurred:", begin, type);
        yield return Case(
            "an exception that another caused", "TypeError: two", crash, begin, value,
            "r The above exception was the direct cause of the following exception:", begin, type);
        yield return Case("an exception of two lines", "TypeError: two", crash, begin, value, type);
        yield return Case("and what comes after", "TypeError: two", crash, begin, value, type, "r nobody knows");
        yield return Case("a line behind another line", "TypeError: two", crash, begin, value, "r Thread-2 processing norm", type);
        yield return Case("the thread speaks again", null, crash, begin, value, Takes);
        yield return Case("it speaks, of a daemon that was heard before", null, "r Thread-2 processing norm", crash, begin, value, Takes);
        yield return Case("another thread speaks", "ValueError: one", crash, begin, value, "r Thread-2 processing norm");
        yield return Case("the daemon starts again", null, crash, begin, value, "r Starting");
        yield return Case("a traceback of no thread", null, begin, value);
        yield return Case("no traceback", null, value);
        yield return Case("only its middle", null, crash, begin, "r   File x");
    }

    [TestCaseSource(nameof(Tracebacks))]
    public void LastWords_OfAThread_AreThoseOfItsException(string? words, string[] lines) =>
        Assert.That(After(lines).Daemon.LastWords.GetValueOrDefault(1)?.Text, Is.EqualTo(words));

    [Test]
    public void LastWords_AndThreads_OfForgedThreads_AreBounded()
    {
        var state = Given.Folded([
            Given.Seen(new ServiceStarted()),
            .. Enumerable.Range(1, 260).Select(thread => Given.Seen(new WorkerStarted(Given.Worker(thread)))),
            .. Enumerable.Range(1, 260).Append(250).SelectMany((thread, at) => (Observation[])
                [Given.Seen(new WorkerCrashed(Given.Worker(thread))), Given.Seen(new Unrecognised("x")) with { Text = $"Error: {at}" }]),
        ]);

        Assert.That(
            (state.Vitals.Daemon.Threads!.Count, state.Vitals.Daemon.LastWords.Count, state.Vitals.Daemon.LastWords[250].Text),
            Is.EqualTo((250, 250, "Error: 260")));
    }

    private static FactoryVitals After(string[] lines) =>
        GivenHealth.After(lines.Select((line, at) => $"12:00:{at + 1:00} {line}")).Vitals;

    private static string? Shown(string what, Sign? sign) =>
        sign is null ? null
            : $"{what} {sign.Words}@{(sign.At - Given.Noon).TotalSeconds}{(sign.Lines.Count > 1 ? $" x{sign.Lines.Count}" : "")}";

    private static string Joined(params IEnumerable<string?> parts) => string.Join(", ", parts.OfType<string>());
}
