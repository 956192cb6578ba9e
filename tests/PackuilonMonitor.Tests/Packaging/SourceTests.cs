using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>How the source is written, as far as a machine can tell.</summary>
public sealed partial class SourceTests
{
    private const int Widest = 140;
    private const int Longest = 300;

    private static IEnumerable<string> Files =>
        new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Place(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>A text that stands alone on its line may be wider: a search finds it whole. Raw texts cannot be wrapped.</summary>
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

    /// <summary>A file that is longer holds more than one concept.</summary>
    [Test]
    public void File_OfTheProgram_IsNotLong()
    {
        var source = Repository.Place("src");
        var tooLong = Files.Where(path => path.StartsWith(source, StringComparison.Ordinal) && File.ReadLines(path).Count() > Longest);

        Assert.That(tooLong, Is.Empty);
    }

    /// <summary>Before glibc 2.34 they were in a library of their own, so a program that asks libc for them ends there.</summary>
    [Test]
    public void FunctionOfThreads_IsNotAskedOfLibc()
    {
        const string asking = "\"libc\", EntryPoint = \"pthread" + "_";
        var asked = Files.Where(path => File.ReadAllText(path).Contains(asking, StringComparison.Ordinal));

        Assert.That(asked, Is.Empty);
    }

    [TestCase("        Write(\"short\", 1);", true)]
    [TestCase("            \"a sentence of the factory\",", false)]
    [TestCase("            + @\"a pattern \\S+\");", false)]
    [TestCase("            $\"a {sentence} that can be cut\",", true)]
    [TestCase("            Write(\"a sentence\");", true)]
    [TestCase("            \"two\", \"sentences\",", true)]
    [TestCase("    /// <summary>A \"comment\".</summary>", true)]
    public void Line_WithText_CanBeWrappedUnlessTheTextStandsAlone(string line, bool canBeWrapped)
    {
        Assert.That(Code([line]).Any(), Is.EqualTo(canBeWrapped));
    }

    /// <summary>The lines that can be wrapped, with their numbers.</summary>
    private static IEnumerable<(int Number, string Text)> Code(string[] lines)
    {
        var isRaw = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var fences = lines[index].Split("\"\"\"").Length - 1;
            if (!isRaw && fences == 0 && !LoneText().IsMatch(lines[index]))
                yield return (index + 1, lines[index]);
            isRaw ^= fences % 2 == 1;
        }
    }

    [GeneratedRegex("""^\s*(\+ )?@?"(\\.|[^"\\])*"[;,)]{0,3}$""")]
    private static partial Regex LoneText();
}
