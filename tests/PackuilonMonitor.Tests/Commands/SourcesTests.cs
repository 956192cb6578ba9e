using PackuilonMonitor.Inputs;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>What the named paths stand for, and how much of them is read.</summary>
public sealed class SourcesTests
{
    private const string Early = "Nov 22 12:00:00 vm /rabbit2packer.py: Thread-1 processing early\n";
    private const string Late = "Nov 22 12:00:01 vm /rabbit2packer.py: Thread-2 processing late\n";

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Pattern_StandsForWhatItMatchesInOrderOfName()
    {
        foreach (var name in (string[])["b.log", "a.log", ".hidden.log", "c.txt"])
            _folder.Write(name, "");

        Assert.That(Of("*.log"), Is.EqualTo(new[] { _folder["a.log"], _folder["b.log"] }));
        Assert.That(Of(".*.log"), Is.EqualTo(new[] { _folder[".hidden.log"] }));
        Assert.That(Of("?.log"), Is.EqualTo(new[] { _folder["a.log"], _folder["b.log"] }));
    }

    [Test]
    public void Pattern_OfFolders_LooksIntoEach()
    {
        foreach (var host in (string[])["two", "one"])
        {
            Directory.CreateDirectory(_folder[host]);
            _folder.Write($"{host}/messages", "");
        }

        Directory.CreateDirectory(_folder["none"]);

        Assert.That(Of("*/messages"), Is.EqualTo(new[] { _folder["one/messages"], _folder["two/messages"] }));
    }

    [Test]
    public void Pattern_ThatMatchesNothing_StaysAsItIs() => Assert.That(Of("*.log"), Is.EqualTo(new[] { _folder["*.log"] }));

    [Test]
    public void File_WhoseNameIsAPattern_IsThatFileAlone()
    {
        _folder.Write("a.log", "");
        _folder.Write("*.log", "");

        Assert.That(Of("*.log"), Is.EqualTo(new[] { _folder["*.log"] }));
    }

    [Test]
    public void RotatedFile_NamedBesideItsLog_IsReadOnceAndBeforeIt()
    {
        _folder.Write("messages", Late);
        _folder.Write("messages.1", Early);

        Assert.That(Of("messages.1", "messages", "messages"), Is.EqualTo(new[] { _folder["messages"] }));
        Assert.That(
            Sources(_folder["messages.1"], _folder["messages"]).ReadAll().Recent.Select(seen => seen.Text).Where(text => text is not null),
            Is.EqualTo(new[] { "Thread-1 processing early", "Thread-2 processing late" })
        );
    }

    [TestCase(true, "-")]
    [TestCase(true, "/a/messages", "-")]
    [TestCase(false, "/a/messages")]
    public void StandardInput_IsTakenWhereItIsNamed(bool isTaken, params string[] messages) =>
        Assert.That(Sources(messages).TakeStandardInput, Is.EqualTo(isTaken));

    [Test]
    public void Now_ThatWasGiven_IsSoFarAheadOfTheClock()
    {
        var sources = PackuilonMonitor.Inputs.Sources.Of(new SourceSettings(), Factory, "2026-11-22T13:00:00Z", Given.Noon);

        Assert.That((sources.Now, sources.Ahead), Is.EqualTo((Given.Noon.AddHours(1), TimeSpan.FromHours(1))));
    }

    /// <summary>
    /// 64 MiB and a little more: what stands before the newest 64 MiB is left out there, and read where all is asked for.
    /// </summary>
    [Test]
    public void OpenRecent_OfALargeLog_ReadsTheNewestOfIt()
    {
        var noise = string.Concat(Enumerable.Repeat("Nov 22 12:00:00 vm sshd[1]: Accepted publickey for root\n", 1 << 15));
        _folder.Append("messages", Early);
        while (new FileInfo(_folder["messages"]).Length <= 64 << 20)
            _folder.Append("messages", noise);
        _folder.Append("messages", Late);
        var sources = Sources(_folder["messages"]);

        using var feed = sources.OpenRecent();

        var read = feed.ReadAll().SelectMany(batch => batch).Select(seen => seen.Text).Where(text => text is not null);
        Assert.That(read, Is.EqualTo(new[] { "Thread-2 processing late" }));
        Assert.That(sources.ReadAll().Workers.Keys, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(sources.Glimpse().Single().Workers.Keys, Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void Glimpse_OfASmallLog_IsNone() => Assert.That(Sources(_folder.Write("messages", Early)).Glimpse(), Is.Empty);

    private FactoryConfiguration Factory => new(_folder["log"], 4);

    private IReadOnlyList<string> Of(params string[] names) => Sources([.. names.Select(name => _folder[name])]).Messages;

    private Sources Sources(params string[] messages)
    {
        Directory.CreateDirectory(_folder["log"]);
        return PackuilonMonitor.Inputs.Sources.Of(
            new SourceSettings { Messages = [.. messages], Zone = TimeZoneInfo.Utc },
            Factory,
            null,
            Given.Noon.AddDays(1)
        );
    }
}
