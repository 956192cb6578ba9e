using System.Text;
using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Reports;

/// <summary>The one JSON object of status, schema 1: other programs rely on every key of it.</summary>
public sealed class StatusJsonTests
{
    /// <summary>Sentences with their program and the milliseconds after noon.</summary>
    private static readonly (int At, string Program, string Text)[] Morning =
    [
        (0, "rabbit2packer.py", "Starting"),
        (1, "rabbit2packer.py", "Starting Thread-1"),
        (1, "rabbit2packer.py", "Starting Thread-2"),
        (1, "rabbit2packer.py", "Starting Thread-3"),
        (1000, "cdp-listend", "Received UDP packet (cdb|1795348801) from 192.0.2.7"),
        (1100, "cdp-listend", "Calling /usr/local/bin/cdb2rabbit.py now"),
        (1200, "cdb2rabbit.py", "Starting"),
        (1300, "cdb2rabbit.py", "CI profile rebuilt: norm.example.org.json"),
        (1400, "cdb2rabbit.py", "Downloading profile norm.example.org.json"),
        (1500, "cdb2rabbit.py", "Profile has updated: norm.example.org.json"),
        (1600, "cdb2rabbit.py", "Pushing message to queue for build"),
        (1700, "cdb2rabbit.py", "CI profile rebuilt: idle.example.org.json"),
        (1800, "cdb2rabbit.py", "Profile has not updated: idle.example.org.json"),
        (1900, "cdb2rabbit.py", "Exiting normally"),
        (2250, "rabbit2packer.py", "Thread-1 processing norm-sl7x-x86_64"),
        (
            3500,
            "rabbit2packer.py",
            "packer build starting, see: /etc/packer-utils/log//norm-sl7x-x86_64.managed.json.1795348803.log for details"
        ),
        (4000, "rabbit2packer.py", "Thread-2 processing spare-sl7x-x86_64"),
        (
            4125,
            "rabbit2packer.py",
            "packer build starting, see: /etc/packer-utils/log//spare-sl7x-x86_64.managed.json.1795348804.log for details"
        ),
        (5000, "rabbit2packer.py", "Thread-3: could not decode profile, malformed json? Continuing"),
        (60000, "rabbit2packer.py", "Thread-1: packer exited with non zero exit code, norm-sl7x-x86_64.managed.json build failed"),
        (
            60100,
            "rabbit2packer.py",
            "packer build starting, see: /etc/packer-utils/log//norm-sl7x-x86_64.plain.json.1795348860.log for details"
        ),
        (61000, "rabbit2packer.py", "Thread-3 processing late-sl7x-x86_64"),
        (62000, "rabbit2packer.py", "a sentence nobody knows"),
    ];

    [Test]
    public void Of_ASmallHistory_IsTheGoldenObject() =>
        Golden.Matches("StatusJson.Morning.json", Indented(StatusJson.Of(Folded(Morning.Select(Iso)))));

    [Test]
    public void Of_NothingAtAll_HasEveryKey() =>
        Assert.That(
            StatusJson.Of(MonitorState.Empty),
            Is.EqualTo(
                """{"schema":1,"asOf":null,"sources":[],"workers":[],"builds":[],"rejected":[],"triggers":[],"queue":{"waiting":0,"source":"inferred"},"unrecognised":0}"""
            )
        );

    [Test]
    public void Of_AnyState_IsOneLine() =>
        Assert.That(StatusJson.Of(Folded(Morning.Select(Iso))), Does.Not.Contain('\n'));

    [Test]
    public void Of_ABuildThatIsStuck_HasItsFlagAndNoOtherHas()
    {
        var state = Folded(Morning.Select(Iso));
        var stuck = Ids(StatusJson.Of(state))[1];

        var builds = JsonDocument
            .Parse(StatusJson.Of(state, new HashSet<string> { stuck }, new Dictionary<string, DateTimeOffset> { [stuck] = Given.Noon }))
            .RootElement.GetProperty("builds")
            .EnumerateArray()
            .ToList();

        Assert.Multiple(() =>
        {
            Assert.That(
                builds
                    .Where(build => build.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "stuck"))
                    .Select(build => build.GetProperty("id").GetString()),
                Is.EqualTo(new[] { stuck })
            );
            Assert.That(
                builds
                    .Where(build => build.GetProperty("expectedAt").GetString() is not null)
                    .Select(build => build.GetProperty("id").GetString()),
                Is.EqualTo(new[] { stuck })
            );
        });
    }

    [Test]
    public void Of_SeveralFactories_NamesEachElementsOwnAndOrdersByTime()
    {
        var late = MonitorState.Of("late").Apply(Given.Read(Morning.Select(said => Iso((said.At + 30_000, said.Program, said.Text)))));
        var early = MonitorState.Of("early").Apply(Given.Read(Morning.Select(Iso)));

        var all = JsonDocument.Parse(StatusJson.Of([late, early])).RootElement;

        var builds = all.GetProperty("builds").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(builds.Select(build => build.GetProperty("startedAt").GetDateTimeOffset()), Is.Ordered);
            Assert.That(
                builds.Select(build => build.GetProperty("factory").GetString()),
                Is.EqualTo(new[] { "early", "early", "late", "late", "early", "late" })
            );
            Assert.That(builds.Select(build => build.GetProperty("id").GetString()), Is.Unique.And.All.Match("^(early|late)/"));
            Assert.That(all.GetProperty("queue").GetProperty("waiting").GetInt64(), Is.EqualTo(early.Waiting + late.Waiting));
            Assert.That(all.GetProperty("unrecognised").GetInt64(), Is.EqualTo(2));
            Assert.That(
                all.GetProperty("factories").EnumerateArray().Select(factory => factory.GetProperty("name").GetString()),
                Is.EqualTo(new[] { "late", "early" })
            );
            Assert.That(all.GetProperty("asOf").GetString(), Is.EqualTo(StatusJsonOf(late).GetProperty("asOf").GetString()));
        });

        static JsonElement StatusJsonOf(MonitorState state) => JsonDocument.Parse(StatusJson.Of(state)).RootElement;
    }

    /// <summary>The same day for people.</summary>
    [Test]
    public void Text_OfASmallHistory_IsTheGoldenText() =>
        Golden.Matches("StatusText.Morning.txt", StatusText.Of(Folded(Morning.Select(Iso))) + "\n");

    [Test]
    public void Text_OfNothingAtAll_SaysSo() =>
        Assert.That(
            StatusText.Of(MonitorState.Empty),
            Is.EqualTo(
                "nothing read   queue 0 (inferred)   unrecognised 0\n\nWORKERS\n\n"
                + "BUILDS  0, the last 0\n\nCHANGES  0, the last 0\n\nREJECTED  0"
            )
        );

    [Test]
    public void Text_OfAGoodBuild_HasItsIdAndItsImages()
    {
        var state = new InventedFactory().Worker("7:00:00", 1).WholeBuild("9:00:00", 1, "web", "managed", 5).State;

        Assert.That(
            StatusText.Of(state),
            Does.Contain("web.managed.json  web.managed.json.log@1795424400  image 41c0ffee-1111-4222-8333-444455556666")
        );
    }

    /// <summary>As on the screen: nobody divides hours by 24.</summary>
    [TestCase(15, "15h00m")]
    [TestCase(126, "5d06h")]
    public void Text_OfAWorkerIdleForLong_CountsAsTheScreenDoes(int hours, string idle)
    {
        var state = Given.Folded([
            .. Given.Read("Nov 22 12:00:00 vm /rabbit2packer.py[5]: Starting Thread-1"),
            Given.Seen(new SourceRead(2, Given.Noon.AddHours(hours)), 62),
        ]);

        Assert.That(StatusText.Of(state), Does.Contain($"Thread-1   idle         {idle,8}"));
    }

    [Test]
    public void Text_OfAChangeWhoseRunDied_SaysWhyNothingIsKnown()
    {
        var state = Given.Folded(
            Given.Read(
                "Nov 22 12:00:00 vm /cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
                "Nov 22 12:00:00 vm /cdb2rabbit.py[100]: Starting",
                "Nov 22 12:00:01 vm /cdb2rabbit.py[100]: CI profile rebuilt: web.example.org.json",
                "Nov 22 12:00:02 vm /cdp-listend[5]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: "
            )
        );

        Assert.That(StatusText.Of(state), Does.Contain("web.example.org.json  cdb2rabbit ended without a word"));
    }

    [Test]
    public void Text_OfSeveralFactories_HasEachUnderItsName() =>
        Assert.That(
            StatusText
                .Of([MonitorState.Of("harwell"), MonitorState.Of("oxford")])
                .Split('\n')
                .Where(line => line.StartsWith("FACTORY", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "FACTORY harwell", "FACTORY oxford" })
        );

    [Test]
    public void Of_EachHeaderFormat_GivesTheSameIds()
    {
        var ids = new[] { Morning.Select(Iso), Morning.Select(Traditional), Morning.Select(Structured) }
            .Select(lines => Ids(StatusJson.Of(Folded(lines))))
            .ToList();

        Assert.That(ids[0], Has.Count.EqualTo(6));
        Assert.That(ids[1], Is.EqualTo(ids[0]));
        Assert.That(ids[2], Is.EqualTo(ids[0]));
    }

    [Test]
    public void Times_OfTheTraditionalHeader_HaveNoMilliseconds()
    {
        var status = JsonDocument.Parse(StatusJson.Of(Folded(Morning.Select(Traditional)))).RootElement;

        Assert.That(status.GetProperty("builds")[2].GetProperty("startedAt").GetString(), Is.EqualTo("2026-11-22T12:00:04+00:00"));
    }

    [Test]
    public void Times_KeepTheOffsetTheyWereWrittenWith()
    {
        var state = Given.Folded(Given.Read("2026-11-22T14:00:00.25+02:00 vm /rabbit2packer.py: Thread-1 processing norm"));

        Assert.That(StatusJson.Of(state), Does.Contain("\"since\":\"2026-11-22T14:00:00.250+02:00\""));
    }

    [Test]
    public void Text_OfAHostileLine_StaysValidJson()
    {
        var state = Given
            .Folded(
                Given.Read(
                    "Nov 22 12:00:00 vm\u001b[2J\u0007 /rabbit2packer.py: Thread-1: could not decode profile, malformed json? Continuing"
                )
            )
            .Apply(Given.Seen(new BuildStarted("/log/\"\\\u001b]0;x\u0007\u009b\u2028<script>\ud83d.log")));

        var json = StatusJson.Of(state);

        Assert.That(() => JsonDocument.Parse(json), Throws.Nothing);
        Assert.That(json.Where(char.IsControl), Is.Empty);
    }

    [TestCase(typeof(Idle), "Thread-1: reconnecting to channel|Starting Thread-1", "idle")]
    [TestCase(typeof(Preparing), "Thread-1 processing norm", "preparing")]
    [TestCase(typeof(Building), "Thread-1 processing norm|packer build starting, see: norm.log for details", "building")]
    [TestCase(typeof(Reconnecting), "Thread-1: reconnecting to channel", "reconnecting")]
    [TestCase(typeof(Lost), "Exception in thread Thread-1:", "lost")]
    public void Worker_InEachActivity_HasItsWord(Type activity, string story, string word)
    {
        var state = Given.After(story.Split('|').Select(line => $"12:00:00 {line}"));

        Assert.That(state.Workers[1].Activity, Is.TypeOf(activity));
        Assert.That(StatusJson.Of(state), Does.Contain($"\"thread\":\"Thread-1\",\"state\":\"{word}\""));
    }

    [TestCase(Refusal.MalformedProfile, "malformed-profile")]
    [TestCase(Refusal.NoSourceImage, "no-source-image")]
    [TestCase(Refusal.TemplateMissing, "template-missing")]
    [TestCase(Refusal.NoTemplate, "no-template")]
    [TestCase(Refusal.Unwritable, "unwritable")]
    [TestCase(Refusal.WorkerDied, "worker-died")]
    public void Rejection_OfEachKind_HasItsWord(Refusal why, string word) =>
        Assert.That(StatusJson.Of(Given.Folded(Given.Seen(new JobRefused(Given.Worker(), why)))), Does.Contain($"\"why\":\"{word}\""));

    [TestCase(SourceState.Following, "following")]
    [TestCase(SourceState.Waiting, "missing")]
    [TestCase(SourceState.Missing, "missing")]
    [TestCase(SourceState.Unreadable, "unreadable")]
    public void Source_InEachState_HasItsWord(SourceState source, string word) =>
        Assert.That(
            StatusJson.Of(Given.Folded(Given.Seen(new SourceSeen(new SourceHealth(Given.Messages, source, null, Given.Noon))))),
            Does.Contain($"\"sources\":[{{\"path\":\"/var/log/messages\",\"state\":\"{word}\",\"lines\":0,\"lastLineAt\":null}}]"));

    [Test]
    public void BuildLog_ThatGrowsWhileTheSystemLogIsSilent_IsNotTheLastLine()
    {
        var folded = Given.Folded(
            Given.Seen(new SourceRead(2, Given.Noon)),
            Given.Seen(new SourceRead(3, Given.Noon.AddMinutes(5)) { OfBuildLogs = true }) with { Source = new SourceId("/logs") }
        );

        using var json = JsonDocument.Parse(StatusJson.Of(folded));

        Assert.That(json.RootElement.GetProperty("asOf").GetDateTimeOffset(), Is.EqualTo(Given.Noon));
        Assert.That(
            json.RootElement.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("lastLineAt").GetString() is null),
            Is.EqualTo(new[] { false, true })
        );
    }

    private static MonitorState Folded(IEnumerable<string> lines)
    {
        string[] log =
        [
            "openstack: output will be in this color.",
            "",
            "\u001b[1;32m==> openstack: Launching server...\u001b[0m",
            "==> openstack: Waiting for SSH to become available...",
            "\u001b[1;31m==> openstack: Timeout waiting for SSH.\u001b[0m",
            "Build 'openstack' errored: Timeout waiting for SSH.",
            "",
            "==> Some builds didn't complete successfully and had errors:",
            "--> openstack: Timeout waiting for SSH.",
            "",
            "==> Builds finished but no artifacts were created.",
            "rabbit2packer: Build finished at 1795348859 (epoch) with exit code 1",
        ];
        return Given.Folded([
            .. Given.Read(lines),
            Given.Seen(new SourceRead(230, Given.Noon.AddSeconds(62)), 62),
            Given.Seen(new BuildLogRead("norm-sl7x-x86_64.managed.json.1795348803.log", Read(log), 0), 62),
            Given.Seen(new BuildLogRead("spare-sl7x-x86_64.managed.json.1795348804.log", Read(log[..4]), 0), 62),
            Given.Seen(new BuildLogRead("old-sl7x-x86_64.managed.json.1795348000.log", Read(log[..8]), 0), 62),
            Given.Seen(new LogDirectoryRead(), 62),
        ]);
    }

    private static BuildLog Read(string[] lines) => lines.Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null));

    private static string Iso((int At, string Program, string Text) said) =>
        $"{Given.Noon.AddMilliseconds(said.At):yyyy-MM-dd'T'HH:mm:ss.ffffffzzz} vm /{said.Program}: {said.Text}";

    private static string Traditional((int At, string Program, string Text) said) =>
        $"{Given.Noon.AddMilliseconds(said.At):MMM dd HH:mm:ss} vm /{said.Program}: {said.Text}";

    private static string Structured((int At, string Program, string Text) said) =>
        $"<14>1 {Given.Noon.AddMilliseconds(said.At):yyyy-MM-dd'T'HH:mm:ss.ffffffzzz} vm - - - -  {said.Text}";

    private static List<string> Ids(string json)
    {
        var status = JsonDocument.Parse(json).RootElement;
        return
        [
            .. status
                .GetProperty("builds")
                .EnumerateArray()
                .Concat(status.GetProperty("triggers").EnumerateArray())
                .Select(item => item.GetProperty("id").GetString()!),
        ];
    }

    private static string Indented(string json)
    {
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
            JsonDocument.Parse(json).WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
