using System.Diagnostics.CodeAnalysis;

namespace PackuilonMonitor.Simulation;

/// <summary>How a build's log is named.</summary>
public enum LogNaming
{
    Image,
    ImageTemplate,
    ImageTemplateEpoch,
}

/// <summary>How the daemon names an image.</summary>
public enum ImageNaming
{
    PersonalityAndOs,

    /// <summary>Without the architecture.</summary>
    PersonalityAndRelease,
    HostName,
}

/// <summary>Whose wording a build log has.</summary>
public enum PackerWording
{
    Of2017,
    Of166,

    /// <summary>Packer 1.14: output looks like steps.</summary>
    Of114,
}

/// <summary>One published revision of the daemons, as far as it affects what they write.</summary>
public sealed record Dialect
{
    public static readonly Dialect F926600 = new() { Name = "f926600", Logs = LogNaming.Image, SourceWord = "imge", OldSourceError = true };

    public static readonly Dialect D72f6d0d = F926600 with { Name = "72f6d0d", Logs = LogNaming.ImageTemplate };

    public static readonly Dialect C4f91e5 = new()
    {
        Name = "c4f91e5",
        Images = ImageNaming.PersonalityAndRelease,
        Logs = LogNaming.ImageTemplateEpoch,
        FinalLine = true,
    };

    public static readonly Dialect E7ec5f0 = C4f91e5 with { Name = "e7ec5f0", Images = ImageNaming.PersonalityAndOs };

    public static readonly Dialect Bf136ab = E7ec5f0 with { Name = "bf136ab", PersonalityLine = true, Packer = PackerWording.Of166 };

    public static readonly Dialect D2003ddb = Bf136ab with { Name = "2003ddb", Rally = true };

    public static readonly Dialect D9786a46 = new()
    {
        Name = "9786a46",
        Logs = LogNaming.ImageTemplate,
        SourceWord = "imge",
        SourceLines = true,
        Packer = PackerWording.Of166,
        PythonMinor = 8,
        PidOnEveryLine = true,
    };

    public static readonly Dialect Head = D9786a46 with
    {
        Name = "head",
        Images = ImageNaming.HostName,
        CommandLine = true,
        NewProfileIsBuilt = true,
        CallingNow = true,
        PythonMinor = 11,
        PidOnEveryLine = false,
    };

    /// <summary>Every dialect, oldest first.</summary>
    public static readonly IReadOnlyList<Dialect> All = [F926600, D72f6d0d, C4f91e5, E7ec5f0, Bf136ab, D2003ddb, D9786a46, Head];

    /// <summary>The revision's short name, as the command line takes it.</summary>
    public required string Name { get; init; }

    public ImageNaming Images { get; init; }

    public LogNaming Logs { get; init; }

    /// <summary>Whether the daemon closes a build log with <c>rabbit2packer: Build finished at …</c>.</summary>
    public bool FinalLine { get; init; }

    /// <summary>The word in "source image was not found", which is misspelt in some revisions.</summary>
    public string SourceWord { get; init; } = "image";

    /// <summary>Whether the KeyError of an unknown source image has a sentence instead of the missing key.</summary>
    public bool OldSourceError { get; init; }

    public bool PersonalityLine { get; init; }

    /// <summary>Whether the source images and what was looked up in them are logged.</summary>
    public bool SourceLines { get; init; }

    /// <summary>Whether the image's name and Packer's command are logged.</summary>
    public bool CommandLine { get; init; }

    public bool Rally { get; init; }

    /// <summary>Whether a profile seen for the first time is queued.</summary>
    public bool NewProfileIsBuilt { get; init; }

    /// <summary>Whether cdp-listend writes "Calling … now", as it has since 2022.</summary>
    public bool CallingNow { get; init; }

    public PackerWording Packer { get; init; }

    /// <summary>Python 3's minor version: decides ident, repr and whether a thread that ends leaves a traceback.</summary>
    public int PythonMinor { get; init; } = 6;

    /// <summary>Whether rsyslog adds the process id to the scripts' idents.</summary>
    public bool PidOnEveryLine { get; init; }

    public bool HasTemplates => Logs != LogNaming.Image;

    public bool SlashIdent => PythonMinor <= 8;

    public bool Tracebacks => PythonMinor >= 8;

    /// <summary>With pika 1 a long build may end its thread; with pika 0 the thread reconnects.</summary>
    public bool PikaOne => PythonMinor >= 9;

    /// <summary>The dialect of that name in any case; otherwise an error that lists the names.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out Dialect? dialect, [NotNullWhen(false)] out string? error)
    {
        dialect = All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        error = dialect is null ? $"unknown dialect '{name}': use one of {string.Join(", ", All.Select(known => known.Name))}" : null;
        return dialect is not null;
    }

    /// <summary>The dialect of that name in any case.</summary>
    /// <exception cref="FormatException">There is none; the message lists the names.</exception>
    public static Dialect Parse(string name) => TryParse(name, out var dialect, out var error) ? dialect : throw new FormatException(error);

    /// <summary>Python's repr of an exception with one argument, which is given as Python would write it.</summary>
    internal string Repr(string exception, string argument) => PythonMinor < 7 ? $"{exception}({argument},)" : $"{exception}({argument})";

    public override string ToString() => Name;
}
