using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class SimulatedRunTests
{
    [TestCaseSource(typeof(Runs), nameof(Runs.EveryDialectAndHeader))]
    public void Lines_EveryDialectAndHeader_StandInTheOrderOfTheirStamps(Dialect dialect, HeaderFormat header)
    {
        var run = Runs.Rough(dialect, header);
        var stamps = run.Lines.Select(line => Runs.StampIn(Runs.Text(line.Bytes), header)).ToList();

        Assert.That(run.Lines, Has.Length.GreaterThan(1000));
        Assert.That(
            stamps.Zip(stamps.Skip(1)),
            Has.All.Matches<(DateTimeOffset Earlier, DateTimeOffset Later)>(pair => pair.Earlier <= pair.Later)
        );
        Assert.That(
            stamps.Zip(run.Lines, (written, line) => line.Stamp - written).Max(),
            Is.LessThan(header == HeaderFormat.Traditional ? TimeSpan.FromSeconds(1) : TimeSpan.FromTicks(10)));
    }

    [TestCaseSource(typeof(Runs), nameof(Runs.EveryDialectAndHeader))]
    public void Lines_EveryDialectAndHeader_AreWhatTheFilesHold(Dialect dialect, HeaderFormat header)
    {
        var run = Runs.Rough(dialect, header);

        Assert.That(run.Messages.Hash(), Is.EqualTo(run.Lines.Select(line => line.Bytes.ToArray()).Hash()));
        Assert.That(run.Lines.All(line => line.Bytes.Span.IndexOf((byte)'\n') == line.Bytes.Length - 1));
    }

    [TestCaseSource(typeof(Runs), nameof(Runs.EveryDialectAndHeader))]
    public void Of_SameSeed_GivesTheSameBytes(Dialect dialect, HeaderFormat header)
    {
        var (first, second, other) = (Runs.Rough(dialect, header), Runs.MakeRough(dialect, header, 11), Runs.MakeRough(dialect, header, 6));

        Assert.That(second.Messages.Hash(), Is.EqualTo(first.Messages.Hash()));
        Assert.That(second.Logs.Keys, Is.EqualTo(first.Logs.Keys));
        Assert.That(second.Logs.Values.Hash(), Is.EqualTo(first.Logs.Values.Hash()));
        Assert.That(second.Truth.Builds, Is.EqualTo(first.Truth.Builds));
        Assert.That(other.Truth.Builds, Is.Not.EqualTo(first.Truth.Builds));
    }

    [Test]
    public void Of_AnotherHeader_ChangesNothingElse()
    {
        var traditional = Runs.Rough(Dialect.E7ec5f0);
        var modern = Runs.Rough(Dialect.E7ec5f0, HeaderFormat.Rfc5424);

        Assert.That(
            modern.Lines.Select(line => (line.Content, line.Stamp)),
            Is.EqualTo(traditional.Lines.Select(line => (line.Content, line.Stamp)))
        );
        Assert.That(modern.Truth.Builds, Is.EqualTo(traditional.Truth.Builds));
    }

    [TestCase(HeaderFormat.Traditional, "Mar  2 06:00:00 factory01 /rabbit2packer.py: Starting\n")]
    [TestCase(HeaderFormat.Iso, "+00:00 factory01 /rabbit2packer.py: Starting\n")]
    [TestCase(HeaderFormat.Rfc5424, "+00:00 factory01 - - - -  Starting\n")]
    public void Header_OfAnIdentWithASlash_IsAsRsyslogWritesIt(HeaderFormat header, string end)
    {
        var line = Runs.Rough(Dialect.E7ec5f0, header).Lines.First(line => line.Sentence == Sentence.DaemonStarting);

        Assert.That(Runs.Text(line.Bytes), Does.EndWith(end));
    }

    [TestCase("e7ec5f0", @" /rabbit2packer\.py: ", @" /cdb2rabbit\.py: ")]
    [TestCase("9786a46", @" /rabbit2packer\.py\[\d+\]: ", @" /cdb2rabbit\.py\[\d+\]: ")]
    [TestCase("head", @" rabbit2packer\.py: ", @" cdb2rabbit\.py: ")]
    public void Header_OfEachPython_HasItsIdent(string dialect, string daemon, string script)
    {
        var run = Runs.Rough(Dialect.Parse(dialect));
        var spoken = run
            .Lines.Where(line => line.Sentence is not (Sentence.ThreadException or Sentence.Traceback))
            .ToLookup(line => line.Program, line => Runs.Text(line.Bytes));

        Assert.That(spoken[LogProgram.Rabbit2Packer], Has.All.Match(daemon));
        Assert.That(spoken[LogProgram.Cdb2Rabbit], Has.All.Match(script));
        Assert.That(spoken[LogProgram.CdpListend], Has.All.Match(@" /usr/sbin/cdp-listend\[\d+\]: "));
    }

    [Test]
    public void Content_WithControlCharacters_IsEscapedAndOnOneLine()
    {
        var odd = Runs.Rough(Dialect.E7ec5f0)
            .Lines.Select(line => line.Content)
            .First(content => content.Contains("colour", StringComparison.Ordinal));

        Assert.That(odd, Is.EqualTo("colour #033[35mpurple#033[0m tab#011here return#015here bell#007 line#012break"));
    }

    [Test]
    public void Bytes_OfALatinLine_AreNoUtf8()
    {
        var latin = Runs.Rough(Dialect.E7ec5f0).Lines.First(line => line.Content.StartsWith("gar", StringComparison.Ordinal));

        Assert.That(Runs.Text(latin.Bytes), Does.EndWith("gar\u00e7on na\u00efve \u00ff\u00fe raw\n"));
        Assert.That(latin.Content, Is.EqualTo("gar\ufffdon na\ufffdve \ufffd\ufffd raw"));
    }

    [Test]
    public void Noise_OfARatio_IsAboutThatMany()
    {
        var run = SimulatedRun.Of(3, new FactoryPlan { Scenario = Scenario.Ordinary with { NoisePerLine = 10 } }, Runs.Day);
        var own = run.Own().Count();

        Assert.That((run.Lines.Length - own) / (double)own, Is.EqualTo(10).Within(1));
    }

    [Test]
    public void Repeats_Reduced_ExpandToWhatIsSaidWithoutReduction()
    {
        var scenario = Scenario.Rough with
        {
            NoisePerLine = 0.1,
            SameImageTwice = 1,
            TriggeredEvery = TimeSpan.FromMinutes(1),
            RestartedEvery = TimeSpan.FromMinutes(10),
        };
        var plain = SimulatedRun.Of(4, new FactoryPlan { Dialect = Dialect.D72f6d0d, Scenario = scenario }, Runs.Day);
        var reduced = SimulatedRun.Of(
            4,
            new FactoryPlan { Dialect = Dialect.D72f6d0d, Scenario = scenario with { ReduceRepeats = true } },
            Runs.Day
        );
        var expanded = reduced.Lines.SelectMany(line => Enumerable.Repeat(
            line.Count == 1 ? line.Content : line.Content[(line.Content.IndexOf('[', StringComparison.Ordinal) + 2)..^1], line.Count));

        Assert.That(expanded, Is.EqualTo(plain.Lines.Select(line => line.Content).Take(reduced.Lines.Sum(line => line.Count))));
        Assert.That(reduced.Own().Select(line => line.Content), Has.Some.Match(@"^message repeated \d+ times: \[ "));
    }

    [Test]
    public void Of_AHigherSpeed_TakesLessTimeForTheSame()
    {
        var plan = new FactoryPlan { Scenario = Scenario.Calm };
        var slow = SimulatedRun.Of(1, plan, Runs.Day);
        var fast = SimulatedRun.Of(1, plan with { Speed = 60 }, Runs.Day);

        Assert.That(fast.Truth.Builds.Length, Is.EqualTo(slow.Truth.Builds.Length).Within(1));
        Assert.That(fast.Truth.AsOf - plan.Start, Is.EqualTo(Runs.Day / 60).Within(TimeSpan.FromSeconds(2)));
        Assert.That(
            fast.Truth.Builds.Where(build => build.EndedAt is not null)
                .Average(build => (build.EndedAt!.Value - build.StartedAt).TotalSeconds),
            Is.EqualTo(
                    slow.Truth.Builds.Where(build => build.EndedAt is not null)
                        .Average(build => (build.EndedAt!.Value - build.StartedAt).TotalSeconds) / 60
                )
                .Within(0.5)
        );
    }
}
