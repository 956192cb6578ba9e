using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Health;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>Users ask, and the recorder of the host writes.</summary>
public sealed class HostMutesTests
{
    private TempFolder _folder = null!;
    private readonly List<string> _said = [];

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _said.Clear();
        Directory.CreateDirectory(_folder[HostFolder.Asked]);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Mute_ThatAUserAsksFor_IsWrittenUnderTheNameOfWhoOwnsTheRequest()
    {
        var asking = Ask([Mute("norm", by: "somebody else")]);
        TakeUntil(() => asking.IsCompleted);

        Assert.That(Mutes.Of(null).Select(mute => (mute.Name, mute.By)), Is.EqualTo(new[] { ("BUILD_FAILED:norm", "ada") }));
        Assert.That(_said, Is.EqualTo(new[] { "muted BUILD_FAILED:norm" }));
        Assert.That(TempFolder.ModeOf(_folder[MuteFile.Name]), Is.EqualTo(HostFolder.FileMode));
        Assert.That(Directory.GetFiles(_folder[HostFolder.Asked]), Is.Empty);
    }

    /// <summary>Each asks for what is new and what is to end, and not for the whole.</summary>
    [Test]
    public void Mutes_ThatUsersAskForWhoDoNotKnowOfEachOther_AreAllThere()
    {
        var (one, other) = (Mutes, Mutes);
        Assert.That(one.Of(null).Concat(other.Of(null)), Is.Empty);
        var asking = Task.Run(() => one.Set(null, [Mute("norm")]));
        TakeUntil(() => asking.IsCompleted);
        asking = Task.Run(() => other.Set(null, [Mute("lab")]));
        TakeUntil(() => asking.IsCompleted);

        Assert.That(Mutes.Of(null).Select(mute => mute.Item), Is.EquivalentTo(new[] { "norm", "lab" }));
    }

    [Test]
    public void Mute_ThatAnotherUserTakesBack_IsGone()
    {
        var asking = Ask([Mute("norm"), Mute("lab")]);
        TakeUntil(() => asking.IsCompleted);
        asking = Ask([.. Mutes.Of(null).Where(mute => mute.Item == "lab")]);
        TakeUntil(() => asking.IsCompleted);

        Assert.That(Mutes.Of(null).Select(mute => mute.Item), Is.EqualTo(new[] { "lab" }));
        Assert.That(_said, Does.Contain("unmuted BUILD_FAILED:norm by ada"));
    }

    [TestCase("no json")]
    [TestCase("{}")]
    [TestCase("""{"factory":null,"set":null,"drop":null}""")]
    [TestCase("""{"factory":null,"set":[{"code":"NONE"}],"drop":[]}""")]
    [TestCase("""{"factory":null,"set":[{"code":"BUILD_FAILED","severity":"Warn"}],"drop":[]}""")]
    [TestCase("""{"factory":null,"set":[null],"drop":[null]}""")]
    public void Request_ThatIsNone_IsRemovedAndDoesNothing(string text)
    {
        _folder.Write($"{HostFolder.Asked}/x.mute", text);

        Recorder.Take((_, mute) => _said.Add(mute.Name), (_, mute, _) => _said.Add(mute.Name));

        Assert.That(_said, Is.Empty);
        Assert.That(Mutes.Of(null), Is.Empty);
        Assert.That(Directory.GetFiles(_folder[HostFolder.Asked]), Is.Empty);
    }

    [Test]
    public void Request_ThatIsALink_IsNotFollowed()
    {
        _folder.Write("secret", """{"factory":null,"set":[],"drop":[]}""");
        File.CreateSymbolicLink(_folder[$"{HostFolder.Asked}/x.mute"], _folder["secret"]);

        Assert.That(Recorder.Take((_, _) => { }, (_, _, _) => { }), Is.Empty);
        Assert.That(File.Exists(_folder["secret"]), Is.True);
    }

    private HostMutes Recorder => new(_folder.Path, static _ => "ada", why => Assert.That(why, Is.Null));

    private MuteFile Mutes => new(_folder.Path) { IsHosts = true };

    private Task Ask(IReadOnlyList<Mute> wanted) => Task.Run(() => Mutes.Set(null, wanted));

    private void TakeUntil(Func<bool> done)
    {
        var recorder = Recorder;
        Assert.That(
            () =>
            {
                recorder.Take(
                    (_, mute) => _said.Add($"muted {mute.Name}"),
                    (_, mute, by) => _said.Add($"unmuted {mute.Name} by {by}")
                );
                return done();
            },
            Is.True.After(20_000, 5)
        );
    }

    private static Mute Mute(string item, string by = "ada") =>
        new(CheckCode.BuildFailed, item, Given.Noon, null, false, by, [item], Severity.Warn);
}
