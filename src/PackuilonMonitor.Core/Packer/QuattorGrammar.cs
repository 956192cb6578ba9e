using System.Globalization;
using PackuilonMonitor.Core.Slicing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Output of the provisioning scripts: Aquilon's host name, Quattor's stages, Glance's table.</summary>
internal static class QuattorGrammar
{
    private static readonly string[] Asctime = ["ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    // Wed Mar  4 05:06:07 2020
    private static readonly Parser<DateTime?> LocalStamp =
        from text in Slices.Rest
        select DateTime.TryParseExact(text.Trim(), Asctime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : (DateTime?)null;

    // 2020-03-04T05:06:07Z
    private static readonly Parser<DateTimeOffset> UtcStamp = input =>
    {
        var word = Slices.Word(input);
        return word.WasSuccessful
            && DateTimeOffset.TryParseExact(
                word.Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Result.Success(at, word.Remainder)
            : Result.Failure<DateTimeOffset>(input, "unexpected text", ["a time in UTC"]);
    };

    // [OK]   or [INFO] or [ERROR] or [WARN]
    private static readonly Parser<string> Mark =
        from open in Slices.Literal("[")
        from word in Slices.Until("]")
        from blank in PackerSlices.Blanks
        select word;

    // 2 errors, 5 warnings
    private static readonly Parser<(long Errors, long Warnings)> Counts =
        from errors in Slices.Number
        from between in Slices.Literal(" errors, ")
        from warnings in Slices.Number
        from end in Slices.Literal(" warnings")
        select (errors, warnings);

    // Got hostname vm101.cloud.example.org
    private static readonly Parser<PackerLine> Host =
        from said in Slices.Literal("Got hostname ")
        from name in Slices.Word
        from end in Slices.End
        select new HostLine(name);

    // Starting ccm update script, waiting for network
    private static readonly Parser<PackerLine> WaitForNetwork =
        from said in Slices.Literal("Starting ")
        from script in Slices.Until(" script, waiting for network")
        from end in Slices.End
        select new StageLine("wait for network");

    // Fetching profile
    private static readonly Parser<PackerLine> FetchProfile =
        from said in Slices.Literal("Fetching profile")
        from end in Slices.End
        select new StageLine("fetch profile");

    // Running quattor configure
    private static readonly Parser<PackerLine> Configure =
        from said in Slices.Literal("Running quattor configure")
        from end in Slices.End
        select new StageLine("quattor configure");

    // [INFO] NCM-NCD version 17.2.0 started by root at: Wed Mar  4 05:06:07 2020
    private static readonly Parser<PackerLine> Started =
        from said in Slices.Literal("[INFO] NCM-NCD version ")
        from version in Slices.Word
        from user in Slices.Until(" at: ")
        from at in LocalStamp
        select new QuattorLine(version, at);

    // [INFO] running component: spma
    private static readonly Parser<PackerLine> ComponentStarted =
        from said in Slices.Literal("[INFO] running component: ")
        from component in Slices.Word
        from end in Slices.End
        select new ComponentStartedLine(component);

    // [INFO] configure on component spma executed, 0 errors, 0 warnings
    private static readonly Parser<PackerLine> ComponentDone =
        from mark in Mark
        from said in Slices.Literal("configure on component ")
        from component in Slices.Word
        from executed in Slices.Literal(" executed, ")
        from counts in Counts
        select new ComponentDoneLine(component, counts.Errors, counts.Warnings);

    // [OK]   0 errors, 3 warnings executing configure
    // [ERROR] ncm-ncd: 2 errors, 5 warnings executing configure
    private static readonly Parser<PackerLine> ConfigureDone =
        from mark in Mark
        from program in PackerSlices.Maybe(Slices.Literal("ncm-ncd: "))
        from counts in Counts
        from end in Slices.Literal(" executing configure")
        select new ConfigureDoneLine(mark == "OK", counts.Errors, counts.Warnings);

    // | created_at       | 2020-03-04T05:06:07Z                     |
    private static readonly Parser<PackerLine> Glance =
        from bar in Slices.Literal("| ")
        from field in Slices.FirstOf(Slices.Literal("created_at "), Slices.Literal("updated_at "))
        from rest in Slices.Until("| ")
        from at in UtcStamp
        select new GlanceLine(field[0] == 'c', at);

    private static readonly Parser<PackerLine> Counted = Slices.FirstOf(ComponentDone, ConfigureDone);

    /// <summary>The meaning of a line; null for most lines of a provisioner.</summary>
    public static PackerLine? Read(string text) =>
        RuleFor(text)?.ParseLine(text) is { WasSuccessful: true } result ? result.Value : null;

    /// <summary>Whether a line begins like one that a rule reads.</summary>
    public static bool MayRead(ReadOnlySpan<char> text) => RuleFor(text) is not null;

    private static Parser<PackerLine>? RuleFor(ReadOnlySpan<char> text) => text.Length == 0 ? null : text[0] switch
    {
        '[' when text.Contains(" errors, ", StringComparison.Ordinal) =>
            text.Contains("configure on component ", StringComparison.Ordinal) ? Counted : ConfigureDone,
        '[' when text.StartsWith("[INFO] running", StringComparison.Ordinal) => ComponentStarted,
        '[' when text.StartsWith("[INFO] NCM-NCD", StringComparison.Ordinal) => Started,
        'S' when text.StartsWith("Starting ", StringComparison.Ordinal) => WaitForNetwork,
        'G' when text.StartsWith("Got ", StringComparison.Ordinal) => Host,
        'F' when text.StartsWith("Fetching ", StringComparison.Ordinal) => FetchProfile,
        'R' when text.StartsWith("Running ", StringComparison.Ordinal) => Configure,
        '|' => Glance,
        _ => null,
    };
}
