using System.Runtime.InteropServices;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

// One look at the file: check, read, take.
internal sealed partial class Generation
{
    public Progress Read(Span<byte> buffer, ref int budget, FileRead read, List<TailEvent> into, TimeSpan now)
    {
        if (File is null)
            return Progress.Failed;
        if (Limit < Offset)
            return Progress.Truncated;

        try
        {
            if (!HeadStands(buffer, read))
                return Progress.Truncated;

            do
            {
                var want = (int)Math.Min(buffer.Length - _anchored, Math.Min(Limit - Offset, budget));
                if (want == 0 && Limit > Offset)
                {
                    Unread = Limit - Offset;
                    return Progress.OutOfTurn;
                }

                // One call reads the remembered bytes and the new ones: nothing can happen between a check and a read.
                var got = Fill(read, File, buffer[..(_anchored + want)], Offset - _anchored);
                if (got < _anchored || !buffer[.._anchored].SequenceEqual(Anchor))
                    return Progress.Truncated;

                Failures = 0;
                if (got == _anchored)
                    break;
                budget -= got - _anchored;
                Take(buffer[..got], into);
                QuietSince = now;
            }
            while (Offset < Limit);

            (SeenModified, Unread) = (Modified, 0);
            return Progress.AtLimit;
        }
        catch (IOException error)
        {
            Fail(error.HResult, now);
            return Progress.Failed;
        }
    }

    public static int Fill(FileRead read, OpenFile file, Span<byte> into, long offset)
    {
        var filled = 0;
        while (filled < into.Length && read(file.Handle, into[filled..], offset + filled) is > 0 and var got)
            filled += got;
        return filled;
    }

    private void Take(Span<byte> anchorAndChunk, List<TailEvent> into)
    {
        var chunk = anchorAndChunk[_anchored..];
        TakeHead(chunk, Offset);
        Splitter.Take(chunk, Offset, into);
        Offset += chunk.Length;
        var last = anchorAndChunk[^Math.Min(AnchorLength, anchorAndChunk.Length)..];
        last.CopyTo(_anchor);
        _anchored = last.Length;

        if (!chunk.ContainsAnyExcept((byte)0))
            SkipHole();
    }

    // A writer that does not append leaves a hole after a truncation, perhaps of gigabytes: the file system knows where it ends.
    private void SkipHole()
    {
        var next = Native.Seek(File!.Handle, Offset, Native.SeekData);
        if (next < 0 && Marshal.GetLastPInvokeError() != Errno.NoSuchDevice)
            return;

        var data = next < 0 ? Limit : Math.Min(next, Limit);
        if (data - Offset < AnchorLength)
            return;

        Splitter.SkipNuls(data - Offset);
        Offset = data;
        _anchor.AsSpan().Clear();
        _anchored = AnchorLength;
    }

    /// <summary>Closes it after an error, and waits longer each time before it may be opened again.</summary>
    public void Fail(int error, TimeSpan now)
    {
        Rest();
        (LastError, Failures) = (error, Failures + 1);
        RetryAt = now + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(Failures - 1, 5)));
    }
}
