using System.Globalization;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Doctor;

/// <summary>All findings of one factory.</summary>
internal static class FactoryFindings
{
    /// <param name="sources">Its sources.</param>
    /// <param name="config">The place of its configuration; null if it has none here.</param>
    public static IEnumerable<Finding> Of(Sources sources, string? config, Account account)
    {
        var read = Read(sources);
        foreach (var finding in config is null ? [] : ConfigurationFindings.OfFactory(config, sources.Factory, read.State, account))
            yield return finding;
        foreach (var finding in Files(sources).SelectMany(path => MessagesFindings.Of(path, account)))
            yield return finding;
        foreach (var finding in OfOthers(read.State, sources))
            yield return finding;
        foreach (var finding in ContentFindings.Of(read, sources.Now, sources.Zone))
            yield return finding;
        if (!sources.HasLogs)
        {
            yield return sources.From is null
                ? Finding.Note(
                    "log directory",
                    "none is named: steps, exit codes and reasons of builds are unknown; write log-dir = /etc/packer-utils/log or config = FILE into its section"
                )
                : Finding.Fine("log directory", "none: build logs are not shipped");
            yield break;
        }

        foreach (var finding in LogDirectoryFindings.Of(sources.Logs(), account, read.State))
            yield return finding;
    }

    /// <summary>The files of the system log, if it is read from files.</summary>
    public static IEnumerable<string> Files(Sources sources) =>
        sources.From is not null || sources.Journal is not Journal.No ? [] : sources.Messages.Where(path => path != Sources.StandardInput);

    /// <summary>The sources that are not files: the journal, RabbitMQ.</summary>
    private static IEnumerable<Finding> OfOthers(MonitorState state, Sources sources)
    {
        var files = Files(sources).Append(sources.Factory.LogDirectory).ToHashSet(StringComparer.Ordinal);
        foreach (var reading in state.Sources.Readings.Where(reading => !files.Contains(reading.Source.Path)))
        {
            yield return reading.Health is { State: SourceState.Unreadable or SourceState.Missing } health
                ? Finding.Unread(reading.Source.Path, health.Text)
                : Finding.Fine(
                    reading.Source.Path,
                    string.Create(CultureInfo.InvariantCulture, $"can be read{(reading.Lines > 0 ? $", {reading.Lines} lines" : "")}")
                );
        }

        if (state.Measured is { } waiting)
            yield return Finding.Fine(
                "queue",
                string.Create(CultureInfo.InvariantCulture, $"{waiting} messages wait, according to RabbitMQ")
            );
    }

    private static WhatWasRead Read(Sources sources)
    {
        using var feed = sources.OpenRecent();
        return feed.ReadAll().Aggregate(new WhatWasRead(sources.Start()), static (known, batch) => known.With(batch));
    }
}
