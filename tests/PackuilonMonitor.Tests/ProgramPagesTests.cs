using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Tests;

public sealed class ProgramPagesTests
{
    private const string Program = "/usr/bin/packuilon-monitor";

    [TestCase("r-xp", Program, 0, ExpectedResult = "1000+2000", TestName = "code")]
    [TestCase("r--p", Program, 0, ExpectedResult = "1000+2000", TestName = "constants")]
    [TestCase("r--p", Program, 4, ExpectedResult = "", TestName = "what was changed before it was protected")]
    [TestCase("rw-p", Program, 0, ExpectedResult = "", TestName = "what may change")]
    [TestCase("r--s", Program, 0, ExpectedResult = "", TestName = "what others may change")]
    [TestCase("r-xp", "/usr/lib/libc.so.6", 0, ExpectedResult = "", TestName = "another file")]
    [TestCase("r-xp", "[vdso]", 0, ExpectedResult = "", TestName = "no file")]
    [TestCase("r-xp", Program + " (deleted)", 0, ExpectedResult = "", TestName = "a file that is gone")]
    public string OnlyUnchangedPartsOfTheProgram_AreLetGo(string rights, string file, int copies) =>
        string.Join(' ', ProgramPages.Of(
            [
                "00000500-00000600 rw-p 00000000 00:00 0 ",
                "Anonymous:             0 kB",
                $"00001000-00003000 {rights} 00033000 fe:00 1234                       {file}",
                "Size:                  8 kB",
                "Rss:                   8 kB",
                $"Anonymous:             {copies} kB",
                "AnonHugePages:         0 kB",
                "VmFlags: rd ex mr mw me ",
                "7ffc000-7ffd000 rw-p 00000000 00:00 0 [stack]",
                "Anonymous:             0 kB",
            ],
            Program
        ).Select(part => $"{part.Start:x}+{part.Length:x}"));

    /// <summary>In this process, whose own file only starts the runtime, so that nothing of it is touched again.</summary>
    [Test]
    public void Release_OfPagesThatNobodyNeeds_LeavesNoneInMemory()
    {
        ProgramPages.Release();

        var smaps = File.ReadAllLines("/proc/self/smaps");
        var parts = ProgramPages.Of(smaps, Environment.ProcessPath!).Select(part => $"{part.Start:x}-").ToList();
        var heads = Enumerable.Range(0, smaps.Length).Where(line => parts.Exists(part => smaps[line].TrimStart('0').StartsWith(part)));
        Assert.That(parts, Is.Not.Empty);
        Assert.That(heads.Select(head => smaps.Skip(head).First(line => line.StartsWith("Rss:"))), Has.All.EndsWith(" 0 kB"));
    }
}
