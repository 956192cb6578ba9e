using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>Two daemons in one file: how many turns of the host, how close together, and which threads.</summary>
public sealed class HostTurnsTests
{
    private const int Hour = 3600;

    [TestCase("a1@0 b1@1 a1@2", 3, null, TestName = "two turns are one change and its way back")]
    [TestCase("a1@0 b1@1 a1@2 b1@3", 3, "a+b", TestName = "three turns")]
    [TestCase("a1@0 b1@1 a1@1800 b1@3601", 3601, "a+b", TestName = "three turns within exactly an hour")]
    [TestCase("a1@0 b1@1 a1@1800 b1@3602", 3602, null, TestName = "three turns in more than an hour")]
    [TestCase("a1@0 b1@1 a1@2 b1@3", 3 + Hour - 1, "a+b", TestName = "the last turn less than an hour ago")]
    [TestCase("a1@0 b1@1 a1@2 b1@3", 3 + Hour, null, TestName = "the last turn an hour ago")]
    [TestCase("a1@0 b2@1 a1@2 b2@3", 3, null, TestName = "hosts with threads of their own")]
    [TestCase("a1@0 a2@0 b2@1 a1@2 b3@3", 3, "a+b", TestName = "one thread of several in common")]
    [TestCase("a1@0 1@1 a1@2 1@3 a1@4", 4, null, TestName = "lines without a host")]
    [TestCase("a-@0 b-@1 a-@2 b-@3", 3, null, TestName = "lines that name no thread")]
    [TestCase("a1@0 b1@1 c2@2 a1@3", 3, "a+b", TestName = "a third host with a thread of its own")]
    public void Hosts_InTurn_AreMixed(string lines, int now, string? mixed) =>
        Assert.That(After(lines).MixedAt(Given.Noon.AddSeconds(now)) is { } hosts ? string.Join('+', hosts) : null, Is.EqualTo(mixed));

    [TestCase("a1@0", "")]
    [TestCase("a1@0 b1@1", "1")]
    [TestCase("a1@0 a1@1 b1@2 b1@3 a1@4", "2 4", Description = "only the line that changes the host")]
    [TestCase("a1@0 b1@1 a1@2 b1@3 a1@4", "2 3 4", Description = "the newest three")]
    [TestCase("a1@0 b1@1 a1@3601", "1 3601", Description = "an hour apart")]
    [TestCase("a1@0 b1@1 a1@3602", "3602", Description = "what was an hour before and more is forgotten")]
    public void Turns_AreTheNewestOfAnHour(string lines, string turns) =>
        Assert.That(string.Join(' ', After(lines).Turns.Select(turn => (turn.At - Given.Noon).TotalSeconds)), Is.EqualTo(turns));

    [Test]
    public void Threads_OfHostsBeforeALongPause_AreForgotten()
    {
        var hosts = After("a1@0 b1@1 a1@3602 b2@3603 a1@3604");

        Assert.That((hosts.Turns.Count, hosts.Alike.Count), Is.EqualTo((3, 0)));
    }

    [TestCase("a1@0 b1@1 c1@2 d1@3 e1@4", "a b c d", Description = "a fifth host is not remembered")]
    [TestCase("a1@0 b2@1 c3@2 d4@3 a4@4", "a d", Description = "a known host gets its threads all the same")]
    public void Alike_OfManyHosts_AreThoseOfFour(string lines, string alike) =>
        Assert.That(After(lines).Alike, Is.EqualTo(alike.Split(' ')));

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Alike_OfAHostWithManyThreads_KnowsSixtyFourOfThem(int thread, bool alike)
    {
        var own = string.Join(' ', Enumerable.Range(1, 65).Select(number => $"a{number}@0"));

        Assert.That(After($"{own} b{thread}@1").Alike, alike ? Is.EqualTo(new[] { "a", "b" }) : Is.Empty);
    }

    /// <param name="lines"><c>HOST THREAD @ SECOND</c>, in one word each.</param>
    private static HostTurns After(string lines) => Given.Folded(lines.Split(' ').Select(Line)).Vitals.Hosts;

    private static Observation Line(string line)
    {
        var (said, second) = (line[..line.IndexOf('@')], int.Parse(line[(line.IndexOf('@') + 1)..], null));
        var host = string.Concat(said.TakeWhile(char.IsLetter));
        MonitorEvent what = said[host.Length..] is var thread and not "-"
            ? new WorkerReconnecting(Given.Worker(int.Parse(thread, null)))
            : new BuildStarted(Given.LogPath);
        return Given.Seen(what, second) with { Host = host };
    }
}
