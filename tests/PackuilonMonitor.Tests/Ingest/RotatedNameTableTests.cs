using System.Globalization;
using System.Text;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Names that a log rotates to: in their order, and with each of their letters changed, which is a rotation or is none. ACCEPT=1 rewrites
/// the tables.
/// </summary>
public sealed class RotatedNameTableTests
{
    private static readonly string[] Suffixes =
    [
        ".1", ".2", ".9", ".10", ".99999", ".999999", ".1234567", ".0", ".01", "-1", "_1", ".", "-", ".old", "-old", ".x", ".1x",
        "-20261122", "-20261123", ".20261122", "_20261122", "-20261322", "-20261131", "-2026112", "-202611220", "-2026112209",
        "-2026112210", "-202611220905", "-20261122090507", "-202611220905071", "-1795338307", "-179533830", "-17953383", "-17953383071",
        "-20261122-1", "-20261122-2", "-20261122.3", "-20261122_4", "-20261122x5", "-20261122-", "-20261122-x", "-20261122T0905",
        "-20261122T09:05", "-20261122T", "-20261122T09:05:07", "-2026112209-1", "-2026112209-x", "-20261122090-1", "-2026112209050-1",
        "-20261122090507-1", "-202611220905071-1", "-2026-11-22", "-2026_11_22", ".2026.11.22", "-2026-11_22", "-2026-11-2",
        "-2026-11-22-1", "-2026-11-22.1795338307", "-2026-11-22T09:05", "-2026-13-22", "-2026-11-22x", "-2026-11-2209",
        ".1.gz", ".3.gz", ".4.lz4", ".5.zip", ".6.Z", ".7.gzip", ".gz", "-20261122.gz", "-20261124.gz",
        ".1.log", "-20261122.log", ".log", ".1.log.gz", ".log.1", ".bak", "2",
    ];

    /// <summary>From the oldest to the newest; none of the names above is as old as one of these.</summary>
    private static readonly string[] Known =
        [".100000", ".8", "-2026112121", "-20261122-50", "-2026112208", "-2026112223", "-2026112406", "-2999123123"];

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>Each with the number of known ones that are older.</summary>
    [TestCase("messages", "")]
    [TestCase("messages", "messages.log")]
    [TestCase("app.log", "")]
    public void Names_OfARotatedLog_HaveTheirPlaceAsListed(string log, string beside)
    {
        var text = new StringBuilder();
        Begin(log, beside);
        foreach (var name in Suffixes.Select(suffix => log + suffix).Concat(WithEnding(log)).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"{name,-36} {PlaceOf(log, name)}\n");

        Golden.Matches($"Rotated.{log}{(beside.Length > 0 ? ".Beside" : "")}.txt", text.ToString());
    }

    [Test]
    public void Names_WithALetterChanged_AreRotationsAsListed()
    {
        Begin("messages", "");

        Golden.Matches("Rotated.Letters.txt", string.Concat(
            ((string[])[
                ".1", ".99999", "-20261122", "-2026112209", "-20261122T0905", "-2026-11-22", "-2026-11-22.1795338307", "-1795338307",
                "-20261122-1", "-2026112209-1", ".old", "-20261122.log",
            ]).Select(suffix => LetterTable.Of(
                $"messages{suffix}",
                "messages".Length,
                name => PlaceOf("messages", name) is not "-" and var place ? ("", place) : null
            ))
        ));
    }

    /// <summary>Beside the rotations that are read: each other name, with the reason.</summary>
    [Test]
    public void Names_ThatAreNotRead_HaveTheirReasonsAsListed()
    {
        _folder.Write("messages", "");
        foreach (var suffix in Suffixes)
            _folder.Write($"messages{suffix}", "Nov 22 12:00:00 vm x: hello\n");
        _folder.Write("messages-2026.1", "no time");

        Golden.Matches("Rotated.Unread.txt", string.Join('\n', RotatedSiblings
            .PassedOver(_folder["messages"], static line => line.StartsWith("Nov"u8))
            .Select(one => $"{Path.GetFileName(one.Path)}: {one.Why}")
            .Order(StringComparer.Ordinal)));
    }

    private void Begin(string log, string beside)
    {
        foreach (var name in Known.Select(suffix => log + suffix).Append(log).Append(beside).Where(name => name.Length > 0))
            _folder.Write(name, "");
    }

    /// <summary>A rotation may stand before the log's own ending.</summary>
    private static IEnumerable<string> WithEnding(string log) =>
        log.LastIndexOf('.') is > 0 and var dot ? Suffixes.Select(suffix => log[..dot] + suffix + log[dot..]) : [];

    private string PlaceOf(string log, string name)
    {
        if (File.Exists(_folder[name]))
            return "known";
        _folder.Write(name, "");
        var names = RotatedSiblings.Of(_folder[log]).Select(sibling => (Name: Path.GetFileName(sibling.Path), sibling.Compressed)).ToList();
        _folder.Delete(name);
        return names.FindIndex(one => one.Name == name) is >= 0 and var place
            ? string.Create(CultureInfo.InvariantCulture, $"{place}{(names[place].Compressed ? ", packed" : "")}")
            : "-";
    }
}
