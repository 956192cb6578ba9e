using System.Diagnostics;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Programs of the system that tests play the other side with.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end and gives its exit code; skips the test where it is not installed.</summary>
    public static int Run(string program, params string[] arguments)
    {
        Needs(program);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    public static void Needs(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            Assert.Ignore($"needs {program}, which is not installed here");
    }
}
