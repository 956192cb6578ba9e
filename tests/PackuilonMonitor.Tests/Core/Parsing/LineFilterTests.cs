using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>The filter over bytes must never hide a line that the parser would read.</summary>
public sealed class LineFilterTests
{
    private static readonly string[] Lines =
    [
        .. from header in Header.All from sentence in Sentence.All select header.Write(sentence.Speaker, sentence.Text),
    ];

    /// <summary>A sample with some of its characters struck out, doubled, or taken from what headers are made of.</summary>
    private static readonly Gen<string> Mutated =
        from line in Gen.OneOf(Lines)
        from changes in Gen.Select(
            Gen.Int[0, Math.Min(line.Length, 80) - 1],
            Gen.Int[0, 2],
            Gen.OneOf<char>([.. "<>1 -:/[].TZ0é\uFEFF\uFFFD"])
        ).Array[1, 4]
        select changes.Aggregate(line, Changed);

    [Test]
    public void Concerns_EverySample_IsTrue() =>
        Assert.That(Lines.Where(line => !LineFilter.Concerns(Encoding.UTF8.GetBytes(line))), Is.Empty);

    [Test]
    public void NamesUs_EverySample_IsTrueWhereTheNameIsKept()
    {
        Assert.Multiple(() =>
        {
            foreach (var header in Header.All)
                Assert.That(
                    LineFilter.NamesUs(Encoding.UTF8.GetBytes(header.Write(Speaker.Rabbit2Packer, "Starting"))),
                    Is.EqualTo(header.KeepsName),
                    header.Name
                );
        });
    }

    [Test]
    public void Concerns_WhateverTheParserReads_IsTrue() =>
        Mutated.Sample(
            line => Given.Parser().Parse(Given.Line(line)) is null || LineFilter.Concerns(Encoding.UTF8.GetBytes(line)),
            iter: 50_000
        );

    [Test]
    public void Concerns_AnyText_AgreesAndThrowsNothing() =>
        Gen.String.Sample(
            line => Given.Parser().Parse(Given.Line(line)) is null || LineFilter.Concerns(Encoding.UTF8.GetBytes(line)),
            iter: 20_000
        );

    [Test]
    public void Concerns_AnyBytes_ThrowsNothing() =>
        Gen.Byte.Array[0, 60].Sample(line => { LineFilter.Concerns(line); }, iter: 20_000);

    [TestCase(300)]
    [TestCase(5_000)]
    public void Concerns_NameAfterALongPath_AgreesWithTheParser(int length)
    {
        foreach (var line in (string[])
        [
            $"Nov 22 12:00:00 vm /{new string('p', length)}/rabbit2packer.py: Starting",
            $"Nov 22 12:00:00 vm /rabbit2packer.py[{new string('1', length)}]: Starting",
            $"<14>1 2026-11-22T12:00:00Z vm /{new string('p', length)}/rabbit2packer.py - - -  Starting",
        ])
            Assert.That(Given.Read(line), LineFilter.Concerns(Encoding.UTF8.GetBytes(line)) ? Has.Count.EqualTo(1) : Is.Empty, line);
    }

    [Test]
    public void Concerns_AnyLine_AllocatesNothing()
    {
        var lines = Lines.Append(new string('x', 70_000)).Select(Encoding.UTF8.GetBytes).ToArray();
        var ours = Count(lines);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ours = Count(lines) - ours;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((allocated, ours), Is.EqualTo((0L, 0)));
    }

    private static int Count(byte[][] lines)
    {
        var ours = 0;
        foreach (var line in lines)
        {
            if (LineFilter.Concerns(line) && LineFilter.NamesUs(line))
                ours++;
        }

        return ours;
    }

    private static string Changed(string line, (int At, int How, char With) change)
    {
        if (change.At >= line.Length)
            return line + change.With;
        return change.How switch
        {
            0 => line.Remove(change.At, 1),
            1 => line.Insert(change.At, line[change.At].ToString()),
            _ => string.Concat(line.AsSpan(0, change.At), [change.With], line.AsSpan(change.At + 1)),
        };
    }
}
