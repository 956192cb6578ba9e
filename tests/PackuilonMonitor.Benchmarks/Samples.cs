using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Benchmarks;

/// <summary>A made-up system log: what one job of the factory says, and what other programs say between.</summary>
internal static class Samples
{
    private static readonly string[] Noise =
    [
        "systemd[1]: Started Session 12 of user root.", "sshd[1022]: Accepted publickey for root from 192.0.2.44 port 51234 ssh2",
        "kernel: [1234.123456] device eth0 entered promiscuous mode and so on", "dhclient[88]: DHCPREQUEST on eth0 to 192.0.2.1 port 67",
    ];

    /// <summary>Lines of ours, as many jobs as asked for.</summary>
    public static LogLine[] Ours(int jobs) =>
        [.. Enumerable.Range(0, jobs).SelectMany(Job).Select(said => new LogLine(new SourceId("/messages"), 0, said))];

    /// <summary>Bytes of a log with one line of ours in so many; 0 for none.</summary>
    public static byte[] Block(int lines, int every)
    {
        var (ours, text) = (Ours(lines).Select(line => line.Text).ToArray(), new StringBuilder());
        for (var line = 0; line < lines; line++)
            text.Append(every > 0 && line % every == 0 ? ours[line / every] : $"Nov 22 12:00:00 vm {Noise[line % Noise.Length]}")
                .Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Job(int number)
    {
        var (stamp, image) = (
            string.Create(CultureInfo.InvariantCulture, $"Nov 22 12:{number / 60 % 60:00}:{number % 60:00} vm "),
            $"norm-{number % 9}-sl7x-x86_64"
        );
        var worker = number % 4 + 1;
        return
        [
            $"{stamp}/cdb2rabbit.py: Downloading profile host-{number % 50}.example.org.json",
            $"{stamp}/cdb2rabbit.py: Profile has updated: host-{number % 50}.example.org.json",
            $"{stamp}/cdb2rabbit.py: Pushing message to queue for build",
            $"{stamp}/rabbit2packer.py: Thread-{worker} processing {image}",
            $"{stamp}/rabbit2packer.py: Personality: norm, Archetype: site, OS: sl, OS Version: 7x-x86_64",
            $"{stamp}/rabbit2packer.py: packer build starting, see: "
            + $"/etc/packer-utils/log//{image}.managed.json.{1511354986 + number}.log for details",
            number % 3 == 0
                ? $"{stamp}/rabbit2packer.py: Thread-{worker}: packer exited with non zero exit code, {image}.managed.json build failed"
                : $"{stamp}/rabbit2packer.py: Thread-{worker}: image built successfully: {image}.managed.json",
        ];
    }
}
