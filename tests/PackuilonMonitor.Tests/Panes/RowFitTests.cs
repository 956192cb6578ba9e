using CsCheck;
using PackuilonMonitor.Screen.Panes;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>Which text gives way in a row where not all fit.</summary>
public sealed class RowFitTests
{
    private const int Name = 0;
    private const int Cause = 1;
    private const int Picture = 2;
    private const int Took = 3;

    /// <summary>A name of 20, a cause of 20, a picture of 10 and a time of 5 cells, a blank between two.</summary>
    private static RowFit.Cell[] Row(int name, int cause, int picture, int took) =>
        [
            new(0, 20, 12, name) { Takes = RoomTaken.OfEmpty },
            new(21, 20, 20, cause) { Takes = RoomTaken.OfAll },
            new(42, 10, 10, picture) { Yields = true },
            new(53, 5, 5, took) { Yields = true, IsRight = true },
        ];

    private static RowFit.Cell[][] Table(params (int Name, int Cause, int Picture, int Took)[] rows) => WithTitles(rows)[1..];

    /// <summary>The titles take no room of each other.</summary>
    private static RowFit.Cell[][] WithTitles(params (int Name, int Cause, int Picture, int Took)[] rows)
    {
        RowFit.Cell[] titles = [new(0, 20, 0, 4), new(21, 20, 0, 5), new(42, 10, 0, 7), new(53, 5, 0, 4) { IsRight = true }];
        RowFit.Cell[][] table = [titles, .. rows.Select(row => Row(row.Name, row.Cause, row.Picture, row.Took))];
        RowFit.Align(table);
        foreach (var row in table)
            RowFit.Cover(row);
        return table;
    }

    private static RowFit.Cell[] Fitted(int name, int cause, int picture, int took) => Table((name, cause, picture, took))[0];

    [Test]
    public void EverythingFits_NothingMoves() => Assert.That(Fitted(20, 20, 10, 5), Is.EqualTo(Row(20, 20, 10, 5)));

    [TestCase(21, 31, 0, 5, Description = "the picture goes first")]
    [TestCase(31, 31, 0, 5)]
    [TestCase(32, 37, 0, 0, Description = "then the time")]
    [TestCase(40, 40, 0, 0, Description = "then cells of the name")]
    public void ALongCause_CoversWhatIsWorthLess(int cause, int width, int picture, int took)
    {
        var row = Fitted(20, cause, 10, 5);

        Assert.That((row[Cause].Width, row[Picture].Width, row[Took].Width), Is.EqualTo((width, picture, took)));
        Assert.That(row[Cause].X, Is.EqualTo(21 - (20 - row[Name].Width)));
    }

    [TestCase(44, 13)]
    [TestCase(45, 12, Description = "the longest that it can have")]
    [TestCase(46, 12, Description = "the name gives way as far as it has to, also for a cause that is cut all the same")]
    [TestCase(200, 12)]
    public void ACauseThatNeverFits_HasWhatANameGives(int cause, int name) =>
        Assert.That(Fitted(20, cause, 10, 5)[Name].Width, Is.EqualTo(name));

    [Test]
    public void ACauseThatNeverFits_HasWhatNoNameNeeds() =>
        Assert.That(Table((9, 200, 10, 5), (8, 8, 10, 5)).Select(row => row[Name].Width), Is.All.EqualTo(9));

    [TestCase(26, 10, 26, 27, Description = "cells that the cause leaves")]
    [TestCase(60, 10, 30, 31)]
    [TestCase(26, 20, 20, 21, Description = "none where the cause needs all")]
    [TestCase(60, 0, 41, 42, Description = "all where there is no cause")]
    public void ALongName_TakesWhatTheCauseDoesNotNeed(int name, int cause, int width, int start)
    {
        var row = Fitted(name, cause, 10, 5);

        Assert.That((row[Name].Width, row[Cause].X + (row[Cause].Width == 0 ? 1 : 0)), Is.EqualTo((width, start)));
        Assert.That(row[Picture].Width, Is.EqualTo(10), "a name covers no text");
    }

    [Test]
    public void ALongNameInOneRow_MovesTheCauseInAll()
    {
        var table = Table((26, 8, 10, 5), (10, 8, 10, 5), (12, 15, 10, 5));

        Assert.That(table.Select(row => row[Cause].X), Is.All.EqualTo(26), "as far as the longest cause lets it");
        Assert.That(table[0][Name].Missing, Is.EqualTo(1));
        Assert.That(table[2][Cause].Missing, Is.Zero);
    }

    [Test]
    public void ALongCauseInOneRow_MovesItInAll()
    {
        var table = Table((10, 42, 10, 5), (20, 8, 10, 5));

        Assert.That(table.Select(row => row[Cause].X), Is.All.EqualTo(16));
        Assert.That((table[1][Took].Width, table[1][Picture].Width), Is.EqualTo((5, 10)), "what it covers, it covers in its own row");
    }

    [Test]
    public void ALongNameBesideNoCause_CoversIt_AndMovesNothing()
    {
        var table = Table((40, 0, 10, 5), (20, 8, 10, 5));

        Assert.That((table[0][Name].Width, table[1][Cause].X), Is.EqualTo((41, 21)));
    }

    /// <summary>No text is cut beside cells that it could have had, none runs into another, and columns stand below each other.</summary>
    [Test]
    public void AnyTexts_KeepOrderAndWasteNothing()
    {
        var length = Gen.Int[0, 60];
        Gen.Select(Gen.Int[1, 60], length, length, length)
            .Array[1, 6]
            .Sample(
                texts =>
                {
                    var table = WithTitles(texts);
                    foreach (var row in table[1..])
                    {
                        var shown = row.Where(cell => cell.Width > 0).ToArray();
                        Assert.That(shown.Zip(shown.Skip(1)).All(pair => pair.First.X + pair.First.Width < pair.Second.X));
                        Assert.That((shown[0].X, shown[^1].X + shown[^1].Width), Is.EqualTo((0, 58)));
                        if (row[Cause].Missing > 0)
                            Assert.That((row[Picture].Width, row[Took].Width), Is.EqualTo((0, 0)));
                    }

                    var named = table.Where(row => row[Cause].Width > 0).ToArray();
                    Assert.That(named.Select(row => row[Cause].X).Distinct().Count(), Is.LessThan(2));
                    var widest = named.Select(row => row[Name].Width).DefaultIfEmpty(0).First();
                    if (named.Any(row => row[Cause].Missing > 0))
                        Assert.That(widest, Is.LessThanOrEqualTo(Math.Max(12, named.Max(row => row[Name].Needs))));
                    // A cause covers whole columns, so it may have a part of one more than it needs.
                    else if (named.Any(row => row[Name].Missing > 0))
                        Assert.That(named.Any(row => row[Cause].Width == row[Cause].Needs || row[Picture].Width == 0));
                },
                iter: 2000
            );
    }
}
