using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>What the pages name is there: files, headings, commands, options.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.Place("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order();

    [TestCaseSource(nameof(Pages))]
    public void Page_Links_LeadSomewhere(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Place(page))!;
        Assert.Multiple(() =>
        {
            foreach (
                var target in Link().Matches(Prose(page)).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://"))
            )
            {
                var (file, heading) = target.Split('#') is [var path, var anchor] ? (path, anchor) : (target, null);
                var place = file.Length == 0 ? Repository.Place(page) : Path.GetFullPath(Path.Combine(folder, file));
                Assert.That(Path.Exists(place), Is.True, target);
                if (heading is not null && File.Exists(place))
                    Assert.That(Headings(place), Does.Contain(heading), target);
            }
        });
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_CommandsOfTheProgram_AreThere(string page)
    {
        Assert.Multiple(() =>
        {
            foreach (
                var words in Call()
                    .Matches(Repository.Read(page))
                    .Select(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            )
            {
                var command = words is [var first, ..] && !first.StartsWith('-') && Word().IsMatch(first) ? first : null;
                if (command is not null)
                    Assert.That(ProgramHelp.Commands, Does.Contain(command), string.Join(' ', words));
                var known = ProgramHelp
                    .CommonOptions.Append("--version")
                    .Concat(command is null ? [] : ProgramHelp.OptionsOf(command))
                    .ToList();
                foreach (var option in words.Select(word => LongName().Match(word)).Where(match => match.Success))
                    Assert.That(known, Does.Contain(option.Value), string.Join(' ', words));
            }
        });
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_ScriptsOfTheRepository_AreThere(string page)
    {
        Assert.Multiple(() =>
        {
            foreach (var script in Script().Matches(Repository.Read(page)).Select(match => match.Value))
                Assert.That(Path.Exists(Repository.Place(script)), Is.True, script);
        });
    }

    /// <summary>The page without what stands in fences, where brackets are no links.</summary>
    private static string Prose(string page) => Fence().Replace(Repository.Read(page), "");

    private static IEnumerable<string> Headings(string path) =>
        Heading()
            .Matches(File.ReadAllText(path))
            .Select(match => NoLetter().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoLetter();

    // Up to the end of the code, of the line, a comment or the next program.
    [GeneratedRegex(@"(?:^|[`$ ])packuilon-monitor ([a-z-][^`|#;&\n]*)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Word();

    [GeneratedRegex("^--[a-z][a-z-]*")]
    private static partial Regex LongName();

    [GeneratedRegex(@"\b(?:packaging|docs/tour)/[\w./-]*\w")]
    private static partial Regex Script();
}
