using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Configuration;

/// <summary>A section and its possible lines.</summary>
public sealed record SettingSection<T>(string Name, ImmutableArray<Setting<T>> Lines);

/// <summary>Every setting there is. A test compares docs/settings.md with it.</summary>
public static class SettingTable
{
    /// <summary>The lines of [sources], and with others of each [factory NAME].</summary>
    public static ImmutableArray<Setting<SourceSettings>> OfSources { get; } =
    [
        new(
            "messages",
            "`/var/log/messages`, else `/var/log/syslog`",
            "files of the system log, separated by commas, in the order of their lines",
            static (all, text, folder) => SettingValue.Paths(text, folder).Select(paths => all with { Messages = paths })
        ),
        new("log-dir", "`LOG_DIR` of Packuilon's configuration", "where Packer's logs are", static (all, text, folder) =>
            SettingValue.Path(text, folder, "/etc/packer-utils/log").Select(path => all with { LogDirectory = path })
        ),
        new("config", "`/etc/packer-utils/config.ini`", "Packuilon's own configuration", static (all, text, folder) =>
            SettingValue.Path(text, folder, "/etc/packer-utils/config.ini").Select(path => all with { Config = path })
        ),
        new(
            "time-zone",
            "the host's",
            "the zone of stamps without one: a name such as `Europe/London`, or the rules as in `TZ`, such as `CET-1CEST,M3.5.0,M10.5.0/3`",
            static (all, text, _) => SettingValue.Zone(text).Select(zone => all with { Zone = zone })
        ),
        new("journal", "`no`", "read systemd's journal instead of files", static (all, text, _) =>
            SettingValue.YesNo(text).Select(yes => all with { Journal = yes ? Journal.Followed : Journal.No })
        ),
        new("broker", "`no`", "ask RabbitMQ for the length of the queue", static (all, text, _) =>
            SettingValue.YesNo(text).Select(broker => all with { Broker = broker })
        ),
    ];

    /// <summary>The lines of each [factory NAME].</summary>
    public static ImmutableArray<Setting<SourceSettings>> OfFactory { get; } =
    [
        .. OfSources,
        new("threads", "`THREAD_COUNT` of its configuration", "the number of threads that its rabbit2packer starts",
            static (all, text, _) => SettingValue.Whole(text, 1, Facts.MostThreads, 4).Select(threads => all with { Threads = threads })),
        new("from", "none", "read its events from this `amqp://` address instead of logs: [ship.md](ship.md)",
            static (all, text, _) => SettingValue.Broker(text).Select(from => all with { From = from })),
    ];

    private static readonly ImmutableArray<Setting<DisplaySettings>> OfDisplay =
    [
        new("theme", "by the terminal", "`dark`, `light` or `mono`", static (all, text, _) =>
            SettingValue.Theme(text).Select(theme => all with { Theme = theme })
        ),
        new("color", "`auto`", "`auto`, `always` or `never`", static (all, text, _) =>
            SettingValue.Colour(text).Select(colour => all with { Colour = colour })
        ),
        new("ascii", "`no`", "draw with ASCII characters only", static (all, text, _) =>
            SettingValue.YesNo(text).Select(ascii => all with { Ascii = ascii })
        ),
        new(
            "escape-time",
            "`60`, in ssh `150`",
            "an Esc that nothing follows for so many milliseconds is a key; increase it if a slow link splits sequences",
            static (all, text, _) =>
                SettingValue
                    .Whole(text, 10, 2_000, 150)
                    .Select(milliseconds => all with { EscapeTime = TimeSpan.FromMilliseconds(milliseconds) })
        ),
    ];

    private static readonly ImmutableArray<Setting<HistorySettings>> OfHistory =
    [
        new("on", Word(new HistorySettings().On), "whether builds that have ended are kept", static (all, text, _) =>
            SettingValue.YesNo(text).Select(on => all with { On = on })
        ),
        new("state-dir", "`$XDG_STATE_HOME/packuilon-monitor`", "the folder of the history", static (all, text, folder) =>
            SettingValue.Path(text, folder, "/var/lib/packuilon-monitor").Select(path => all with { StateDirectory = path })
        ),
        new("keep-days", Word(new HistorySettings().KeepDays), "builds that began longer ago are deleted", static (all, text, _) =>
            SettingValue.Whole(text, 1, 36_500, 365).Select(days => all with { KeepDays = days })
        ),
        new(
            "keep-megabytes",
            Word(new HistorySettings().KeepMegabytes),
            "room for the compressed copies of logs; beyond it the oldest are deleted",
            static (all, text, _) => SettingValue.Whole(text, 1, 1_000_000, 64).Select(megabytes => all with { KeepMegabytes = megabytes })
        ),
        new("keep-logs", Word(new HistorySettings().KeepLogs), "whether Packer's logs are copied, too", static (all, text, _) =>
            SettingValue.YesNo(text).Select(keep => all with { KeepLogs = keep })
        ),
    ];

    private static readonly ImmutableArray<Setting<RecordSettings>> OfRecord =
    [
        new(
            "store",
            $"`{new RecordSettings().Store}`",
            "the folder of the store that `record` writes and the group reads",
            static (all, text, folder) =>
                SettingValue.Path(text, folder, "/var/lib/packuilon-monitor").Select(path => all with { Store = path })
        ),
        new("group", $"`{new RecordSettings().Group}`", "who may read it", static (all, text, _) =>
            SettingValue.Name(text, "adm").Select(group => all with { Group = group })
        ),
        new("keep-days", Word(new RecordSettings().KeepDays), "the number of days whose lines are kept", static (all, text, _) =>
            SettingValue.Whole(text, 1, 3_650, 30).Select(days => all with { KeepDays = days })
        ),
        new(
            "keep-megabytes",
            Word(new RecordSettings().KeepMegabytes),
            "room for the compressed lines; beyond it the oldest days are deleted",
            static (all, text, _) => SettingValue.Whole(text, 1, 1_000_000, 200).Select(megabytes => all with { KeepMegabytes = megabytes })
        ),
    ];

    private static readonly ImmutableArray<Setting<HealthLimits>> OfHealth =
    [
        new("forget-days", "`14`", "a failed, lost or refused build that nobody repeats is forgotten after so many days",
            static (all, text, _) => SettingValue.Whole(text, 1, 365, 14).Select(days => all with { Forget = TimeSpan.FromDays(days) })),
        new("silence-floor", "`15m`", "a system log may be silent for this time, whatever its past",
            static (all, text, _) => SettingValue.Time(text, "15m").Select(time => all with { SilenceFloor = time })),
        new("daemon-stop", "`60s`", "a daemon that was stopped, or started and is silent, is down after this time",
            static (all, text, _) => SettingValue.Time(text, "60s").Select(time => all with { DaemonStop = time })),
        new("worker-silent", "`60s`", "a worker that took a message and builds nothing is raised after this time",
            static (all, text, _) => SettingValue.Time(text, "60s").Select(time => all with { WorkerSilent = time })),
        new("queue-wait", "`60s`", "a message that waits while a worker is idle is raised after this time",
            static (all, text, _) => SettingValue.Time(text, "60s").Select(time => all with { QueueWait = time })),
        new("queue-error", "`15m`", "and is an error after this time",
            static (all, text, _) => SettingValue.Time(text, "15m").Select(time => all with { QueueError = time })),
        new("build-limit", "`2h`", "a build without a known past is stuck after this time",
            static (all, text, _) => SettingValue.Time(text, "2h").Select(time => all with { BuildLimit = time })),
        new("trigger-error", "`30m`", "cdb2rabbit that fails for this time is an error",
            static (all, text, _) => SettingValue.Time(text, "30m").Select(time => all with { TriggerError = time })),
        new("off", "none", "codes of checks that are never raised, separated by commas; checks that are UNKNOWN cannot be switched off",
            static (all, text, _) => SettingValue.Checks(text).Select(off => all with { Off = off })),
    ];

    private static readonly ImmutableArray<Setting<NotifySettings>> OfNotify =
    [
        new("events", "`failed, lost, stuck, worker-lost, health`", "events to report: these, `cancelled`, `succeeded`; empty for none",
            static (all, text, _) => SettingValue.Events(text).Select(kinds => all with { Events = kinds })),
        new("bell", Word(new NotifySettings().Bell), "whether the bell for any failure is on at the start",
            static (all, text, _) => SettingValue.YesNo(text).Select(bell => all with { Bell = bell })),
        new("osc9", "`auto`", "desktop notifications through the terminal: `auto` if it is known to support them, `always` or `never`",
            static (all, text, _) => SettingValue.Osc9(text).Select(osc9 => all with { Osc9 = osc9 })),
        new("hook", "none", "a program, or a program and its arguments as a JSON array",
            static (all, text, _) => SettingValue.Program(text).Select(hook => all with { Hook = hook })),
        new("hook-seconds", Word(new NotifySettings().HookSeconds), "the program is killed after so many seconds",
            static (all, text, _) => SettingValue.Whole(text, 1, 3_600, 10).Select(seconds => all with { HookSeconds = seconds })),
        new("webhook", "none", "an http or https address that receives each event",
            static (all, text, _) => SettingValue.Address(text).Select(address => all with { Webhook = address })),
        new("webhook-form", "`json`", "the body: `json`, or `slack` for one sentence in the format of Slack's incoming webhooks",
            static (all, text, _) => SettingValue.Form(text).Select(form => all with { Form = form })),
        new("webhook-attempts", Word(new NotifySettings().WebhookAttempts), "how often an event is attempted",
            static (all, text, _) => SettingValue.Whole(text, 1, 20, 6).Select(attempts => all with { WebhookAttempts = attempts })),
    ];

    /// <summary>The sections with a fixed name, in the order of the page.</summary>
    public static ImmutableArray<SettingSection<Settings>> Sections { get; } =
    [
        Section("sources", OfSources, all => all.Sources, (all, part) => all with { Sources = part }),
        Section("display", OfDisplay, all => all.Display, (all, part) => all with { Display = part }),
        Section("history", OfHistory, all => all.History, (all, part) => all with { History = part }),
        Section("record", OfRecord, all => all.Record, (all, part) => all with { Record = part }),
        Section("health", OfHealth, all => all.Health, (all, part) => all with { Health = part }),
        Section("notify", OfNotify, all => all.Notify, (all, part) => all with { Notify = part }),
    ];

    /// <summary>The setting of a section and key, or null if there is none.</summary>
    public static Setting<Settings>? Find(string section, string key) =>
        Sections.FirstOrDefault(known => Same(known.Name, section))?.Lines.FirstOrDefault(line => Same(line.Key, key));

    public static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static SettingSection<Settings> Section<T>(
        string name, ImmutableArray<Setting<T>> lines, Func<Settings, T> part, Func<Settings, T, Settings> with) =>
        new(name, [.. lines.Select(line => line.Within(part, with))]);

    private static string Word(bool value) => value ? "`yes`" : "`no`";

    private static string Word(int value) => string.Create(CultureInfo.InvariantCulture, $"`{value}`");
}
