using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Tests.Logs;

/// <summary>Builds, logs and views for the tests of the log view; everything in them is invented.</summary>
internal static class GivenLogs
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Size Small = new(80, 23);

    public static readonly LogName Name = LogName.Of("web-el9-x86_64.managed.json.log");

    /// <summary>A good build's log, and when each line arrives, in seconds after the start.</summary>
    public static readonly ImmutableArray<(int Second, string Text)> Good =
    [
        (0, "\e[1;32mopenstack: output will be in this color.\e[0m"),
        (0, ""),
        (1, Step("Discovering enabled extensions...")),
        (2, Step("Loading flavor: m1.small")),
        (2, Output("Verified flavor. ID: 2")),
        (3, Step("Creating temporary keypair: packer 11112222-3333-4444-5555-666677778888 ...")),
        (5, Step("Created temporary keypair: packer 11112222-3333-4444-5555-666677778888")),
        (6, Step("Launching server...")),
        (20, Output("Server ID: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455")),
        (20, Step("Waiting for server to become ready...")),
        (45, Step("Waiting for SSH to become available...")),
        (60, Step("Connected to SSH!")),
        (60, Step("Uploading /srv/templates/update.sh => /root/update.sh")),
        (61, Step("Provisioning with shell script: /tmp/packer-shell123456")),
        (62, Output("Starting update script, waiting for network")),
        (70, Output("Got hostname host7.example.org")),
        (71, Output("Running quattor configure")),
        (100, Output("[INFO] running component: accounts")),
        (101, Output("---------------------------------------------------------")),
        (130, Output("[INFO] configure on component accounts executed, 0 errors, 0 warnings")),
        (131, Output("[INFO] running component: spma")),
        (131, Output("---------------------------------------------------------")),
        (
            170,
            Output(
                "[INFO] EVENT: spma modified file /etc/yum.repos.d/ünïcode-日本語.repo with a name that is longer than a narrow screen has columns"
            )
        ),
        (190, Output("[INFO] configure on component spma executed, 0 errors, 0 warnings")),
        (191, Output("[OK]   0 errors, 0 warnings executing configure")),
        (200, Step("Stopping server: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455 ...")),
        (220, Step("Creating the image: web-el9-x86_64")),
        (222, Output("Image: 99998888-7777-4666-9555-444433332222")),
        (223, Step("Waiting for image web-el9-x86_64 (image id: 99998888-7777-4666-9555-444433332222) to become ready...")),
        (260, Step("Terminating the source server: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455 ...")),
        (270, Step("Deleting temporary keypair: packer 11112222-3333-4444-5555-666677778888 ...")),
        (271, "\e[1;32mBuild 'openstack' finished after 4 minutes 31 seconds.\e[0m"),
        (272, ""),
        (272, "==> Wait completed after 4 minutes 31 seconds"),
        (272, ""),
        (272, "==> Builds finished. The artifacts of successful builds are:"),
        (272, "--> openstack: An image was created: 99998888-7777-4666-9555-444433332222"),
    ];

    /// <summary>One that never got a connection and left its server behind.</summary>
    public static readonly ImmutableArray<(int Second, string Text)> Failed =
    [
        .. Good[..11],
        (345, Error("Timeout waiting for SSH.")),
        (345, Step("Deleting temporary keypair: packer 11112222-3333-4444-5555-666677778888 ...")),
        (346, "\e[1;31mBuild 'openstack' errored after 5 minutes 46 seconds: Timeout waiting for SSH.\e[0m"),
        (346, ""),
        (346, "==> Some builds didn't complete successfully and had errors:"),
        (346, "--> openstack: Timeout waiting for SSH."),
        (346, ""),
        (346, "==> Builds finished but no artifacts were created."),
    ];

    public static string Step(string text) => $"\e[1;32m==> openstack: {text}\e[0m";

    public static string Output(string text) => $"\e[0;32m    openstack: {text}\e[0m";

    public static string Error(string text) => $"\e[1;31m==> openstack: {text}\e[0m";

    public static BuildLog Folded(IEnumerable<(int Second, string Text)> lines, bool live = true, Baseline? baseline = null) =>
        lines.Aggregate(BuildLog.Against(baseline), (log, line) => log.Apply(line.Text, live ? Noon.AddSeconds(line.Second) : null));

    public static PaperLog Paper(IEnumerable<(int Second, string Text)> lines, bool live = true, Baseline? baseline = null)
    {
        var log = new PaperLog { Baseline = baseline };
        foreach (var (second, text) in lines)
            log.Arrive(live ? Noon.AddSeconds(second) : null, text);
        return log;
    }

    public static BuildView Build(
        BuildState state = BuildState.Building,
        BuildLog? log = null,
        int seconds = 0,
        bool gone = false,
        bool shared = false
    )
    {
        var ended = state is BuildState.Building ? (DateTimeOffset?)null : Noon.AddSeconds(seconds);
        var build = new Build(
            1,
            "web@1",
            new BuildTarget(Name, "/srv/log/" + Name.File, Name.Image, Name.Template),
            new BuildStart(Noon, "factory"),
            new BuildOwner(new WorkerId(2), Noon.AddSeconds(-1), null),
            BuildView.OutcomeOf(state) is { } outcome ? new BuildEnd(ended!.Value, outcome, null) : null
        )
        {
            SharedLog = shared,
        };
        return new BuildView(build.Id, build, Name, Name.Image, Name.Template, state, Noon, ended, null, log, gone);
    }

    public static LogView View(BuildView? build = null) => LogView.Open(build ?? Build(), "/srv/log/" + Name.File);

    /// <summary>A failed build whose file a good one wrote, too.</summary>
    public static LogView SharedView
    {
        get
        {
            var mine = Build(BuildState.Failed, Folded(Failed, live: false), 346, shared: true);
            var other = Build(BuildState.Succeeded, null, 300, shared: true);
            return View(mine).With(
                [
                    other with
                    {
                        Id = "web@2",
                        StartedAt = Noon.AddSeconds(1),
                        Build = other.Build! with { Owner = new BuildOwner(new WorkerId(3), Noon, null) },
                    },
                ],
                null
            );
        }
    }

    /// <summary>Three good builds that took as long as <see cref="Good"/>, and one that failed.</summary>
    public static Past Past => Past.Of(
        [
            .. Enumerable.Repeat(Build(BuildState.Succeeded, Folded(Good), 272), 3),
            Build(BuildState.Failed, Folded(Failed), 346),
        ]);

    /// <summary>What the dashboard does: hands on what is asked for until nothing is.</summary>
    public static LogView Read(this LogView view, PaperLog log, Size size)
    {
        for (var round = 0; round < 10 && view.Request(size) is { } request; round++)
            view = view.With(log.Answer(request));
        return view;
    }

    /// <summary>The log grew: the last request is answered once more.</summary>
    public static LogView Grown(this LogView view, PaperLog log, Size size) =>
        view.With(log.Answer(view.Latest!.Request)).Read(log, size);

    public static LogView Do(this LogView view, PaperLog log, Size size, params IEnumerable<Command> commands)
    {
        foreach (var command in commands)
            view = view.Apply(command, size).Read(log, size);
        return view;
    }

    public static LogView Do(this LogView view, PaperLog log, params Command[] commands) => view.Do(log, Small, commands);

    public static LogView Find(this LogView view, PaperLog log, string text) =>
        view.Do(log, Small, new ContentCommand(ContentAct.Find, Text: text));

    public static string Picture(
        this LogView view,
        Size size,
        Glyphs? glyphs = null,
        DateTimeOffset? now = null,
        MonitorState? state = null
    )
    {
        var cells = new CellBuffer(size, glyphs?.IsAscii ?? true);
        LogPane.Render(
            view,
            view.Build,
            state ?? MonitorState.Empty,
            now ?? Noon.AddSeconds(170),
            cells,
            Palette.Mono,
            glyphs ?? Glyphs.Ascii
        );
        return cells.ToText();
    }

    /// <summary>The log's rows of the picture, without what stands before each line.</summary>
    public static IReadOnlyList<string> Rows(this LogView view, Size size)
    {
        var cells = new CellBuffer(size, ascii: true);
        LogPane.Render(view, view.Build, MonitorState.Empty, Noon, cells, Palette.Mono, Glyphs.Ascii);
        var log = LogLayout.Of(view, size).Log;
        var gutter = LogGutter.Width(view.Look.Time);
        return
        [
            .. cells
                .Part(new Area(log.X + gutter, log.Y, log.Width - gutter, log.Height))
                .ToLines()
                .Select(line => line.ToText().TrimEnd()),
        ];
    }
}
