using System.Collections.Concurrent;
using System.Collections.Immutable;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Health;

/// <summary>
/// The mutes of one user, or of a host, in a file of the state directory; each belongs to a factory, which has no name if there is only
/// one.
/// </summary>
public sealed class MuteFile(string? directory)
{
    /// <summary>They are those of all users of the host: its recorder writes them, and is asked to.</summary>
    public bool IsHosts { get; init; }

    public const string Name = "mutes.json";

    /// <summary>What was read of each factory, or written, the last time.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<Mute>> _known = new(StringComparer.Ordinal);

    /// <summary>Its path; null if no directory is known, so that nothing can be muted.</summary>
    public string? Path { get; } = directory is null ? null : System.IO.Path.Combine(directory, Name);

    /// <summary>The mutes of a factory; none without a file.</summary>
    /// <exception cref="IOException">It cannot be read, or is not a file of mutes; also in the other methods.</exception>
    public IReadOnlyList<Mute> Of(string? factory) =>
        _known[factory ?? ""] =
        [
            .. All().Where(mute => (mute.Factory ?? "") == (factory ?? "")).Select(mute => mute.Mute()).OfType<Mute>(),
        ];

    /// <summary>Replaces the mutes of a factory; writes nothing if they are equal.</summary>
    /// <param name="mode">The rights of the file.</param>
    public void Set(string? factory, IEnumerable<Mute> mutes, UnixFileMode mode = WholeFile.ForUserAlone)
    {
        if (Path is null)
            throw new IOException("no directory for them is known; give one with --state-dir");
        if (IsHosts)
        {
            Guarded<object?>(() =>
            {
                var wanted = mutes.ToList();
                // Held against what the caller has seen: what others muted since is not his to end.
                var known = _known.TryGetValue(factory ?? "", out var seen) ? seen : Of(factory);
                MuteRequest.Between(factory, known, wanted)?.Ask(directory!);
                _known[factory ?? ""] = wanted;
                return null;
            });
            return;
        }

        var before = All();
        List<WrittenMute> after =
        [
            .. before.Where(mute => (mute.Factory ?? "") != (factory ?? "")),
            .. mutes.Select(mute => WrittenMute.Of(factory, mute)),
        ];
        var text = MuteJson.Of(after);
        if (text == MuteJson.Of(before))
            return;
        try
        {
            WholeFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
            WholeFile.Replace(Path, text + "\n", mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path}: {FileWords.NotWritten(Path, error)}", error);
        }
    }

    private List<WrittenMute> All() =>
        !File.Exists(Path)
            ? []
            : Guarded(() => MuteJson.Read(TextFile.Read(Path)));

    private T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (FormatException error)
        {
            throw new IOException($"{Path}: not a file of mutes: {error.Message.ReplaceLineEndings(" ")}; remove it to begin anew", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{Path}: may not be read", error);
        }
    }
}

/// <summary>A mute in the file.</summary>
internal sealed record WrittenMute(
    string? Factory,
    string Code,
    string? Item,
    DateTimeOffset At,
    DateTimeOffset? Until,
    bool Sticky,
    string By,
    IReadOnlyList<string> Items,
    string Severity
)
{
    public static WrittenMute Of(string? factory, Mute mute) =>
        new(factory, mute.Code.Name(), mute.Item, mute.At, mute.Until, mute.Sticky, mute.By, [.. mute.Items], mute.Severity.ToString());

    /// <summary>Null for a check that this version does not know.</summary>
    public Mute? Mute() => CheckCodes.Of(Code) is { } code && Enum.TryParse<Severity>(Severity, out var severity)
        ? new Mute(code, Item, At, Until, Sticky, By, Items.ToImmutableSortedSet(StringComparer.Ordinal), severity)
        : null;
}
