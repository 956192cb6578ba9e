using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Words with which the programs that provision images report a failure.</summary>
internal static class ErrorWords
{
    private static readonly WordSearch SureWords = new(
        [
            // Shells and the programs of the core utilities.
            "command not found",
            "No such file or directory",
            "No space left on device",
            "Permission denied",
            "Read-only file system",
            "unbound variable",
            "syntax error",
            "Cannot allocate memory",
            "Segmentation fault",
            "cannot execute",
            "Operation not permitted",
            "Text file busy",
            "Is a directory",
            "Disk quota exceeded",
            "quota exceeded",
            "Input/output error",
            "Exec format error",
            " Killed  ",
            "is not recognized as ",
            // Networks.
            "Could not resolve host",
            "Connection refused",
            "Connection timed out",
            "Network is unreachable",
            "No route to host",
            "Temporary failure in name resolution",
            "Name or service not known",
            "returned error: ",
            // Package tools.
            "Unable to locate package",
            "Unable to fetch ",
            "No package ",
            "Nothing to do",
            "No matching package",
            "Failed dependencies",
            "dpkg: error processing",
            "unmet dependencies",
        ]
    );

    // fatal: [default]: FAILED! => {…}       Ansible
    // fatal: [default]: UNREACHABLE! => {…}
    // failed: [default] (item=httpd) => {…}
    // [2020-03-04T05:06:07+00:00] FATAL: Chef::Exceptions::Package: …  is found by its mark below
    // Error: Could not find dependency …     Puppet, yum, dnf
    // E: Unable to locate package …          apt
    // [ERROR] Failed to execute …            Quattor and others
    private static readonly string[] SureStarts =
    [
        "fatal: ",
        "failed: [",
        "FATAL: ",
        "FATAL ",
        "Error: ",
        "ERROR: ",
        "ERROR! ",
        "E: ",
        "Err:",
        "[ERROR",
        "[FATAL]",
        "[CRITICAL",
        "error: ",
        "ERROR ",
        "Traceback ",
        "curl: (",
        "rpm: ",
        "panic: ",
        "npm ERR! ",
        "make: *** ",
        "Errors during ",
        "Unable to ",
        "Caused by: ",
        "Exception in thread ",
        "HTTP 4",
        "HTTP 5",
        "sudo: ",
    ];

    /// <summary>Most lines begin like none of them, and a look at the first letter is enough.</summary>
    private static readonly string[]?[] SureStartsByLetter = ByLetter(SureStarts);

    private static readonly SearchValues<string> ChefMarks = SearchValues.Create(["] FATAL: ", "] ERROR: "], StringComparison.Ordinal);

    private static readonly SearchValues<string> HarmlessWords = SearchValues.Create(
        [
            "warning",
            "[WARN",
            "deprecat",
            "defaulting to",
            "falling back",
            "going on",
            "ignor",
            "skipping",
            "continuing",
            "retrying",
            "File exists",
            "will not be installed",
            "unable to initialize frontend",
            "% Total",
            "Dload  Upload",
            "NOKEY",
            "Setting locale failed",
            "notice:",
            "[INFO]",
            "debconf: ",
            "WARN ",
            " ok=",
            "already exists",
            "delaying package configuration",
            "dpkg-preconfigure",
            "should consider upgrading",
            "[notice]",
            "npm notice",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> Conclusions = SearchValues.Create(
        [
            "giving up",
            "aborting",
            "exiting",
            "bailing out",
            "make: ***",
            "Chef run process exited unsuccessfully",
            "stacktrace.out",
            "Stacktrace dumped",
            "Running exception handlers",
            "Exception handlers complete",
            "Chef Client failed",
            "Chef Infra Client failed",
            "A complete log of this run",
            "Traceback (most recent",
            "No further messages",
            "to retry, use:",
            "Failed to run ",
            "Sub-process /usr/bin/dpkg returned an error code",
            "Errors were encountered while processing",
            "; skipping run",
            "/_logs/",
            "See \"systemctl status ",
            "See 'systemctl status ",
            "Please see output above",
            "compilation terminated.",
            "]: *** [",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> BadWords = SearchValues.Create(
        ["error", "fail", "fatal", "cannot", "can't", "unable", "denied", "not found", "no such", "timeout", "timed out", "traceback"],
        StringComparison.OrdinalIgnoreCase);

    // Not considering this a critical failure; build will continue.
    // Could not chdir to home directory /home/centos: No such file or directory        ssh; the command runs nevertheless
    // sudo: unable to resolve host web1: Name or service not known                     sudo; the same
    private static readonly SearchValues<string> Unharmed = SearchValues.Create(
        ["; build will continue", "Could not chdir to home directory", "[sudo] password for ", "sudo: unable to resolve host "],
        StringComparison.Ordinal
    );

    /// <summary>A line with one of these is an error, whoever wrote it and wherever.</summary>
    public static bool IsSure(ReadOnlySpan<char> text)
    {
        var said = text.TrimStart();
        if (said.Length == 0)
            return false;
        if (said[0] < SureStartsByLetter.Length && SureStartsByLetter[said[0]] is { } starts)
        {
            foreach (var start in starts)
            {
                if (said.StartsWith(start, StringComparison.Ordinal))
                    return true;
            }
        }

        return said[0] == '[' && said.ContainsAny(ChefMarks)
            || SureWords.IsAnyIn(said)
            || IsException(said)
            || IsMissing(said);
    }

    /// <summary>Text on stderr that is not a failure: warnings, progress, the trace of a shell.</summary>
    public static bool IsHarmless(string text)
    {
        var said = text.AsSpan().Trim();
        return said.Length == 0
            || said.StartsWith("warning", StringComparison.OrdinalIgnoreCase)
            || said.StartsWith("[WARN")
            || said.StartsWith("+ ")
            || said.StartsWith("++ ")
            || said.StartsWith("Created symlink ")
            || said.StartsWith("Cloning into '")
            || IsFetching(said)
            || IsProgress(said)
            || said.ContainsAny(Unharmed)
            || said.ContainsAny(HarmlessWords) && !IsSure(text);
    }

    /// <summary>An earlier program has given the reason; this line says that it gives up.</summary>
    public static bool OnlyConclude(string text) =>
        text.AsSpan().ContainsAny(Conclusions)
        || text.StartsWith("exit status ", StringComparison.Ordinal)
        || text.StartsWith("Failed:  ", StringComparison.Ordinal);

    public static bool SoundBad(string text) => text.AsSpan().ContainsAny(BadWords);

    private static string[]?[] ByLetter(string[] starts)
    {
        var byLetter = new string[]?[128];
        foreach (var group in starts.GroupBy(start => start[0]))
            byLetter[group.Key] = [.. group];
        return byLetter;
    }

    // ModuleNotFoundError: No module named 'yaml'
    // requests.exceptions.ConnectionError: …
    // /usr/share/ruby/net/http.rb:960:in `initialize': execution expired (Net::OpenTimeout)  is found by its last word
    private static bool IsException(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text.TrimEnd() : text[..colon];
        if (name.Length is > 5 and < 100 && (name.EndsWith("Error") || name.EndsWith("Exception")) && name.IndexOf(' ') < 0)
            return true;
        var end = text.TrimEnd();
        return end.Length > 8
            && end[^1] == ')'
            && (end.EndsWith("Error)") || end.EndsWith("Exception)"))
            && end.IndexOf(".rb:", StringComparison.Ordinal) > 0;
    }

    // /tmp/script.sh: 4: yaim: not found       dash
    private static bool IsMissing(ReadOnlySpan<char> text) => text.TrimEnd().EndsWith(": not found", StringComparison.Ordinal);

    // --2026-11-22 09:00:00--  https://mirror.example.org/site.tgz       wget
    // Resolving mirror.example.org (mirror.example.org)... 192.0.2.3
    // Connecting to mirror.example.org (mirror.example.org)|192.0.2.3|:443... connected.
    // HTTP request sent, awaiting response... 404 Not Found
    private static bool IsFetching(ReadOnlySpan<char> text) =>
        text.StartsWith("--20")
        || text.StartsWith("Resolving ")
        || text.StartsWith("Connecting to ")
        || text.StartsWith("HTTP request sent");

    // 100  4218  100  4218    0     0  61130      0 --:--:-- --:--:-- --:--:-- 61130
    private static bool IsProgress(ReadOnlySpan<char> text) =>
        (char.IsAsciiDigit(text[0]) || text[0] == '#') && text.IndexOfAnyInRange('a', 'z') < 0 && text.IndexOfAnyInRange('A', 'Z') < 0;
}
