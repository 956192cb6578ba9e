using System.Text;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>
/// Logs drawn by chance: pieces of logs of every failure and every way of writing, one after another as no Packer would write them, so
/// that each line meets contexts it was not made for. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class DrawnLogTests
{
    private const int Logs = 32;
    private const int Length = 15;

    /// <summary>What a builder's lines do not have: damage, other writers, ends.</summary>
    private static readonly string[] Odd =
    [
        "", "plain", "\0\0\0after a hole", "torn\u001b[0m\u001b[1;32m==> openstack: Step", "\u001b[1;31m==> openstack: red that stays",
        "still red", "red until here\u001b[0m", "/bin/sh: packer: command not found", "Error: Unsupported argument",
        "Cancelling build after receiving terminated", "Cleanly cancelled builds after being interrupted.", "Killed",
        "panic: runtime error: index out of range", "!!!!!!!!!!!!!!!!!!!!!!!!!!! PACKER CRASH !!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "==> Builds finished but no artifacts were created.", "==> Builds finished. The artifacts of successful builds are:",
        "--> openstack: An image was created: 4c5d6e7f-8091-4a2b-b3c4-d5e6f708192a", "* a bullet", "2026/11/22 09:12:31 [INFO] debug",
        GivenLog.Daemon(0), GivenLog.Daemon(1), GivenLog.Output("[ERROR] spma: no"), "==> openstack: 2 error(s) occurred:",
        "\u001b[1;31mBuild 'openstack' errored after 4 minutes: 2 error(s) occurred:", "\u001b[1;32mBuild 'other' finished.\u001b[0m",
        "\u001b[1;33m==> other: Launching server...\u001b[0m",
        "\u001b[0;32m    other: hello\u001b[0m", "other: output will be in this color.",
    ];

    private static readonly string[][] Sources =
    [
        .. from one in CauseTests.Cases()
        from writing in new[] { Writing.Old, Writing.New, Writing.NewWithoutColours, Writing.NewWithStamps, Writing.Machine, Writing.Debug }
        select one.Log.Lines(writing),
        GivenLog.GoodBuild, [.. GivenLog.Start, .. GivenLog.Provisioning],
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Logs_LineByLine_AreReadAsListed(int table)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Logs; number++)
        {
            var (log, before) = (BuildLog.Empty, Parts(BuildLog.Empty));
            text.Append('\n');
            foreach (var (line, at) in Drawn((table * 1_000) + number))
            {
                log = log.Apply(line, at);
                var now = Parts(log);
                text.Append(Shown(line)).Append('\n');
                if (Content.Changes(before, now) is { Length: > 0 } changes)
                    text.Append("    ").Append(changes).Append('\n');
                before = now;
            }
        }

        Golden.Matches($"DrawnLogs.{table}.txt", text.ToString());
    }

    /// <summary>What is remembered of a log says the same of its end, cause and leftovers, also after it was text.</summary>
    [Test]
    public void Logs_Remembered_SayTheSameOfTheirEnds()
    {
        using var all = Assert.EnterMultipleScope();
        for (var number = 0; number < 300; number++)
        {
            var lines = Drawn(number).ToList();
            var log = lines.Aggregate(BuildLog.Empty, (sofar, line) => sofar.Apply(line.Line, line.At));
            var remembered = RememberedLog.Of(log);
            var read = LogJson.Read(LogJson.Of(remembered));

            Assert.That(Content.Changes(Content.Of(remembered), Content.Of(read)), Is.Empty, $"log {number}");
            Assert.That(Content.Changes(Content.Of(Ends(log)), Content.Of(Ends(read!.ToLog()))), Is.Empty, $"log {number}");
            Assert.That(Content.Changes(Content.Of(Ends(log)), Content.Of(Ends(log.Brief()))), Is.Empty, $"log {number} in brief");
        }
    }

    private static IEnumerable<(string Line, DateTimeOffset? At)> Drawn(int seed)
    {
        // Not for secrets: the same log each time.
        var random = new Random(seed);
        var isLive = random.Next(2) == 0;
        var (source, second) = (Sources[random.Next(Sources.Length)], 0);
        for (var left = Length; left > 0;)
        {
            if (random.Next(4) == 0)
                source = Sources[random.Next(Sources.Length)];
            var odd = random.Next(4) == 0;
            var from = odd ? random.Next(Odd.Length) : random.Next(source.Length);
            var lines = odd ? Odd.Skip(from).Take(1) : source.Skip(from).Take(random.Next(1, 7));
            foreach (var line in lines.Take(left).ToList())
            {
                second += random.Next(3);
                yield return (line, isLive ? Given.Noon.AddSeconds(second) : null);
                left--;
            }
        }
    }

    private static Dictionary<string, string> Parts(BuildLog log) => Content.Of(new
    {
        log.Marks,
        log.RedCount,
        At = log.LastLineAt is { } at ? $"{at:HH:mm:ss}" : "",
        log.Evidence,
        Problems = log.Problems.Problems.Select(problem => $"{problem.Kind}@{problem.Line} {problem.Text}").ToList(),
        log.Problems.Count,
        Builders = log.Builders.Select(builder => new
        {
            builder.Name,
            Steps = builder.Trail.Steps.Select(step => $"{step.Kind}@{step.Line} {step.Name} {step.StartedAt:mm:ss}").ToList(),
            builder.Trail.Stages,
            builder.Trail.Components,
            builder.Trail.Configured,
            builder.Trail.QuattorBegan,
            builder.Trail.ImagePutAway,
            builder.Belongings,
            builder.Ledger.Items,
            builder.Message,
            builder.Errored,
            builder.Finished,
            builder.Interrupted,
        }).ToList(),
        Ends = Ends(log),
    });

    private static object Ends(BuildLog log) => new
    {
        Verdict = Verdict.Of(log),
        Reason = Reason.Of(log),
        Left = LeftBehind.Of(log).Select(left => $"{left.Kind} {left.Name}: {left.Command}").ToList(),
        Cancelled = Reason.Of(log, new Verdict(PackerOutcome.Cancelled, Witness.Nobody, null, null))?.Text,
    };

    private static string Shown(string line) =>
        line.Replace("\u001b", "^[", StringComparison.Ordinal).Replace("\0", "^@", StringComparison.Ordinal);
}
