using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Logs;

// What can be taken out of the view, as values; the dashboard copies, saves or shows them.
public sealed partial record LogView
{
    /// <summary>The marked lines, in their order, or the current one: plain text as it is shown. Null where there is no line.</summary>
    public string? TextToCopy(Size size) => !Marks.IsEmpty
        ? string.Join('\n', Marks.Values.Select(line => LineText.Plain(line.Text, HidesPrefix)))
        : CurrentLine(size) is { } line ? LineText.Plain(line.Text, HidesPrefix) : null;

    /// <summary>The image that the build made; null where none is known.</summary>
    public string? ImageToCopy => Build.ImageId is { } image ? SafeText.Plain(image) : null;

    /// <summary>The commands that would put away what the build left in OpenStack, one a line; null where it left nothing that can be named safely.</summary>
    public string? CleaningCommands =>
        string.Join('\n', LogHeader.LeftBehindBy(Build).Select(left => left.Command).OfType<string>()) is { Length: > 0 } commands ? commands : null;

    /// <summary>The file for $PAGER; null where it cannot be read or is another build's by now.</summary>
    public string? PathForPager => Latest is { File: LogFileState.Open } && Build.LogReadable ? Path : null;

    /// <summary>A file name to offer for saving.</summary>
    public string NameToSave => Build.Name.File;
}
