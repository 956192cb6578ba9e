using System.Globalization;
using System.Text;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>System calls of the program as a process, held against Expectations/Work.txt (<see cref="Figures"/>).</summary>
public sealed class StatusWorkTests
{
    private const string Noise = "systemd[1]: Started Session 42 of user root.";

    [Test]
    public void Status_OfASystemLog_ReadsItNoOftenerThanItsFigure()
    {
        FaultTests.Needs("strace", "-qq", "-o", "/dev/null", "true");
        using var folder = new TempFolder();
        var lines = new StringBuilder();
        for (var number = 0; lines.Length < 4 << 20; number++)
            lines.Append(
                CultureInfo.InvariantCulture,
                $"Nov 22 12:00:00 vm {(number % 50 == 0 ? "/cdb2rabbit.py: Downloading profile host.example.org.json" : Noise)}\n"
            );
        folder.Write("messages", lines.ToString());
        Directory.CreateDirectory(folder["log"]);
        folder.Write("log/norm.managed.json.log", "==> openstack: Launching server...\n");

        foreach (var file in (string[])["messages", "log/norm.managed.json.log"])
        {
            var trace = folder["trace"];
            var (code, printed) = Shell.Tell(
                "",
                "strace",
                [
                    "-f",
                    "-qq",
                    "-o",
                    trace,
                    "-P",
                    folder[file],
                    RunningProgram.Monitor,
                    "status",
                    "--json",
                    "--no-history",
                    "--messages",
                    folder["messages"],
                    "--log-dir",
                    folder["log"],
                ]
            );
            Assert.That(code, Is.AnyOf(0, 3), printed);
            Figures.Hold(
                [(Path.GetFileName(file), File.ReadLines(trace).Count(call => !call.Contains("resumed>", StringComparison.Ordinal)))],
                "system calls for a file by status"
            );
        }
    }
}
