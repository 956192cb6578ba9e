using System.Reactive.Concurrency;

namespace PackuilonMonitor.Simulation;

/// <summary>A simulated factory at work in a folder of its own, which Dispose deletes.</summary>
/// <remarks>
/// Stamps follow the scheduler's clock; see <see cref="FactoryPlan"/> for the effect of speed. The past is written at once, with stamps
/// before now, so that builds, verdicts and changes exist from the first moment.
/// </remarks>
public sealed class Demonstration : IDisposable
{
    private readonly DemoFolder _folder;
    private readonly IDisposable _writing;

    private Demonstration(DemoFolder folder, IDisposable writing)
    {
        _folder = folder;
        _writing = writing;
    }

    public string Messages => _folder.Messages;

    public string LogDirectory => _folder.LogDirectory;

    public string Config => _folder.Config;

    /// <summary>A place for a monitor's history of it.</summary>
    public string History => _folder.History;

    /// <summary>Creates the folder, writes the past and continues with the present on the scheduler.</summary>
    /// <remarks>
    /// <c>plan</c>: what is simulated; its start and log directory are set here. <c>past</c>: the length of the past at speed 1; on the
    /// screen it is shorter by the speed. <c>zone</c>: the zone of the stamps.
    /// </remarks>
    /// <exception cref="IOException">The folder could not be created or written to.</exception>
    public static Demonstration Start(FactoryPlan plan, TimeSpan past, TimeZoneInfo zone, IScheduler scheduler)
    {
        var folder = DemoFolder.Create(plan.Threads);
        try
        {
            var factory = new SimulatedFactory(plan with
            {
                Start = TimeZoneInfo.ConvertTime(scheduler.Now - past / plan.Speed, zone),
                LogDirectory = folder.LogDirectory + "/",
            });
            var writer = new FactoryWriter(folder.Messages, folder.LogDirectory);
            writer.Write(factory.StepsUntil(scheduler.Now));
            return new Demonstration(folder, writer.Follow(factory, scheduler));
        }
        catch (IOException)
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        _folder.Dispose();
    }
}
