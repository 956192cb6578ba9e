namespace PackuilonMonitor.Simulation;

/// <summary>One call of cdb2rabbit.</summary>
/// <remarks><c>cached</c>: The profiles that were seen before.</remarks>
internal sealed class ScriptCall(Plant plant, Dice dice, HashSet<string> cached)
{
    private readonly SyslogTag _speaker = plant.Script(LogProgram.Cdb2Rabbit, "cdb2rabbit.py", dice.Between(2000, 32000));

    /// <summary>Whether it ended with an error, which only its caller logs.</summary>
    public bool Failed { get; private set; }

    public IEnumerable<TimeSpan> FirstEver() => SayAll(ScriptSentences.Starting, ScriptSentences.CachedListMissing);

    public IEnumerable<TimeSpan> NothingChanged() =>
        SayAll(ScriptSentences.Starting, ScriptSentences.UpdatingCache, ScriptSentences.Exiting);

    public IEnumerable<TimeSpan> Changed()
    {
        Say(ScriptSentences.Starting);
        yield return dice.Milliseconds(30, 200);
        var fails = dice.Chance(plant.Plan.Scenario.TriggerFails);
        if (fails && dice.Chance(0.5))
        {
            foreach (var wait in CannotStart())
                yield return wait;
            yield break;
        }

        // A change that affects many images rebuilds several profiles at once.
        var count = dice.Chance(0.2) ? dice.Between(2, 4) : 1;
        foreach (var recipe in Distinct(count))
        {
            foreach (var wait in Profile(recipe, fails))
                yield return wait;
            if (Failed)
                yield break;
        }

        foreach (var wait in SayAll(ScriptSentences.UpdatingCache, ScriptSentences.Exiting))
            yield return wait;
    }

    private IEnumerable<TimeSpan> CannotStart()
    {
        Failed = true;
        switch (dice.Below(3))
        {
            case 0: return SayAll(ScriptSentences.ServerRefused);
            case 1: return SayAll(ScriptSentences.ServerUnreachable);
            default: return BrokerIsAway();
        }
    }

    private IEnumerable<TimeSpan> BrokerIsAway()
    {
        yield return dice.Seconds(18, 20);
        foreach (var wait in SayAll(ScriptSentences.BrokerUnreachable, ScriptSentences.BrokerError))
            yield return wait;
    }

    private IEnumerable<TimeSpan> Profile(ImageRecipe recipe, bool fails)
    {
        var number = plant.Ledger.NextTrigger;
        plant.Ledger.Add(new TrueTrigger(number, plant.Timeline.Now, recipe.Profile));
        foreach (var wait in SayAll(ScriptSentences.ProfileRebuilt(recipe.Profile), ScriptSentences.Downloading(recipe.Profile)))
            yield return wait;
        yield return dice.Milliseconds(20, 120);

        if (fails && dice.Chance(0.5))
        {
            Say(ScriptSentences.DownloadFailed(recipe.Profile));
            Conclude(number, TriggerResult.NotDownloaded);
            Failed = true;
            yield break;
        }

        var isNew = cached.Add(recipe.Profile);
        if (isNew)
        {
            Say(ScriptSentences.CachedProfileMissing(recipe.Profile));
            yield return dice.Milliseconds(0.2, 2);
        }

        if (isNew ? !plant.Plan.Dialect.NewProfileIsBuilt : dice.Chance(0.2))
        {
            Say(ScriptSentences.ProfileUnchanged(recipe.Profile));
            Conclude(number, isNew ? TriggerResult.NewUnchanged : TriggerResult.Unchanged);
            yield return dice.Milliseconds(0.2, 2);
            yield break;
        }

        Say(ScriptSentences.ProfileUpdated(recipe.Profile));
        yield return dice.Milliseconds(0.2, 2);
        foreach (var wait in Push(recipe, number, fails))
            yield return wait;
    }

    // The line precedes the publish, and names nothing.
    private IEnumerable<TimeSpan> Push(ImageRecipe recipe, int number, bool fails)
    {
        var saidAt = plant.Timeline.Now;
        Say(ScriptSentences.Pushing);
        yield return dice.Milliseconds(0.5, 5);
        if (fails)
        {
            Conclude(number, TriggerResult.PushFailed);
            foreach (var wait in SayAll(ScriptSentences.PushFailed, ScriptSentences.PushError))
                yield return wait;
            yield break;
        }

        var message = plant.Queue.Push(recipe, number);
        plant.Ledger.Trigger(number, queued => queued with { Result = TriggerResult.Queued, QueuedAt = saidAt, Message = message });
    }

    private void Conclude(int number, TriggerResult result) =>
        plant.Ledger.Trigger(number, concluded => concluded with { Result = result });

    private IEnumerable<ImageRecipe> Distinct(int count) =>
        Enumerable.Range(0, count).Select(_ => dice.Pick(ImageRecipe.All)).ToArray().Distinct();

    private IEnumerable<TimeSpan> SayAll(params WordedSentence[] sayings)
    {
        foreach (var said in sayings)
        {
            Say(said);
            yield return dice.Milliseconds(0.3, 4);
        }
    }

    private void Say(WordedSentence said) => plant.Syslog.Say(_speaker, said);
}
