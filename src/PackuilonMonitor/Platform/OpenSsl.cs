using System.Runtime.InteropServices;

namespace PackuilonMonitor.Platform;

/// <summary>
/// Whether encrypted connections are possible. The runtime ends the process if it finds no OpenSSL, so this checks before.
/// </summary>
internal static class OpenSsl
{
    /// <summary>The message if it is missing.</summary>
    public const string Missing =
        "OpenSSL is not on this host, so there are no encrypted connections; install openssl-libs (Red Hat) or libssl3 (Debian)";

    /// <summary>The command that installs it.</summary>
    public const string ToInstall = "sudo dnf install openssl-libs   # or: sudo apt-get install libssl3";

    // The names that the runtime tries.
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    private static readonly Lazy<bool> Found = new(static () => Find(Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE")));

    public static bool IsThere => Found.Value;

    /// <param name="version">The version that the runtime is configured to use; null for any.</param>
    internal static bool Find(string? version) =>
        (version is { Length: > 0 } ? Names.Prepend($"libssl.so.{version}") : Names).Any(static name => NativeLibrary.TryLoad(name, out _));
}
