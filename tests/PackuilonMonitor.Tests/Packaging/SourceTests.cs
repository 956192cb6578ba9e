using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>How the source is written, as far as a machine can tell.</summary>
public sealed class SourceTests
{
    private const int Widest = 140;

    private static IEnumerable<string> Files =>
        new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Place(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>Text in quotes may be longer: a sentence of the factory or of the screen is found when it stands on one line.</summary>
    [Test]
    public void Line_OfCode_IsNoWiderThanTheScreen()
    {
        var wide =
            from path in Files
            from line in Code(File.ReadAllLines(path))
            where line.Text.Length > Widest
            select $"{path}:{line.Number}";

        Assert.That(wide, Is.Empty);
    }

    /// <summary>The lines that hold no text in quotes, with their numbers.</summary>
    private static IEnumerable<(int Number, string Text)> Code(string[] lines)
    {
        var isRaw = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var fences = lines[index].Split("\"\"\"").Length - 1;
            if (!isRaw && !lines[index].Contains('"'))
                yield return (index + 1, lines[index]);
            isRaw ^= fences % 2 == 1;
        }
    }
}
