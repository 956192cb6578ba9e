using PackuilonMonitor.App;

namespace PackuilonMonitor.Tests.App;

public sealed class KeysPageTests
{
    [Test]
    public void KeysPage_EveryName_IsThereWithItsKeys()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "keys.md"));
        foreach (var binding in KeyMap.Default.Bindings.Where(binding => binding.Command.Act is not Act.Worker))
        {
            var keys = binding.Keys.IsEmpty ? $"`:{binding.Name}`" : string.Join(' ', binding.Keys.Select(key => $"`{key.Name}`"));
            Assert.That(page, Has.Some.StartsWith($"| {binding.Name} | {keys} |").And.EndsWith($"| {binding.Long} |"), binding.Name);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
