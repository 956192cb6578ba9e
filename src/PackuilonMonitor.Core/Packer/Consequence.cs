using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Errors that only say that something failed; an earlier line has the cause.</summary>
internal static class Consequence
{
    // Script exited with non-zero exit status: 1. Allowed exit codes are: [0]
    // Error executing Ansible: Non-zero exit status: exit status 2
    // Error executing Chef: Non-zero exit status: 1
    // error executing script: exit status 1
    // Puppet exited with a non-zero exit status: 1
    // Erroneous exit code 1 while executing script: /tmp/packer-shell1
    // Build was halted.
    // Step "StepProvision" failed, aborting...
    private static readonly string[] Starts =
    [
        "Script exited with ",
        "error executing script",
        "Puppet exited with ",
        "Erroneous exit code",
        "Build was halted",
        "Build was cancelled",
        "Step \"",
        "aborted: skipping cleanup of step",
        "Interrupted, aborting",
        "exit status ",
        "retry limit reached",
        "Error removing temporary script",
        "Error running script",
    ];

    // Error installing Chef: Install script exited with non-zero exit status 1
    // Error executing salt-call: Bad exit status: 2
    private static readonly SearchValues<string> ExitWords = SearchValues.Create(
        ["on-zero exit status", "Bad exit status: "],
        StringComparison.Ordinal
    );

    // context deadline exceeded
    // unexpected EOF
    // Post-processor failed: unexpected EOF
    private static readonly SearchValues<string> Anywhere = SearchValues.Create(
        [
            "context deadline exceeded",
            "context canceled",
            "unexpected EOF",
            "connection is shut down",
        ],
        StringComparison.Ordinal
    );

    public static bool Is(string error)
    {
        var text = WithoutSpeaker(error);
        foreach (var start in Starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        // "Error waiting for image: context canceled" names what was awaited: that is a cause.
        return text is "EOF" || text.ContainsAny(ExitWords) || EndsWithStatus(text)
            || (!text.StartsWith("Error ", StringComparison.Ordinal) || text.StartsWith("Error executing ", StringComparison.Ordinal))
                && text.ContainsAny(Anywhere);
    }

    // Error importing container: exit status 1
    private static bool EndsWithStatus(ReadOnlySpan<char> text)
    {
        var said = text.TrimEnd().TrimEnd("0123456789");
        return said.Length < text.Length && said.EndsWith(": exit status ", StringComparison.Ordinal);
    }

    // 1 error(s) occurred:
    // 2 errors occurred:
    public static bool OnlyCounts(string error)
    {
        var text = error.AsSpan().TrimEnd();
        return text.Length < 40 && text.Length > 0 && char.IsAsciiDigit(text[0]) && text.EndsWith(" occurred:", StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> WithoutSpeaker(string error) =>
        error.StartsWith("Post-processor failed: ", StringComparison.Ordinal) ? error.AsSpan(23) : error;
}
