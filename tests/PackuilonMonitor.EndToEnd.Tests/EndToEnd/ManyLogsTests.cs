using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard beside a log directory in which years of builds have left their logs.</summary>
[NonParallelizable]
public sealed class ManyLogsTests
{
    private const int Logs = 10_000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(6);

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("none.ini", "");
        for (var log = 0; log < Logs; log++)
            _folder.Write($"log/image-{log}.managed.json.log", "==> openstack: Launching server...\nBuild 'openstack' finished.\n");
        File.Delete(_folder["log/image-77.managed.json.log"]);
        _folder.Write("messages",
            "Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing image-77\n"
            + "Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//image-77.managed.json.log for details\n");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void TenThousandLogs_OneBeginsAndGrows_IsShown_AndTheRestCostsLittle()
    {
        using var program = new PtyProgram(
            $"--messages '{_folder["messages"]}' --log-dir '{_folder["log"]}' "
            + $"--config '{_folder["none.ini"]}' --time-zone UTC --now 2026-11-22T12:00:30Z --no-history",
            _folder.Path
        );
        program.ReadUntil("image-77");
        program.Sent(TimeSpan.FromSeconds(4));

        var begins = Shown("==> openstack: Launching server...\n", "Launching server");
        var grows = Shown("==> openstack: Waiting for server to become ready...\n", "Waiting for server");
        program.Sent(TimeSpan.FromSeconds(12));
        var (computed, reads) = (program.Computed(), program.ReadCalls());
        var bytes = program.Sent(Idle) / Idle.TotalSeconds;
        var share = (program.Computed() - computed) / Idle;
        reads = program.ReadCalls() - reads;

        TestContext.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"new log after {begins:0} ms, its growth after {grows:0} ms; idle: "
                + $"{share:P1} of a core, {reads / Idle.TotalSeconds:0} reads and {bytes:0} bytes sent a second"
            )
        );
        Assert.Multiple(() =>
        {
            Assert.That(reads, Is.LessThanOrEqualTo(Idle.TotalSeconds * 20), "of the two files that grow, and of none of the ten thousand");
            Assert.That(bytes, Is.LessThanOrEqualTo(50), "the time that a build has taken, and no more");
            Assert.That(program.End(() => program.Type("q")).Code, Is.Zero);
        });

        double Shown(string line, string text)
        {
            var began = Stopwatch.GetTimestamp();
            _folder.Append("log/image-77.managed.json.log", line);
            program.ReadUntil(text);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }
}
