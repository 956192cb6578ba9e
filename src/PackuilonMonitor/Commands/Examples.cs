using System.CommandLine;

namespace PackuilonMonitor.Commands;

/// <summary>Command lines and values that work, for help and for messages about wrong use.</summary>
internal static class Examples
{
    public static IReadOnlyList<string> Of(Command command) =>
        command is RootCommand
            ?
            [
                "packuilon-monitor demo",
                "packuilon-monitor --messages /var/log/messages --log-dir /etc/packer-utils/log",
                "packuilon-monitor doctor",
            ]
            : command.Name switch
            {
                "demo" => ["packuilon-monitor demo --speed 60", "packuilon-monitor demo --dialect head --seed 7"],
                "status" =>
                [
                    "packuilon-monitor status",
                    "packuilon-monitor status --since-seen",
                    "packuilon-monitor status --json | jq '.builds[] | select(.state == \"failed\")'",
                ],
                "events" => ["packuilon-monitor events --follow", "packuilon-monitor events --json | jq -r .type | sort | uniq -c"],
                "log" =>
                [
                    "packuilon-monitor log norm-sl7x-x86_64 --follow",
                    "packuilon-monitor log norm-sl7x-x86_64.managed --since-last-good --plain",
                ],
                "history" => ["packuilon-monitor history norm-sl7x-x86_64", "packuilon-monitor history --json"],
                "record" => ["packuilon-monitor record", "packuilon-monitor record --state-dir /srv/packuilon-monitor"],
                "replay" => ["packuilon-monitor replay -t 14:02", "packuilon-monitor replay /srv/packuilon-monitor"],
                "snapshot" =>
                [
                    "packuilon-monitor snapshot factory.snapshot",
                    "packuilon-monitor snapshot --redact --since 14:00 factory.snapshot",
                ],
                "serve" => ["packuilon-monitor serve", "packuilon-monitor serve --listen '*:9464'"],
                "wait" =>
                [
                    "packuilon-monitor wait norm-sl7x-x86_64 --timeout 30m && echo built",
                    "packuilon-monitor wait --change norm-sl-7x-x86-64.example.org.json --since 10m",
                ],
                "health" => ["packuilon-monitor health", "packuilon-monitor health -x DAEMON_DOWN BUILD_FAILED"],
                "mute" =>
                [
                    "packuilon-monitor mute BUILD_LOST 4h",
                    "packuilon-monitor mute BUILD_FAILED:norm-sl7x-x86_64.managed.json until-ok",
                ],
                "unmute" => ["packuilon-monitor unmute BUILD_LOST"],
                "doctor" => ["packuilon-monitor doctor", "sudo -u USER packuilon-monitor doctor"],
                "ship" => ["packuilon-monitor ship --factory harwell --to amqp://user:password@broker:5672"],
                _ => [],
            };

    /// <summary>A valid value of an option or argument.</summary>
    public static string Value(Symbol symbol) => symbol.Name switch
    {
        "BUILD" or "IMAGE" => "norm-sl7x-x86_64",
        "CODE" => "BUILD_FAILED",
        "TIME" => "4h",
        "FILE" => "factory.snapshot",
        "--time" => "14:02",
        "--packer" => "1.14",
        "--messages" => "/var/log/messages",
        "--log-dir" => "/etc/packer-utils/log",
        "--config" => "/etc/packer-utils/config.ini",
        "--settings" => "/etc/packuilon-monitor/config.ini",
        "--from" or "--to" => "amqp://user:password@host:5672",
        "--factory" => "harwell",
        "--since" => "2026-11-23T12:00:00Z",
        "--time-zone" => "Europe/London",
        "--now" => "2026-11-23T12:00:00Z",
        "--state-dir" => "/var/lib/packuilon-monitor",
        "--color" => "auto",
        "--theme" => "dark",
        "--speed" => "10",
        "--seed" => "7",
        "--dialect" => "head",
        "--listen" => "127.0.0.1:9464",
        "--timeout" => "30m",
        "--log-limit" => "16",
        "--log-rate" => "1024",
        "--change" => "norm-sl-7x-x86-64.example.org.json",
        _ => "",
    };
}
