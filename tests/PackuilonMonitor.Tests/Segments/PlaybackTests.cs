using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>The work of a jump and of a step is bounded, wherever in a long recording they lead.</summary>
public sealed class PlaybackTests
{
    /// <summary>A week of a busy factory has between three and four hundred parts.</summary>
    private const int Parts = Playback.MostCheckpoints * 5 / 2;

    /// <summary>The part itself, and those between it and a state.</summary>
    private const int MostRead = 5;

    private const int LinesInAPart = 3;

    private static readonly DateTimeOffset Noon = Given.Noon;

    private TempFolder _folder = null!;
    private Playback _playback = null!;

    /// <summary>A few lines in the first seconds of each day: a day begins a part.</summary>
    [OneTimeSetUp]
    public void Record()
    {
        _folder = new TempFolder();
        using var writer = _folder.Writer(RecordingLimits.Usual with { Days = Parts + 1 });
        for (var line = 0; line < Parts * LinesInAPart; line++)
            writer.Append(GivenFrames.Frame(Noon.AddDays(line / LinesInAPart).AddSeconds(line % LinesInAPart), "line"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [SetUp]
    public void SeeTheEnd()
    {
        _playback = new Playback(new RecordingReader(_folder.Path));
        _playback.Refresh();
        _playback.At(_playback.Until!.Value);
    }

    [Test]
    public void FirstJump_ReadsEachPartOnce() =>
        Assert.That((_playback.PartsRead, _playback.EntriesFolded), Is.EqualTo((Parts, (long)Parts * LinesInAPart)));

    [Test]
    public void Jump_AnywhereAfterTheFirst_ReadsFewParts()
    {
        var random = new Random(5);
        var span = _playback.Until!.Value - Noon;
        for (var jump = 0; jump < 100; jump++)
        {
            var (read, folded) = (_playback.PartsRead, _playback.EntriesFolded);
            var to = Noon + span * random.NextDouble();

            var moment = _playback.At(to)!;

            Assert.That(_playback.PartsRead - read, Is.LessThanOrEqualTo(MostRead), $"{to:O}");
            Assert.That(_playback.EntriesFolded - folded, Is.LessThanOrEqualTo(LinesInAPart * MostRead), $"{to:O}");
            Assert.That(moment.Factories[""].State.UnrecognisedLines, Is.EqualTo(LinesUntil(to)));
        }
    }

    /// <summary>Only what lies beside the place that was reached last is kept beside the states that last.</summary>
    [Test]
    public void Jump_BackAfterAnother_ReadsAsManyPartsAsAtFirst()
    {
        // The parts before a state that lasts, which is each fourth here.
        var (one, other) = (Noon.AddDays(4 * 30 + 3), Noon.AddDays(4 * 70 + 3));

        Assert.That(
            new[] { Read(one), Read(one.AddDays(-1)), Read(one), Read(other), Read(one), Read(one.AddDays(-1)), Read(one) },
            Is.EqualTo(new[] { 4, 1, 1, 4, 4, 1, 1 })
        );

        int Read(DateTimeOffset to)
        {
            var before = _playback.PartsRead;
            _playback.At(to);
            return _playback.PartsRead - before;
        }
    }

    /// <summary>The only factory has no name.</summary>
    [TestCase("", null)]
    [TestCase("oxford", "oxford")]
    public void Factory_OfAMoment_BearsItsName(string factory, string? name)
    {
        using var folder = new TempFolder();
        using var writer = folder.Writer();
        writer.Append(GivenFrames.Frame(Noon, "line", factory));
        var playback = new Playback(new RecordingReader(folder.Path));
        playback.Refresh();

        Assert.That(playback.At(Noon)!.Factories.Single().Value.State.Factory, Is.EqualTo(name));
    }

    [Test]
    public void StepsBack_ReadFewPartsEach_AndEachPartAboutOnce()
    {
        var moment = _playback.At(Noon.AddDays(Parts / 2 + 0.5))!;
        var before = _playback.PartsRead;
        for (var step = 0; step < 100; step++)
        {
            var read = _playback.PartsRead;
            moment = _playback.Before(moment.Place, _ => true)!;
            Assert.That(_playback.PartsRead - read, Is.LessThanOrEqualTo(MostRead));
        }

        Assert.That(_playback.PartsRead - before, Is.LessThanOrEqualTo(3 * 100 / LinesInAPart));
    }

    /// <summary>A part may have thousands of lines, in frames with one or with hundreds.</summary>
    [Test]
    public void Steps_WithinALongPart_FoldFewLinesEach_AndShowTheSame()
    {
        const int lines = 2_000;
        using var folder = new TempFolder();
        using (var writer = folder.Writer(RecordingLimits.Usual))
        {
            for (int line = 0, size = 1; line < lines; line += size, size = size * 7 % 509)
            {
                var at = Noon.AddSeconds(line);
                var entries = Enumerable.Range(line, Math.Min(size, lines - line)).Select(number => GivenFrames.Line(at, $"line {number}"));
                writer.Append(new Frame(0, "", [.. entries.Chunk(200).Select(some => new Batch(at, [.. some]))]));
            }
        }

        var playback = new Playback(new RecordingReader(folder.Path));
        playback.Refresh();
        var (moment, random, most) = (playback.At(playback.Until!.Value)!, new Random(3), 0L);
        var place = lines;
        for (var step = 0; step < 600; step++)
        {
            var back = place > 1 && (place == lines || random.Next(5) > 0);
            var folded = playback.EntriesFolded;

            moment = (back ? playback.Before(moment.Place, _ => true) : playback.After(moment.Place, _ => true))!;

            place += back ? -1 : 1;
            most = Math.Max(most, playback.EntriesFolded - folded);
            var state = moment.Factories[""].State;
            Assert.That((state.UnrecognisedLines, state.Observed), Is.EqualTo(((long)place, (long)place)));
            Assert.That(state.NotUnderstood[^1].Text, Is.EqualTo($"line {place - 1}"));
        }

        Assert.That(most, Is.LessThanOrEqualTo(Playback.MostFoldedInAStep));
    }

    /// <summary>Of a time that was twice the later one is meant; none of what came after the clock was set back is lost.</summary>
    [TestCase(false)]
    [TestCase(true, Description = "in parts of their own")]
    public void Jump_IntoARecordingWhoseClockWasSetBack_FindsEachTime(bool isCut)
    {
        using var folder = new TempFolder();
        var writer = folder.Writer();
        foreach (var minute in Enumerable.Range(120, 6).Concat(Enumerable.Range(0, 11)))
        {
            // A writer that ends closes its part.
            if (minute == 0 && isCut)
            {
                writer.Dispose();
                writer = folder.Writer();
            }

            writer.Append(GivenFrames.Frame(Noon.AddMinutes(minute), $"line {minute}"));
        }

        writer.Dispose();

        var playback = new Playback(new RecordingReader(folder.Path));
        playback.Refresh();
        long Lines(int minute) => playback.At(Noon.AddMinutes(minute))?.Factories[""].State.UnrecognisedLines ?? 0;

        Assert.That(playback.From, Is.EqualTo(Noon));
        Assert.That(Lines(-1), Is.Zero);
        Assert.That(Lines(0), Is.EqualTo(7));
        Assert.That(Lines(4), Is.EqualTo(11));
        Assert.That(Lines(10), Is.EqualTo(17));
        Assert.That(Lines(121), Is.EqualTo(17));
    }

    private static long LinesUntil(DateTimeOffset time)
    {
        var (days, rest) = ((time - Noon).Days, time.TimeOfDay - Noon.TimeOfDay);
        var ofLast = rest < TimeSpan.Zero ? LinesInAPart : Math.Min(LinesInAPart, (long)rest.TotalSeconds + 1);
        return days * LinesInAPart + ofLast;
    }
}
