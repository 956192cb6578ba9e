using System.Text.Json;
using System.Text.RegularExpressions;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Core.Events;
using PackuilonMonitor.Tests.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Reports;

/// <summary>Every event as JSON, against the table of docs/events.md.</summary>
public sealed partial class EventJsonTests
{
    private static readonly string Page = Repository.Read("docs/events.md");

    private static readonly string[] Formats = Repository.Read("docs/log-formats.md").Split('\n');

    private static readonly string[] OfAll = ["at", "host", "source", "type", "program", "text"];

    private static IEnumerable<MonitorEvent> Events => OneOfEach.Events;

    [TestCaseSource(nameof(Events))]
    public void Of_EveryEvent_HasTheNameAndTheFieldsOfThePage(MonitorEvent said)
    {
        var json = JsonDocument.Parse(EventJson.Of(Given.Seen(said))).RootElement;
        var name = json.GetProperty("type").GetString()!;
        if (Internal().Match(Page).Value.Contains($"`{name}`", StringComparison.Ordinal))
            return;

        var row = Row().Matches(Page).SingleOrDefault(match => match.Groups[1].Value.Contains($"`{name}`", StringComparison.Ordinal));
        Assert.That(row, Is.Not.Null, $"docs/events.md has no row for {name}");
        var fields = Quoted().Matches(Aside().Replace(row!.Groups[2].Value, "")).Select(match => match.Groups[1].Value);
        Assert.That(json.EnumerateObject().Select(field => field.Name).Except(OfAll), Is.EquivalentTo(fields), name);
    }

    /// <summary>The wording in the rows is for people and is not compared.</summary>
    [TestCaseSource(typeof(Sentence), nameof(Sentence.All))]
    public void NameOf_TheEventOfASentence_IsInATableOfTheFormats(Sentence sentence)
    {
        var name = EventTypes.NameOf(sentence.Means);
        Assert.That(
            Formats.Any(line => line.StartsWith('|') && line.Contains($"`{name}`", StringComparison.Ordinal)),
            Is.True,
            $"docs/log-formats.md has no row for {name}"
        );
    }

    [Test]
    public void NameOf_EveryEvent_IsItsOwn() => Assert.That(OneOfEach.Events.Select(EventTypes.NameOf), Is.Unique);

    [GeneratedRegex(@"^Internal events[^.]*", RegexOptions.Multiline)]
    private static partial Regex Internal();

    [GeneratedRegex(@"^\| (`[a-z0-9-]+`(?:, `[a-z0-9-]+`)*) \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Aside();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Quoted();
}
