using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Health;

/// <summary>The mutes of a host as its recorder keeps them: what users ask for, and what ends by itself. On one thread.</summary>
/// <param name="folder">The folder of the store.</param>
/// <param name="nameOf">The name of a user by the number.</param>
/// <param name="trouble">Told why they cannot be read or written; null when that is over.</param>
public sealed class HostMutes(string folder, Func<uint, string> nameOf, Action<string?> trouble)
{
    private readonly MuteFile _file = new(folder);

    /// <summary>What is muted of a factory.</summary>
    public IReadOnlyList<Mute> Of(string? factory) => Tried(() => _file.Of(factory)) ?? [];

    /// <summary>Does what users ask for.</summary>
    /// <param name="muted">Given each new mute of a factory.</param>
    /// <param name="unmuted">Given each that somebody ended, and who.</param>
    /// <returns>The factories whose mutes are others now.</returns>
    public IReadOnlyCollection<string?> Take(Action<string?, Mute> muted, Action<string?, Mute, string> unmuted)
    {
        var changed = new HashSet<string?>();
        Tried<object?>(() =>
        {
            MuteRequest.Take(folder, (request, user) =>
            {
                var (before, by) = (_file.Of(request.Factory), nameOf(user));
                var asked = request.Set.Select(written => written.Mute()).OfType<Mute>().Where(IsAllowed);
                var set = asked.Select(mute => mute with { By = by }).ToList();
                var dropped = before.Where(mute => request.Drop.Contains(mute.Name)).ToList();
                var replaced = set.Select(mute => mute.Name).ToHashSet(StringComparer.Ordinal);
                _file.Set(
                    request.Factory,
                    [.. before.Except(dropped).Where(mute => !replaced.Contains(mute.Name)), .. set],
                    HostFolder.FileMode
                );
                changed.Add(request.Factory);
                set.ForEach(mute => muted(request.Factory, mute));
                dropped.ForEach(mute => unmuted(request.Factory, mute, by));
            });
            return null;
        });
        return changed;
    }

    /// <summary>Only these still hold.</summary>
    public void Keep(string? factory, ImmutableArray<Mute> holding) => Tried<object?>(() =>
    {
        _file.Set(factory, holding, HostFolder.FileMode);
        return null;
    });

    /// <summary>The name of a user by the host's list; the number where it has none.</summary>
    public static string UserName(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines("/etc/passwd")
                    .Select(line => line.Split(':'))
                    .FirstOrDefault(fields => fields.Length > 2 && fields[2] == number)?[0]
                ?? $"uid {number}";
        }
        catch (IOException)
        {
            return $"uid {number}";
        }
    }

    private static bool IsAllowed(Mute mute) => !mute.Sticky || mute.Until - mute.At <= Mute.LongestSticky;

    private T? Tried<T>(Func<T> use)
        where T : class?
    {
        try
        {
            var done = use();
            trouble(null);
            return done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            trouble(error.Message.ReplaceLineEndings(" "));
            return null;
        }
    }
}
