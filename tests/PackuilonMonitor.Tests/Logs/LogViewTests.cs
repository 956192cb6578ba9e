using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using Size = PackuilonMonitor.Cells.Size;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogViewTests
{
    private static readonly Size Small = GivenLogs.Small;

    private static int Rows(LogView view) => LogLayout.Of(view, Small).Log.Height;

    [Test]
    public void Opened_LongLog_ShowsItsEndAndFollows()
    {
        var log = PaperLog.Numbered(1000);
        var view = GivenLogs.View().Read(log, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Position.Follows);
            Assert.That(view.Rows(Small)[^1], Is.EqualTo("    line 1000"));
            Assert.That(view.Page!.Lines, Has.Length.LessThan(1000), "only what is needed is asked for");
        }
    }

    [Test]
    public void Build_ThatLeftItsServer_HasTheCommandToCopyOnceItHasEnded()
    {
        var log = GivenLogs.Folded(GivenLogs.Failed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                GivenLogs.Build(BuildState.Failed, log, 346).CleaningUp,
                Is.EqualTo("openstack server delete 0a1b2c3d-0a1b-4c2d-8e3f-001122334455")
            );
            Assert.That(GivenLogs.Build(BuildState.Building, log).CleaningUp, Is.Null, "it may still put it away");
            Assert.That(GivenLogs.Build(BuildState.Failed, log, 346, shared: true).CleaningUp, Is.Null, "whose server is it?");
            Assert.That(GivenLogs.Build(BuildState.Succeeded, GivenLogs.Folded(GivenLogs.Good), 272).CleaningUp, Is.Null);
        }
    }

    [Test]
    public void Click_OnALine_MakesItCurrentAndMovesNothing()
    {
        var log = PaperLog.Numbered(1000);
        var view = GivenLogs.View().Read(log, Small);
        var area = LogLayout.Of(view, Small).Log;
        var clicked = view.Click(10, area.Y + 2, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(clicked.CurrentLine(Small)!.Number, Is.EqualTo(1000 - area.Height + 3));
            Assert.That(clicked.Rows(Small), Is.EqualTo(view.Rows(Small)));
            Assert.That(clicked.Position.Follows, Is.False);
            Assert.That(view.Click(10, 0, Small), Is.SameAs(view), "the header is no line");
        }
    }

    [Test]
    public void Click_OnAWrappedLine_ChoosesTheLineOfThatRow()
    {
        var log = PaperLog.Of("short", new string('x', 200), "last");
        var view = GivenLogs.View().Read(log, Small).Do(log, LogAct.Wrap);
        var area = LogLayout.Of(view, Small).Log;
        Assert.That(view.Click(10, area.Y + 2, Small).CurrentLine(Small)!.Text, Does.StartWith("xxx"));
    }

    [Test]
    public void Click_OnAHit_ChoosesIt()
    {
        var log = PaperLog.Numbered(100);
        var hits = Enumerable.Range(1, 5).Select(number => new OtherHit("b", "web", number, null, $"line {number}"));
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Find(log, "line")
            .Do(log, ContentAct.Open, LogAct.SearchEverywhere, ContentAct.NextPane)
            .With(new OtherHits(SearchPattern.Of("line")!, [.. hits], 5, 1, false));
        var panel = LogLayout.Of(view, Small).Hits;
        var clicked = view.Click(5, panel.Y + 3, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((clicked.AllBuilds.Chosen, clicked.AllBuilds.Focused), Is.EqualTo((2, true)));
            Assert.That(clicked.Apply(new ContentCommand(ContentAct.Open), Small).AllBuilds.Jump?.Line, Is.EqualTo(3));
            Assert.That(view.Click(5, panel.Y, Small), Is.SameAs(view), "the heading is no hit");
        }
    }

    [Test]
    public void Picture_WhileNothingComes_SaysSoAndWhatIsUsual()
    {
        var lines = GivenLogs.Good[..11];
        var log = GivenLogs.Paper(lines);
        var view = GivenLogs.View(GivenLogs.Build(log: GivenLogs.Folded(lines))).With(GivenLogs.Past, null).Read(log, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Picture(Small, now: GivenLogs.Noon.AddSeconds(45 + 92)), Does.Contain("... so far 1:32 without a line ..."));
            Assert.That(
                view.Picture(new Size(180, 24), now: GivenLogs.Noon.AddSeconds(45 + 92)),
                Does.Contain("... so far 1:32 without a line; its step: usual 0:15, worst 0:15 ...")
            );
            Assert.That(view.Picture(Small, now: GivenLogs.Noon.AddSeconds(45 + 59)), Does.Not.Contain("without a line"));
            Assert.That(
                view.Do(log, ContentAct.Freeze).Picture(Small, now: GivenLogs.Noon.AddSeconds(45 + 92)),
                Does.Not.Contain("without a line")
            );
        }
    }

    [Test]
    public void Followed_LogGrows_ShowsTheNewLine()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small);
        log.Arrive(null, "    openstack: newest");
        Assert.That(view.Grown(log, Small).Rows(Small)[^1], Is.EqualTo("    newest"));
    }

    [Test]
    public void ScrolledUp_LogGrows_StaysAndCountsWhatIsNewBelow()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.LineUp);
        var before = view.Rows(Small);
        log.Arrive(null, Enumerable.Repeat("    openstack: more", 37));
        view = view.Grown(log, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Position.Follows, Is.False);
            Assert.That(view.NewBelow, Is.EqualTo(37));
            Assert.That(view.Rows(Small), Is.EqualTo(before));
            Assert.That(view.Picture(Small), Does.Contain("PAUSED  +37 new below (G)"));
        }
    }

    private static readonly Command[] ToTheEnd = [ContentAct.End, LogAct.Follow];

    [TestCaseSource(nameof(ToTheEnd))]
    public void ScrolledUp_ToTheEnd_FollowsAgain(Command command)
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.PageUp, ContentAct.PageUp);
        log.Arrive(null, "    openstack: newest");
        view = view.Grown(log, Small).Do(log, command);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Position.Follows);
            Assert.That(view.NewBelow, Is.Zero);
            Assert.That(view.Rows(Small)[^1], Is.EqualTo("    newest"));
        }
    }

    [Test]
    public void ScrolledUp_LineByLineBackToTheEnd_FollowsAgain()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.LineUp, ContentAct.LineUp);
        Assert.That(view.Do(log, ContentAct.LineDown).Position.Follows, Is.False);
        Assert.That(view.Do(log, ContentAct.LineDown, ContentAct.LineDown).Position.Follows);
    }

    [Test]
    public void ScrolledUp_LogGrewFarBeyondThePage_ScrollingDownSkipsNothing()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.LineUp);
        log.Arrive(null, Enumerable.Range(101, 900).Select(number => $"    openstack: line {number}"));
        view = view.With(log.Answer(view.Latest!.Request));
        view = view.Apply(new ContentCommand(ContentAct.LineDown), Small).Apply(new ContentCommand(ContentAct.LineDown), Small);
        Assert.That(view.Position.Follows, Is.False);
        Assert.That(view.Rows(Small)[^1], Is.EqualTo("    line 100"), "the next lines are asked for first");
        Assert.That(view.Read(log, Small).Do(log, ContentAct.LineDown).Rows(Small)[^1], Is.EqualTo("    line 101"));
    }

    [Test]
    public void ScrolledUp_EverythingFits_GoesOnFollowing() =>
        Assert.That(GivenLogs.View().Do(PaperLog.Numbered(3), ContentAct.LineUp, ContentAct.PageUp).Position.Follows);

    [Test]
    public void Frozen_LogGrows_ShowsTheSamePictureUntilAskedAgain()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.Freeze);
        log.Arrive(null, "    openstack: newest");
        view = view.Grown(log, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Rows(Small)[^1], Is.EqualTo("    line 100"));
            Assert.That(view.Picture(Small), Does.Contain("FROZEN  +1 new below (G)"));
            Assert.That(view.Do(log, ContentAct.Freeze).Rows(Small)[^1], Is.EqualTo("    newest"));
        }
    }

    [Test]
    public void Moved_AnyWay_ShowsWhatAListOfAllRowsWouldShow() =>
        AnyOf(
            ContentAct.LineDown,
            ContentAct.LineUp,
            ContentAct.PageDown,
            ContentAct.PageUp,
            ContentAct.HalfPageDown,
            ContentAct.HalfPageUp,
            ContentAct.Start,
            ContentAct.End
        )
            .Array[1, 30]
            .Select(Gen.Bool, Gen.Int[1, 400])
            .Sample(
                (acts, wraps, count) =>
                {
                    var size = new Size(40, 12);
                    var log = PaperLog.Of(Enumerable.Range(1, count).Select(number => $"{number} " + new string('x', number * 7 % 90)));
                    var view = GivenLogs.View().Read(log, size);
                    if (wraps)
                        view = view.Do(log, size, new LogCommand(LogAct.Wrap));
                    var area = LogLayout.Of(view, size).Log;
                    var all = Enumerable
                        .Range(1, count)
                        .SelectMany(number =>
                            Chunks($"{number} " + new string('x', number * 7 % 90), wraps, area.Width - LogGutter.Width(view.Look.Time))
                        )
                        .ToList();
                    var top = Math.Max(0, all.Count - area.Height);
                    foreach (var act in acts)
                    {
                        view = view.Do(log, size, act);
                        top = Math.Clamp(Moved(act, top, area.Height, all.Count), 0, Math.Max(0, all.Count - area.Height));
                        Assert.That(
                            view.Rows(size),
                            Is.EqualTo(all.Skip(top).Take(area.Height).Concat(Enumerable.Repeat("", Math.Max(0, area.Height - all.Count))))
                        );
                        Assert.That(
                            view.Position.Follows,
                            Is.EqualTo(top == Math.Max(0, all.Count - area.Height))
                                .Or.EqualTo(view.Position.Follows && act is not ContentAct.Start)
                        );
                    }
                },
                iter: 60
            );

    [Test]
    public void Applied_EveryActInEveryState_GivesAPictureAtEverySize()
    {
        var log = GivenLogs.Paper(GivenLogs.Failed);
        var views = new List<LogView>
        {
            GivenLogs.View(),
            GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346)).Read(log, Small),
        };
        foreach (
            var before in new Command[]
            {
                LogAct.Wrap,
                LogAct.Steps,
                ContentAct.FullScreen,
                ContentAct.LineUp,
                ContentAct.Freeze,
                LogAct.Mark,
                ContentAct.Right,
                LogAct.OnlyMatches,
            }
        )
            views.Add(views[1].Do(log, before));
        views.Add(views[1].Find(log, "ssh"));
        views.Add(views[1].Find(log, "ssh").Do(log, ContentAct.Open, LogAct.OnlyMatches));
        views.Add(views[1].Find(log, "ssh").Do(log, ContentAct.Open, LogAct.SearchEverywhere));
        foreach (var view in views)
        {
            foreach (var known in PackuilonMonitor.Tests.App.EveryCommand.All)
            {
                foreach (
                    var command in new[]
                    {
                        known,
                        PackuilonMonitor.Tests.App.EveryCommand.With(known, int.MaxValue, "["),
                        PackuilonMonitor.Tests.App.EveryCommand.With(known, -5, ""),
                    }
                )
                {
                    foreach (var size in new[] { new Size(1, 1), new Size(140, 30) })
                        Assert.That(() => view.Apply(command, size).Read(log, size).Picture(size), Throws.Nothing, $"{command} at {size}");
                }
            }
        }
    }

    [Test]
    public void BeganAgain_ScrolledUp_ShowsTheNewLogAndSaysSo()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.Start, LogAct.Mark);
        log.BeginAgain();
        log.Arrive(null, "another build");
        view = view.Grown(log, Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Rows(Small)[0], Is.EqualTo("another build"));
            Assert.That(view.Notice, Does.Contain("began again"));
            Assert.That(view.Marks, Is.Empty);
        }
    }

    [TestCase(50)]
    [TestCase(1)]
    [TestCase(990)]
    public void WentToALine_FarAway_ShowsItAtTheTop(int number)
    {
        var log = PaperLog.Numbered(1000);
        var view = GivenLogs.View().Read(log, Small).Do(log, Small, new ContentCommand(ContentAct.GoToLine, number));
        Assert.That(view.Rows(Small), Does.Contain($"    line {number}"));
        Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(number));
    }

    [Test]
    public void WentToAPercentage_OfALongLog_IsThere()
    {
        var log = PaperLog.Numbered(1000);
        var view = GivenLogs.View().Read(log, Small).Do(log, Small, new ContentCommand(ContentAct.GoToPercent, 50));
        Assert.That(view.CurrentLine(Small)!.Number, Is.InRange(480, 530));
    }

    [Test]
    public void NextProblem_FailedBuild_FirstGoesToTheLineThatSaysWhy()
    {
        var log = GivenLogs.Paper(GivenLogs.Failed);
        var view = GivenLogs
            .View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346))
            .Read(log, Small)
            .Do(log, ContentAct.Start, ContentAct.NextProblem);
        Assert.That(view.CurrentLine(Small)!.Text, Does.Contain("Timeout waiting for SSH."));
    }

    [Test]
    public void NextStep_FromTheStart_GoesFromStepToStep()
    {
        var log = GivenLogs.Paper(GivenLogs.Good);
        var view = GivenLogs
            .View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good)))
            .Read(log, Small)
            .Do(log, ContentAct.Start, LogAct.NextStep, LogAct.NextStep);
        Assert.That(view.CurrentLine(Small)!.Text, Does.Contain("Loading flavor"));
        Assert.That(view.Do(log, LogAct.PreviousStep).CurrentLine(Small)!.Text, Does.Contain("Discovering"));
    }

    [Test]
    public void Marks_SetOnLines_AreGoneToInTurn()
    {
        var log = PaperLog.Numbered(500);
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Do(
                log,
                Small,
                new ContentCommand(ContentAct.GoToLine, 10),
                new LogCommand(LogAct.Mark),
                new ContentCommand(ContentAct.GoToLine, 400),
                new LogCommand(LogAct.Mark)
            );
        view = view.Do(log, ContentAct.End, LogAct.GoToMark);
        Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(10));
        Assert.That(view.Do(log, LogAct.GoToMark).CurrentLine(Small)!.Number, Is.EqualTo(400));
    }

    [Test]
    public void TimeColumn_PressedFourTimes_IsBackWhereItWas()
    {
        var view = GivenLogs.View();
        var seen = new List<TimeColumn>();
        for (var press = 0; press < 4; press++)
        {
            seen.Add(view.Look.Time);
            view = view.Apply(new LogCommand(LogAct.TimeColumn), Small);
        }

        Assert.That(seen, Is.EquivalentTo(Enum.GetValues<TimeColumn>()));
        Assert.That(view.Look.Time, Is.EqualTo(seen[0]));
    }

    [Test]
    public void TimeColumn_OfALogThatWasReadAfterwards_SaysWhyItStaysBlank()
    {
        var readAfterwards = GivenLogs.View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Failed, live: false)));
        var readAsItGrew = GivenLogs.View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Failed)));

        string? Said(LogView of) => of.Apply(new LogCommand(LogAct.TimeColumn), Small).Notice;

        Assert.That(Said(readAfterwards), Is.EqualTo("time clock: none is known, the log was read afterwards"));
        Assert.That(Said(readAsItGrew), Is.Null);
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static int Moved(ContentAct act, int top, int height, int count) => act switch
    {
        ContentAct.LineDown => top + 1,
        ContentAct.LineUp => top - 1,
        ContentAct.PageDown => top + Math.Max(1, height - 1),
        ContentAct.PageUp => top - Math.Max(1, height - 1),
        ContentAct.HalfPageDown => top + Math.Max(1, height / 2),
        ContentAct.HalfPageUp => top - Math.Max(1, height / 2),
        ContentAct.Start => 0,
        _ => count,
    };

    private static IEnumerable<string> Chunks(string text, bool wraps, int width)
    {
        if (!wraps)
            return [text.Length > width ? text[..(width - 1)] + "$" : text.TrimEnd()];
        return text.Chunk(width).Select(chunk => new string(chunk).TrimEnd());
    }
}
