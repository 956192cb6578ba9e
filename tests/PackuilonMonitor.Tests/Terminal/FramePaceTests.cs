using System.Text;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

public sealed class FramePaceTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);

    [Test]
    public void FirstChangeAfterQuiet_IsDueAtOnce()
    {
        var pace = new FramePace(Quarter);
        pace.Drawn(TimeSpan.Zero);
        pace.Changed(atOnce: false);

        Assert.That(pace.IsDue(TimeSpan.FromSeconds(5)), Is.True);
    }

    [Test]
    public void ChangesThatKeepComing_AreDrawnAtTheRate()
    {
        var pace = new FramePace(Quarter);
        var drawn = 0;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(10); now += TimeSpan.FromMilliseconds(5))
        {
            pace.Changed(atOnce: false);
            if (!pace.IsDue(now))
                continue;
            drawn++;
            pace.Drawn(now);
        }

        // Three at the start are drawn without a wait for the interval.
        Assert.That(drawn, Is.EqualTo(42));
    }

    [Test]
    public void ChangeSoonAfterTheFirst_WaitsLessThanTheNext()
    {
        var pace = new FramePace(Quarter);
        List<double> waits = [];
        var now = TimeSpan.FromSeconds(9);
        pace.Drawn(TimeSpan.Zero);
        for (var frame = 0; frame < 6; frame++)
        {
            pace.Changed(atOnce: false);
            var wait = pace.Until(now)!.Value;
            waits.Add(Math.Max(0, wait.TotalMilliseconds));
            pace.Drawn(now += wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }

        Assert.That(waits, Is.EqualTo(new[] { 0, 31.25, 31.25, 187.5, 250, 250 }));
    }

    /// <summary>Two lines and the clock each second: fewer pictures than the interval allows, whenever they come.</summary>
    [Test]
    public void ChangesThatAreRare_AreDrawnAtOnceThoughSomeFollowClosely()
    {
        var pace = new FramePace(Quarter);
        pace.Drawn(TimeSpan.Zero);
        for (var second = 1; second < 20; second++)
        {
            foreach (var milliseconds in new[] { 0, 80, 580 })
            {
                var now = TimeSpan.FromMilliseconds(1000 * second + milliseconds);
                pace.Changed(atOnce: false);
                Assert.That(pace.IsDue(now), Is.True, $"{now}");
                pace.Drawn(now);
            }
        }
    }

    /// <summary>Ten a second: no more than four are drawn, whatever the pattern.</summary>
    [TestCase(new[] { 0, 100, 200, 300, 400, 500, 600, 700, 800, 900 })]
    [TestCase(new[] { 0, 40, 80, 120, 160, 500, 540, 580, 620, 660 })]
    public void ChangesThatKeepComing_InAnyPattern_AreNotDrawnMoreOften(int[] pattern)
    {
        var (pace, drawn, seconds) = (new FramePace(Quarter), 0, 20);
        for (var millisecond = 0; millisecond < seconds * 1000; millisecond++)
        {
            if (pattern.Contains(millisecond % 1000))
                pace.Changed(atOnce: false);
            if (!pace.IsDue(TimeSpan.FromMilliseconds(millisecond)))
                continue;
            drawn++;
            pace.Drawn(TimeSpan.FromMilliseconds(millisecond));
        }

        Assert.That(drawn, Is.InRange(seconds * 3, seconds * 4 + 3));
    }

    [Test]
    public void AKeysAnswer_DoesNotWait()
    {
        var pace = new FramePace(Quarter);
        pace.Drawn(TimeSpan.Zero);
        pace.Changed(atOnce: true);

        Assert.That(pace.Until(TimeSpan.FromMilliseconds(1)), Is.EqualTo(TimeSpan.Zero));
    }

    /// <summary>Here in the middle of changes that keep coming.</summary>
    [Test]
    public void WhatAKeyAskedFor_IsDrawnAtOnceThoughItComesAfterTheKeysPicture()
    {
        var (pace, now) = (new FramePace(Quarter), TimeSpan.Zero);
        for (var frame = 0; frame < 9; frame++)
        {
            pace.Changed(atOnce: false);
            pace.Drawn(now += Quarter);
        }

        pace.Changed(atOnce: true);
        pace.Drawn(now += TimeSpan.FromMilliseconds(1));
        List<double> waits = [];
        for (var change = 0; change < 5; change++)
        {
            pace.Changed(atOnce: false);
            var wait = pace.Until(now)!.Value;
            waits.Add(wait.TotalMilliseconds);
            pace.Drawn(now += wait);
        }

        Assert.That(waits, Is.EqualTo(new[] { 0, 31.25, 31.25, 187.5, 250 }));
    }

    [Test]
    public void NoChange_IsNeverDue()
    {
        var pace = new FramePace(Quarter);
        pace.Drawn(TimeSpan.Zero);

        Assert.That(pace.Until(TimeSpan.FromDays(1)), Is.Null);
    }

    [TestCase(null, null, "\u001b]52;c;aGVsbG8=\u0007")]
    [TestCase("/tmp/tmux-0/default,1,0", null, "\u001bPtmux;\u001b\u001b]52;c;aGVsbG8=\u0007\u001b\\")]
    [TestCase(null, "1234.pts-0", "\u001bP\u001b]52;c;aGVsbG8=\u0007\u001b\\")]
    public void ClipboardRequest_IsWrappedForWhatStandsBetween(string? tmux, string? screen, string expected) =>
        Assert.That(
            Encoding.ASCII.GetString(Clipboard.Request("hello", name => name switch { "TMUX" => tmux, "STY" => screen, _ => null })),
            Is.EqualTo(expected));

    /// <summary>The limit falls between two characters, or behind the first or second byte of one of three.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void ClipboardRequest_LongText_IsCutBetweenCharacters(int ahead)
    {
        var text = new string('x', ahead) + new string('日', 100_000);

        var request = Encoding.ASCII.GetString(Clipboard.Request(text, _ => null));

        var sent = Encoding.UTF8.GetString(Convert.FromBase64String(request[7..^1]));
        Assert.That(sent, Is.EqualTo(text[..(ahead + ((Clipboard.LongestText - ahead) / 3))]));
    }
}
