using System.Globalization;
using PackuilonMonitor.App;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;

namespace PackuilonMonitor;

// What the store remembers: builds of the past, and copies of logs that the factory erased.
internal sealed partial class Dashboard
{
    private void BeginToRemember()
    {
        foreach (var factory in _factories)
            factory.Remember();
    }

    private void Remember(Sources factory, HistoryNews news)
    {
        _news[factory.Name ?? ""] = news;
        var oldest = _news.Values.Min(known => known.Since);
        var since = oldest is { } at
            ? TimeZoneInfo.ConvertTime(at, _zone).ToString("' since 'd MMMM", CultureInfo.InvariantCulture)
            : "";
        var trouble = _news.Values.Select(known => known.Why).FirstOrDefault(why => why is not null);
        _snapshot = _snapshot.With(factory.Name, facts => facts with { History = new BuildHistory(news.Builds, news.Kept) });
        _snapshot = _snapshot.With(_snapshot.Facts with { Remark = trouble is null ? $"history {Words.Count(_news.Values.Sum(known => known.Count), "build")}{since}" : null });
        Troubled("history", trouble is null ? null : $"history off: {trouble}");
        TellLogs();
        _app.Invalidate();
    }

    /// <summary>Our copy of a build's log, where that is all there is of it.</summary>
    private KeptFile? KeptOf(BuildView build) =>
        build is { LogGone: true, LogKept: true } && _place.Path is { } store ? new KeptFile(store, build.Id, build.Name.File) : null;

    /// <summary>Where a build's log is opened, from any thread; for one reader.</summary>
    private FilePlace PlaceOf(BuildView build) => KeptOf(build)?.Place ?? Of(build).Logs.Place(build.Name.File);

    /// <summary>The factory that a build is of, from any thread.</summary>
    private FollowedFactory Of(BuildView build) => _factories.FirstOrDefault(factory => factory.Sources.Name == build.Factory) ?? _factories[0];
}
