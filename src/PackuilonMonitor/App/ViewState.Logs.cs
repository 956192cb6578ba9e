using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

// What an open log asks of the view around it.
public sealed partial record ViewState
{
    /// <summary>The log of another build in the place of the one that is open.</summary>
    public ViewState At(BuildView build) =>
        (With(new Place(Screen.Log, build.Id)) with { Notice = null }).Doing(new OpenLog(build.Id));

    /// <summary>Without the word of the last command.</summary>
    public ViewState Quiet() => Notice is null ? this : this with { Notice = null };
}
