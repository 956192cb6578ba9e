using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
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
        Assert.That(TempFolder.ModeOf(_folder[MuteFile.Name]), Is.EqualTo((UnixFileMode)0b110_100_000));
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

    [TestCase("ln")]
    [TestCase("ln -s")]
    [TestCase("mkfifo")]
    public void Request_ThatIsNoFileOfItsOwn_IsRemovedUnread(string how)
    {
        _folder.Write("secret", Request);
        var request = _folder["asked/x.mute"];
        Assert.That(Shell.Run("/bin/sh", "-c", $"{how} {(how == "mkfifo" ? "" : _folder["secret"])} {request}"), Is.Zero);

        Assert.That(Recorder.Take((_, _) => { }, (_, _, _) => { }), Is.Empty);
        Assert.That(Directory.GetFiles(_folder["asked"]), Is.Empty);
        Assert.That(File.ReadAllText(_folder["secret"]), Is.EqualTo(Request));
    }

    [TestCase(256 * 1024, 1)]
    [TestCase(256 * 1024 + 1, 0)]
    public void Request_LongerThanTheLimit_IsRemovedUnread(int length, int expected)
    {
        _folder.Write("asked/x.mute", Request.PadRight(length));

        Assert.That(Recorder.Take((_, _) => { }, (_, _, _) => { }), Has.Count.EqualTo(expected));
        Assert.That(Directory.GetFiles(_folder["asked"]), Is.Empty);
    }

    /// <summary>Nobody can mute under the name of another.</summary>
    [Test]
    public void Request_ThatBelongsToAnotherUser_IsTheirs()
    {
        if (ThisUser.Id != 0)
            Assert.Ignore("needs root");
        var recorder = new HostMutes(_folder.Path, static user => $"user {user}", why => Assert.That(why, Is.Null));
        _folder.Write("asked/x.mute", Request);
        Assert.That(Shell.Run("chown", "4242", _folder["asked/x.mute"]), Is.Zero);

        recorder.Take((_, mute) => _said.Add($"{mute.Name} by {mute.By}"), (_, _, _) => { });

        Assert.That(_said, Is.EqualTo(new[] { "BUILD_FAILED:norm by user 4242" }));
    }

    /// <summary>A mute of norm, as somebody writes it who is not ada.</summary>
    private const string Request = """
        {"factory":null,"drop":[],"set":[{"factory":null,"code":"BUILD_FAILED","item":"norm","at":"2026-11-22T12:00:00+00:00","until":null,
        "sticky":false,"by":"bob","items":["norm"],"severity":"Warn"}]}
        """;

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
            Is.True.After(TestPatience.Milliseconds, 5)
        );
    }

    private static Mute Mute(string item, string by = "ada") =>
        new(CheckCode.BuildFailed, item, Given.Noon, null, false, by, [item], Severity.Warn);
}
