using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

public sealed class MailboxTests
{
    private const int Rounds = 20_000;
    private const int PostsEachRound = 4;

    [Test]
    public void Post_WhileTheLoopTakes_NeverLeavesAnItemWithoutAWakeUp()
    {
        // A loop that takes only when it was woken. When a round is over and nobody is awake any more, nothing may be left.
        var woken = 0;
        var mailbox = new Mailbox(() => Volatile.Write(ref woken, 1));
        var (taken, lost) = (0, 0);
        using var round = new Barrier(2);
        var poster = new Thread(() =>
        {
            for (var number = 0; number < Rounds; number++)
            {
                round.SignalAndWait();
                for (var post = 0; post < PostsEachRound; post++)
                    mailbox.Post(null, () => taken++);
                round.SignalAndWait();
            }
        });
        poster.Start();
        for (var number = 0; number < Rounds; number++)
        {
            round.SignalAndWait();
            for (var turn = 0; turn < 4 * PostsEachRound; turn++)
                Turn();
            round.SignalAndWait();
            while (Turn())
            {
            }

            lost += mailbox.Take().Count;
        }

        poster.Join();
        Assert.That((taken, lost), Is.EqualTo((Rounds * PostsEachRound, 0)));

        bool Turn()
        {
            if (Interlocked.Exchange(ref woken, 0) == 0)
                return false;
            foreach (var act in mailbox.Take())
                act();
            return true;
        }
    }

    [Test]
    public void Take_SeveralPosts_AreInOrderAndWokenForOnce()
    {
        var (wakes, order) = (0, new List<int>());
        var mailbox = new Mailbox(() => wakes++);
        mailbox.Post(null, () => order.Add(1));
        mailbox.Post("key", () => order.Add(2));
        mailbox.Post(null, () => order.Add(3));

        Run(mailbox);

        Assert.That((wakes, string.Join(' ', order)), Is.EqualTo((1, "1 2 3")));
        Assert.That(mailbox.Take(), Is.Empty);
    }

    [Test]
    public void Post_SameKeyBeforeTheLoopTakes_ReplacesTheEarlierOneInItsPlace()
    {
        var order = new List<string>();
        var mailbox = new Mailbox(() => { });
        mailbox.Post(("state", 1), () => order.Add("old"));
        mailbox.Post(("state", 2), () => order.Add("other"));
        mailbox.Post(("state", 1), () => order.Add("new"));

        Run(mailbox);

        Assert.That(order, Is.EqualTo(new[] { "new", "other" }));
    }

    [Test]
    public void Post_SameKeyAfterTheLoopTook_IsAnotherItem()
    {
        var order = new List<string>();
        var mailbox = new Mailbox(() => { });
        mailbox.Post("state", () => order.Add("first"));
        Run(mailbox);
        mailbox.Post("state", () => order.Add("second"));
        Run(mailbox);

        Assert.That(order, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public void Post_FromAnActThatRuns_WaitsForTheNextTurnAndWakesIt()
    {
        var (wakes, ran) = (0, 0);
        var mailbox = new Mailbox(() => wakes++);
        void Again()
        {
            ran++;
            mailbox.Post(null, Again);
        }

        mailbox.Post(null, Again);
        Run(mailbox);

        Assert.That((ran, wakes), Is.EqualTo((1, 2)));
    }

    private static void Run(Mailbox mailbox)
    {
        foreach (var act in mailbox.Take())
            act();
    }
}
