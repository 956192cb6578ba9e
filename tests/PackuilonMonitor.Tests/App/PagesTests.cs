using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

public sealed class PagesTests
{
    [Test]
    public void KeysPage_EveryName_IsThereWithItsKeys()
    {
        var page = File.ReadAllLines(Page("keys.md"));
        var missing = KeyMap.Default.Bindings
            .Where(binding => binding.Command is not ScreenCommand { Act: ScreenAct.Worker })
            .Select(binding => (binding.Name, Keys: string.Join(' ', binding.Keys.Select(key => $"`{key.Name}`"))))
            .Select(row => $"| {(row.Keys.Length > 0 ? row.Keys : "none")} | `{row.Name}` |")
            .Where(row => !page.Any(line => line.StartsWith(row, StringComparison.Ordinal)));

        Assert.That(missing, Is.Empty, "docs/keys.md has no row that begins so");
    }

    [TestCase("screens.md", 6)]
    [TestCase("factories.md", 1)]
    public void Page_EveryPicture_IsAnExpectation(string name, int fewest)
    {
        var page = File.ReadAllText(Page(name));
        var expected = Directory
            .GetFiles(Repository.Place("tests/PackuilonMonitor.Tests/Expectations"), "*.txt")
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var pictures = page.Split("```text\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToArray();
        var outdated = pictures
            .Where(picture => !expected.ContainsValue(picture))
            .Select(picture => $"line {LineOf(page, picture)}: copy {Nearest(expected, picture)} from Expectations");

        Assert.That(pictures, Has.Length.AtLeast(fewest));
        Assert.That(outdated, Is.Empty, $"docs/{name} has pictures that the program no longer draws");
    }

    private static int LineOf(string page, string picture) =>
        page[..page.IndexOf(picture, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;

    /// <summary>The file with the most of its lines.</summary>
    private static string Nearest(Dictionary<string, string> expected, string picture)
    {
        var lines = picture.Split('\n');
        return expected.MaxBy(file => lines.Intersect(file.Value.Split('\n')).Count()).Key;
    }

    /// <summary>A page of the documents.</summary>
    internal static string Page(string name) => Repository.Place($"docs/{name}");
}
