using System.IO.Compression;
using System.Text;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>
/// Files of a host as a command finds them: two days of a factory, its logs and configuration, a store with two builds and the mark of a
/// user. A little of everything happens, and nothing is written any more.
/// </summary>
internal sealed class GivenHost : IDisposable
{
    /// <summary>After the last line.</summary>
    public const string Now = "2026-11-22T12:40:00Z";

    private const string Before = """
        Nov 21 08:00:00 vm318 /rabbit2packer.py: Starting
        Nov 21 08:00:00 vm318 /rabbit2packer.py: Starting Thread-1
        Nov 21 08:00:00 vm318 /rabbit2packer.py: Starting Thread-2
        Nov 21 08:00:01 vm318 /rabbit2packer.py: Thread-1 processing web-el9-x86_64
        Nov 21 08:00:02 vm318 /rabbit2packer.py: packer build starting, see: /log//web-el9-x86_64.managed.json.1795248002.log for details
        Nov 21 08:04:34 vm318 /rabbit2packer.py: Thread-1: image built successfully: web-el9-x86_64.managed.json

        """;

    private const string Today = """
        Nov 22 11:58:00 vm318 /cdb2rabbit.py: CI profile rebuilt: web-el9-x86_64.example.org.json
        Nov 22 11:58:01 vm318 /cdb2rabbit.py: Profile has updated: web-el9-x86_64.example.org.json
        Nov 22 11:58:01 vm318 /cdb2rabbit.py: Pushing message to queue for build
        Nov 22 12:00:01 vm318 /rabbit2packer.py: Thread-1 processing web-el9-x86_64
        Nov 22 12:00:02 vm318 /rabbit2packer.py: packer build starting, see: /log//web-el9-x86_64.managed.json.1795348802.log for details
        Nov 22 12:05:48 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, web-el9-x86_64.managed.json build failed
        Nov 22 12:06:00 vm318 sshd[12]: Accepted publickey for somebody
        Nov 22 12:07:00 vm318 /rabbit2packer.py: Thread-2 processing testbed-el7-x86_64
        Nov 22 12:07:01 vm318 /rabbit2packer.py: Could not find packer template file, exiting
        Nov 22 12:20:00 vm318 /rabbit2packer.py: something new under the sun
        Nov 22 12:30:00 vm318 /cdb2rabbit.py: CI profile rebuilt: lab-el8-x86_64.example.org.json
        Nov 22 12:30:01 vm318 /cdb2rabbit.py: Profile has updated: lab-el8-x86_64.example.org.json
        Nov 22 12:30:01 vm318 /cdb2rabbit.py: Pushing message to queue for build
        Nov 22 12:30:02 vm318 /rabbit2packer.py: Thread-1 processing lab-el8-x86_64
        Nov 22 12:30:03 vm318 /rabbit2packer.py: packer build starting, see: /log//lab-el8-x86_64.managed.json.1795350603.log for details

        """;

    public readonly TempFolder Folder = new();

    public GivenHost()
    {
        Directory.CreateDirectory(Folder["log"]);
        Directory.CreateDirectory(Folder["state"]);
        Folder.Write("messages.1", Before);
        Folder.Write("messages", Today);
        Folder.Write("log/web-el9-x86_64.managed.json.1795248002.log", Text(GivenLogs.Good));
        Folder.Write("log/web-el9-x86_64.managed.json.1795348802.log", Text(GivenLogs.Failed));
        Folder.Write("log/lab-el8-x86_64.managed.json.1795350603.log", Text(GivenLogs.Good[..24]));
        Folder.Write("config.ini", $"[rabbit2packer]\nLOG_DIR = {Folder["log"]}\nTHREAD_COUNT = 2\n");
        Folder.Write("state/seen.json", """{"at":"2026-11-22T12:00:30+00:00","lookedAt":"2026-11-22T12:00:30+00:00","keys":[]}""");
        Remember();
    }

    public string Path => Folder.Path;

    /// <summary>Where it is all found; the host's own files are never read.</summary>
    public IReadOnlyList<string> Options =>
        [
            "--messages", Folder["messages"], "--config", Folder["config.ini"], "--state-dir", Folder["state"], "--time-zone", "UTC",
            "--now", Now,
        ];

    public void Dispose() => Folder.Dispose();

    private static string Text(IEnumerable<(int Second, string Text)> lines) => string.Concat(lines.Select(line => line.Text + "\n"));

    /// <summary>Two builds of a month ago whose files are gone; of one the log was kept.</summary>
    private void Remember()
    {
        using var store = HistoryStore.Write(Folder["state/history.db"]).Store!;
        var (good, failed) = (GivenBuilds.Good(-20), GivenBuilds.Failed(-19));
        store.Put([good, failed], ChangeLedger.Empty);
        var log = Encoding.UTF8.GetBytes(Text(GivenLogs.Failed));
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(log);
        store.Put(
            failed.Id,
            failed.StartedAt!.Value,
            LineTimes.None.Grown(GivenLogs.Failed.Length, failed.StartedAt),
            new PackedLog(packed.ToArray(), log.Length, GivenLogs.Failed.Length)
        );
    }
}
