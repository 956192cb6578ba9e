using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Reports;

/// <summary>How a log is printed.</summary>
/// <param name="Colours">Whether the log's own colours are written; otherwise lines have none.</param>
/// <param name="SinceLastGood">Only lines that no good build had; null prints all.</param>
/// <param name="HidesPrefix">Packer's prefix is left out.</param>
public sealed record LogPrinting(bool Colours = false, Baseline? SinceLastGood = null, bool HidesPrefix = false)
{
    /// <summary>One line as it is printed; null for one that is left out. No escape of the log's own ever passes.</summary>
    public string? Line(string raw)
    {
        if (SinceLastGood?.IsNew(raw) == false)
            return null;
        return Colours ? LineText.Coloured(raw, HidesPrefix) : LineText.Plain(raw, HidesPrefix);
    }
}

/// <summary>One build's log as text, for the command line.</summary>
public static class LogReport
{
    /// <summary>Prints what is there. False where the log cannot be read; the reader says why.</summary>
    public static bool Print(LogReader reader, LogPrinting printing, TextWriter to)
    {
        foreach (var line in LogText.Raw(reader))
        {
            if (printing.Line(line) is { } printed)
                to.WriteLine(printed);
        }

        to.Flush();
        return reader.Why is null;
    }

    /// <summary>
    /// The lines to print of what is there and of all that comes; a log that begins again goes on with its first line. Never ends by
    /// itself: the caller does when the build has a verdict.
    /// </summary>
    public static IObservable<IReadOnlyList<string>> Follow(
        FileLocation place,
        LogPrinting printing,
        IScheduler scheduler,
        DirectoryHints? hints = null
    ) =>
        Observable.Using(
            () => new TailReader(place, new TailOptions { Kind = SourceKind.BuildLog }),
            reader =>
                Tail.Follow(reader, scheduler, hints)
                    .Select(events =>
                        (IReadOnlyList<string>)[.. events.OfType<LineRead>().Select(read => printing.Line(read.Line.Text)).OfType<string>()]
                    )
                    .Where(lines => lines.Count > 0)
        );
}
