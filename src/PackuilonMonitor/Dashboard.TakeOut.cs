using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Logs;
using PackuilonMonitor.Panes;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

// Text that leaves the program: the clipboard, the main screen, a pager, a file.
internal sealed partial class Dashboard
{
    private void Copy(string text) => _app.Send(Clipboard.Request(text, Environment.GetEnvironmentVariable));

    private void CopyLines()
    {
        if (_opened?.View is not { } view)
            return;
        var text = view.TextToCopy(LogSize(_size));
        if (text is not null)
            Copy(text);
        Become(_view.Saying(text is not null ? "copied, if the terminal allows it" : "no line to copy"));
    }

    /// <summary>Text on the main screen, for the mouse and for terminals without a clipboard, until Enter.</summary>
    private void ShowPlain(string? build)
    {
        var found = _snapshot.Find(build);
        if (found is null)
        {
            var paint = new Paint(_appearance.Palette, _appearance.Glyphs, _zone, Now);
            Away(Picture.Render(_snapshot, _view, _size, paint, PreviewLines()).ToText().TrimEnd('\n').Split('\n'));
        }
        else if (Lines(found) is { } lines)
        {
            var hidesPrefix = _opened?.Build != found.Id || _opened.View.HidesPrefix;
            Away(lines.Select(line => LineText.Plain(line, hidesPrefix)));
        }
    }

    private void Away(IEnumerable<string> lines) => Away(() =>
    {
        using var output = new Commands.Output();
        foreach (var line in lines)
            output.Line(line);
        output.Line("-- Enter goes back --");
        output.Flush();
        using var keyboard = new FileStream("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        while (keyboard.ReadByte() is not (-1 or '\n' or '\r'))
        {
        }

        return true;
    });

    private T Away<T>(Func<T> visit)
    {
        _app.Lend();
        try
        {
            return visit();
        }
        finally
        {
            _app.TakeBack();
        }
    }

    private void Page(string build)
    {
        if (_snapshot.Find(build) is not { } found)
            return;
        var place = PlaceOf(found);
        var opening = place.Open();
        if (opening.File is not { } log)
        {
            Become(_view.Saying($"{place.Source.Path}: {opening.Why}", isProblem: true));
            return;
        }

        using (log)
        {
            // A copy has no name that another program could open but this.
            var path = KeptOf(found) is null ? place.Source.Path : string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{log.Handle.DangerousGetHandle()}");
            var code = Away(() => Pager(path));
            if (code != 0)
                Become(_view.Saying($"the pager ended with {code}", isProblem: true));
        }
    }

    /// <summary>The user's own command, with the path as an argument of its own; less shows colours only.</summary>
    private static int Pager(string path)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        foreach (var argument in (string[])["-c", "exec ${PAGER:-less} \"$1\"", "sh", path])
            start.ArgumentList.Add(argument);
        start.Environment.TryAdd("LESS", "-R");
        using var pager = Process.Start(start);
        pager?.WaitForExit();
        return pager?.ExitCode ?? -1;
    }

    /// <summary>The log as it is, into a new file; what is there already is never written over.</summary>
    private void Save(string build, string path)
    {
        if (_snapshot.Find(build) is not { } found)
            return;
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            foreach (var part in LogFile.Bytes(PlaceOf(found)))
                file.Write(part.Span);
            Become(_view.Saying($"saved {file.Length} bytes to {Path.GetFullPath(path)}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Become(_view.Saying($"not saved: {error.Message.ReplaceLineEndings(" ")}", isProblem: true));
        }
    }

    private IReadOnlyList<string>? Lines(BuildView build)
    {
        try
        {
            return LogFile.Lines(PlaceOf(build));
        }
        catch (IOException error)
        {
            Become(_view.Saying($"{build.Name.File}: {error.Message}", isProblem: true));
            return null;
        }
    }
}
