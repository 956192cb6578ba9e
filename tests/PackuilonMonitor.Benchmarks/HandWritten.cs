using System.Buffers.Text;
using System.Text;

namespace PackuilonMonitor.Benchmarks;

/// <summary>What a parser without a grammar costs, as a measure for the one with it: spans over bytes, one small value a line.</summary>
internal static class HandWritten
{
    public readonly record struct Line(int Month, int Day, int Second, byte Speaker, int Worker, string? Name);

    public static Line? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length < 17 || line[3] != ' ' || line[9] != ':')
            return null;
        var month = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(line[..3]) / 3 + 1;
        if (!Utf8Parser.TryParse(line[4] == ' ' ? line[5..6] : line[4..6], out int day, out _)
            || !Utf8Parser.TryParse(line[7..9], out int hour, out _) || !Utf8Parser.TryParse(line[10..12], out int minute, out _)
            || !Utf8Parser.TryParse(line[13..15], out int second, out _))
            return null;
        line = line[16..];
        line = line[(line.IndexOf((byte)' ') + 1)..];
        var end = line.IndexOf((byte)' ');
        if (end < 0)
            return null;
        var tag = line[..end];
        var said = line[(end + 1)..];
        var speaker = tag.EndsWith("rabbit2packer.py:"u8) ? (byte)1 : tag.EndsWith("cdb2rabbit.py:"u8) ? (byte)2 : (byte)3;
        var worker = 0;
        if (said.StartsWith("Thread-"u8) && Utf8Parser.TryParse(said[7..], out worker, out var digits))
            said = said[(7 + digits)..];
        var word = said.LastIndexOf((byte)' ') + 1;
        return new Line(month, day, (hour * 60 + minute) * 60 + second, speaker, worker, Encoding.UTF8.GetString(said[word..]));
    }
}
