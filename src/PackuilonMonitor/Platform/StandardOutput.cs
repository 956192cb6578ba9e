using System.Runtime.InteropServices;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Platform;

/// <summary>
/// Standard output, written at the shared offset of the file: a FileStream would keep an offset of its own, and the next program of a
/// script would overwrite this one's output.
/// </summary>
internal sealed unsafe partial class StandardOutput : Stream
{
    private const int Descriptor = Inherited.Output;
    private const int NoDescriptor = 9; // EBADF
    private const int Interrupted = 4;
    private const int NotNow = 11;
    private const short Writable = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Nobody reads any more, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Inherited.Is(Descriptor))
            throw new IOException("standard output is closed", NoDescriptor);
        fixed (byte* start = buffer)
        {
            for (var written = 0; written < buffer.Length;)
            {
                var taken = (int)Write(Descriptor, start + written, (nuint)(buffer.Length - written));
                if (taken >= 0)
                {
                    written += taken;
                    continue;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == NotNow)
                    Await();
                else if (error != Interrupted)
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Another process that shares the descriptor may have made it non-blocking.</summary>
    private static void Await()
    {
        var file = new PollFile { File = Descriptor, Events = Writable };
        _ = Poll(&file, 1, -1);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollFile* files, nuint count, int milliseconds);
}
