using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Tests.Support;

/// <summary>Values that a test does not care about, and short ways to an observation or a state.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly SourceId Messages = new("/var/log/messages");

    public static readonly ImageName Image = new("norm-sl7x-x86_64");

    public static readonly BuildName Build = new("norm-sl7x-x86_64.managed.json");

    public const string LogPath = "/etc/packer-utils/log/norm-sl7x-x86_64.managed.json.log";

    public static WorkerId Worker(int number = 1) => new(number);

    public static Observation Seen(MonitorEvent said, double second = 0, int count = 1) =>
        new(Noon.AddSeconds(second), Messages, "vm", Speaker.Rabbit2Packer, said.ToString(), said, count);

    public static MonitorState Folded(params IEnumerable<Observation> seen) =>
        seen.Aggregate(MonitorState.Empty, (state, next) => state.Apply(next));

    /// <summary>A reader of lines without a year, in UTC, as of a day after <see cref="Noon"/>.</summary>
    public static LineReading Parser() => new(TimeZoneInfo.Utc, Noon.AddDays(1));

    public static LogLine Line(string text) => new(Messages, 0, text);

    /// <summary>What lines of the system log say, those of other programs left out.</summary>
    public static IReadOnlyList<Observation> Read(params IEnumerable<string> lines)
    {
        var parser = Parser();
        return [.. lines.Select(line => parser.Parse(Line(line))).OfType<Observation>()];
    }

    /// <summary>
    /// What the daemon's sentences say, each with its time of 22 November before it: <c>12:00:03 Thread-1 processing norm</c>.
    /// </summary>
    public static IReadOnlyList<Observation> Lines(params IEnumerable<string> timed) =>
        Read(timed.Select(line => $"Nov 22 {line[..8]} vm /rabbit2packer.py: {line[9..]}"));

    /// <summary>The state after the daemon's sentences.</summary>
    public static MonitorState After(params IEnumerable<string> timed) => Folded(Lines(timed));
}
