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

    private static RowFit.Cell[] Fitted(int name, int cause, int picture, int took)
    {
        var row = Row(name, cause, picture, took);
        RowFit.Apply(row);
        return row;
    }

    [Test]
    public void Apply_EverythingFits_MovesNothing() => Assert.That(Fitted(20, 20, 10, 5), Is.EqualTo(Row(20, 20, 10, 5)));

    [TestCase(21, 31, 0, 5, Description = "the picture goes first")]
    [TestCase(31, 31, 0, 5)]
    [TestCase(32, 37, 0, 0, Description = "then the time")]
    [TestCase(40, 40, 0, 0, Description = "then cells of the name")]
    public void Apply_ALongCause_CoversWhatIsWorthLess(int cause, int width, int picture, int took)
    {
        var row = Fitted(20, cause, 10, 5);

        Assert.That((row[Cause].Width, row[Picture].Width, row[Took].Width), Is.EqualTo((width, picture, took)));
        Assert.That(row[Cause].X, Is.EqualTo(21 - (20 - row[Name].Width)));
    }

    [Test]
    public void Apply_ACauseThatNeverFits_LeavesTheNameItsLeast() =>
        Assert.That((Fitted(20, 200, 10, 5)[Name].Width, Fitted(20, 200, 10, 5)[Cause].Width), Is.EqualTo((12, 45)));

    [TestCase(26, 10, 26, 27, Description = "cells that the cause leaves")]
    [TestCase(60, 10, 30, 31)]
    [TestCase(26, 20, 20, 21, Description = "none where the cause needs all")]
    [TestCase(60, 0, 41, 42, Description = "all where there is no cause")]
    public void Apply_ALongName_TakesWhatTheCauseDoesNotNeed(int name, int cause, int width, int start)
    {
        var row = Fitted(name, cause, 10, 5);

        Assert.That((row[Name].Width, row[Cause].X + (row[Cause].Width == 0 ? 1 : 0)), Is.EqualTo((width, start)));
        Assert.That(row[Picture].Width, Is.EqualTo(10), "a name covers no text");
    }

    /// <summary>No text is cut beside cells that it could have had, and none runs into another.</summary>
    [Test]
    public void Apply_AnyTexts_KeepOrderAndWasteNothing()
    {
        var length = Gen.Int[0, 60];
        Gen.Select(Gen.Int[1, 60], length, length, length)
            .Sample(
                (name, cause, picture, took) =>
                {
                    var row = Fitted(name, cause, picture, took);
                    var shown = row.Where(cell => cell.Width > 0).ToArray();
                    Assert.That(shown.Zip(shown.Skip(1)).All(pair => pair.First.X + pair.First.Width < pair.Second.X));
                    Assert.That((shown[0].X, shown[^1].X + shown[^1].Width), Is.EqualTo((0, 58)));
                    if (row[Cause].Missing > 0)
                        Assert.That((row[Picture].Width, row[Took].Width, row[Name].Width <= 12), Is.EqualTo((0, 0, true)));
                    else if (row[Name].Missing > 0)
                        Assert.That(row[Cause].Spare, Is.Zero);
                },
                iter: 2000
            );
    }
}
