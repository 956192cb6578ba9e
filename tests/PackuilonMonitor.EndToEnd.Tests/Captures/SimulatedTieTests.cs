using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

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

    /// <summary>Runs of the script stand between each other's lines; without their pids nobody can say whose a line is.</summary>
    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Tie_ThatIsCertain_IsTrueBesideOtherRunsToo(Dialect dialect, HeaderFormat header)
    {
        var (faults, certain) = (new List<string>(), 0);
        for (var seed = 1 + 1_000 * (ulong)header; seed <= SimulatedTruthTests.Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = SimulatedTruthTests.Run(seed, dialect, header, runsBeside: 0.6);
            var said = SimulatedTruthTests.Folded(run).Triggers.Triggers;
            certain += said.Count(static trigger => trigger.Certain);
            faults.AddRange(Invented(run.Truth, said).Concat(Faults(run.Truth, said)).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(certain, Is.Positive);
    }

    /// <summary>With cdb2rabbit's copies of the profiles each change has its job, as far as two messages can be told apart.</summary>
    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Tie_WithTheCachedProfiles_IsTrueAndKnownOfEachJob(Dialect dialect, HeaderFormat header)
    {
        var run = SimulatedTruthTests.Run(1 + 1_000 * (ulong)header, dialect, header);
        using var folder = new TempFolder();
        foreach (var (name, bytes) in run.Profiles)
            File.WriteAllBytes(folder[name], bytes);
        var cache = new ProfileCache(folder.Path);
        var said = SimulatedTruthTests.Seen(run)
            .Aggregate(MonitorState.Empty, (state, seen) => state.Apply([.. cache.Of([seen], seen.At), seen]))
            .Triggers.Triggers;

        Assert.That(run.Profiles, Is.Not.Empty);
        Assert.That(Faults(run.Truth, said), Is.Empty);
        Assert.That(Unknown(run.Truth, said), Is.Empty);
    }

    /// <summary>A change whose profile nobody changed then.</summary>
    private static IEnumerable<string> Invented(FactoryTruth truth, IReadOnlyList<Trigger> said) =>
        said.Where(trigger => Really(truth, trigger) is null).Select(trigger => $"{trigger.Profile} of {trigger.At:HH:mm:ss} is invented");

    /// <summary>The jobs of changes that nobody is said to have taken, though no other message for the image waited then.</summary>
    private static IEnumerable<string> Unknown(FactoryTruth truth, IReadOnlyList<Trigger> said) =>
        from trigger in said
        let message = Really(truth, trigger)?.Message is { } number ? truth.Messages[number] : null
        where message is { TakenAt: not null } && trigger.TakenBy is null && trigger.Refused is null
        where !truth.Messages.Any(other => other != message && WaitedTogether(message, other))
        where truth.Builds.Any(build => build.Message == message.Number)
        select $"{trigger.Profile} of {trigger.At:HH:mm:ss} became {message.Image}, taken {message.TakenAt:HH:mm:ss} by {message.Thread}"
            + string.Join("; ", truth.Messages.Where(m => m.Image == message.Image && (m.QueuedAt - message.QueuedAt).Duration() < TimeSpan.FromMinutes(45)).Select(m => $"\n    q {m.QueuedAt:HH:mm:ss.fff} t {m.TakenAt:HH:mm:ss.fff} {m.Thread} by {m.Trigger}"))
            + $"\n {trigger}";

    private static TrueTrigger? Really(FactoryTruth truth, Trigger trigger) => truth.Triggers
        .Where(really => really.Profile == trigger.Profile && (really.At - trigger.At).Duration() < TimeSpan.FromSeconds(1))
        .MinBy(really => (really.At - trigger.At).Duration());

    private static IEnumerable<string> Faults(FactoryTruth truth, IReadOnlyList<Trigger> said)
    {
        foreach (var trigger in said)
        {
            if (!trigger.Certain || Really(truth, trigger) is not { } really)
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
