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

    [Test]
    public void ScreensPage_EveryPicture_IsAnExpectation()
    {
        var page = File.ReadAllText(Page("screens.md"));
        var expected = Directory
            .GetFiles(Repository.Place("tests/PackuilonMonitor.Tests/Expectations"), "*.txt")
            .Select(File.ReadAllText)
            .ToHashSet();
        var pictures = page.Split("```text\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToArray();

        Assert.That(pictures, Has.Length.GreaterThan(5));
        Assert.That(pictures.Where(picture => !expected.Contains(picture)), Is.Empty, "a picture that the program does not draw any more");
    }

    /// <summary>A page of the documents.</summary>
    internal static string Page(string name) => Repository.Place($"docs/{name}");
}
