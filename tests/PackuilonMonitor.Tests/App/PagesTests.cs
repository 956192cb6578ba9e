using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

public sealed class PagesTests
{
    [Test]
    public void KeysPage_EveryName_IsThereWithItsKeys()
    {
        var page = File.ReadAllLines(Page("keys.md"));
        foreach (var binding in KeyMap.Default.Bindings.Where(binding => binding.Command is not ScreenCommand { Act: ScreenAct.Worker }))
        {
            var keys = binding.Keys.IsEmpty ? "none" : string.Join(' ', binding.Keys.Select(key => $"`{key.Name}`"));
            Assert.That(page, Has.Some.StartsWith($"| {keys} | `{binding.Name}` |"), binding.Name);
        }
    }

    [TestCase("screens.md", 6)]
    [TestCase("factories.md", 1)]
    public void Page_EveryPicture_IsAnExpectation(string name, int fewest)
    {
        var page = File.ReadAllText(Page(name));
        var expected = Directory
            .GetFiles(Repository.Place("tests/PackuilonMonitor.Tests/Expectations"), "*.txt")
            .Select(File.ReadAllText)
            .ToHashSet();
        var pictures = page.Split("```text\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToArray();

        Assert.That(pictures, Has.Length.AtLeast(fewest));
        Assert.That(pictures.Where(picture => !expected.Contains(picture)), Is.Empty, "a picture that the program no longer draws");
    }

    /// <summary>A page of the documents.</summary>
    internal static string Page(string name) => Repository.Place($"docs/{name}");
}
