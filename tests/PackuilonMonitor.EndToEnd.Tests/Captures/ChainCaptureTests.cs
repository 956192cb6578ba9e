using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>Recorded runs of the whole chain, and the shortest sequence of each fault; skipped where they are not there.</summary>
public sealed class ChainCaptureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    [TestCase("overlap", "par1-el9 Queued par1-el9 certain", "par1-el9 Unchanged")]
    [TestCase("overlap2", "par1-el9 Queued par1-el9 certain", "par1-el9 Unchanged")]
    [TestCase("nameis", "tmp11 Queued img11-el9 ?", "tmp13 Queued img13-el9 ?")]
    [TestCase("refused", "broken-el9 Queued refused MalformedProfile", "later Queued unrelated-host ?")]
    [TestCase("fifo", "lost-el9 Queued passed over", "after-el9 Queued after-el9 certain", "hand-made by hand")]
    [TestCase("prefix", "ci-temp-a Queued web-frontend ?", "web Queued web certain")]
    [TestCase("stale", "one-el9 NotDownloaded, called by a packet", "one-el9 Queued one-el9 certain")]
    [TestCase("cascade", "host13 Queued host13 certain", "grp2 Queued grp2 certain", "host00 Queued host00 certain", "by-hand by hand")]
    [TestCase(
        "cascade-known",
        "host13 Queued host13 certain",
        "grp2 Queued grp2 certain",
        "host00 Queued host00 certain",
        "host13 by hand",
        "grp2 by hand",
        "host00 by hand",
        "by-hand by hand"
    )]
    public void MiniLines_AreTiedAsTheyWere(string name, params string[] said)
    {
        var path = SharedFolder.Find($"data/chain/mini-lines/{name}.iso");
        var parser = new LineReading(TimeZoneInfo.Utc, Now);
        var state = Given.Folded(
            File.ReadLines(path).Select(line => parser.Parse(new LogLine(new SourceId(path), 0, line))).OfType<Observation>()
        );

        Assert.That(
            state
                .Triggers.Triggers.Select(Describe)
                .Concat(state.Builds.All.Where(build => build.Trigger is null).Select(build => $"{build.Image} by hand")),
            Is.EqualTo(said)
        );
    }

    /// <summary>
    /// With the profiles that cdb2rabbit keeps every tie is exact; only a message that was queued by hand for an image just before a change
    /// of it cannot be told from that.
    /// </summary>
    [Test]
    public void Capture_WithTheCachedProfiles_TiesEachBuildToItsChange()
    {
        foreach (var folder in Directory.GetDirectories(SharedFolder.Find("data/chain"), "*-chain-*"))
        {
            var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json"))).RootElement;
            using var cache = new TempFolder();
            WriteCache(cache, truth, isHead: Path.GetFileName(folder).StartsWith("HEAD", StringComparison.Ordinal));
            var state = Folded(folder, new ProfileCache(cache.Path));

            var wrong = truth.GetProperty("builds").EnumerateArray().Where(build => !IsRight(state, truth, build)).ToList();
            var twins = wrong.Where(build => IsBesideATwin(truth, build)).ToList();
            Assert.That(wrong.Except(twins), Is.Empty, folder);
            Assert.That(
                wrong.Select(build => Shown(state, build)?.Trigger).OfType<string>().Select(id => state.Triggers.Find(id)!.Certain),
                Is.All.False,
                folder
            );
        }
    }

    private static string Describe(Trigger trigger) => $"{trigger.Profile.Split('.')[0]} {trigger.Result}" + trigger switch
    {
        { Refused: { } why } => $" refused {why}",
        { Images: { } images } => $" {string.Join(',', images)} {(trigger.Certain ? "certain" : "?")}",
        { PassedOver: true } => " passed over",
        { PacketAt: not null } => ", called by a packet",
        _ => "",
    };

    private static MonitorState Folded(string folder, ProfileCache cache)
    {
        var parser = new LineReading(TimeZoneInfo.Utc, Now);
        var files = Directory.GetFiles(folder, "messages.iso*").OrderDescending(StringComparer.Ordinal);
        return files
            .SelectMany(File.ReadLines)
            .Select(line => parser.Parse(new LogLine(new SourceId(folder), 0, line)))
            .OfType<Observation>()
            .Aggregate(MonitorState.Empty, (state, seen) => state.Apply([.. cache.Of([seen], seen.At), seen]));
    }

    /// <summary>What the profiles ask for, by what was built of them.</summary>
    private static void WriteCache(TempFolder cache, JsonElement truth, bool isHead)
    {
        foreach (var change in truth.GetProperty("triggers").EnumerateArray())
        {
            if (change.TryGetProperty("builds", out var builds) && builds.GetArrayLength() > 0)
                cache.Write(
                    change.GetProperty("profile").GetString()!,
                    Content(truth.GetProperty("builds")[builds[0].GetInt32()].GetProperty("image").GetString()!, isHead)
                );
        }
    }

    private static string Content(string image, bool isHead) => isHead
        ? """{"system":{"network":{"hostname":"IMAGE"}}}""".Replace("IMAGE", image, StringComparison.Ordinal)
        : """{"system":{"personality":{"name":"IMAGE"},"aii":{"nbp":{"pxelinux":{"kernel":"sl7x-x86_64/vmlinuz"}}}}}"""
            .Replace("IMAGE", image.Replace("-sl7x-x86_64", "", StringComparison.Ordinal), StringComparison.Ordinal);

    private static bool IsRight(MonitorState state, JsonElement truth, JsonElement build)
    {
        var shown = Shown(state, build);
        if (build.GetProperty("trigger").ValueKind is JsonValueKind.Null)
            return shown is { Trigger: null };
        var change = truth.GetProperty("triggers")[build.GetProperty("trigger").GetInt32()];
        return shown?.Trigger is { } id
            && state.Triggers.Find(id) is { } trigger
            && trigger.Profile == change.GetProperty("profile").GetString()
            && Math.Abs(Seconds(trigger.At) - change.GetProperty("at").GetDouble()) < 1;
    }

    private static Build? Shown(MonitorState state, JsonElement build) => state.Builds.All
        .Where(known => known.Name.File == Path.GetFileName(build.GetProperty("log_path_normalised").GetString()))
        .MinBy(known => Math.Abs(Seconds(known.StartedAt) - build.GetProperty("started").GetDouble()));

    /// <summary>A message by hand, and a change's, asked for its image at one time.</summary>
    private static bool IsBesideATwin(JsonElement truth, JsonElement build)
    {
        var image = build.GetProperty("image").GetString();
        return truth.GetProperty("by_hand").EnumerateArray().Any(hand => hand.GetProperty("image").GetString() == image
            && Math.Abs(hand.GetProperty("taken_at").GetDouble() - build.GetProperty("started").GetDouble()) < 15);
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;
}
