using System.Runtime.InteropServices;
using System.Text;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// The two ends of a pseudo terminal, within this process: the program's end is a file like any other terminal, and the test types and
/// reads at the other one. It is nobody's controlling terminal, so it sends no signals.
/// </summary>
internal sealed unsafe partial class TerminalPair : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const nuint SetWindowSize = 0x5414;
    private const short Readable = 1;

    private int _user;

    public TerminalPair(ushort columns = 40, ushort rows = 5)
    {
        _user = Open("/dev/ptmx", ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        var name = stackalloc byte[64];
        if (_user < 0 || Unlock(_user) != 0 || NameOf(_user, name, 64) != 0)
            throw new IOException($"no pseudo terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        Program = Open(Marshal.PtrToStringUTF8((nint)name)!, ReadWrite | NoControllingTerminal);
        Resize(columns, rows);
    }

    /// <summary>The descriptor that the program reads and writes.</summary>
    public int Program { get; private set; }

    public void Resize(ushort columns, ushort rows)
    {
        var size = stackalloc ushort[4] { rows, columns, 0, 0 };
        if (Control(_user, SetWindowSize, size) != 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    public void Type(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
            Assert.That(Write(_user, start, (nuint)bytes.Length), Is.EqualTo((nint)bytes.Length));
    }

    /// <summary>What the program sent since the last call.</summary>
    public string Taken()
    {
        var all = new List<byte>();
        var buffer = stackalloc byte[4096];
        while (Read(_user, buffer, 4096) is > 0 and var got)
            all.AddRange(new ReadOnlySpan<byte>(buffer, (int)got));
        return Encoding.UTF8.GetString([.. all]);
    }

    /// <summary>Waits until the program has sent a text, and returns everything up to it.</summary>
    public string ReadUntil(string text)
    {
        var all = new StringBuilder();
        while (!all.ToString().Contains(text, StringComparison.Ordinal))
        {
            var file = new PollFile { File = _user, Events = Readable };
            if (Poll(&file, 1, -1) > 0)
                all.Append(Taken());
        }

        return all.ToString();
    }

    /// <summary>The window is closed.</summary>
    public void HangUp()
    {
        if (_user >= 0)
            _ = Close(_user);
        _user = -1;
    }

    public void Dispose()
    {
        HangUp();
        if (Program >= 0)
            _ = Close(Program);
        Program = -1;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int file);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(int file, byte* name, nuint length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int file, nuint request, ushort* size);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* buffer, nuint length);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollFile* files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
