using System.Globalization;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>The kernel's error numbers, with the names that people search for.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int InputOutput = 5;
    public const int NoSuchDevice = 6;
    public const int Denied = 13;
    public const int NotADirectory = 20;
    public const int TooManyInSystem = 23;
    public const int TooManyOpen = 24;
    public const int NoSpace = 28;
    public const int NameTooLong = 36;
    public const int NotImplemented = 38;
    public const int TooManyLinks = 40;
    public const int CrossDevice = 18;
    public const int Stale = 116;

    public static string Name(int number) => number switch
    {
        NotPermitted => "EPERM",
        NotFound => "ENOENT",
        InputOutput => "EIO",
        NoSuchDevice => "ENXIO",
        12 => "ENOMEM",
        Denied => "EACCES",
        NotADirectory => "ENOTDIR",
        TooManyInSystem => "ENFILE",
        TooManyOpen => "EMFILE",
        NameTooLong => "ENAMETOOLONG",
        NotImplemented => "ENOSYS",
        TooManyLinks => "ELOOP",
        CrossDevice => "EXDEV",
        Stale => "ESTALE",
        _ => string.Create(CultureInfo.InvariantCulture, $"error {number}"),
    };

    public static bool MeansAbsent(int number) => number is NotFound or NotADirectory;
}
