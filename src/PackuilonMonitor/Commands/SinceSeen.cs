using System.CommandLine;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Commands;

/// <summary>What happened since the user last looked, for a login script. The dashboard sets the mark; nothing here changes it.</summary>
internal static class SinceSeen
{
    public static readonly Option<bool> Option = new("--since-seen")
    {
        Description = "Only what happened since you last looked at the dashboard.",
    };

    /// <summary>The user's mark; if there is none yet, now, with a message.</summary>
    /// <exception cref="WrongUseException">It cannot be read.</exception>
    public static SeenMark Mark(ParseResult parsed, RunSettings given)
    {
        var file = HistoryOptions.Of(parsed, given).Seen;
        try
        {
            if (file.Read() is { } mark)
                return mark;
            Complaints.Print(
                $"nothing is marked as seen yet{(file.Path is { } path ? $", {path} is not there" : "")}; "
                + $"a key in the dashboard sets the mark"
            );
            return SeenMark.Until(DateTimeOffset.Now);
        }
        catch (IOException error)
        {
            throw new WrongUseException($"--since-seen: {error.Message}");
        }
    }

    /// <summary>One line with the counts, then each unseen problem, the worst first.</summary>
    public static int Print(ParseResult parsed, RunSettings given)
    {
        var (mark, factories) = (Mark(parsed, given), ChosenFactories.FactoriesOf(parsed, given));
        var states = factories.Select(factory => factory.ReadAll()).ToList();
        var (zone, now) = (factories[0].Zone, TimeZoneInfo.ConvertTime(factories[0].Now, factories[0].Zone));
        var snapshot = Snapshot.Of(
            factories.Zip(states, (factory, state) =>
                FactorySnapshot.Of(
                    state,
                    new Facts(factory.Factory.ThreadCount)
                    {
                        Zone = factory.Zone,
                        Health = new HealthFacts(given.Settings.Health, HealthOfSources.Around(factory, state)),
                    }
                )
            ),
            Facts.None with
            {
                Zone = zone,
            }
        );
        var unseen = NewsList.Of(snapshot, mark, now);
        using var output = new Output();
        output.Line(
            string.Join(
                    "  ",
                    NewsWords.SinceLine(unseen, mark, new Paint(Palette.Mono, Glyphs.Ascii, zone, now)).Select(piece => piece.Text)
                )
                .Replace(":  ", ": ", StringComparison.Ordinal)
        );
        foreach (var news in unseen.Where(news => news.IsBad))
            output.Line(SafeText.Plain(NewsWords.Of(news, snapshot, now, zone)));
        return SourceComplaints.Print(states);
    }
}
