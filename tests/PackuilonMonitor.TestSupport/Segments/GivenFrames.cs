using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>Frames with one line each, and recordings of them in a folder.</summary>
internal static class GivenFrames
{
    public static readonly SourceId Messages = new("/var/log/messages");

    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    public static Frame Frame(DateTimeOffset at, string text, string factory = "") => new(0, factory, [new Batch(at, [Line(at, text)])]);

    public static Entry Line(DateTimeOffset at, string text) =>
        new(new Observation(at, Messages, "vm318", Speaker.Rabbit2Packer, text, new Unrecognised("column 1")), null);

    public static RecordingWriter Writer(this TempFolder folder, RecordingLimits? limits = null) =>
        new(folder.Path, limits ?? RecordingLimits.Usual, Mode);

    public static IReadOnlyList<Frame> Frames(this TempFolder folder) => [.. new RecordingReader(folder.Path).Frames()];

    public static IEnumerable<string> Texts(this IEnumerable<Frame> frames) =>
        frames.SelectMany(frame => frame.Batches).SelectMany(batch => batch.Entries).Select(entry => entry.Seen.Text!);

    public static ImmutableArray<string> Numbers(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(number => $"line {number}")];
}
