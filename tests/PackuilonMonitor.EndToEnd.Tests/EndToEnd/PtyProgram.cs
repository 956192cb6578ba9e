using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// The monitor on a terminal whose other side is this test: it is read only while the test reads, and can be closed as a lost connection
/// closes it.
/// </summary>
internal sealed partial class PtyProgram : IDisposable
{
    private const int ForUsAlone = 0x80000 | 0x100 | 2;
    private const int SetSize = 0x5414;
    private const int PollIn = 1;
    private const int Interrupted = 4;

    private readonly SafeFileHandle _master;
    private readonly Process _process;

    /// <param name="arguments">As a shell reads them.</param>
    /// <param name="ignoringHangUp">As nohup starts a program.</param>
    /// <param name="program">Its file; null for the one beside the tests.</param>
    public PtyProgram(string arguments, string state, bool ignoringHangUp = false, string? program = null)
    {
        Ingest.Shell.Needs("setsid");
        _master = new SafeFileHandle(OpenPty(ForUsAlone), ownsHandle: true);
        var name = new byte[64];
        Assert.That((Grant(_master), Unlock(_master), Name(_master, name, name.Length)), Is.EqualTo((0, 0, 0)));
        var terminal = Encoding.ASCII.GetString(name).TrimEnd('\0');
        ushort[] size = [30, 120, 0, 0];
        Assert.That(Control(_master, SetSize, size), Is.Zero);
        var script =
            $"{(ignoringHangUp ? "trap '' HUP; " : "")}exec setsid -c "
            + $"'{program ?? RunningProgram.Monitor}' {arguments} < {terminal} > {terminal} 2>&1";
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            Environment =
            {
                ["TERM"] = "xterm-256color",
                ["LC_ALL"] = "C.UTF-8",
                ["XDG_STATE_HOME"] = state,
            },
        };
        _process = Process.Start(start)!;
    }

    public int Pid => _process.Id;

    /// <summary>Reads what is sent until the text has come or nothing comes for two minutes.</summary>
    public string ReadUntil(string text)
    {
        var (seen, buffer) = (new StringBuilder(), new byte[64 * 1024]);
        while (!Plain(seen).Contains(text, StringComparison.Ordinal))
        {
            var ready = new Waiting { File = (int)_master.DangerousGetHandle(), Wanted = PollIn };
            var polled = Poll(ref ready, 1, 120_000);
            // Another process of the test that ends interrupts it.
            if (polled < 0 && Marshal.GetLastPInvokeError() == Interrupted)
                continue;
            if (polled != 1 || Read(_master, buffer, buffer.Length) is not (> 0 and var got))
                throw new TimeoutException(
                    $"never sent: {text}; the end of what was: {Plain(seen)[^Math.Min(2_000, Plain(seen).Length)..]}"
                );
            seen.Append(Encoding.UTF8.GetString(buffer, 0, (int)got));
            if (seen.Length > 400_000)
                seen.Remove(0, 200_000);
        }

        return Plain(seen);
    }

    /// <summary>How many bytes are sent in so long a time.</summary>
    public long Sent(TimeSpan time)
    {
        var (sent, buffer) = (0L, new byte[64 * 1024]);
        for (var began = Stopwatch.GetTimestamp(); time - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left;)
        {
            var ready = new Waiting { File = (int)_master.DangerousGetHandle(), Wanted = PollIn };
            if (Poll(ref ready, 1, (int)left.TotalMilliseconds + 1) == 1)
                sent += Read(_master, buffer, buffer.Length) is > 0 and var got ? got : throw new TimeoutException("it has ended");
        }

        return sent;
    }

    public void Type(string keys) => Assert.That((int)Write(_master, Encoding.ASCII.GetBytes(keys), keys.Length), Is.EqualTo(keys.Length));

    /// <summary>The connection is gone.</summary>
    public void HangUp() => _master.Dispose();

    public void Signal(int number) => _ = Kill(Pid, number);

    /// <summary>How long it took to end, and how much it computed in that time; fails if it does not within two minutes.</summary>
    public (TimeSpan Took, TimeSpan Computed, int Code) End(Action how)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), Computed());
        var last = before;
        how();
        while (!_process.WaitForExit(5))
        {
            last = Computed() is { Ticks: > 0 } now ? now : last;
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromMinutes(2)), "it does not end");
        }

        return (Stopwatch.GetElapsedTime(began), last - before, _process.ExitCode);
    }

    /// <summary>Lets the program run on for so long; the test does something again and again meanwhile.</summary>
    public void While(TimeSpan time, Action<TimeSpan> what)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) is var passed && passed < time;)
        {
            what(passed);
            Assert.That(_process.WaitForExit(10), Is.False, "it has ended");
        }
    }

    /// <summary>Its memory in megabytes, as the kernel counts it.</summary>
    public double Resident() =>
        long.Parse(File.ReadAllText($"/proc/{Pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize / 1e6;

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _master.Dispose();
    }

    /// <summary>How many system calls it has made to read, so far.</summary>
    public long ReadCalls() =>
        long.Parse(
            File.ReadLines($"/proc/{Pid}/io").First(line => line.StartsWith("syscr:", StringComparison.Ordinal))[6..],
            CultureInfo.InvariantCulture
        );

    /// <summary>The time it has computed so far; none once it has ended.</summary>
    public TimeSpan Computed()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(
                10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            );
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The text without what places and colours it.</summary>
    private static string Plain(StringBuilder seen) => Escapes().Replace(seen.ToString(), "");

    [System.Text.RegularExpressions.GeneratedRegex("\u001b\\[[0-9;?<>=]*[@-~]")]
    private static partial System.Text.RegularExpressions.Regex Escapes();

    [StructLayout(LayoutKind.Sequential)]
    private struct Waiting
    {
        public int File;
        public short Wanted;
        public short Got;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenPty(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(SafeFileHandle master, byte[] name, nint length);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle master, nuint request, ushort[] size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Waiting files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(SafeFileHandle master, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle master, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
