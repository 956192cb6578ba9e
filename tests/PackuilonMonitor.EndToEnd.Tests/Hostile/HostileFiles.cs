using System.Text;
using PackuilonMonitor.Tests.Cells;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// Files in which every dangerous text stands everywhere: in lines of the system log, in a build's log, in the names of files.
/// </summary>
internal sealed class HostileFiles : IDisposable
{
    public const string Now = "2026-11-22T12:30:00Z";
    public const string Image = "lab-sl7x-x86_64";
    public const string Log = $"{Image}.managed.json.1795348802.log";

    private readonly TempFolder _folder = new();

    public HostileFiles()
    {
        Directory.CreateDirectory(_folder["log"]);
        _folder.Append(
            "messages",
            "Nov 22 11:59:59 factory /rabbit2packer.py: Starting\nNov 22 11:59:59 factory /rabbit2packer.py: Starting Thread-1\n"
        );
        foreach (var text in Payloads)
        {
            // As UTF-8, and its 8-bit controls as the bytes that they are.
            _folder.Append("messages", Encoding.UTF8.GetBytes(Lines(text)));
            if (text.Any(letter => letter is >= '\u0080' and < '\u00a0'))
                _folder.Append("messages", Encoding.Latin1.GetBytes(Lines(text)));
        }

        _folder.Append("messages", $"""
            Nov 22 12:10:00 factory /rabbit2packer.py: Thread-1 processing {Image}
            Nov 22 12:10:02 factory /rabbit2packer.py: packer build starting, see: /log//{Log} for details
            Nov 22 12:10:02 factory /rabbit2packer.py: Starting Thread-2

            """);
        foreach (var text in Payloads)
        {
            _folder.Append($"log/{Log}", Encoding.UTF8.GetBytes($"==> openstack: {text}\n    openstack: {text} after\n"));
            _folder.Append($"log/{Log}", Encoding.Latin1.GetBytes($"{text}\n"));
        }

        _folder.Append($"log/{Log}", "Build 'openstack' errored: \u001b]0;x\u0007no \u202e\u200breason \u009b2J\u001b[5m\n");
        foreach (var (number, text) in Payloads.Where((_, number) => number % 7 == 0).Index())
            File.WriteAllText(
                _folder[$"log/{number}{text.Replace("/", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}.log"],
                "x\n"
            );
    }

    /// <summary>
    /// A third of them all, each kind of end among them: the program reads them one by one, and other tests have every one.
    /// </summary>
    public static IReadOnlyList<string> Payloads { get; } = [.. HostileText.All().Distinct().Where((_, number) => number % 3 == 0)];

    /// <summary>Every payload in one, as an argument can hold it.</summary>
    public static string Argument { get; } =
        $"x{string.Concat(Payloads.Where(text => text.Length > 1)).Replace("\0", "", StringComparison.Ordinal)}y";

    public string this[string name] => _folder[name];

    public TempFolder Folder => _folder;

    public string[] Sources =>
        [
            "--messages",
            _folder["messages"],
            "--log-dir",
            _folder["log"],
            "--config",
            _folder.Write("none.ini", ""),
            "--time-zone",
            "UTC",
            "--now",
            Now,
        ];

    public void Dispose()
    {
        // Names that are no UTF-8 for .NET are for rm.
        Ingest.Shell.Run("rm", "-r", _folder.Path);
        _folder.Dispose();
    }

    private static string Lines(string text) => $"""
        Nov 22 12:00:00 fac{text}tory /rabbit2packer.py: Thread-1 processing im{text}age
        Nov 22 12:00:01 factory /rabbit2packer.py: packer build starting, see: /log//im{text}age.managed.json.log for details
        Nov 22 12:00:02 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, im{text}age.managed.json build failed
        Nov 22 12:00:03 factory /cdb2rabbit.py: CI profile rebuilt: pro{text}file.json
        Nov 22 12:00:04 factory /rabbit2packer.py: something {text} new

        """;
}
