using System.Text.Json;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Health;

/// <summary>
/// What a user asks the recorder of a host to mute. It is a file in a folder that all users of the store may put files into, and only the
/// recorder and its owner may remove; who asked is who owns the file.
/// </summary>
/// <param name="Factory">Of which factory; null for the only one.</param>
/// <param name="Set">Mutes that are new, or others than before.</param>
/// <param name="Drop">Those that are to end, each as it is typed.</param>
internal sealed record MuteRequest(string? Factory, IReadOnlyList<WrittenMute?> Set, IReadOnlyList<string> Drop)
{
    private const string Ending = ".mute";
    private const long Longest = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What makes the second of the first; null where nothing does.</summary>
    public static MuteRequest? Between(string? factory, IReadOnlyList<Mute> before, IReadOnlyList<Mute> after)
    {
        static string Text(Mute mute) => JsonSerializer.Serialize([WrittenMute.Of(null, mute)], MuteJson.Default.ListWrittenMute);
        var known = before.Select(Text).ToHashSet(StringComparer.Ordinal);
        var (set, drop) = (
            after.Where(mute => !known.Contains(Text(mute))).Select(mute => WrittenMute.Of(factory, mute)).ToList(),
            before.Select(mute => mute.Name).Except(after.Select(mute => mute.Name)).ToList()
        );
        return set.Count + drop.Count == 0 ? null : new MuteRequest(factory, set, drop);
    }

    /// <summary>Asks, and waits until the recorder has taken it.</summary>
    /// <exception cref="IOException">It cannot be asked, or does not answer.</exception>
    public void Ask(string folder)
    {
        var path = Path.Combine(folder, HostFolder.Asked, Path.GetRandomFileName());
        File.WriteAllText(path, JsonSerializer.Serialize(this, MuteJson.Default.MuteRequest));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, HostFolder.FileMode);
        // The recorder reads it whole or not at all.
        File.Move(path, path + Ending);
        for (var waited = TimeSpan.Zero; File.Exists(path + Ending); waited += Pause)
        {
            if (waited >= Patience)
            {
                File.Delete(path + Ending);
                throw new IOException($"the recorder of {folder} does not answer; packuilon-monitor doctor says how it is");
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>What users ask for, oldest first, with who asks; each is given once. For the recorder.</summary>
    /// <param name="done">Called behind each, before it is removed.</param>
    public static void Take(string folder, Action<MuteRequest, uint> done)
    {
        var asked = Path.Combine(folder, HostFolder.Asked);
        if (!Directory.Exists(asked))
            return;
        foreach (var path in Directory.EnumerateFiles(asked, $"*{Ending}").OrderBy(File.GetLastWriteTimeUtc).ToList())
        {
            if (Read(path) is var (request, user) && request is not null)
                done(request, user);
            File.Delete(path);
        }
    }

    private static (MuteRequest? Request, uint User) Read(string path)
    {
        using var file = OpenFile.At(path, followLink: false).File;
        if (file?.Stat() is not { Found: true, Status: { IsRegular: true, Links: 1 } status } || status.Size > Longest)
            return default;
        try
        {
            var text = new byte[status.Size];
            var request = JsonSerializer.Deserialize(text.AsSpan(0, OpenFile.Read(file.Handle, text, 0)), MuteJson.Default.MuteRequest);
            return request is { Set: not null, Drop: not null } ? (request, status.Owner) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
