namespace PackuilonMonitor.Simulation;

/// <summary>The queue between the two scripts: first in, first out.</summary>
internal sealed class SimulatedQueue(Plant plant)
{
    private readonly Queue<BuildRequest> _waiting = new();
    private readonly Dice _dice = plant.Dice.Fork();

    /// <summary>Queues a message for an image, perhaps with a flaw, and returns its number.</summary>
    public int Push(ImageRecipe recipe, int? trigger)
    {
        var number = Enqueue(recipe, trigger, ChooseFlaw());
        if (_dice.Chance(plant.Plan.Scenario.SameImageTwice))
        {
            var later = _dice.Chance(0.5) ? TimeSpan.Zero : _dice.Seconds(5, 200);
            plant.Timeline.Start(new Life(), PushAgain(recipe, later, _dice.Chance(0.25) ? 3 : 1));
        }

        return number;
    }

    public BuildRequest? Take() => _waiting.TryDequeue(out var request) ? request : null;

    /// <summary>People who queue a build themselves, which writes no line.</summary>
    public IEnumerable<TimeSpan> ByHand()
    {
        var share = plant.Plan.Scenario.ByHand;
        if (share <= 0)
            yield break;

        while (true)
        {
            yield return _dice.Wait(plant.Plan.Scenario.TriggeredEvery / share);
            Push(_dice.Pick(ImageRecipe.All), trigger: null);
        }
    }

    private IEnumerable<TimeSpan> PushAgain(ImageRecipe recipe, TimeSpan later, int times)
    {
        yield return later;
        for (var time = 0; time < times; time++)
            Enqueue(recipe, trigger: null, Flaw.None);
    }

    private int Enqueue(ImageRecipe recipe, int? trigger, Flaw flaw)
    {
        var request = new BuildRequest(plant.Ledger.NextMessage, recipe, flaw, _dice.Chance(0.3) ? 1 : 0);
        plant.Ledger.Add(new TrueMessage(request.Number, plant.Timeline.Now, trigger, recipe.NameIn(plant.Plan.Dialect)));
        _waiting.Enqueue(request);
        return request.Number;
    }

    private Flaw ChooseFlaw()
    {
        if (_dice.Chance(plant.Plan.Scenario.FatalFlaw))
            return _dice.Pick(Fatal);
        return _dice.Chance(plant.Plan.Scenario.Flawed) ? _dice.Pick(Harmless) : Flaw.None;
    }

    private static readonly Flaw[] Harmless =
        [Flaw.MalformedJson, Flaw.NotUtf8, Flaw.KeysMissing, Flaw.UnknownSource, Flaw.EmptyTemplateList, Flaw.BrokenTemplate];

    private static readonly Flaw[] Fatal =
    [
        Flaw.TemplateMissing, Flaw.TemplateMissing, Flaw.TemplateUnreadable, Flaw.BuildFileUnwritable, Flaw.LogUnwritable,
        Flaw.NoDefaultTemplates, Flaw.NotAnObject,
    ];
}
