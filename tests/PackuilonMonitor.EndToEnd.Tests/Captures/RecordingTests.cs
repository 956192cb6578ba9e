using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>The real daemons' lines, in each format of rsyslog, against what really happened.</summary>
public sealed class RecordingTests
{
    private static readonly string[] Formats = ["messages", "messages.iso", "messages.rfc5424"];

    private static readonly (string Start, Refusal? Why)[] Reasons =
    [
        ("malformed", Refusal.MalformedProfile), ("not utf-8", Refusal.MalformedProfile),
        ("unknown source image", Refusal.NoSourceImage), ("json without the keys", Refusal.NoSourceImage),
        ("template file missing", Refusal.TemplateMissing), ("template unreadable", Refusal.TemplateMissing),
        ("no DEFAULT", Refusal.NoTemplate), ("build dir missing", Refusal.Unwritable), ("log dir missing", Refusal.Unwritable),
        ("template list empty", null), ("good", null), ("json array", null), ("NameError", null), ("never taken", null),
    ];

    [TestCaseSource(nameof(Formats))]
    public void Fold_OfMessagesAlone_IsTheTruth(string format) =>
        AssertExact(recording => Given.Folded(recording.Observations(format)));

    [TestCaseSource(nameof(Formats))]
    public void Fold_OfMessagesAndBuildLogs_IsTheTruth(string format) =>
        AssertExact(recording => Given.Folded([.. recording.Observations(format), .. recording.Logs()]));

    [Test]
    public void Fold_OfEachFormat_GivesTheSameIds()
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
            {
                var ids = Formats
                    .Select(format => Given.Folded(recording.Observations(format)).Builds.All.Select(build => build.Id).ToList())
                    .ToList();
                Assert.That(ids[1], Is.EqualTo(ids[0]), recording.Name);
                Assert.That(ids[2], Is.EqualTo(ids[0]), recording.Name);
            }
        });
    }

    [Test]
    public void Parse_OfWhatTheScriptsSaid_RecognisesEveryLine()
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
            {
                var said = recording.Events().Select(line => line.GetProperty("msg").GetString()!).ToHashSet();
                foreach (var format in Formats)
                {
                    var missed = recording
                        .Observations(format)
                        .Where(seen => seen.Event is Unrecognised && said.Contains(seen.Text!))
                        .Select(seen => seen.Text);
                    Assert.That(missed, Is.Empty, $"{recording} {format}");
                }
            }
        });
    }

    /// <summary>Only what Python and the shell print on their own is unknown: see docs/log-formats.md.</summary>
    [TestCaseSource(nameof(Formats))]
    public void Parse_OfEveryLineOfOurs_LeavesTracebacksAndAShellsComplaint(string format)
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
            {
                var unknown = recording.Observations(format).Where(seen => seen.Event is Unrecognised).Select(seen => seen.Text!).ToList();
                var expected = recording.Name switch
                {
                    "HEAD-globalfix" => (4, 0),
                    "HEAD-mailfix" => (0, 3),
                    _ => (0, 0),
                };
                var complaints = unknown.Count(text => text == "/bin/sh: line 1: mail: command not found");
                Assert.That(
                    (unknown.Count(text => text == "Traceback (most recent call last):"), complaints),
                    Is.EqualTo(expected),
                    recording.Name
                );
                Assert.That(unknown.Count - complaints, Is.EqualTo(TracebackLines(recording)), recording.Name);
            }
        });
    }

    private static int TracebackLines(Recording recording)
    {
        // The daemon's own record of what it printed: each block begins with the thread's name, which is known.
        var file = Path.Combine(recording.Folder, "daemon.stderr.txt");
        return File.Exists(file)
            ? File.ReadLines(file)
                .Count(line =>
                    line.Length > 0
                    && !line.StartsWith("Exception in thread", StringComparison.Ordinal)
                    && !line.StartsWith("/bin/sh", StringComparison.Ordinal)
                )
            : 0;
    }

    private static void AssertExact(Func<Recording, MonitorState> fold)
    {
        var recordings = Recording.All();
        Assert.Multiple(() =>
        {
            foreach (var recording in recordings)
                Assert.That(Truth(recording.Truth()).Faults(fold(recording)), Is.Empty, recording.Name);
        });
    }

    private static TrueRun Truth(JsonElement truth) => new(
        [.. truth.GetProperty("builds").EnumerateArray().Select(Build)],
        [.. truth.GetProperty("messages_without_build").EnumerateArray().Select(Refused)]);

    private static TrueRunBuild Build(JsonElement build)
    {
        var outcome = build.GetProperty("outcome").GetString();
        return new TrueRunBuild(
            build.GetProperty("thread").GetString()!,
            Path.GetFileName(build.GetProperty("log_path_normalised").GetString()!),
            build.GetProperty("image").GetString()!,
            build.GetProperty("template").GetString() is { Length: > 0 } template ? template : null,
            Time(build.GetProperty("started")),
            outcome is "success" or "failed" ? Time(build.GetProperty("ended")) : null,
            build.GetProperty("exit_code") is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : null,
            outcome switch
            {
                "success" => [BuildState.Succeeded],
                "failed" => [BuildState.Failed],
                "killed-with-daemon" => [BuildState.Lost, BuildState.Cancelled],
                _ => [BuildState.Lost],
            });
    }

    private static TrueRunRefusal Refused(JsonElement message)
    {
        var why = message.GetProperty("why").GetString()!;
        return new TrueRunRefusal(
            message.GetProperty("thread").GetString(),
            Reasons.First(reason => why.StartsWith(reason.Start, StringComparison.Ordinal)).Why
        );
    }

    private static DateTimeOffset Time(JsonElement epoch) => DateTimeOffset.FromUnixTimeMilliseconds((long)(epoch.GetDouble() * 1000));
}
