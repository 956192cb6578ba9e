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
        var (faults, all, certain) = (new List<string>(), 0, 0);
        // PACKUILON_SEEDS asks for more days.
        for (var seed = 1 + 1_000 * (ulong)header; seed <= SimulatedTruthTests.Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = SimulatedTruthTests.Run(seed, dialect, header);
            var said = SimulatedTruthTests.Folded(run).Triggers.Triggers;
            all += said.Count;
            certain += said.Count(static trigger => trigger.Certain);
            faults.AddRange(Faults(run.Truth, said).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(all, Is.Positive);
        Assert.That(certain, Is.Positive);
    }

    /// <summary>Runs of the script stand between each other's lines; without their pids nobody can say whose a line is.</summary>
    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Tie_ThatIsCertain_IsTrueBesideOtherRunsToo(Dialect dialect, HeaderFormat header)
    {
        var (faults, all, certain) = (new List<string>(), 0, 0);
        for (var seed = 1 + 1_000 * (ulong)header; seed <= SimulatedTruthTests.Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = SimulatedTruthTests.Run(seed, dialect, header, runsBeside: 0.6);
            var said = SimulatedTruthTests.Folded(run).Triggers.Triggers;
            all += said.Count;
            certain += said.Count(static trigger => trigger.Certain);
            faults.AddRange(Invented(run.Truth, said).Concat(Faults(run.Truth, said)).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(all, Is.Positive);
        // Without pids a day may leave nothing certain.
        if (dialect.PidOnEveryLine)
            Assert.That(certain, Is.Positive);
    }

    /// <summary>With cdb2rabbit's copies of the profiles each change has its job, as far as two messages can be told apart.</summary>
    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Tie_WithTheCachedProfiles_IsTrueAndKnownOfEachJob(Dialect dialect, HeaderFormat header)
    {
        var (faults, unknown, known) = (new List<string>(), new List<string>(), 0);
        for (var seed = 1 + 1_000 * (ulong)header; seed <= SimulatedTruthTests.Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = SimulatedTruthTests.Run(seed, dialect, header);
            var said = WithProfiles(run);
            known += said.Count(static trigger => trigger.TakenBy is not null);
            faults.AddRange(Faults(run.Truth, said).Select(fault => $"seed {seed}: {fault}"));
            unknown.AddRange(Unknown(run.Truth, said).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(known, Is.Positive);
        // A message that a killed daemon took without a word is taken again behind younger ones.
        Assert.That(unknown, Has.Count.LessThanOrEqualTo(known / 100), string.Join('\n', unknown.Take(40)));
    }

    private static NumberedList<Trigger> WithProfiles(SimulatedRun run)
    {
        using var folder = new TempFolder();
        foreach (var (name, bytes) in run.Profiles)
            File.WriteAllBytes(folder[name], bytes);
        var cache = new ProfileCache(folder.Path);
        return SimulatedTruthTests.Seen(run)
            .Aggregate(MonitorState.Empty, (state, seen) => state.Apply([.. cache.Of([seen], seen.At), seen]))
            .Triggers.Triggers;
    }

    /// <summary>A change whose profile nobody changed then.</summary>
    private static IEnumerable<string> Invented(FactoryTruth truth, IReadOnlyList<Trigger> said) =>
        said.Where(trigger => !Really(truth, trigger).Any()).Select(trigger => $"{trigger.Profile} of {trigger.At:HH:mm:ss} is invented");

    /// <summary>
    /// The jobs of changes that are in no row, or that nobody is said to have taken, though no other message can have been the job: no
    /// other one for the image waited then or was lost without a name, and the queue kept its order.
    /// </summary>
    private static IEnumerable<string> Unknown(FactoryTruth truth, IReadOnlyList<Trigger> said) =>
        from trigger in truth.Triggers
        let message = trigger.Message is { } number ? truth.Messages[number] : null
        where message is { TakenAt: not null }
        where !said.Any(row => IsOf(row, trigger) && (row.TakenBy is not null || row.Refused is not null))
        where truth.Builds.Any(build => build.Message == message.Number)
        where !truth.Messages.Any(other => other != message && (WaitedTogether(message, other) || Overtook(other, message)))
        where !truth.Messages.Any(other =>
            other.Image == message.Image
            && other.Number < message.Number
            && message.QueuedAt - other.QueuedAt < TimeSpan.FromHours(1)
            && truth.Builds.All(build => build.Message != other.Number))
        select $"{trigger.Profile} of {trigger.At:HH:mm:ss} became {message.Image}, taken {message.TakenAt:HH:mm:ss} by {message.Thread}";

    private static bool Overtook(TrueMessage other, TrueMessage message) =>
        other.Number > message.Number && message.TakenAt - other.TakenAt > TimeSpan.FromSeconds(1);

    /// <summary>The changes that the row may be: two runs of the script may name one profile in the same second.</summary>
    private static IEnumerable<TrueTrigger> Really(FactoryTruth truth, Trigger trigger) => truth.Triggers
        .Where(really => IsOf(trigger, really));

    private static bool IsOf(Trigger row, TrueTrigger really) =>
        really.Profile == row.Profile && (really.At - row.At).Duration() < TimeSpan.FromSeconds(1);

    private static IEnumerable<string> Faults(FactoryTruth truth, IReadOnlyList<Trigger> said) =>
        said.Where(trigger => trigger.Certain && !Really(truth, trigger).Any(really => IsTrue(truth, trigger, really)))
            .Select(trigger => Describe(truth, trigger));

    private static bool IsTrue(FactoryTruth truth, Trigger trigger, TrueTrigger really)
    {
        var message = really.Message is { } number ? truth.Messages[number] : null;
        return message is not null
            && (IsTake(message, trigger)
                || truth.Messages.Any(other => IsTake(other, trigger) && WaitedTogether(message, other)));
    }

    private static string Describe(FactoryTruth truth, Trigger trigger)
    {
        var really = Really(truth, trigger).FirstOrDefault();
        var message = really?.Message is { } number ? truth.Messages[number] : null;
        var taken = truth.Messages.FirstOrDefault(other => IsTake(other, trigger));
        return $"{trigger.Profile} of {trigger.At:HH:mm:ss}, queued {message?.QueuedAt:HH:mm:ss}, taken {message?.TakenAt:HH:mm:ss} by "
            + $"{message?.Thread}, is said to be the job of {trigger.TakenBy} at {trigger.TakenAt:HH:mm:ss}, which is "
            + (taken is null ? "none" : $"{taken.Image} queued {taken.QueuedAt:HH:mm:ss} by {taken.Trigger?.ToString() ?? "hand"}");
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
