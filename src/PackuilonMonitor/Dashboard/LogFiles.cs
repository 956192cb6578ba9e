using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Dashboard;

/// <summary>
/// The logs as files: where each is opened, and what is done with a whole one. For any thread; whoever calls may have to wait for a disk.
/// </summary>
/// <param name="store">The store's file; null where nothing is remembered.</param>
/// <param name="recording">The folder of what was recorded; null where nothing was.</param>
internal sealed class LogFiles(ImmutableArray<FollowedFactory> factories, string? store, string? recording)
{
    private const int MostBaselines = 2;

    private readonly Lock _gate = new();
    private ImmutableList<(LogRef Log, LastGood? Good)> _baselines = [];

    /// <summary>Where a log is opened, for one reader.</summary>
    public FileLocation PlaceOf(LogRef log) => PastOf(log)?.Place ?? KeptOf(log)?.Place ?? Of(log).Sources.PlaceOf(log.Build, log.File);

    /// <summary>The same for who reads all of it: a log from elsewhere is waited for.</summary>
    private FileLocation WholeOf(LogRef log)
    {
        if (log.Past is null && !log.IsCopy)
            Of(log).Sources.Shipped?.Whole(log.Build, log.File);
        return PlaceOf(log);
    }

    /// <summary>When the bytes of a log arrived, asked once it was opened.</summary>
    public Func<IReadOnlyList<(long From, DateTimeOffset? At)>> ArrivalsOf(LogRef log)
    {
        if (PastOf(log) is { } past)
            return () => Opened(past).Arrivals;
        var kept = KeptOf(log);
        return () => kept is null ? Of(log).ArrivalsOf(log) : kept.Arrivals;
    }

    /// <summary>How many bytes a log has where it is written; of one of this machine null.</summary>
    public long? WholeSizeOf(LogRef log) =>
        log.Past is null && !log.IsCopy ? Of(log).Sources.Shipped?.SizeOf(log.Build, log.File) : null;

    /// <summary>The whole log that another is compared with; null where it cannot be read. The last two are kept.</summary>
    public LastGood? Baseline(LogRef log)
    {
        lock (_gate)
        {
            if (_baselines.FirstOrDefault(known => known.Log == log) is { Log: not null } known)
                return known.Good;
            var good = LogFile.Good(WholeOf(log));
            _baselines = _baselines.Insert(0, (log, good));
            _baselines = _baselines.RemoveRange(Math.Min(MostBaselines, _baselines.Count), Math.Max(0, _baselines.Count - MostBaselines));
            return good;
        }
    }

    /// <summary>The same where it was read already; never waits for a disk.</summary>
    public LastGood? BaselineIfRead(LogRef log) => Volatile.Read(ref _baselines).FirstOrDefault(known => known.Log == log).Good;

    /// <summary>Does a request, whatever time it takes.</summary>
    public Answer Answer(Request request) => request switch
    {
        ReadWholeLog read => Read(read),
        SaveLog save => Save(save),
        RunPager pager => Page(pager),
        ShowPlainText plain => Show(plain),
        _ => throw new UnreachableException($"{request.GetType().Name} is not done"),
    };

    private Answer Read(ReadWholeLog read)
    {
        try
        {
            return new WholeLogRead(read.Number, [.. LogFile.Lines(WholeOf(read.Log))]);
        }
        catch (IOException error)
        {
            return new WholeLogNotRead(read.Number, $"{read.Log.File}: {error.Message}");
        }
    }

    /// <summary>The log as it is, into a new file; what is there already is never written over.</summary>
    private Answer Save(SaveLog save)
    {
        try
        {
            using var file = new FileStream(save.Path, FileMode.CreateNew, FileAccess.Write);
            try
            {
                foreach (var part in LogFile.Bytes(WholeOf(save.Log)))
                    file.Write(part.Span);
                return new LogSaved(save.Number, file.Length, Path.GetFullPath(save.Path));
            }
            catch (IOException)
            {
                // A part of a log would look like the whole, and be in the way of the next attempt.
                File.Delete(save.Path);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new LogNotSaved(save.Number, FileWords.NotWritten(save.Path, error));
        }
    }

    private Answer Page(RunPager pager)
    {
        var place = WholeOf(pager.Log);
        var opening = place.Open();
        if (opening.File is not { } log)
            return new PagerNotStarted(pager.Number, $"{place.Source.Path}: {opening.Why}");
        using (log)
        {
            // A copy has no name that another program could open but this.
            var path = KeptOf(pager.Log) is null
                ? place.Source.Path
                : string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{log.Handle.DangerousGetHandle()}");
            try
            {
                return new PagerEnded(pager.Number, Pager(path));
            }
            catch (Win32Exception error)
            {
                return new PagerNotStarted(pager.Number, $"the pager cannot be started: {error.Message.ReplaceLineEndings(" ")}");
            }
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

    private static PlainTextClosed Show(ShowPlainText plain)
    {
        PlainText.Show(plain.Lines);
        return new PlainTextClosed(plain.Number);
    }

    /// <summary>The log as it was at a moment of the past.</summary>
    private RecordedFile? PastOf(LogRef log) =>
        log.Past is { } past && recording is not null ? new RecordedFile(recording, past, log.File) : null;

    private static RecordedFile Opened(RecordedFile past)
    {
        past.Place.Open().File?.Dispose();
        return past;
    }

    /// <summary>Our copy of a log, where that is all that is left of it.</summary>
    private KeptFile? KeptOf(LogRef log) => log.IsCopy && store is not null ? new KeptFile(store, log.Build, log.File) : null;

    private FollowedFactory Of(LogRef log) => factories.FirstOrDefault(factory => factory.Sources.Name == log.Factory) ?? factories[0];
}
