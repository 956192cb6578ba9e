using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Health;

/// <summary>
/// What a user asks the recorder of a host to mute, as a file in its <see cref="AskedFolder"/>.
/// </summary>
/// <param name="Factory">Of which factory; null for the only one.</param>
/// <param name="Set">Mutes that are new, or others than before.</param>
/// <param name="Drop">Those that are to end, each as it is typed.</param>
internal sealed record MuteRequest(string? Factory, IReadOnlyList<WrittenMute> Set, IReadOnlyList<string> Drop)
{
    private const string Ending = ".mute";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What makes the second of the first; null where nothing does.</summary>
    public static MuteRequest? Between(string? factory, IReadOnlyList<Mute> before, IReadOnlyList<Mute> after)
    {
        static string Text(Mute mute) => MuteJson.Of([WrittenMute.Of(null, mute)]);
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
        var path = AskedFolder.Put(folder, Ending, MuteJson.Of(this));
        for (var waited = TimeSpan.Zero; File.Exists(path); waited += Pause)
        {
            if (waited >= Patience)
            {
                File.Delete(path);
                throw new IOException($"the recorder of {folder} does not answer; packuilon-monitor doctor says how it is");
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>What users ask for, oldest first, with who asks; each is given once. For the recorder.</summary>
    /// <param name="done">Called behind each, before it is removed.</param>
    public static void Take(string folder, Action<MuteRequest, uint> done) => AskedFolder.Take(folder, Ending, (text, user) =>
    {
        if (MuteJson.ReadRequest(text) is { } request)
            done(request, user);
    });
}
