using System.Net.Sockets;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Ingest;

[TestFixture(true)]
[TestFixture(false)]
public sealed class LogDirectoryTests(bool withOpenAt2)
{
    [TestCase("a.log", true)]
    [TestCase("image-sl7x.managed.json.1795350713.log", true)]
    [TestCase("0_.-.log", true)]
    [TestCase(".log", false)]
    [TestCase(".hidden.log", false)]
    [TestCase("-a.log", false)]
    [TestCase("a.LOG", false)]
    [TestCase("a.log.1", false)]
    [TestCase("a b.log", false)]
    [TestCase("a/b.log", false)]
    [TestCase("../a.log", false)]
    [TestCase("/etc/a.log", false)]
    [TestCase("a\0.log", false)]
    [TestCase("a\n.log", false)]
    [TestCase("ä.log", false)]
    [TestCase("a\u001b]0;x\u0007.log", false)]
    [TestCase("", false)]
    public void IsLogName_OnlyPlainNames(string name, bool expected) => Assert.That(LogDirectory.IsLogName(name), Is.EqualTo(expected));

    [TestCase(201, true)]
    [TestCase(202, false)]
    [TestCase(4096, false)]
    public void IsLogName_HasALength(int stem, bool expected) =>
        Assert.That(LogDirectory.IsLogName(new string('a', stem) + ".log"), Is.EqualTo(expected));

    [Test]
    public void Open_EverythingButAPlainLog_IsRefusedWithAReason()
    {
        using var folder = new Support.TempFolder();
        var logs = Directory.CreateDirectory(folder["logs"]).FullName;
        var directory = new LogDirectory(logs, withOpenAt2);
        string In(string name) => Path.Combine(logs, name);
        folder.Append("secret.log", "secret");
        folder.Append("logs/real.log", "log");
        File.CreateSymbolicLink(In("out.log"), folder["secret.log"]);
        File.CreateSymbolicLink(In("in.log"), In("real.log"));
        File.CreateSymbolicLink(In("loop.log"), In("loop.log"));
        File.CreateSymbolicLink(In("zero.log"), "/dev/zero");
        File.CreateSymbolicLink(In("self.log"), "/proc/self/mem");
        File.CreateSymbolicLink(In("magic.log"), "/proc/self/exe");
        Directory.CreateDirectory(In("directory.log"));
        Shell.Run("mkfifo", In("fifo.log"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("socket.log")));

        // An open that waits for a FIFO's writer would never end.
        foreach (
            var (name, why) in new[]
            {
                ("out.log", "refused"),
                ("in.log", "refused"),
                ("loop.log", "refused"),
                ("zero.log", "refused"),
                ("self.log", "refused"),
                ("magic.log", "refused"),
                ("directory.log", "refused: not a file but a directory"),
                ("fifo.log", "refused: not a file but a FIFO"),
                ("socket.log", "refused: not a file but a socket"),
                ("missing.log", "missing"),
                ("../secret.log", "refused: not the name of a build log"),
                (folder["secret.log"], "refused: not the name"),
                ("..", "refused"),
                (".", "refused"),
                ("", "refused"),
                ("real.log/", "refused"),
                ("real.log\0", "refused"),
                ("./real.log", "refused"),
            }
        )
        {
            var opening = directory.Open(name);
            Assert.That(opening.File, Is.Null, name);
            Assert.That(opening.Why, Does.StartWith(why), name);
        }

        using var real = directory.Open("real.log").File;
        Assert.That(real, Is.Not.Null);
        Assert.That(directory.Scan().Refused.Select(refused => refused.Name), Is.EquivalentTo(new[]
        {
            "out.log", "in.log", "loop.log", "zero.log", "self.log", "magic.log", "directory.log", "fifo.log", "socket.log",
        }));
    }

    [Test]
    public void Open_ADevice_IsRefusedWithoutOpeningIt()
    {
        using var folder = new Support.TempFolder();
        if (Shell.Run("mknod", folder["null.log"], "c", "1", "3") != 0)
            Assert.Ignore("may not make a device here");

        Assert.That(
            new LogDirectory(folder.Path, withOpenAt2).Open("null.log").Why,
            Is.EqualTo("refused: not a file but a character device")
        );
    }

    [Test]
    public void Open_LinkSwappedInALoop_NeverLeavesTheDirectory()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Append("secret", "secret");
        folder.Append("logs/plain", "log");
        var directory = new LogDirectory(folder["logs"], withOpenAt2);
        var secret = StatResult.At(folder["secret"]).Status.Identity;
        using var stop = new CancellationTokenSource();
        var swaps = 0;
        var swapper = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.CreateSymbolicLink(folder["logs/link"], folder["secret"]);
                folder.Move("logs/link", "logs/a.log");
                File.Copy(folder["logs/plain"], folder["logs/copy"], overwrite: true);
                folder.Move("logs/copy", "logs/a.log");
                Interlocked.Increment(ref swaps);
            }
        });
        swapper.Start();
        var (opened, escaped) = (0, 0);
        while (opened < 2_000 || Volatile.Read(ref swaps) < 200)
        {
            using var file = directory.Open("a.log").File;
            (opened, escaped) = (opened + (file is null ? 0 : 1), escaped + (file?.Identity == secret ? 1 : 0));
        }

        stop.Cancel();
        swapper.Join();
        Assert.That(escaped, Is.Zero);
        Assert.That(opened, Is.GreaterThan(0));
    }

    [Test]
    public void Scan_ReportsWhatChanged()
    {
        using var folder = new Support.TempFolder();
        var directory = new LogDirectory(folder.Path, withOpenAt2);
        folder.Append("a.log", "1");
        folder.Append("b.log", "1");
        folder.Append("notes.txt", "1");
        Directory.CreateDirectory(folder["rally-tasks"]);
        Assert.That(directory.Scan().Changed.Select(log => log.Name), Is.EquivalentTo(new[] { "a.log", "b.log" }));
        Assert.That(directory.Scan(), Has.Property("Changed").Empty.And.Property("Others").EqualTo(1).And.Property("Why").Null);

        folder.Append("a.log", "2");
        folder.Delete("b.log");
        var listing = directory.Scan();
        Assert.That(listing.Changed.Single().Name, Is.EqualTo("a.log"));
        Assert.That(listing.Gone.Single(), Is.EqualTo("b.log"));
    }

    [Test]
    public void Scan_NameThatIsNoUtf8_IsCounted()
    {
        using var folder = new Support.TempFolder();
        Shell.Run("sh", "-c", $"touch \"$(printf '{folder.Path}/bad\\377.log')\"");
        var listing = new LogDirectory(folder.Path, withOpenAt2).Scan();

        // .NET could not remove it either.
        Shell.Run("rm", "-r", folder.Path);
        Assert.That(listing, Has.Property("Others").EqualTo(1).And.Property("UnreadableNames").EqualTo(1));
    }

    [Test]
    public void Scan_NoDirectory_SaysWhyAndLosesNothing()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Append("logs/a.log", "1");
        var directory = new LogDirectory(folder["logs"], withOpenAt2);
        directory.Scan();
        Directory.Move(folder["logs"], folder["aside"]);
        Assert.That(directory.Scan(), Has.Property("Why").EqualTo("missing").And.Property("Gone").Empty);

        Directory.Move(folder["aside"], folder["logs"]);
        Assert.That(directory.Scan(), Has.Property("Changed").Empty.And.Property("Why").Null);
    }

    [Test]
    public void Logs_AtRestBetweenPolls_AreNotOpen_AndAreReadOn()
    {
        using var folder = new Support.TempFolder();
        var directory = new LogDirectory(folder.Path, withOpenAt2);
        var readers = Enumerable.Range(0, 20).Select(i => new TailReader(directory.Place($"{i}.log"), Following.BuildLog)).ToList();
        var lines = new List<string>();
        for (var turn = 0; turn < 4; turn++)
        {
            for (var i = 0; i < readers.Count; i++)
                folder.Append($"{i}.log", $"{i}:{turn}\n");
            foreach (var reader in readers)
            {
                var events = reader.Poll(new Moment(TimeSpan.FromSeconds(turn), default));
                Assert.That(reader.OpenFiles, Is.EqualTo(1));
                reader.Rest();
                lines.AddRange(events.OfType<LineRead>().Select(read => read.Line.Text));
            }

            Assert.That(readers.Sum(reader => reader.OpenFiles), Is.Zero);
        }

        Assert.That(lines, Is.EquivalentTo(Enumerable.Range(0, 80).Select(n => $"{n % 20}:{n / 20}")));
        Assert.That(readers.Select(reader => reader.Health.Generation), Is.All.Zero);
        readers.ForEach(reader => reader.Dispose());
    }
}
