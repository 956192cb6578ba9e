using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>Runs to look at, and small ways of looking.</summary>
internal static class Runs
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(14);

    private static readonly ConcurrentDictionary<(Dialect, HeaderFormat, ulong), SimulatedRun> Made = new();

    public static IEnumerable<TestCaseData> EveryDialectAndHeader() =>
        from dialect in Dialect.All
        from header in Enum.GetValues<HeaderFormat>()
        select new TestCaseData(dialect, header).SetArgDisplayNames(dialect.Name, header.ToString());

    /// <summary>A day full of trouble. A run cannot be changed, so each is made once.</summary>
    public static SimulatedRun Rough(Dialect dialect, HeaderFormat header = HeaderFormat.Traditional, ulong seed = 11) =>
        Made.GetOrAdd((dialect, header, seed), _ => MakeRough(dialect, header, seed));

    public static SimulatedRun MakeRough(Dialect dialect, HeaderFormat header, ulong seed) =>
        SimulatedRun.Of(
            seed,
            new FactoryPlan
            {
                Dialect = dialect,
                Header = header,
                Scenario = Scenario.Rough with { NoisePerLine = 1 },
            },
            Day
        );

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    /// <summary>The time in a line's header, read without any of the code that wrote it; without a year it is that of the start.</summary>
    public static DateTimeOffset StampIn(string line, HeaderFormat header) =>
        header switch
        {
            HeaderFormat.Traditional => DateTimeOffset.ParseExact(
                "2026 " + line[..15],
                "yyyy MMM d HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AllowInnerWhite | DateTimeStyles.AssumeUniversal
            ),
            HeaderFormat.Iso => DateTimeOffset.Parse(line[..32], CultureInfo.InvariantCulture),
            HeaderFormat.Rfc5424 => DateTimeOffset.Parse(
                line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1, 32),
                CultureInfo.InvariantCulture
            ),
        };

    public static string Hash(this IEnumerable<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(file);
        return Convert.ToHexString(hash.GetCurrentHash());
    }

    public static IEnumerable<MessageLine> Own(this SimulatedRun run) => run.Lines.Where(line => line.Program != LogProgram.Other);

    public static int CountOf(this SimulatedRun run, Sentence sentence) =>
        run.Lines.Where(line => line.Sentence == sentence).Sum(line => line.Count);
}
