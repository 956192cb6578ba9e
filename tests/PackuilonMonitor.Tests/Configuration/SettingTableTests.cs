using System.Text;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>
/// What each setting makes of texts at and beyond its limits, and its words for those it refuses. ACCEPT=1 rewrites the table.
/// </summary>
[SetCulture("")]
public sealed class SettingTableTests
{
    private static readonly string[] Texts =
    [
        "", "-", ",", "a", "/a/b", "a, /b,-", "a b", "a\0", "yes", "NO", "on", "off", "True", "0", "1", "2", "9", "10", "20", "21", "256",
        "257", "365", "366", "2000", "2001", "3600", "3601", "3650", "3651", "36500", "36501", "1000000", "1000001", "-1", "+5", " 5",
        "99999999999", "s", "0s", "1s", "15m", "2h", "5d", "100000m", "100001m", "1.5h", "UTC", "Europe/London",
        "CET-1CEST,M3.5.0,M10.5.0/3", "Nowhere/Atall", "dark", "LIGHT", "mono", "auto", "always", "never", "json", "slack", "IMAGE_FLAKY",
        "image_flaky,BUILD_STUCK", "SOURCE_UNREADABLE", "failed, lost,failed", "failed,eaten", "http://a/b", "https://a", "https://",
        "ftp://a", "http:a", "amqp://u:p@host", "amqps://h", "amq://h", "[\"/bin/x\", \"{image}\", \"{\"]", "/bin/x {imag}", "[\"x\"]",
        "[1]", "{}", "name_of-a.group", "ümlaut", "a-name-of-exactly-32-letters-xxx", "a-name-of-exactly-33-letters-xxxx",
        "words that go on and on until there are more than sixty letters",
    ];

    [Test]
    public void Settings_WithAnyText_AreAsListed()
    {
        var text = new StringBuilder();
        foreach (var section in SettingTable.Sections)
        {
            foreach (var line in section.Lines)
                Tell(text, $"[{section.Name}] {line.Key}", Settings.Default, line);
        }

        foreach (var line in SettingTable.OfFactory.Except(SettingTable.OfSources))
            Tell(text, $"[factory] {line.Key}", new SourceSettings(), line);
        Golden.Matches("Settings.txt", text.ToString());
    }

    private static void Tell<T>(StringBuilder to, string name, T all, Setting<T> line)
        where T : class
    {
        to.Append(name).Append('\n');
        var before = Content.Of(all);
        var read = Texts
            .Select(text => (Text: text.Replace('\0', '␀'), Laid: line.Lay(all, text, "/etc")))
            .ToLookup(one => one.Laid.Error is null);
        // A path may be any text.
        foreach (var (text, laid) in read[true].Where((_, place) => read[true].Count() < Texts.Length / 2 || place % 7 == 0))
            to.Append($"    '{text}': {Content.Changes(before, Content.Of(laid.Value))}\n");
        foreach (var (text, laid) in read[false].Where((_, place) => place % 5 == 0))
            to.Append($"    no '{text}': {laid.Error!.Replace('\0', '␀')}\n");
    }
}
