using System.Globalization;
using System.IO.Compression;
using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Short lives of a log, drawn by chance: written to, rotated in every way, truncated, deleted; each with all events of its reader, and
/// the files that it holds open. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class TailTableTests
{
    private const int Lives = 90;

    private const int InputOutput = 5;

    /// <summary>Around the silence after which a rotated file is closed, and the patience with an unfinished line.</summary>
    private static readonly int[] Pauses = [1, 1, 1, 1, 4, 5, 6, 59, 60, 61];

    [TestCase(SourceKind.Stream, 1)]
    [TestCase(SourceKind.Stream, 2)]
    [TestCase(SourceKind.Stream, 3)]
    [TestCase(SourceKind.BuildLog, 4)]
    [TestCase(SourceKind.Stream, 5, true)]
    [TestCase(SourceKind.Stream, 6, true)]
    public void Lives_OfALog_AreReadAsListed(SourceKind kind, int table, bool isWild = false)
    {
        // Not for secrets: the same lives each time.
        var random = new Random(table);
        var (text, faults, whole) = (new StringBuilder(), new List<string>(), 0);
        for (var number = 0; number < Lives; number++)
        {
            using var life = new Life(kind, random, isWild);
            life.Live();
            text.Append(life.Text);
            faults.AddRange(life.Faults().Select(fault => $"{fault}: {life.Text}"));
            whole += life.IsReadWhole ? 1 : 0;
        }

        Assert.That(faults, Is.Empty);
        Assert.That(whole, kind is SourceKind.Stream ? Is.Positive : Is.Zero);
        Golden.Matches($"Lives.{table}.txt", text.ToString());
    }

    private sealed class Life : IDisposable
    {
        private readonly Random _random;
        private readonly Following _tail;
        private readonly StringBuilder _text = new();
        private readonly HashSet<string> _acts = [];
        private readonly HashSet<int> _read = [];
        private readonly HashSet<int> _sinceRestart = [];
        private readonly HashSet<int> _doubled = [];
        private readonly bool _isOldest;
        private readonly SourceKind _kind;
        private readonly bool _isWild;
        private int _lines;
        private int _failing;
        private int _open;

        /// <param name="isWild">Files also come back, and polls end before all is read.</param>
        public Life(SourceKind kind, Random random, bool isWild)
        {
            (_random, _kind, _isWild) = (random, kind, isWild);
            Folder = new TempFolder();
            var start = random.Next(3) switch { 0 => StartAt.Oldest, 1 => StartAt.End, _ => StartAt.Beginning };
            _isOldest = start == StartAt.Oldest;
            _text.Append(
                start == StartAt.Oldest ? "from the oldest"
                : start == StartAt.End ? "from the end"
                : "from the beginning"
            );
            // What is there before the first poll.
            for (var left = random.Next(4); left > 0; left--)
                Act();
            _tail = new Following(
                new TailOptions { Kind = kind, Start = start, LongestLine = 12, BytesPerTurn = 30, InflateLimit = 200, Read = Read },
                folder: Folder
            );
        }

        public string Text => _text.ToString();

        private TempFolder Folder { get; }

        public void Live()
        {
            for (var left = _random.Next(5, 12); left > 0; left--)
            {
                if (_random.Next(5) < 2)
                    Poll();
                else
                    Act();
            }

            Poll(isLast: true);
            // What could not be read is retried.
            if (_isWild)
                Poll(isLast: true);
            _tail.Dispose();
            _open = Open();
            _text.Append(CultureInfo.InvariantCulture, $" | closed: {_open} open\n");
        }

        /// <summary>The log was only written to and renamed from its beginning on, and found: none of its lines may be missing.</summary>
        public bool IsReadWhole =>
            _kind is SourceKind.Stream
            && _isOldest
            && _tail.Reader.Health.State is not (SourceState.Waiting or SourceState.Unreadable)
            && _acts.IsSubsetOf(["write", "write-late", "long-line", "rename", "rename-and-write", "fail", "pack"]);

        /// <summary>What is wrong however the table looks.</summary>
        public IEnumerable<string> Faults()
        {
            if (_open > 0)
                yield return $"{_open} files are open";
            // A copy beside the log holds its lines twice; a line that was begun may be joined with any other.
            if (!_acts.Overlaps(["copy", "begin-line"]) && _doubled.Count > 0)
                yield return $"read twice: {string.Join(' ', _doubled)}";
            if (IsReadWhole && Enumerable.Range(1, _lines).Except(_read).ToList() is { Count: > 0 } unread)
                yield return $"not read: {string.Join(' ', unread)}";
        }

        public void Dispose()
        {
            _tail.Dispose();
            Folder.Dispose();
        }

        private void Poll(bool isLast = false)
        {
            var (pause, before) = (Pauses[_random.Next(Pauses.Length)], _tail.Events.Count);
            if (_isWild && !isLast && _random.Next(2) == 0)
                _tail.PollOnce(pause);
            else
                _tail.Poll(pause);
            foreach (var seen in _tail.Events.Skip(before))
                Note(seen);
            var part = _tail.Reader.Unfinished is { Length: > 0 } unfinished ? $", {unfinished}" : "";
            _text
                .Append(CultureInfo.InvariantCulture, $"\n  +{pause}s ")
                .AppendJoin(' ', _tail.Events.Skip(before).Select(Describe))
                .Append(CultureInfo.InvariantCulture, $" ({Open()} open{part})");
        }

        private void Note(TailEvent seen)
        {
            if (seen is SourceRestarted)
                _sinceRestart.Clear();
            if (seen is not LineRead { Line.Text: var text })
                return;
            foreach (var part in text.Split('x')[0].Split('-'))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    continue;
                _read.Add(number);
                if (!_sinceRestart.Add(number))
                    _doubled.Add(number);
            }
        }

        private string Describe(TailEvent seen) => seen switch
        {
            LineRead read => string.Create(CultureInfo.InvariantCulture, $"{read.Line.Text}@{read.Line.Offset}"),
            ChunkRead chunk =>
                string.Create(CultureInfo.InvariantCulture, $"[{chunk.Lines}{(chunk.Nuls > 0 ? $", {chunk.Nuls} nuls" : "")}]"),
            LinesMissing gap => string.Create(
                CultureInfo.InvariantCulture,
                $"<{gap.Bytes} missing{(gap.IsUnread ? ", unread" : "")}: "
                + $"{gap.Why.Replace($"{Folder.Path}/", "", StringComparison.Ordinal)}>"
            ),
            SourceChanged { Health: var health } => $"<{health.State}{(health.Gaps > 0 ? $", {health.Gaps} gaps" : "")}>",
            SourceRotated rotated => $"<{rotated.How}>",
            SourceRestarted restarted => string.Create(CultureInfo.InvariantCulture, $"<restarted {restarted.Generation}>"),
            _ => seen.GetType().Name,
        };

        /// <summary>Descriptors that lead into the folder.</summary>
        private int Open() =>
            Directory
                .GetFiles("/proc/self/fd")
                .Count(link => new FileInfo(link).LinkTarget?.StartsWith($"{Folder.Path}/", StringComparison.Ordinal) == true);

        private int Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> into, long offset) =>
            _failing-- > 0 ? throw new IOException("no", InputOutput) : OpenFile.Read(file, into, offset);

        private string Line() => string.Create(CultureInfo.InvariantCulture, $"{++_lines}");

        private void Act()
        {
            var (has, hasCopy) = (File.Exists(Folder["messages"]), File.Exists(Folder["messages.1"]));
            switch (_random.Next(_isWild ? 21 : 15))
            {
                case 0 or 1 or 2:
                    Do("write", () => Folder.Append("messages", $"{Line()}\n{Line()}\n"));
                    break;
                case 3:
                    Do("begin-line", () => Folder.Append("messages", Line()));
                    break;
                case 4:
                    Do("long-line", () => Folder.Append("messages", $"{Line()}{new string('x', _random.Next(8, 14))}\n"));
                    break;
                case 5 when has:
                    Do("rename", () => Folder.Shift("messages"));
                    break;
                case 6 when has:
                    Do("rename-and-write", () =>
                    {
                        Folder.Shift("messages");
                        Folder.Append("messages", $"{Line()}\n");
                    });
                    break;
                case 7 when has:
                    Do("copy-and-truncate", () =>
                    {
                        Folder.Copy("messages", "messages.1");
                        Folder.Truncate("messages");
                    });
                    break;
                case 8 when has:
                    Do("copy", () => Folder.Copy("messages", "messages.1"));
                    break;
                case 9 when has:
                    Do("truncate", () => Folder.Truncate("messages"));
                    break;
                case 10 when has:
                    Do("delete", () => Folder.Delete("messages"));
                    break;
                case 11 when has:
                    Do("rewrite", () => Folder.Rewrite("messages", $"{Line()}-{Line()}-{Line()}\n{Line()}\n"));
                    break;
                case 12 when hasCopy:
                    Do("write-late", () => Folder.Append("messages.1", $"{Line()}\n"));
                    break;
                case 13 when hasCopy:
                    Do("pack", () =>
                    {
                        using (var packed = new GZipStream(File.Create(Folder["messages.1.gz"]), CompressionLevel.Fastest))
                            packed.Write(File.ReadAllBytes(Folder["messages.1"]));
                        Folder.Delete("messages.1");
                    });
                    break;
                case 14:
                    Do("fail", () => _failing = 1);
                    break;
                case 15 when hasCopy:
                    Do("rename-back", () => Folder.Move("messages.1", "messages"));
                    break;
                case 16 when hasCopy:
                    Do("delete-rotated", () => Folder.Delete("messages.1"));
                    break;
                case 17 when has:
                    Do("rename-dated", () => Folder.Move("messages", $"messages-202611{10 + _random.Next(4)}"));
                    break;
                case 18 when !has:
                    Do("create", () => Folder.Append("messages", ""));
                    break;
                case 19 or 20:
                    Do("write-much", () => Folder.Append("messages", string.Concat(Enumerable.Range(0, 20).Select(_ => $"{Line()}\n"))));
                    break;
            }
        }

        private void Do(string name, Action act)
        {
            act();
            _acts.Add(name);
            _text.Append(' ').Append(name);
        }
    }
}
