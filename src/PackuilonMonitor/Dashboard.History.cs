using System.Globalization;
using PackuilonMonitor.App;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Ingest.History;

namespace PackuilonMonitor;

// What the store remembers: builds of the past, and copies of logs that the factory erased.
internal sealed partial class Dashboard
{
    private void Remember(HistoryNews news)
    {
        var since = news.Since is { } at
            ? TimeZoneInfo.ConvertTime(at, _sources.Zone).ToString("' since 'd MMMM", CultureInfo.InvariantCulture)
            : "";
        _snapshot = _snapshot.With(_snapshot.Facts with
        {
            History = new BuildHistory(news.Builds, news.Kept),
            Remark = news.Why is null ? $"history {Words.Count(news.Count, "build")}{since}" : null,
        });
        Troubled("history", news.Why is { } why ? $"history off: {why}" : null);
        TellLogs();
        _app.Invalidate();
    }

    /// <summary>Our copy of a build's log, where that is all there is of it.</summary>
    private KeptFile? KeptOf(BuildView build) =>
        build is { LogGone: true, LogKept: true } && _place.Path is { } store ? new KeptFile(store, build.Id, build.Name.File) : null;

    /// <summary>Where a build's log is opened, from any thread; for one reader.</summary>
    private FilePlace PlaceOf(BuildView build) => KeptOf(build)?.Place ?? _directory.Place(build.Name.File);
}
