using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>The health after lines of 22 November, each with its time and tag before it, as seen at a time of that day.</summary>
internal static class GivenHealth
{
    public const string Directory = "/logs";

    public static readonly Surroundings Around = new() { Threads = 2, LogDirectory = Directory, LogDirectoryIsNamed = true };

    /// <summary>The daemon began with its two threads at noon.</summary>
    public static readonly string[] Began = ["12:00:00 r Starting", "12:00:00 r Starting Thread-1", "12:00:00 r Starting Thread-2"];

    /// <summary>
    /// Tags: <c>r</c> rabbit2packer, <c>c</c> cdb2rabbit, <c>l</c> cdp-listend, <c>s</c> systemd, <c>d</c> rsyslogd, <c>x</c> another
    /// program.
    /// </summary>
    public static MonitorState After(params IEnumerable<string> lines)
    {
        var all = lines.ToList();
        var seen = Given.Read(all.Select(Line)).ToList();
        var stamps = all.Select(line => TimeSpan.Parse(line[..8], System.Globalization.CultureInfo.InvariantCulture))
            .Select(time => Given.Noon.Date + time)
            .Select(at => new DateTimeOffset(at, TimeSpan.Zero))
            .ToList();
        var state = Given.Folded([
            Own(new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon)), Given.Noon),
            .. seen,
        ]);
        return all.Count == 0 ? state : state.Apply(Own(Read(stamps), Given.Noon));
    }

    public static FactoryHealth At(
        this MonitorState state,
        string time,
        Func<Surroundings, Surroundings>? around = null,
        IEnumerable<Mute>? mutes = null,
        HealthLimits? limits = null
    ) => HealthChecks.Evaluate(state, null, Time(time), limits ?? HealthLimits.Usual, around?.Invoke(Around) ?? Around, mutes);

    /// <summary>The codes that are raised, in their order, with the ids of their items, oldest first.</summary>
    public static string Raised(this FactoryHealth health) =>
        string.Join(
            "; ",
            health.Checks.Select(check =>
                $"{check.Severity} {check.Code.Name()} {string.Join(',', check.Items.Reverse().Select(item => item.Id))}"
            )
        );

    public static DateTimeOffset Time(string time) =>
        new(Given.Noon.Date + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    public static Observation Own(MonitorEvent what, DateTimeOffset at) => new(at, Given.Messages, "", Speaker.Monitor, null, what);

    /// <summary>The log of a build, last written at that time.</summary>
    public static Observation Log(string file, string modified, params IEnumerable<string> lines) =>
        new(
            Given.Noon,
            new(Directory),
            "",
            Speaker.Monitor,
            null,
            new BuildLogRead(
                file,
                lines.Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null)) with
                {
                    ModifiedAt = Time(modified),
                },
                0
            )
        );

    private static SourceRead Read(List<DateTimeOffset> stamps)
    {
        var silence = stamps.Zip(stamps.Skip(1)).Select(pair => pair.Second - pair.First).DefaultIfEmpty().Max();
        return new SourceRead(stamps.Count, stamps[^1]) { FirstLineAt = stamps[0], Silence = silence };
    }

    private static string Line(string line)
    {
        var tag = line[9] switch
        {
            'r' => "/rabbit2packer.py",
            'c' => "/cdb2rabbit.py",
            'l' => "/usr/sbin/cdp-listend[7]",
            's' => "systemd[1]",
            'd' => "rsyslogd",
            _ => "CROND[9]",
        };
        return $"Nov 22 {line[..8]} vm {tag}: {line[11..]}";
    }
}
