using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Fuzz;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// The targets of coverage-guided fuzzing on the inputs of its corpus and on changed ones. The changes are the same in each run:
/// PACKUILON_FUZZ_SEED gives others, PACKUILON_FUZZ_SECONDS tries for so long instead of so many.
/// </summary>
public sealed class FuzzTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "FuzzCorpus");

    private const int Inputs = 400;

    private static readonly double? Seconds =
        Environment.GetEnvironmentVariable("PACKUILON_FUZZ_SECONDS") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static readonly byte[][] Words =
    [
        .. Cells.HostileText.All().Distinct().Where((_, number) => number % 5 == 0).Select(System.Text.Encoding.UTF8.GetBytes),
        [0x9b, 0x32, 0x4a],
        [0xff],
        [0xed, 0xa0, 0x80],
        [0xc0, 0x9b],
        [0xf4, 0x90, 0x80, 0x80],
        "\n"u8.ToArray(),
        "99999999999999999999"u8.ToArray(),
        "{}[]:;=,"u8.ToArray(),
        [0],
    ];

    public static IEnumerable<string> Targets => Target.All.Keys;

    [TestCaseSource(nameof(Targets))]
    public void Target_OnItsCorpus_Holds(string name)
    {
        var files = Directory.GetFiles(Path.Combine(Corpus, name));
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
            Target.All[name](File.ReadAllBytes(file));
    }

    [TestCaseSource(nameof(Targets))]
    public void Target_OnItsCorpusChanged_Holds(string name)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("PACKUILON_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var kept = Directory.GetFiles(Path.Combine(Corpus, name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var tried = 0;
        for (
            var began = Stopwatch.GetTimestamp();
            Seconds is { } time ? Stopwatch.GetElapsedTime(began).TotalSeconds < time : tried < Inputs;
            tried++
        )
        {
            var input = kept[random.Next(kept.Count)].ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
                Change(input, kept, random);
            try
            {
                Target.All[name]([.. input]);
            }
            catch (Exception bug)
            {
                Assert.Fail($"seed {seed}, input {tried}: {Convert.ToBase64String([.. input])}\n{bug}");
            }
        }

        TestContext.Out.WriteLine($"{name}: {tried} inputs, seed {seed}");
    }

    /// <summary>Alt with a letter twice over: what is read may be longer than what was typed.</summary>
    [TestCase("GzE7G34bZWQ=")]
    [TestCase("G38=")]
    public void Keys_OnAltAndLetters_Hold(string input) => Target.All["keys"](Convert.FromBase64String(input));

    private static void Change(List<byte> input, List<byte[]> kept, Random random)
    {
        var at = random.Next(input.Count + 1);
        var rest = input.Count - at;
        switch (random.Next(6))
        {
            case 0 when rest > 0:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when rest > 0:
                input.RemoveRange(at, random.Next(1, Math.Min(rest, 40) + 1));
                break;
            case 2:
                input.InsertRange(at, Words[random.Next(Words.Length)]);
                break;
            case 3:
                var other = kept[random.Next(kept.Count)];
                var from = random.Next(other.Length);
                input.InsertRange(at, other.AsSpan(from, random.Next(other.Length - from)).ToArray());
                break;
            case 4 when rest > 0:
                input.InsertRange(at, Enumerable.Repeat(input[at], random.Next(1, 300)));
                break;
            default:
                input.Insert(at, (byte)random.Next(256));
                break;
        }
    }
}
