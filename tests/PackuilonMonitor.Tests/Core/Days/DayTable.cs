using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Days;

/// <summary>Drawn days line by line, each line with what it changes.</summary>
internal static class DayTable
{
    private const int Days = 16;

    /// <param name="parts">What is looked at of a state, by name.</param>
    public static string Of(DayKind kind, Func<MonitorState, Dictionary<string, object?>> parts)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var (state, before) = (MonitorState.Empty, Contents(MonitorState.Empty));
            text.Append('\n');
            foreach (var (says, seen) in new DrawnDay(kind, number).Seen)
            {
                state = state.Apply(seen);
                var now = Contents(state);
                text.Append(says).Append('\n');
                foreach (var name in now.Keys.Union(before.Keys))
                {
                    var changes = Content.Changes(before.GetValueOrDefault(name) ?? [], now.GetValueOrDefault(name) ?? []);
                    if (changes.Length > 0)
                        text.Append($"    {name}: {changes}\n");
                }

                before = now;
            }
        }

        return DrawnDay.Short(text.ToString());

        Dictionary<string, Dictionary<string, string>> Contents(MonitorState of) =>
            parts(of).ToDictionary(part => part.Key, part => Content.Of(part.Value));
    }
}
