using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A reader on a file of its own, with a clock that only the test moves; collects what was told.</summary>
internal sealed class Following : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public Following(TailOptions? options = null, string name = "messages", Support.TempFolder? folder = null, ReadOnce? once = null)
    {
        Folder = folder ?? new Support.TempFolder();
        Owned = folder is null;
        Reader = new TailReader(FileLocation.At(Folder[name]), options ?? new TailOptions(), once);
    }

    public static TailOptions BuildLog { get; } = new() { Kind = SourceKind.BuildLog };

    public Support.TempFolder Folder { get; }

    public TailReader Reader { get; }

    public TimeSpan Now { get; private set; }

    public List<TailEvent> Events { get; } = [];

    public IEnumerable<string> Lines => Events.OfType<LineRead>().Select(read => read.Line.Text);

    public string Text => string.Join(' ', Lines);

    public IEnumerable<LinesMissing> Gaps => Events.OfType<LinesMissing>();

    public IEnumerable<SourceState> States => Events.OfType<SourceChanged>().Select(changed => changed.Health.State);

    private bool Owned { get; }

    /// <summary>Lets time pass, then looks until nothing is left to read.</summary>
    public Following Poll(double seconds = 1)
    {
        Now += TimeSpan.FromSeconds(seconds);
        do
            Events.AddRange(Reader.Poll(new Moment(Now, Noon + Now)));
        while (Reader.HasMore);
        return this;
    }

    /// <summary>Lets time pass, then looks once, though bytes may be left.</summary>
    public void PollOnce(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        Events.AddRange(Reader.Poll(new Moment(Now, Noon + Now)));
    }

    public Following Append(string text, string name = "messages")
    {
        Folder.Append(name, text);
        return this;
    }

    /// <summary>Takes a line's bytes as they are, for text that is no UTF-8.</summary>
    public Following Append(byte[] bytes, string name = "messages")
    {
        Folder.Append(name, bytes);
        return this;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public void Dispose()
    {
        Reader.Dispose();
        if (Owned)
            Folder.Dispose();
    }
}
