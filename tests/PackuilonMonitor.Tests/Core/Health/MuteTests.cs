using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Health;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>What a mute takes out of the whole, and what ends it.</summary>
public sealed class MuteTests
{
    private static readonly string[] OneFailed = [.. Began, .. Failed("12:01", "one")];
    private static readonly string[] TwoFailed = [.. OneFailed, .. Failed("12:03", "two")];

    [Test]
    public void MutedCheck_IsShownLastAndCountsForNothing()
    {
        var health = After(OneFailed).At("12:02:00", mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json")]);

        Assert.That((health.Overall, health.Checks.Single().IsMuted, health.Mutes.Ended.Length), Is.EqualTo((Overall.Ok, true, 0)));
    }

    [Test]
    public void MutedItem_LeavesTheOthers()
    {
        var health = After(TwoFailed).At("12:04:00", mutes: [Mute(CheckCode.BuildFailed, "one.a.json", "one.a.json")]);

        Assert.That(
            (health.Overall, health.Checks.Single().IsMuted, health.Checks.Single().Items.Select(item => item.Muted).ToArray()),
            Is.EqualTo((Overall.Warn, false, new[] { false, true }))
                .Using<(Overall, bool, bool[])>(
                    (one, other) => one.Item1 == other.Item1 && one.Item2 == other.Item2 && one.Item3.SequenceEqual(other.Item3)
                )
        );
    }

    [Test]
    public void BlindCheck_ThatIsMuted_StillCounts() =>
        Assert.That(
            After(Began)
                .At("14:00:00", mutes: [Mute(CheckCode.SourceSilent, null, "/var/log/messages") with { Severity = Severity.Unknown }])
                .Overall,
            Is.EqualTo(Overall.Unknown)
        );

    [TestCase("12:30:00", "time")]
    [TestCase("12:29:59", null)]
    public void Mute_EndsAtItsTime(string now, string? why) =>
        Assert.That(
            Ended(After(OneFailed).At(now, mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json") with { Until = Time("12:30:00") }])),
            Is.EqualTo(why)
        );

    [Test]
    public void Mute_EndsWhereItsCheckClears() =>
        Assert.That(Ended(After(Began).At("12:02:00", mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json")])), Is.EqualTo("cleared"));

    [Test]
    public void Mute_EndsWithANewItem() =>
        Assert.That(
            Ended(After(TwoFailed).At("12:04:00", mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json")])),
            Is.EqualTo("new item two.a.json")
        );

    [Test]
    public void Mute_EndsWhereItBecomesWorse() =>
        Assert.That(
            Ended(
                After(OneFailed)
                    .At("12:02:00", mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json") with { Severity = Severity.Unknown }])
            ),
            Is.EqualTo("worse")
        );

    [Test]
    public void StickyMute_SurvivesAllButItsTime()
    {
        var mute = Mute(CheckCode.BuildFailed, null) with { Sticky = true, Until = Time("13:00:00") };

        Assert.That(
            (
                Ended(After(Began).At("12:02:00", mutes: [mute])),
                Ended(After(TwoFailed).At("12:04:00", mutes: [mute])),
                Ended(After(Began).At("13:00:00", mutes: [mute]))
            ),
            Is.EqualTo(((string?)null, (string?)null, "time"))
        );
    }

    [Test]
    public void ItemThatClears_LeavesTheSet()
    {
        var left = After(OneFailed).At("12:02:00", mutes: [Mute(CheckCode.BuildFailed, null, "one.a.json", "two.a.json")]).Mutes.Holding;

        Assert.That(left.Single().Items, Is.EqualTo(new[] { "one.a.json" }));
    }

    [Test]
    public void File_GivesBackWhatWasWritten_OfItsFactoryAlone()
    {
        using var folder = new TempFolder();
        var (file, mute) = (new MuteFile(folder.Path), Mute(CheckCode.BuildFailed, "x", "x"));
        file.Set("one", [mute]);
        file.Set("two", [mute with { Sticky = true }]);
        file.Set("one", [mute with { Item = "y" }]);

        Assert.That(
            (file.Of("one").Single().Name, file.Of("two").Single().Sticky, file.Of(null).Count),
            Is.EqualTo(("BUILD_FAILED:y", true, 0))
        );
    }

    [Test]
    public void File_AndItsFolder_AreForItsUserAlone()
    {
        using var folder = new TempFolder();
        var file = new MuteFile(folder["state"]);
        file.Set(null, [Mute(CheckCode.BuildFailed, "x", "x")]);

        Assert.That(
            (new FileInfo(file.Path!).UnixFileMode, new FileInfo(folder["state"]).UnixFileMode),
            Is.EqualTo((WholeFile.ForUserAlone, WholeFile.ForUserAlone | UnixFileMode.UserExecute))
        );
    }

    [Test]
    public void File_ThatIsNone_IsReportedAndKept()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, MuteFile.Name), "no");
        var file = new MuteFile(folder.Path);

        Assert.That(() => file.Of(null), Throws.InstanceOf<IOException>().With.Message.Contains("not a file of mutes"));
        Assert.That(() => file.Set(null, []), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(file.Path!), Is.EqualTo("no"));
    }

    private static Mute Mute(CheckCode code, string? item, params string[] items) =>
        new(code, item, Given.Noon, null, false, "me", [.. items], Severity.Warn);

    private static string? Ended(FactoryHealth health) => health.Mutes.Ended is [var ended] ? ended.Why : null;

    private static string[] Failed(string minute, string image) =>
    [
        $"{minute}:00 r Thread-1 processing {image}", $"{minute}:01 r packer build starting, see: /logs/{image}.a.json.log for details",
        $"{minute}:02 r Thread-1: packer exited with non zero exit code, {image}.a.json build failed",
    ];
}
