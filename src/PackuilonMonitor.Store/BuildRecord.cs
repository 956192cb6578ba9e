using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Store;

/// <summary>A row of the table of builds. Equal rows are equal values.</summary>
internal sealed record BuildRecord(
    string Id,
    string LogFile,
    string? LogPath,
    string Image,
    string? Template,
    string? Host,
    long? Thread,
    string State,
    long? TakenAt,
    long? StartedAt,
    long? EndedAt,
    long? ExitCode,
    string? Line,
    bool LogShared,
    string? Trigger,
    string? Reason,
    string? ImageId,
    string? Log
)
{
    public const string Columns =
        "id, log_file, log_path, image, template, host, thread, state, taken_at, started_at, ended_at, exit_code, line, log_shared, trigger_id, reason, image_id, log";

    private const int LongestLine = 1_000;

    private const string Upsert =
        $"INSERT OR REPLACE INTO builds ({Columns}) VALUES ($id, $file, $path, "
        + $"$image, $template, $host, $thread, $state, $taken, $started, "
        + "$ended, $code, $line, $shared, $trigger, $reason, $imageId, $log)";

    public static BuildRecord Of(BuildView view) =>
        new(
            view.Id,
            view.Name.File,
            view.Build?.LogPath,
            view.Image.Text,
            view.Template,
            view.Build?.Host,
            view.Worker?.Number,
            Word(view.State),
            Ms(view.Build?.TakenAt),
            Ms(view.StartedAt),
            Ms(view.EndedAt),
            view.ExitCode,
            view.Build?.Line is { Length: > LongestLine } line ? line[..LongestLine] : view.Build?.Line,
            view.Build?.SharedLog == true,
            view.Build?.Trigger,
            view.Reason,
            view.ImageId,
            view.Log is { } log ? LogJson.Of(RememberedLog.Of(log)) : null
        );

    /// <summary>Null for a row that does not describe a build.</summary>
    public static BuildRecord? Read(SqliteDataReader row) =>
        row.Text(0) is not { Length: > 0 } id
        || row.Text(1) is not { Length: > 0 } file
        || row.Text(3) is not { Length: > 0 } image
        || row.Text(7) is not { } state
            ? null
            : new(
                id,
                file,
                row.Text(2),
                image,
                row.Text(4),
                row.Text(5),
                row.Whole(6),
                state,
                row.Whole(8),
                row.Whole(9),
                row.Whole(10),
                row.Whole(11),
                row.Text(12),
                row.Whole(13) is not (null or 0),
                row.Text(14),
                row.Text(15),
                row.Text(16),
                row.Text(17)
            );

    public BuildView ToView()
    {
        var name = LogName.Of(LogFile);
        var state = StateOf(State);
        var started = At(StartedAt);
        var build = LogPath is null || started is not { } start ? null : new Build(
            0, Id, new BuildTarget(name, LogPath, new ImageName(Image), Template), new BuildStart(start, Host ?? ""),
            Thread is > 0 and <= int.MaxValue ? new BuildOwner(new WorkerId((int)Thread), At(TakenAt), Trigger) : null,
            BuildView.OutcomeOf(state) is { } outcome ? new BuildEnd(At(EndedAt) ?? start, outcome, Line) : null)
        { SharedLog = LogShared };
        var log = Log is null ? null : LogJson.Read(Log)?.ToLog();
        return new BuildView(
            Id,
            build,
            name,
            new ImageName(Image),
            Template,
            state,
            started,
            At(EndedAt),
            (int?)ExitCode,
            log,
            LogGone: true
        );
    }

    public void Write(SqliteConnection store) =>
        store.Do(
            Upsert,
            ("$id", Id),
            ("$file", LogFile),
            ("$path", LogPath),
            ("$image", Image),
            ("$template", Template),
            ("$host", Host),
            ("$thread", Thread),
            ("$state", State),
            ("$taken", TakenAt),
            ("$started", StartedAt),
            ("$ended", EndedAt),
            ("$code", ExitCode),
            ("$line", Line),
            ("$shared", LogShared ? 1 : 0),
            ("$trigger", Trigger),
            ("$reason", Reason),
            ("$imageId", ImageId),
            ("$log", Log)
        );

    internal static string Word(BuildState state) => state switch
    {
        // A later reader computes it for itself.
        BuildState.Building or BuildState.Unknown => "building",
        BuildState.Succeeded => "succeeded",
        BuildState.Failed => "failed",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "lost",
    };

    private static BuildState StateOf(string word) => word switch
    {
        "succeeded" => BuildState.Succeeded,
        "failed" => BuildState.Failed,
        "cancelled" => BuildState.Cancelled,
        "lost" => BuildState.Lost,
        _ => BuildState.Building,
    };

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? At(long? at) => at is { } known ? LogJson.TimeOf(known) : null;
}
