using PackuilonMonitor.Core.Slicing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Packer's lines at column 0 when it does not start to build, or when it crashes.</summary>
internal static class RefusalGrammar
{
    // Error: Unsupported argument                              (1.7 and later)
    // Error: Failed to prepare build: "openstack"              (1.5 and later)
    private static readonly Parser<PackerLine> Error = Refused("Error: ");

    // Failed to parse template: Error parsing JSON: invalid character '"' after object key:value pair
    // Failed to parse file as legacy JSON template: if you are using an HCL template, check your file extensions; …
    private static readonly Parser<PackerLine> ParseFailed = Refused("Failed to parse ");

    // Failed to initialize build "openstack": error loading builder
    private static readonly Parser<PackerLine> InitialiseFailed = Refused("Failed to initialize build ");

    // Template validation failed. Errors are shown below.
    private static readonly Parser<PackerLine> ValidationFailed = Refused("Template validation failed");

    // Error initializing core: Template requires Packer version 1.8 or higher
    private static readonly Parser<PackerLine> CoreFailed = Refused("Error initializing core: ");

    // flag provided but not defined: -timestamp-ui
    private static readonly Parser<PackerLine> UnknownOption = Refused("flag provided but not defined: ");

    // Couldn't start Packer: fork/exec /usr/bin/packer: permission denied
    private static readonly Parser<PackerLine> NotStarted = Refused("Couldn't ");

    // Failed getting the "github.com/hashicorp/openstack" plugin:
    private static readonly Parser<PackerLine> NoPlugin = Refused("Failed getting the ");

    // "/srv/none.json": stat /srv/none.json: no such file or directory
    private static readonly Parser<PackerLine> NoTemplate =
        from quote in Slices.Literal("\"")
        from path in Slices.Until("\": ")
        from call in Slices.FirstOf(Slices.Literal("stat "), Slices.Literal("open "), Slices.Literal("lstat "))
        from rest in Slices.Rest
        select new RefusedLine($"\"{path}\": {call}{rest}");

    // Build 'openstack' prepare failure: 1 error(s) occurred:
    private static readonly Parser<PackerLine> PrepareFailed =
        from build in Slices.Literal("Build '")
        from rest in Slices.Until("' prepare failure: ")
        from message in Slices.Rest
        select new RefusedLine(build + rest + "' prepare failure: " + message);

    // 2 error(s) occurred:
    // 1 error occurred:
    private static readonly Parser<PackerLine> Counted =
        from number in Slices.Number
        from said in Slices.FirstOf(
            Slices.Literal(" error(s) occurred:"),
            Slices.Literal(" error occurred:"),
            Slices.Literal(" errors occurred:")
        )
        from end in Slices.End
        select new RefusedLine(number.ToString(System.Globalization.CultureInfo.InvariantCulture) + said);

    // panic: interface conversion: interface {} is nil, not string
    private static readonly Parser<PackerLine> Panic =
        from said in Slices.Literal("panic: ")
        from rest in Slices.Rest
        select new PanicLine(said + rest, OfPlugin: false);

    // 2026/11/22 09:12:31 packer-plugin-openstack_v1.1.2_x5.0_linux_amd64 plugin: panic: runtime error: invalid memory address
    // 2015/04/03 14:11:11 packer-builder-docker: panic: runtime error: index out of range
    private static readonly Parser<PackerLine> PluginPanic = input =>
    {
        var text = input.Source.AsSpan(input.Position);
        if (text.Length < 30 || !char.IsAsciiDigit(text[0]) || text[4] != '/')
            return Result.Failure<PackerLine>(input, "unexpected text", ["a stamp"]);
        var at = text.IndexOf(": panic: ", StringComparison.Ordinal);
        return at > 0
            ? Result.Success<PackerLine>(
                new PanicLine(text[(at + 2)..].ToString(), OfPlugin: true),
                LineInput.At(input, input.Source.Length)
            )
            : Result.Failure<PackerLine>(input, "unexpected text", ["panic"]);
    };

    // !!!!!!!!!!!!!!!!!!!!!!!!!!! PACKER CRASH !!!!!!!!!!!!!!!!!!!!!!!!!!!!
    private static readonly Parser<PackerLine> Crash =
        from said in Slices.Literal("!!!!!!!!")
        from rest in Slices.Until(" PACKER CRASH ")
        from end in Slices.Rest
        select new CrashLine();

    private const string Digits = "0123456789";

    /// <summary>The rules, with the letters that their lines can begin with.</summary>
    public static readonly (string Letters, Parser<PackerLine> Rule)[] Rules =
    [
        ("E", Error),
        ("F", ParseFailed),
        ("F", InitialiseFailed),
        ("T", ValidationFailed),
        ("E", CoreFailed),
        ("f", UnknownOption),
        ("C", NotStarted),
        ("F", NoPlugin),
        ("\"", NoTemplate),
        ("B", PrepareFailed),
        (Digits, Counted),
        ("p", Panic),
        (Digits, PluginPanic),
        ("!", Crash),
    ];

    private static Parser<PackerLine> Refused(string start) =>
        from said in Slices.Literal(start)
        from rest in Slices.Rest
        select new RefusedLine(said + rest);
}
