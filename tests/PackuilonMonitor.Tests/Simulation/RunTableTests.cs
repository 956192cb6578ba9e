using System.Globalization;
using System.Text;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>
/// Some time of a factory with every trouble, in each dialect: its lines, two of its logs, and the truth. Equal plans give equal bytes,
/// so a demo looks the same each time. ACCEPT=1 rewrites the tables.
/// </summary>
[SetCulture("")]
public sealed class RunTableTests
{
    private static readonly IEnumerable<string> Names = Dialect.All.Select(dialect => dialect.Name);

    [TestCaseSource(nameof(Names))]
    public void Run_OfADialect_WritesWhatIsListed(string name)
    {
        var number = Dialect.All.Select(dialect => dialect.Name).ToList().IndexOf(name);
        var plan = new FactoryPlan
        {
            Dialect = Dialect.Parse(name),
            Header = (HeaderFormat)(number % 3),
            Threads = 2 + number % 3,
            Speed = number == 6 ? 2 : 1,
            Scenario = Scenario.Rough with
            {
                NoisePerLine = 0.3,
                RunsBeside = 0.3,
                HostChanges = number % 2 == 0,
                ReduceRepeats = number % 2 == 1,
                Rotation = (RotationKind)(number % 2),
                KilledEvery = TimeSpan.FromMinutes(20),
                RestartedEvery = TimeSpan.FromMinutes(30),
                RotatedEvery = TimeSpan.FromMinutes(20),
            },
        };
        var run = SimulatedRun.Of((ulong)(20 + number), plan, TimeSpan.FromMinutes(number == 6 ? 80 : 45));

        var text = new StringBuilder();
        foreach (var messages in run.Messages)
            text.Append("======== messages\n").Append(Shown(messages));
        foreach (var (file, log) in Chosen(run))
            text.Append(CultureInfo.InvariantCulture, $"======== {file}\n").Append(Shown(log));
        foreach (var (file, profile) in run.Profiles)
            text.Append(CultureInfo.InvariantCulture, $"======== {file}: {profile.Length} bytes\n");
        text.Append("======== what happened\n");
        Tell(text, "daemons", run.Truth.Daemons);
        Tell(text, "messages", run.Truth.Messages);
        Tell(text, "builds", run.Truth.Builds);
        Tell(text, "rejections", run.Truth.Rejections);
        Tell(text, "changes", run.Truth.Triggers);
        Tell(text, "deaths", run.Truth.Deaths);
        Golden.Matches($"Runs.{name}.txt", text.ToString());
    }

    /// <summary>The shortest log of a build that failed, and one of another.</summary>
    private static IEnumerable<(string File, byte[] Log)> Chosen(SimulatedRun run) =>
        run.Truth.Builds.Where(build => !build.LogRewritten && run.Logs.ContainsKey(build.LogFile))
            .GroupBy(build => build.Outcome is TrueOutcome.Failed)
            .Select(builds => builds.MinBy(build => run.Logs[build.LogFile].Length)!.LogFile)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(file => (file, run.Logs[file]));

    private static void Tell<T>(StringBuilder text, string name, IEnumerable<T> all) =>
        text.Append(name).Append('\n').AppendJoin("", all.Select(one => $"  {string.Join(", ", Content.Of(one))}\n"));

    /// <summary>Bytes as Latin-1, control characters by their pictures, long lines cut.</summary>
    private static string Shown(byte[] bytes) =>
        string.Join(
            '\n',
            Encoding.Latin1.GetString(bytes).Split('\n').Select(line => line.Length > 200 ? $"{line[..200]} … {line.Length}" : line)
        )
        .Replace('\u001b', '␛')
        .Replace('\r', '␍')
        .Replace('\0', '␀')
        .Replace('\a', '␇')
        .Replace('\b', '␈');
}
