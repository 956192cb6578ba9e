using System.IO.Pipes;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A stream that may go on after what is there now.</summary>
public sealed class StreamSourceTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, DateTimeOffset.UnixEpoch);

    [Test]
    public void ReadAll_OfAStreamThatGoesOn_EndsInItsSilence_AndFollowLosesAndDoublesNothing()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var source = Source(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        pipe.Write("one\ntwo\nthr"u8);

        var read = source.ReadAll(() => Now).SelectMany(batch => batch).ToList();
        Assert.That((Lines(read), States(read)[^1].Why), Is.EqualTo(("one two", StreamSource.NotEnded)));

        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        var followed = new List<TailEvent>();
        using var done = new ManualResetEventSlim();
        using var following = source.Follow(tail, hints).Subscribe(batch => followed.AddRange(batch), done.Set);
        pipe.Write("ee\nfour\nlast"u8);
        pipe.Dispose();

        Assert.That(done.Wait(10_000), Is.True, "the end of the stream ends what follows it");
        Assert.Multiple(() =>
        {
            Assert.That(Lines(followed), Is.EqualTo("three four last"));
            Assert.That(
                States(followed).Select(health => (health.State, health.Text)),
                Is.EqualTo(new[] { (SourceState.Following, "following"), (SourceState.Missing, "ended") })
            );
        });
    }

    [Test]
    public void ReadAll_OfAStreamThatFails_SaysWhy()
    {
        using var source = new StreamSource(
            new SourceId("-"),
            () => throw new IOException("broken"),
            new TailOptions(),
            static lines => lines
        );

        Assert.That(States(source.ReadAll(() => Now).SelectMany(batch => batch))[^1].Text, Is.EqualTo("unreadable: broken"));
    }

    private static StreamSource Source(Stream stream) => new(new SourceId("-"), () => stream, new TailOptions(), static lines => lines);

    private static string Lines(IEnumerable<TailEvent> events) =>
        string.Join(' ', events.OfType<LineRead>().Select(read => read.Line.Text));

    private static IReadOnlyList<SourceHealth> States(IEnumerable<TailEvent> events) =>
        [.. events.OfType<SourceChanged>().Select(changed => changed.Health)];
}
