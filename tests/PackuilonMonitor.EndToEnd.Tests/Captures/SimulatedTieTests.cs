using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>Invented days of every dialect: whatever the factory does, no tie that is called certain is wrong.</summary>
public sealed class SimulatedTieTests
{
    /// <summary>The line of a take is written a moment after the message was taken.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    private static IEnumerable<TestCaseData> DialectsAndHeaders() =>
        from dialect in Dialect.All
        from header in Enum.GetValues<HeaderFormat>()
        select new TestCaseData(dialect, header).SetArgDisplayNames(dialect.Name, header.ToString());

    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Tie_ThatIsCertain_IsTrue(Dialect dialect, HeaderFormat header)
    {
        var (faults, certain) = (new List<string>(), 0);
        // PACKUILON_SEEDS asks for more days.
        for (var seed = 1 + 1_000 * (ulong)header; seed <= SimulatedTruthTests.Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = SimulatedTruthTests.Run(seed, dialect, header);
            var said = SimulatedTruthTests.Folded(run).Triggers.Triggers;
            certain += said.Count(static trigger => trigger.Certain);
            faults.AddRange(Faults(run.Truth, said).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(certain, Is.Positive);
    }

    private static IEnumerable<string> Faults(FactoryTruth truth, IReadOnlyList<Trigger> said)
    {
        foreach (var (trigger, really) in said.Zip(truth.Triggers))
        {
            if (!trigger.Certain)
                continue;
            var message = really.Message is { } number ? truth.Messages[number] : null;
            if (message is not null && IsTake(message, trigger))
                continue;
            var taken = truth.Messages.FirstOrDefault(other => IsTake(other, trigger));
            if (message is not null && taken is not null && WaitedTogether(message, taken))
                continue;
            yield return $"{trigger.Profile} of {really.At:HH:mm:ss}, queued {message?.QueuedAt:HH:mm:ss}, "
                + $"taken {message?.TakenAt:HH:mm:ss} by {message?.Thread}, is said to be "
                + $"the job of {trigger.TakenBy} at {trigger.TakenAt:HH:mm:ss}, which is "
                + (taken is null ? "none" : $"{taken.Image} queued {taken.QueuedAt:HH:mm:ss} by {taken.Trigger?.ToString() ?? "hand"}");
        }
    }

    private static bool IsTake(TrueMessage message, Trigger trigger) =>
        (trigger.TakenBy is null || message.Thread == trigger.TakenBy.ToString())
        && (trigger.Images is null || trigger.Images.Contains(message.Image))
        && message.TakenAt is { } at
        && (at - trigger.TakenAt)?.Duration() < Moment;

    /// <summary>Two messages for one image that were in the queue at once cannot be told apart.</summary>
    private static bool WaitedTogether(TrueMessage one, TrueMessage other) =>
        one.Image == other.Image && one.QueuedAt <= (other.TakenAt ?? DateTimeOffset.MaxValue)
        && other.QueuedAt <= (one.TakenAt ?? DateTimeOffset.MaxValue);
}
