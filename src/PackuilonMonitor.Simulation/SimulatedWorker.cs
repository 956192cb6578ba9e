namespace PackuilonMonitor.Simulation;

/// <summary>The loop of a thread: it polls the queue every two seconds and handles what it gets.</summary>
internal sealed class SimulatedWorker(Plant plant, SimulatedThread thread)
{
    private static readonly TimeSpan LongEnoughToLoseTheBroker = TimeSpan.FromMinutes(3);

    private bool _connectionIsLost;

    public IEnumerable<TimeSpan> Work()
    {
        thread.Say(WorkerSentences.ThreadStarting(thread.Name));
        yield return TimeSpan.FromSeconds(4) + thread.Dice.Milliseconds(0, 6);

        while (true)
        {
            if (_connectionIsLost)
            {
                foreach (var wait in FindConnectionLost())
                    yield return wait;
            }

            // Every iteration polls at most once: after a refused message the next follows at once.
            var refused = false;
            if (!thread.Dead && plant.Queue.Take() is { } request)
            {
                var job = new SimulatedJob(plant, thread, request);
                var taken = plant.Timeline.Now;
                foreach (var wait in job.Run())
                    yield return wait;
                refused = job.Refused;
                _connectionIsLost = (plant.Timeline.Now - taken) * plant.Plan.Speed > LongEnoughToLoseTheBroker && thread.Dice.Chance(0.9);
            }

            if (thread.Dead)
                yield break;
            yield return refused ? thread.Dice.Milliseconds(1, 45) : TimeSpan.FromSeconds(2) + thread.Dice.Milliseconds(1, 6);
        }
    }

    // pika 0 always logs that the connection was closed; pika 1 may throw an uncaught exception.
    private IEnumerable<TimeSpan> FindConnectionLost()
    {
        _connectionIsLost = false;
        if (plant.Plan.Dialect.PikaOne && thread.Dice.Chance(plant.Plan.Scenario.StreamLost))
            return thread.Die(DeathCause.StreamLost, "pika.exceptions.StreamLostError: Transport indicated EOF");
        return thread.SayAll([WorkerSentences.Reconnecting(thread.Name)]);
    }
}
