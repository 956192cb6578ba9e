using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Doctor;

/// <summary>The user of this process, and the names of the host's groups.</summary>
/// <param name="User">The user's name, or its number if it has none.</param>
/// <param name="Groups">All groups of the process.</param>
/// <param name="Names">The names of groups by number.</param>
public sealed record Account(uint Id, string User, ImmutableArray<uint> Groups, ImmutableDictionary<uint, string> Names)
{
    public bool IsRoot => Id == 0;

    /// <summary>User and groups in words.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"uid {Id} ({User}), groups {string.Join(", ", Groups.Select(group => $"{group} ({GroupName(group)})"))}"
        );

    /// <summary>The group's name, or its number if it has none.</summary>
    public string GroupName(uint group) => Names.TryGetValue(group, out var name) ? name : group.ToString(CultureInfo.InvariantCulture);

    /// <summary>This process's account, from the kernel and the host's files.</summary>
    public static Account OfThisProcess() => Of(TextOf("/proc/self/status"), TextOf("/etc/passwd"), TextOf("/etc/group"));

    /// <param name="status">/proc/self/status.</param>
    /// <param name="users">/etc/passwd.</param>
    /// <param name="groups">/etc/group.</param>
    public static Account Of(string status, string users, string groups)
    {
        var lines = status.Split('\n');
        // Real, effective, saved and file system's: the effective one opens files.
        var id = Numbers(lines, "Uid:").ElementAtOrDefault(1);
        var group = Numbers(lines, "Gid:").ElementAtOrDefault(1);
        return new Account(
            id,
            Entries(users).FirstOrDefault(entry => entry.Id == id).Name ?? id.ToString(CultureInfo.InvariantCulture),
            [.. Numbers(lines, "Groups:").Prepend(group).Distinct()],
            Entries(groups).DistinctBy(entry => entry.Id).ToImmutableDictionary(entry => entry.Id, entry => entry.Name));
    }

    private static IEnumerable<uint> Numbers(string[] lines, string key) =>
        (lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) ?? key)[key.Length..]
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : uint.MaxValue);

    private static IEnumerable<(string Name, uint Id)> Entries(string text) => text.Split('\n')
        .Select(line => line.Split(':'))
        .Where(parts => parts.Length > 2 && uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(parts => (parts[0], uint.Parse(parts[2], CultureInfo.InvariantCulture)));

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
