using PackuilonMonitor.Cells;

namespace PackuilonMonitor.App;

// One factory of several, or all of them.
public sealed partial record ViewState
{
    private const string AllFactories = "all";

    /// <param name="name">The one to show; null for the next, and all after the last.</param>
    private ViewState OnlyFactory(string? name, Looked at)
    {
        string[] names = [.. at.Snapshot.Names];
        if (names.Length == 0)
            return Saying("there is one factory, and it has no name");
        var next = name is not null ? name : names.ElementAtOrDefault(Array.IndexOf(names, Factory) + 1) ?? AllFactories;
        if (names.Contains(next))
            return (this with { Factory = next }).Saying($"only {next}; :factory all shows all");
        return next == AllFactories
            ? (this with { Factory = null }).Saying("all factories")
            : Saying($"no factory \"{SafeText.Plain(next)}\"; there are {string.Join(", ", names)}", true);
    }
}
