using System.Collections.Immutable;

namespace PackuilonMonitor.Simulation;

/// <summary>The factory's files in memory.</summary>
internal sealed class MemoryFolder
{
    private readonly SortedDictionary<string, MemoryStream> _logs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _profiles = new(StringComparer.Ordinal);
    private readonly List<MemoryStream> _messages = [new()];

    public void Apply(FileOperation operation)
    {
        switch (operation)
        {
            case MessageLine line:
                _messages[^1].Write(line.Bytes.Span);
                break;
            case LogWritten written:
                var log = Log(written.File);
                log.Position = written.Offset;
                log.Write(written.Bytes.Span);
                break;
            case LogOpened opened:
                Log(opened.File).SetLength(0);
                break;
            case ProfileCached profile:
                _profiles[profile.File] = profile.Bytes.ToArray();
                break;
            case MessagesRotated:
                _messages.Add(new MemoryStream());
                break;
        }
    }

    /// <summary>messages and its rotated siblings, oldest first.</summary>
    public ImmutableArray<byte[]> Messages() => [.. _messages.Select(file => file.ToArray())];

    public ImmutableSortedDictionary<string, byte[]> Logs() =>
        _logs.ToImmutableSortedDictionary(log => log.Key, log => log.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>cdb2rabbit's copies of profiles.</summary>
    public ImmutableSortedDictionary<string, byte[]> Profiles() => _profiles.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private MemoryStream Log(string file)
    {
        if (!_logs.TryGetValue(file, out var log))
            _logs[file] = log = new MemoryStream();
        return log;
    }
}
