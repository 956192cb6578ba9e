using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class TailMemoryTests
{
    [Test]
    public void Poll_AfterItsLinesWereReported_KeepsNoneOfThem()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["norm.log"], string.Concat(Enumerable.Repeat(new string('x', 90) + "\n", 20_000)));
        using var reader = new TailReader(
            folder["norm.log"],
            new TailOptions { Kind = SourceKind.BuildLog, BytesPerTurn = 4 * 1024 * 1024 }
        );
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Read(reader);

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(1_000_000), "of four million bytes of lines");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Read(TailReader reader) =>
        Assert.That(reader.Poll(new Moment(TimeSpan.Zero, Given.Noon)).OfType<LineRead>().Count(), Is.EqualTo(20_000));
}
