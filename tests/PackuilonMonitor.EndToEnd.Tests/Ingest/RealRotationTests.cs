using System.Diagnostics;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>The programs that really rotate logs, where they are installed.</summary>
public sealed class RealRotationTests
{
    [TestCase("create 0644", true)]
    [TestCase("create 0644\n  compress", true)]
    [TestCase("create 0644\n  dateext\n  dateformat -%Y%m%d%H", false)]
    [TestCase("copytruncate", true)]
    [TestCase("nocreate", true)]
    [TestCase("rotate 0\n  create 0644", true)]
    public void Logrotate_EachWay_LosesNothing(string how, bool repeated)
    {
        Shell.Needs("logrotate");
        using var tail = new Following();
        tail.Poll();
        File.WriteAllText(tail.Folder["conf"], $$"""
            {{tail.Folder["messages"]}} {
              rotate 3
              missingok
              {{how}}
            }
            """);
        for (var i = 0; i < 20; i++)
        {
            tail.Append($"{2 * i}\n").Poll().Append($"{(2 * i) + 1}\n");
            if (repeated || i == 10)
                Assert.That(Shell.Run("logrotate", "--force", "--state", tail.Folder["state"], tail.Folder["conf"]), Is.Zero);
        }

        tail.Poll().Poll();
        Assert.That(tail.Lines, Is.EqualTo(Enumerable.Range(0, 40).Select(i => $"{i}")));
        Assert.That(tail.Gaps, Is.Empty);
    }

    [Test]
    public void Rsyslog_ReopeningAfterHangUp_LosesNothing()
    {
        Shell.Needs("rsyslogd");
        using var tail = new Following();
        File.WriteAllText(tail.Folder["conf"], $"""
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="{tail.Folder["socket"]}" RateLimit.Interval="0")
            *.* action(type="omfile" file="{tail.Folder["messages"]}" template="RSYSLOG_TraditionalFileFormat")
            """);
        using var daemon = Process.Start(
            new ProcessStartInfo("rsyslogd", ["-n", "-f", tail.Folder["conf"], "-i", tail.Folder["pid"]]) { RedirectStandardError = true }
        )!;
        try
        {
            Until(() => File.Exists(tail.Folder["socket"]), daemon);
            for (var i = 0; i < 200; i++)
            {
                Shell.Run("logger", "--socket", tail.Folder["socket"], "--tag", "probe", $"number-{i}-");
                if (i % 50 == 49)
                {
                    tail.Folder.Shift("messages");
                    Shell.Run("kill", "-HUP", $"{daemon.Id}");
                }

                tail.Poll();
            }

            Until(() => tail.Poll().Lines.Any(line => line.Contains("number-199-", StringComparison.Ordinal)), daemon);
            var numbers = tail
                .Lines.Where(line => line.Contains(" probe: ", StringComparison.Ordinal))
                .Select(line => line.Split("number-")[1].TrimEnd('-'));
            Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"{i}")));
            Assert.That(tail.Gaps, Is.Empty);
        }
        finally
        {
            daemon.Kill();
            daemon.WaitForExit();
        }
    }

    /// <summary>The unit of EL gives rsyslogd a mask that leaves nothing to the group.</summary>
    [Test]
    public void Rsyslog_ConfiguredAsThePageSays_MakesAFileThatTheGroupMayRead()
    {
        Shell.Needs("rsyslogd");
        using var folder = new TempFolder();
        var page = Repository.Read("docs/install.md").Split("```\n").Single(part => part.Contains("$FileGroup", StringComparison.Ordinal));
        var said = page.Replace("adm", "root", StringComparison.Ordinal);
        folder.Write("conf", $"""
            {said}
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="{folder["socket"]}")
            *.* {folder["messages"]}
            """);
        var start = $"umask 0066; exec rsyslogd -n -f '{folder["conf"]}' -i '{folder["pid"]}'";
        using var daemon = Process.Start(new ProcessStartInfo("sh", ["-c", start]) { RedirectStandardError = true })!;
        try
        {
            Until(() => File.Exists(folder["socket"]), daemon);
            Shell.Run("logger", "--socket", folder["socket"], "a line");
            Until(() => File.Exists(folder["messages"]), daemon);

            Assert.That(
                TempFolder.ModeOf(folder["messages"]),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
            );
        }
        finally
        {
            daemon.Kill();
            daemon.WaitForExit();
        }
    }

    private static void Until(Func<bool> happened, Process daemon)
    {
        for (var began = Stopwatch.GetTimestamp(); !happened(); daemon.WaitForExit(20))
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(10))
                Assert.Fail("the daemon did not do its part within ten seconds");
    }
}
