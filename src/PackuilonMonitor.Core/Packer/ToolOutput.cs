namespace PackuilonMonitor.Core.Packer;

/// <summary>What Ansible, Salt and the traces of programs write over several lines.</summary>
internal static class ToolOutput
{
    /// <summary>A further line of an error before it: what is indented, the frames of a trace, the place in a script.</summary>
    public static bool Continues(string text)
    {
        // goroutine 1 [running]:
        // main.main()
        // created by net/http.(*Server).Serve
        // ... 3 more
        // At C:\Windows\Temp\script-1.ps1:3 char:1
        var said = text.AsSpan();
        return said.StartsWith(" ")
            || said.StartsWith("goroutine ")
            || said.StartsWith("created by ")
            || said.StartsWith("at ")
            || said.StartsWith("... ")
            || said.StartsWith("At ") && said.Contains(" char:", StringComparison.Ordinal)
            || said.EndsWith(")") && said.Contains('(') && !said.Contains(' ');
    }

    /// <summary>Ansible continues in spite of the failure before.</summary>
    public static bool TakesBack(ReadOnlySpan<char> text) => text.Trim() is "...ignoring";

    /// <summary>Ansible wrote its result over several lines, as the callbacks "yaml" and "debug" do.</summary>
    public static bool IsResultToCome(string text) =>
        IsResult(text) && text.AsSpan().TrimEnd().TrimEnd('{').TrimEnd().EndsWith("=>", StringComparison.Ordinal);

    /// <summary>Ansible writes its results to stdout.</summary>
    public static bool IsAnsible(string text) => IsResult(text) || MessageOf(text) is not null;

    //   msg: No package matching 'squid' found
    //     "msg": "No package matching 'squid' found",
    public static string? MessageOf(string text) => IsMessage(text) ? text.AsSpan().Trim().TrimEnd(',').ToString() : null;

    /// <summary>Whether this is such a message.</summary>
    public static bool IsMessage(ReadOnlySpan<char> text)
    {
        var said = text.Trim();
        return said.StartsWith("msg: ") && !BeginsBlock(text) || said.StartsWith("\"msg\": ");
    }

    /// <summary>Ansible's message is a block of text in the lines after this one: the signs of YAML for it.</summary>
    public static bool BeginsBlock(ReadOnlySpan<char> text) =>
        text.Trim() is "msg: |" or "msg: |-" or "msg: |+" or "msg: >" or "msg: >-" or "msg: >+";

    /// <summary>The first line of such a block with text in it, unless the block was empty and its failure ignored.</summary>
    public static bool IsTextOfBlock(string text) => !string.IsNullOrWhiteSpace(text) && !TakesBack(text);

    /// <summary>Whether this is one of the lines that follow such a result, or a state of Salt's that failed.</summary>
    public static bool IsOfResult(ReadOnlySpan<char> text) => text.Trim() is [var first, ..] && first switch
    {
        'm' or '"' => IsMessage(text) || BeginsBlock(text),
        '.' => TakesBack(text),
        'R' => IsFailedState(text),
        _ => false,
    };

    /// <summary>A state of Salt's failed; why stands in the next line.</summary>
    public static bool IsFailedState(ReadOnlySpan<char> text) => text.Trim() is "Result: False";

    // fatal: [default]: FAILED! => {"msg": "No package matching 'squid' found"}
    // failed: [default] (item=httpd) => {"msg": "No package matching 'squid' found"}
    private static bool IsResult(string text) =>
        text.StartsWith("fatal: [", StringComparison.Ordinal) || text.StartsWith("failed: [", StringComparison.Ordinal);
}
