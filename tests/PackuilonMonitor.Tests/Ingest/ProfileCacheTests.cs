using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Which profiles are read when a line names them, and what is taken from them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProfileCacheTests : IDisposable
{
    private const int Largest = 8 * 1024 * 1024;

    private const string Whole = """
        {"system":{"network":{"hostname":"norm"},"personality":{"name":"p"},"aii":{"nbp":{"pxelinux":{"kernel":"sl7x-x86_64/vmlinuz"}}},
        "os":{"distribution":{"name":"sl"},"version":{"name":"7x"},"architecture":"x86_64"}}}
        """;

    private readonly TempFolder _folder = new();
    private readonly ProfileCache _cache;

    public ProfileCacheTests() => _cache = new ProfileCache(_folder.Path);

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Announcements()
    {
        yield return new TestCaseData(new ProfileRebuilt("a.json"), true);
        yield return new TestCaseData(new ProfileUpdated("a.json"), true);
        yield return new TestCaseData(new ProfileUnchanged("a.json"), true);
        yield return new TestCaseData(new ProfileDownloading("a.json"), false);
        yield return new TestCaseData(new ProfileNew("a.json"), false);
        yield return new TestCaseData(new ProfileRebuilt("b.json"), false);
        yield return new TestCaseData(new ProfileRebuilt("../a.json"), false);
    }

    [TestCaseSource(nameof(Announcements))]
    public void Profile_ThatALineNames_IsReadIfItsCopyIsThere(MonitorEvent said, bool read)
    {
        _folder.Write("a.json", Whole);

        Assert.That(Read(said).Select(one => one.Profile), read ? Is.EqualTo(new[] { "a.json" }) : Is.Empty);
    }

    [Test]
    public void Profile_IsReadOnce_UntilItsCopyChanges()
    {
        _folder.Write("a.json", Whole);
        var named = new ProfileRebuilt("a.json");

        Assert.That((Read(named, named).Count, Read(named).Count), Is.EqualTo((1, 0)));
        _folder.Write("a.json", "{}");
        Assert.That(Read(named).Single().Content, Is.EqualTo(ProfileContent.Nothing));
    }

    /// <summary>What is known of more profiles than there are is forgotten, and they are read again.</summary>
    [TestCase(2_000, 0)]
    [TestCase(2_001, 1)]
    public void Profiles_BeyondTheMost_AreReadAgain(int profiles, int again)
    {
        for (var number = 1; number <= profiles; number++)
            _folder.Write($"p{number}.json", "{}");
        Read(Enumerable.Range(1, profiles).Select(number => new ProfileRebuilt($"p{number}.json")));

        Assert.That(Read(new ProfileRebuilt("p1.json")), Has.Count.EqualTo(again));
    }

    [Test]
    public void Profile_ThatIsALink_IsNotFollowed()
    {
        _folder.Write("secret", Whole);
        File.CreateSymbolicLink(_folder["a.json"], _folder["secret"]);

        Assert.That(Read(new ProfileRebuilt("a.json")), Is.Empty);
    }

    [TestCase(Largest, 1)]
    [TestCase(Largest + 1, 0)]
    public void Profile_OfEightMebibytes_IsTheLargestThatIsRead(int size, int read)
    {
        _folder.Write("a.json", Whole.PadRight(size));

        var profiles = Read(new ProfileRebuilt("a.json"));

        Assert.That(profiles.Select(profile => profile.Content.Host), Is.EqualTo(Enumerable.Repeat("norm", read)));
    }

    [Test]
    public void Content_IsWhatNamesAnImage()
    {
        _folder.Write("a.json", Whole);

        Assert.That(
            Read(new ProfileRebuilt("a.json")).Single().Content,
            Is.EqualTo(new ProfileContent("norm", "p", "sl7x-x86_64", "sl", "7x", "x86_64"))
        );
    }

    [TestCase("[]")]
    [TestCase("no json")]
    [TestCase("")]
    [TestCase("{\"system\":5}")]
    [TestCase("{\"system\":{\"network\":{\"hostname\":[]},\"personality\":{\"name\":\"\"},\"os\":\"sl\"}}")]
    public void Content_OfAnotherForm_IsNothing(string text)
    {
        _folder.Write("a.json", text);

        Assert.That(Read(new ProfileRebuilt("a.json")).Single().Content, Is.EqualTo(ProfileContent.Nothing));
    }

    [TestCase(255, true)]
    [TestCase(256, false)]
    public void Content_HasNamesAsLongAsAFileName(int length, bool known)
    {
        _folder.Write("a.json", Whole.Replace("norm", new string('a', length), StringComparison.Ordinal));

        Assert.That(Read(new ProfileRebuilt("a.json")).Single().Content.Host is not null, Is.EqualTo(known));
    }

    private List<ProfileRead> Read(params IEnumerable<MonitorEvent> said) =>
        [.. _cache.Of(said.Select(one => Given.Seen(one)), Given.Noon).Select(seen => (ProfileRead)seen.Event)];
}
