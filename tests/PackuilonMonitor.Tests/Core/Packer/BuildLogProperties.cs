using System.Buffers;
using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>What must hold of any input, however cut, mixed or repeated.</summary>
public sealed class BuildLogProperties
{
    private static readonly string[] Fragments =
    [
        .. GivenLog.GoodBuild,
        .. GivenLog.FailedEnd("Timeout waiting for SSH."),
        GivenLog.Daemon(0),
        GivenLog.Daemon(127),
        "Cancelling build after receiving terminated",
        "Cleanly cancelled builds after being interrupted.",
        "Failed to parse template: no",
        "/bin/sh: line 1: /srv/login.sh: No such file or directory",
        GivenLog.Output("[INFO] NCM-NCD version 17.2.0 started by root at: Wed Mar  4 05:06:07 2020"),
        GivenLog.Output("[INFO] configure on component x executed, 99999999999999999999 errors, 1 warnings"),
        GivenLog.Output("| created_at | 2020-03-04T05:06:07Z |"),
        GivenLog.Red("==> openstack: [ERROR] no"),
        "==> : ", "--> :", "    :", "==> openstack", "\u001b[", "\u001b]0;", "\u001b[1;31m", "\u001b[0m", "\0\0\0", "\ud83d", "\r", "",
    ];

    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("$`;|&<>\"\\\n*?(!");

    private static readonly Gen<string> Whole = Gen.Int[0, Fragments.Length - 1].Select(index => Fragments[index]);

    private static readonly Gen<string> Fragment = Gen.OneOf(
        Whole,
        Whole.SelectMany(text => Gen.Int[0, text.Length].Select(length => text[..length])),
        Whole.SelectMany(text => Gen.Int[0, text.Length].Select(from => text[from..])),
        Gen.String[0, 40]);

    private static readonly Gen<string> Line = Fragment.Array[1, 3].Select(string.Concat);

    private static readonly Gen<string[]> Lines = Line.Array[0, 60];

    [Test]
    public void Log_OfAnyInput_NeverThrowsAndAnswersEveryQuestion() =>
        Lines.Sample(
            lines =>
            {
                var log = PackerSamples.Fold(lines, Baseline.Of(GivenLog.GoodBuild));
                var reason = Reason.Of(log);
                var plan = StepPlan.Learn([log, log, log]);
                _ = LeftBehind.Of(log).ToArray();
                _ = plan.ProgressOf(log);
                _ = plan.EstimateOf(log, GivenLog.Noon);
                return log.LineCount == lines.Length
                    && (reason is null || reason.Text.Length <= 200 && !reason.Text.Any(char.IsControl) && reason.Line <= lines.Length)
                    && LeftBehind.Of(log).All(left => left.Command is null || !left.Command.AsSpan().ContainsAny(ShellCharacters));
            },
            iter: 3000);

    [Test]
    public void Log_ReadInChunks_IsTheSameLog() =>
        Gen.Select(Lines, Gen.Int[1, 40].Array[1, 30]).Sample(
            (lines, sizes) =>
            {
                var text = string.Join('\n', lines);
                return Described(Chunked(text, sizes)) == Described(PackerSamples.Fold(text.Split('\n')[..^1]).AtEnd(text.Split('\n')[^1]));
            },
            iter: 1000);

    [Test]
    public void Log_WithoutEnd_KeepsNoMoreThanItsBound()
    {
        var random = new Random(20200304);
        var log = BuildLog.Against(Baseline.Of(GivenLog.GoodBuild));
        var long64 = new string('x', 65_536);
        var sizes = new List<int>();
        for (var round = 0; round < 3; round++)
        {
            for (var line = 0; line < 10_000; line++)
                log = log.Apply(line % 500 == 0 ? long64 : Fragments[random.Next(Fragments.Length)] + $" {line:x}", GivenLog.Noon);
            sizes.Add(Described(log).Length);
        }

        Assert.That(sizes[2], Is.LessThan(200_000));
        Assert.That(sizes[2], Is.LessThan(sizes[1] * 1.05 + 100), "what is kept no longer grows");
    }

    [Test]
    public void Log_OfLongestLines_CostsLittle()
    {
        string[] lines =
        [
            new string('\0', 65_536), new string('x', 65_536), string.Concat(Enumerable.Repeat("\u001b[0m", 16_384)),
            string.Concat(Enumerable.Repeat("\u001b]", 32_768)), "==> openstack: " + new string(':', 65_000), new string(' ', 65_536),
            "    openstack: " + string.Concat(Enumerable.Repeat("\u001b[0m\u001b[1", 8_000)),
        ];
        var log = PackerSamples.Fold(lines);
        foreach (var line in lines)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            log.Apply(line, null);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8 * line.Length), line[..20]);
        }
    }

    [Test]
    public void Mask_OfAnyLine_IsNoLongerAndHasNoNumberLeft() =>
        Line.Sample(
            line =>
            {
                var mask = LineMask.Of(line);
                return mask.Length <= line.Length && !mask.Any(char.IsAsciiDigit);
            },
            iter: 3000);

    private static BuildLog Chunked(string text, int[] sizes)
    {
        var log = BuildLog.Empty;
        var rest = new StringBuilder();
        for (int at = 0, turn = 0; at < text.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], text.Length - at);
            var lines = rest.Append(text, at, size).ToString().Split('\n');
            log = lines[..^1].Aggregate(log, (sofar, line) => sofar.Apply(line, null));
            rest.Clear().Append(lines[^1]);
            at += size;
        }

        return log.AtEnd(rest.ToString());
    }

    /// <summary>All that a log remembers, its lists included.</summary>
    private static string Described(BuildLog log) =>
        $"""
        {log.LineCount} {log.Marks} {log.RedCount} {log.LastLineAt} {log.Belongings} {log.Evidence}
        {string.Join('\n', log.Trail.Steps)} {string.Join('\n', log.Trail.Components)} {log.Trail.Configured} {log.Trail.QuattorBegan}
        {string.Join('\n', log.Trail.Stages)} {log.Trail.ImagePutAway}
        {log.Problems.Count} {log.Problems.NewCount}
        {string.Join('\n', log.Problems.Problems)}
        """;
}
