using PackuilonMonitor.App;

namespace PackuilonMonitor.Tests.App;

public sealed class PagesTests
{
    [Test]
    public void KeysPage_EveryName_IsThereWithItsKeys()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "keys.md"));
        foreach (var binding in KeyMap.Default.Bindings.Where(binding => binding.Command.Act is not Act.Worker))
        {
            var keys = binding.Keys.IsEmpty ? "none" : string.Join(' ', binding.Keys.Select(key => $"`{key.Name}`"));
            Assert.That(page, Has.Some.StartsWith($"| {keys} | `{binding.Name}` |"), binding.Name);
        }
    }

    [Test]
    public void ScreensPage_EveryPicture_IsAnExpectation()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "screens.md"));
        var expected = Directory.GetFiles(Path.Combine(Root(), "tests", "PackuilonMonitor.Tests", "Expectations"), "*.txt").Select(File.ReadAllText).ToHashSet();
        var pictures = page.Split("```text\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToArray();

        Assert.That(pictures, Has.Length.GreaterThan(5));
        Assert.That(pictures.Where(picture => !expected.Contains(picture)), Is.Empty, "a picture that the program does not draw any more");
    }

    /// <summary>A page of the documents.</summary>
    internal static string Page(string name) => Path.Combine(Root(), "docs", name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
