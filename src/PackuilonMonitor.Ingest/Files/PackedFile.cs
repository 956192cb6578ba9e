using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>Decompresses a file: gzip itself, xz, bzip2 and Zstandard with the host's tools.</summary>
public static class PackedFile
{
    private static readonly string[] Directories = ["/usr/bin", "/bin", "/usr/local/bin"];

    /// <summary>The tools by extension, with a memory limit if the tool accepts one.</summary>
    private static readonly Dictionary<string, (string Name, string[] Arguments)> Tools = new(StringComparer.Ordinal)
    {
        [".xz"] = ("xz", ["-dcq", "--memlimit-decompress=256MiB"]),
        [".bz2"] = ("bzip2", ["-dcq"]),
        [".zst"] = ("zstd", ["-dcq", "--memory=256MB"]),
    };

    /// <summary>The tool for this extension; null if none is needed.</summary>
    public static string? ToolOf(string packing) => Tools.TryGetValue(packing, out var tool) ? tool.Name : null;

    /// <summary>The tool for the file with this name; null if none is needed.</summary>
    public static string? ToolFor(string path) => ToolOf(RotatedName.PackingOf(path));

    /// <summary>Whether this host can read a file with this extension.</summary>
    public static bool CanRead(string packing) => ToolOf(packing) is not { } tool || Find(tool) is not null;

    /// <summary>The text from its first byte.</summary>
    /// <returns>A stream that throws <see cref="InvalidDataException"/> if the file is invalid.</returns>
    internal static Stream Open(OpenFile file, FileRead read, string packing) =>
        Tools.TryGetValue(packing, out var tool)
            ? new ToolStream(new OffsetStream(file, read), tool.Name, tool.Arguments)
            : new GZipStream(new OffsetStream(file, read), CompressionMode.Decompress);

    private static string? Find(string tool) => Directories.Select(directory => Path.Combine(directory, tool)).FirstOrDefault(File.Exists);

    /// <summary>The output of a tool for the given bytes. The tool ends with this stream at the latest, even if bytes are left.</summary>
    private sealed class ToolStream : Stream
    {
        private readonly string _tool;
        private readonly Process? _process;
        private readonly Task _feeding = Task.CompletedTask;
        private readonly Task<string> _said = Task.FromResult("");

        public ToolStream(Stream packed, string tool, string[] arguments)
        {
            _tool = tool;
            if (Find(tool) is not { } program)
                return;
            try
            {
                _process = Process.Start(
                    new ProcessStartInfo(program, arguments)
                    {
                        RedirectStandardInput = true,
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                );
            }
            catch (Win32Exception)
            {
                return;
            }

            _said = _process!.StandardError.ReadToEndAsync();
            _feeding = Task.Run(() => Feed(packed, _process.StandardInput.BaseStream));
        }

        // A tool that does not want the rest closes its input.
        private static void Feed(Stream packed, Stream tool)
        {
            try
            {
                using (tool)
                    packed.CopyTo(tool);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The exit code shows whether the input was valid.
            }
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_process is null)
                throw new InvalidDataException($"{_tool} is not on this host");
            if (_process.StandardOutput.BaseStream.Read(buffer) is > 0 and var got)
                return got;
            _process.WaitForExit();
            return _process.ExitCode == 0 ? 0 : throw new InvalidDataException($"{_tool} says: {_said.Result.Split('\n')[0].Trim()}");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || _process is null)
                return;
            try
            {
                if (!_process.HasExited)
                    _process.Kill();
            }
            catch (InvalidOperationException)
            {
                // The process has ended meanwhile.
            }

            _feeding.Wait(TimeSpan.FromSeconds(1));
            _process.Dispose();
        }
    }
}
