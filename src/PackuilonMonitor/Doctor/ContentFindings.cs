using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Doctor;

/// <summary>What was read, as far as a doctor needs it.</summary>
/// <param name="State">Folded from all of it.</param>
/// <param name="Ours">The number of lines of our three programs.</param>
/// <param name="Collapsed">The number of lines that rsyslog had collapsed.</param>
/// <param name="FirstUnrecognised">The first line that no rule accepted.</param>
public sealed record WhatWasRead(MonitorState State, long Ours = 0, long Collapsed = 0, string? FirstUnrecognised = null)
{
    /// <summary>Lines that came a second time, equal to the fraction of their second.</summary>
    public long Twice { get; init; }

    private Observation? Last { get; init; }

    public WhatWasRead With(IReadOnlyList<Observation> batch)
    {
        var said = batch.Where(seen => seen.Speaker is not (Speaker.Monitor or Speaker.SystemLog or Speaker.Systemd)).ToList();
        return new WhatWasRead(
            State.Apply(batch), Ours + said.Count, Collapsed + said.Count(seen => seen.Count > 1),
            FirstUnrecognised ?? said.Find(seen => seen.Event is Unrecognised)?.Text)
        {
            Twice = Twice + said.Prepend(Last).Zip(said).Count(pair => pair.First is { } before && IsSame(before, pair.Second)),
            Last = said is [.., var newest] ? newest : Last,
        };
    }

    private static bool IsSame(Observation before, Observation seen) =>
        seen.At.Ticks % TimeSpan.TicksPerSecond != 0
        && before.At == seen.At
        && before.Speaker == seen.Speaker
        && before.Pid == seen.Pid
        && before.Text == seen.Text;
}

/// <summary>Whether the sentences of the system log are understood, and whether its times can be right.</summary>
public static class ContentFindings
{
    private const double MostUnrecognised = 0.05;

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    public static IEnumerable<Finding> Of(WhatWasRead read, DateTimeOffset now, TimeZoneInfo zone)
    {
        yield return Lines(read);
        var untimed = read.State.Sources.Readings.Where(reading => reading.Untimed is not null).ToList();
        foreach (var reading in untimed)
            yield return Finding.Unread(
                "times",
                $"{reading.Source.Path}: {SafeText.Plain(reading.UntimedText!)}; let rsyslog write times that are known",
                Rsyslog.ToWriteTimes
            );
        if (untimed.Count == 0)
            yield return Times(read.State.Sources.LastLineAt, now, zone);
        if (read.Collapsed > 0)
        {
            yield return Finding.Note(
                "repeated lines",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"rsyslog collapsed {read.Collapsed} of our lines: "
                    + $"a repeat is logged late, and its thread may be uncertain"
                ),
                Rsyslog.ToSet("repeats", "$RepeatedMsgReduction off")
            );
        }

        if (read.Twice > 0)
        {
            yield return Finding.Note(
                "lines twice",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{read.Twice} lines are there twice, equal to the fraction of a second: "
                    + $"two rules of rsyslog write them here; each counts once, but `events` prints both"
                ),
                "grep -rn messages /etc/rsyslog.conf /etc/rsyslog.d"
            );
        }

        // Rotated files that cannot be read are found beside their log.
        foreach (var gap in read.State.Sources.Readings.Where(reading => reading.Health?.Gaps > reading.Unread.Count))
            yield return Finding.Note(gap.Source.Path, gap.Health!.GapText!);
    }

    private static Finding Lines(WhatWasRead read)
    {
        if (read.Ours == 0)
        {
            return Finding.Note(
                "lines",
                "no line of the factory's programs was found: is this the factory's host, and does rsyslog write user.* and daemon.* to this file?",
                "logger -p user.info -t rabbit2packer.py test && tail -n 1 /var/log/messages"
            );
        }

        var share = (double)read.State.UnrecognisedLines / read.Ours;
        var count = string.Create(
            CultureInfo.InvariantCulture,
            $"{read.Ours} of the factory's programs, {read.State.UnrecognisedLines} not understood ({share:P1})"
        );
        return share <= MostUnrecognised
            ? Finding.Fine("lines", count)
            : Finding.Note(
                "lines",
                $"{count}, the first: \"{Short(read.FirstUnrecognised)}\": "
                + $"perhaps a revision that this program does not know; please report",
                "packuilon-monitor events --json | grep '\"unrecognised\"' | tail"
            );
    }

    private static Finding Times(DateTimeOffset? last, DateTimeOffset now, TimeZoneInfo zone)
    {
        var taken = $"stamps without a zone count as {zone.Id}";
        if (last is not { } at)
            return Finding.Note("times", $"no line has a readable time; {taken}");
        var shown = TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        if (at - now > Ahead)
            return Finding.Note(
                "times",
                $"the newest line, {shown}, is {Words.Span(at - now)} ahead of this clock: another zone, or a clock that is wrong; {taken}",
                "timedatectl",
                "packuilon-monitor doctor --time-zone UTC"
            );
        return now - at > Silence
            ? Finding.Note(
                "times",
                $"the newest line, {shown}, is {Words.Age(now - at)} old: does rsyslog still write? Or it is another zone; {taken}",
                "systemctl status rsyslog",
                "timedatectl"
            )
            : Finding.Fine("times", $"the newest line is of {shown}; {taken}");
    }

    private static string Short(string? text)
    {
        var plain = SafeText.Plain(text ?? "");
        return plain.Length <= 100 ? plain : $"{plain[..100]}…";
    }
}
