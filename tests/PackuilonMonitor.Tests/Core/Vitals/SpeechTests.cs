using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>How many lines our programs said in a day, and how many of them nobody understands.</summary>
public sealed class SpeechTests
{
    private static readonly Observation[] Lines =
    [
        .. Enumerable
            .Range(0, 60)
            .Select(line => Given.Seen(line % 10 == 3 ? new Unrecognised("x") : new JobTaken(Given.Worker(), Given.Image), line * 120)),
    ];

    [Test]
    public void Newest_OfABatch_CountsEachLineOnce() =>
        Assert.That(MonitorState.Empty.Apply(Lines).Vitals.Speech.Newest, Is.EqualTo((60L, 6L)));

    [Test]
    public void Newest_LineByLine_IsThatOfTheBatch() =>
        Assert.That(Given.Folded(Lines).Vitals.Speech.Newest, Is.EqualTo((60L, 6L)));

    [Test]
    public void Newest_ADayLater_HasForgottenTheDayBefore()
    {
        var later = Given.Seen(new JobTaken(Given.Worker(), Given.Image), 27 * 3600);

        Assert.That(MonitorState.Empty.Apply([.. Lines, later]).Vitals.Speech.Newest, Is.EqualTo((1L, 0L)));
    }

    [TestCase(23, 60, Description = "the day before, less an hour")]
    [TestCase(24, 60, Description = "the same hour of the day before")]
    [TestCase(25, 0)]
    public void Newest_IsThatOfTheHourAndTheDayBeforeIt(int hours, int known) =>
        Assert.That(
            After([.. Enumerable.Repeat(Known(0), 60), Known(hours)]).Newest,
            Is.EqualTo((known + 1L, 0L))
        );

    [TestCase(24, 2)]
    [TestCase(25, 1)]
    public void Newest_CountsALineThatComesLate_UpToADay(int late, int known) =>
        Assert.That(After(Known(30), Known(30 - late)).Newest, Is.EqualTo(((long)known, 0L)));

    [TestCase(20, 379, true)]
    [TestCase(20, 380, false, Description = "exactly five in a hundred")]
    [TestCase(19, 1, false)]
    public void Strange_AreTwentyLinesAndMoreThanFiveInAHundred(int strange, int known, bool expected)
    {
        var speech = After([.. Enumerable.Repeat(Known(0), known), .. Enumerable.Range(0, strange).Select(line => Strange(0, line))]);

        Assert.That((speech.IsStrange, speech.StrangeSince is not null), Is.EqualTo((expected, expected)));
    }

    [TestCase(9, 351, false)]
    [TestCase(9, 350, true, Description = "exactly two and a half in a hundred")]
    [TestCase(10, 2_000, true)]
    public void Strange_EndsWithFewerThanTenAndLessThanTwoAndAHalfInAHundred(int strange, int known, bool expected)
    {
        var speech = After([
            .. Enumerable.Repeat(Strange(0), 20),
            .. Enumerable.Repeat(Strange(1), strange),
            .. Enumerable.Repeat(Known(1), known),
            Known(25),
        ]);

        Assert.That(
            (speech.IsStrange, speech.StrangeSince, speech.Shapes.IsEmpty),
            Is.EqualTo((expected, expected ? Given.Noon : (DateTimeOffset?)null, !expected))
        );
    }

    [Test]
    public void Strange_GoesOn_SinceItsFirstTime()
    {
        var speech = After([.. Enumerable.Range(0, 40).Select(line => Given.Seen(new Unrecognised("x"), line) with { Text = "no" })]);

        Assert.That((speech.StrangeSince, speech.Shapes["no"].Lines), Is.EqualTo(((DateTimeOffset?)Given.Noon.AddSeconds(19), 40L)));
    }

    [TestCase("Thread-12 frobnicates 7 of 90", "Thread-# frobnicates # of #")]
    [TestCase("7", "#")]
    [TestCase("", "")]
    public void Shape_MasksDigits(string text, string shape) => Assert.That(After(Said(text)).Shapes.Keys, Is.EqualTo(new[] { shape }));

    [TestCase(100)]
    [TestCase(101)]
    public void Shape_OfALongLine_IsItsBeginning(int length) =>
        Assert.That(After(Said(new string('x', length))).Shapes.Keys.Single(), Has.Length.EqualTo(100));

    [Test]
    public void Shapes_BeyondTwenty_AreTheOthers()
    {
        var speech = After([.. Enumerable.Range(0, 23).Append(0).Select(shape => Said(new string('x', shape + 1)))]);

        Assert.That(
            (speech.Shapes.Count, speech.Shapes["others"].Lines, speech.Shapes["x"].Lines),
            Is.EqualTo((21, 3L, 2L))
        );
    }

    [Test]
    public void Shape_OfARepeatedLine_CountsEachTimeAndShowsTheNewest()
    {
        var shape = After(Said("no 1"), Said("no 2") with { Count = 4 }).Shapes["no #"];

        Assert.That((shape.Lines, shape.Last.Text), Is.EqualTo((5L, "no 2")));
    }

    [TestCase("/bin/sh: line 1: mail: command not found", false)]
    [TestCase("sh: mail: command not found", false)]
    [TestCase("/usr/bin/bash: x: y", false)]
    [TestCase("dash: x", false)]
    [TestCase("zsh: x", true)]
    [TestCase("sh:x", true)]
    [TestCase(": sh", true)]
    public void ShellThatTheDaemonCalls_IsNotStrange(string text, bool strange)
    {
        var speech = After(Said(text));

        Assert.That((speech.Shapes.Count, speech.Newest), Is.EqualTo(strange ? (1, (1L, 1L)) : (0, (0L, 0L))));
    }

    [TestCase(Speaker.Rabbit2Packer, 0)]
    [TestCase(Speaker.Cdb2Rabbit, 1)]
    public void TracebackOfTheDaemon_IsNotStrange(Speaker speaker, int shapes) =>
        Assert.That(
            After(Said("Traceback (most recent call last):"), Said("  File x") with { Speaker = speaker }).Shapes,
            Has.Count.EqualTo(shapes)
        );

    [Test]
    public void DamagedHeaders_TheNewestTwentyOne_AreKnown()
    {
        var damaged = After(
            [.. Enumerable.Range(0, 23).Select(line => Given.Seen(new SourceTurned("x"), line) with { Speaker = Speaker.Monitor })])
            .DamagedAt;

        Assert.That((damaged.Count, damaged[0], damaged[^1]), Is.EqualTo((21, Given.Noon.AddSeconds(2), Given.Noon.AddSeconds(22))));
    }

    private static Speech After(params IEnumerable<Observation> seen) => MonitorState.Empty.Apply(seen).Vitals.Speech;

    private static Observation Known(int hour) => Given.Seen(new JobTaken(Given.Worker(), Given.Image), hour * 3600);

    private static Observation Strange(int hour, int line = 0) =>
        Given.Seen(new Unrecognised("x"), hour * 3600 + line % 60) with { Text = "no" };

    private static Observation Said(string text) => Given.Seen(new Unrecognised("x")) with { Text = text };
}
