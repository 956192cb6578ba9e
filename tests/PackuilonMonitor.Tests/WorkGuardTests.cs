using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

/// <summary>
/// A short benchmark whose counts are the same on every machine: bytes allocated for each kind of line, things looked at, system calls.
/// The figures it is held against are in Expectations/Work.txt (<see cref="Figures"/>).
/// </summary>
public sealed class WorkGuardTests
{
    private static readonly string[] Noise =
    [
        "systemd[1]: Started Session 42 of user root.",
        "sshd[42]: Accepted publickey for root from 192.0.2.44 port 51234 ssh2: RSA SHA256:abcdefgh",
        "kernel: [42.123456] device eth0 entered promiscuous mode",
        "logger: rabbit2packer.py: Thread-1: image built successfully",
        "rsyslogd: [origin software=\"rsyslogd\"] start",
    ];

    private static readonly MonitorState LongRunning = MonitorState.Empty.Apply(
        Enumerable.Range(0, 1_000).SelectMany(Job).SelectMany(line => Given.Read("Nov 22 12:00:00 vm " + line))
    );

    [Test]
    public void Parse_EachSentence_AllocatesNoMoreThanItsFigure()
    {
        var parser = Given.Parser();
        var traditional = Header.All[0];
        Figures.Hold(
            Sentence
                .All.GroupBy(sentence => $"{sentence.Speaker} {sentence.Means.GetType().Name}")
                .Select(kind =>
                    (
                        kind.Key,
                        kind.Max(sentence =>
                            Least(Given.Line(traditional.Write(sentence.Speaker, sentence.Text)), line => parser.Parse(line))
                        )
                    )
                ),
            "bytes to parse"
        );
    }

    [Test]
    public void Parse_EachHeader_AllocatesNoMoreThanItsFigure()
    {
        var parser = Given.Parser();
        Figures.Hold(
            Header.All.Select(header =>
                (
                    header.Name,
                    Least(Given.Line(header.Write(Speaker.Rabbit2Packer, "Thread-2 processing norm-sl7x-x86_64")), line =>
                        parser.Parse(line)
                    )
                )
            ),
            "bytes to parse a header"
        );
    }

    [Test]
    public void Fold_EachEventInALongRunningFactory_AllocatesAndLooksNoMoreThanItsFigure()
    {
        var kinds = Core.Events.OneOfEach.Events.Select(said => (said.GetType().Name, Seen: Given.Seen(said, 60))).ToList();
        Figures.Hold(kinds.Select(kind => (kind.Name, Least(kind.Seen, seen => LongRunning.Apply(seen)))), "bytes to fold");
        Figures.Hold(kinds.Select(kind => (kind.Name, StepsOf(() => LongRunning.Apply(kind.Seen)))), "steps to fold");
    }

    [Test]
    public void Read_WholeJobs_AllocatesNoMoreThanItsFigure()
    {
        var lines = Enumerable.Range(2_000, 200).SelectMany(Job).ToArray();
        Figures.Hold([("of ours", Least(Bytes(lines), read => Folded(read)) / lines.Length)], "bytes to read and fold a line");
        Figures.Hold(
            Noise.Select(line => (line, Least(Bytes(Enumerable.Repeat(line, 1_000)), read => Folded(read)) / 1_000)),
            "bytes to pass over a line"
        );
    }

    [Test]
    public void Apply_LinesOfABuildLog_AllocatesNoMoreThanItsFigure()
    {
        string[] start = ["openstack output will be in this color.", "", "==> openstack: Provisioning with shell script: /tmp/script"];
        (string Name, string Line)[] kinds =
        [
            ("plain output", "    openstack: Loaded plugins: fastestmirror"),
            ("coloured output", "\u001b[0;32m    openstack: Loaded plugins: fastestmirror\u001b[0m"),
            ("output of Quattor", "    openstack: [INFO] updated package httpd"),
            ("a component of Quattor", "    openstack: [INFO] configure on component spma executed, 0 errors, 0 warnings"),
            ("output behind an arrow", "\u001b[1;32m==> openstack: Loaded plugins: fastestmirror\u001b[0m"),
            ("red output", "\u001b[1;31m==> openstack: warning: key not found\u001b[0m"),
            ("without a builder", "some words of a shell"),
        ];

        Figures.Hold(
            kinds.Select(kind => (kind.Name, Least(Many(kind.Line), lines => Folded([.. start, .. lines])) / 1_000)),
            "bytes to fold a line of a build log"
        );
        Figures.Hold(
            kinds.Select(kind => (kind.Name, Least(Encoding.UTF8.GetBytes(Text([.. start, .. Many(kind.Line)])), Read) / 1_000)),
            "bytes to read a line of a build log"
        );

        static string Text(string[] lines) => string.Join('\n', lines) + "\n";

        static string[] Many(string line) => [.. Enumerable.Repeat(line, 1_000)];
    }

    private static BuildLog Folded(string[] lines)
    {
        var draft = new BuildLogDraft(BuildLog.Empty);
        foreach (var line in lines)
            draft.Apply(line, null);
        return draft.ToLog();
    }

    /// <summary>The same from the bytes of its file.</summary>
    private static BuildLog Read(byte[] bytes)
    {
        var (splitter, events) = (new LineSplitter(Given.Messages, runs: QuietOutput.RunLength), new List<TailEvent>());
        splitter.Take(bytes, 0, events);
        var draft = new BuildLogDraft(BuildLog.Empty);
        foreach (var read in events)
        {
            if (read is RunRead run)
                draft.Apply(run.Bytes, run.Lines, null);
            else if (read is LineRead { Line.Text: var line })
                draft.Apply(line, null);
        }

        return draft.ToLog();
    }

    private static byte[] Bytes(IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"Nov 22 12:00:00 vm {line}\n")));

    private static MonitorState Folded(byte[] lines)
    {
        var (splitter, interpreter, events) = (
            new LineSplitter(Given.Messages, PackuilonMonitor.Core.Parsing.LineFilter.Concerns, search: LineSieve.Next),
            new SystemLogInterpreter(new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1))),
            new List<TailEvent>()
        );
        splitter.Take(lines, 0, events);
        return LongRunning.Apply(interpreter.Interpret(events, Given.Noon));
    }

    private static IEnumerable<string> Job(int number) =>
        [
            $"/cdb2rabbit.py: Downloading profile host-{number % 50}.example.org.json",
            $"/cdb2rabbit.py: Profile has updated: host-{number % 50}.example.org.json",
            "/cdb2rabbit.py: Pushing message to queue for build",
            $"/rabbit2packer.py: Thread-{number % 4 + 1} processing host-{number % 50}",
            "/rabbit2packer.py: OS_STRING = sl7x-x86_64",
            $"/rabbit2packer.py: packer build starting, see: /log//host-{number % 50}.managed.json.{number}.log for details",
            $"/rabbit2packer.py: Thread-{number % 4 + 1}: image built successfully: host-{number % 50}.managed.json",
        ];

    /// <summary>The least of a few runs: the first also makes what is made once.</summary>
    private static long Least<T>(T input, Func<T, object?> act) => Enumerable.Range(0, 4).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act(input);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static long StepsOf(Action act)
    {
        var before = Steps.Taken;
        act();
        return Steps.Taken - before;
    }
}
