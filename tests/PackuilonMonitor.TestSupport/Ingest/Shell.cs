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

    /// <summary>
    /// Runs a program to its end with a text on its input, and gives its exit code and all it printed; skips the test where it is not
    /// installed.
    /// </summary>
    public static (int Code, string Printed) Tell(string input, string program, params string[] arguments)
    {
        Needs(program);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public static void Needs(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            Assert.Ignore($"needs {program}, which is not installed here");
    }
}
