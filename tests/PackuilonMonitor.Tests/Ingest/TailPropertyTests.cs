using System.Globalization;
using System.Text;
using CsCheck;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Random writers and rotations against a model that knows which lines the files allow to be lost. PACKUILON_SEQUENCES sets how many
/// sequences are tried.
/// </summary>
public sealed class TailPropertyTests
{
    private static readonly int Sequences =
        int.TryParse(Environment.GetEnvironmentVariable("PACKUILON_SEQUENCES"), CultureInfo.InvariantCulture, out var asked) ? asked : 250;

    private enum Act
    {
        Write,
        Many,
        Half,
        Poll,
        Rename,
        RenameReopenLate,
        Burst,
        CopyTruncate,
        CopyPollTruncate,
        Truncate,
        TruncateRegrow,
        Delete,
        Recreate,
        Silence,
        Large,
    }

    private static readonly Gen<Act> AnyAct = Gen.Frequency(
        (6, Gen.Const(Act.Write)), (2, Gen.Const(Act.Many)), (2, Gen.Const(Act.Half)), (6, Gen.Const(Act.Poll)),
        (2, Gen.Const(Act.Rename)), (1, Gen.Const(Act.RenameReopenLate)), (1, Gen.Const(Act.Burst)),
        (2, Gen.Const(Act.CopyTruncate)), (1, Gen.Const(Act.CopyPollTruncate)),
        (1, Gen.Const(Act.Truncate)), (1, Gen.Const(Act.TruncateRegrow)), (1, Gen.Const(Act.Delete)),
        (1, Gen.Const(Act.Recreate)), (1, Gen.Const(Act.Silence)), (1, Gen.Const(Act.Large)));

    private static readonly Gen<(bool Dated, bool Appends, List<(Act, int)> Acts)> Sequence = Gen.Select(
        Gen.Bool,
        Gen.Bool,
        Gen.Select(AnyAct, Gen.Int[0, 9]).List[1, 40]
    );

    [Test]
    public void Poll_AnyRotationsAtAnyTime_LosesOnlyWhatTheFilesLost() =>
        Sequence.Sample(
            sequence =>
            {
                using var run = new Run(sequence.Dated, sequence.Appends);
                foreach (var (act, amount) in sequence.Acts)
                    run.Do(act, amount);
                run.Check();
            },
            iter: Sequences,
            threads: 1,
            print: sequence =>
                (sequence.Dated ? "dated " : "")
                + (sequence.Appends ? "appends " : "")
                + string.Join(" ", sequence.Acts.Select(act => $"{act.Item1}:{act.Item2}"))
        );

    // One kind of rotation between two polls is promised to be lossless; after a second kind, or a plain truncation, the model allows what
    // was not read to be lost, with a gap.
    private sealed class Run : IDisposable
    {
        private static readonly DateTime Begin = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

        private readonly bool _dated;
        private readonly bool _appends;
        private int _rotations;
        private readonly Following _tail = new(new TailOptions { BytesPerTurn = 4096 });
        private readonly List<string> _written = [];
        private readonly HashSet<string> _mayBeLost = [];
        private readonly HashSet<string> _unread = [];
        private readonly List<FileStream> _deleted = [];
        private string _half = "";
        private FileStream _writer;
        private string _kinds = "";
        private int _next;
        private bool _silentlyGone;
        private bool _open;
        private bool _empty;
        private int _looks;

        public Run(bool dated, bool appends)
        {
            (_dated, _appends) = (dated, appends);
            _writer = Opened();
            Poll(1);
        }

        private TempFolder Folder => _tail.Folder;

        public void Do(Act act, int amount)
        {
            switch (act)
            {
                case Act.Write:
                    Write(1);
                    break;
                case Act.Many:
                    Write(amount + 1);
                    break;
                case Act.Large:
                    Write(amount * 50);
                    break;
                case Act.Half:
                    Half();
                    break;
                case Act.Poll:
                    Poll(1);
                    break;
                case Act.Silence:
                    Poll(1);
                    Poll(amount * 2);
                    break;
                case Act.Rename:
                    Rename("r");
                    Reopen();
                    break;
                case Act.RenameReopenLate:
                    Rename("r");
                    Folder.Append("messages", "");
                    if (amount > 4)
                        Poll(1);
                    Write(amount % 3);
                    if (amount % 2 == 0)
                        Poll(1);
                    Reopen();
                    break;
                case Act.Burst:
                    for (var i = 0; i <= amount % 4 + 1; i++)
                    {
                        Rename("r");
                        Reopen();
                        Write(1);
                    }

                    break;
                case Act.CopyTruncate:
                    EndHalf();
                    Kind("c");
                    Folder.Copy("messages", Free());
                    Truncate();
                    break;
                case Act.CopyPollTruncate:
                    EndHalf();
                    Kind("c");
                    Folder.Copy("messages", Free());
                    Poll(1);
                    Kind("c");
                    Write(0);
                    Truncate();
                    break;
                case Act.Truncate:
                    EndHalf();
                    Lossy();
                    Truncate();
                    break;
                case Act.TruncateRegrow:
                    EndHalf();
                    Lossy();
                    Truncate();
                    Write(amount + 1);
                    break;
                case Act.Delete:
                    EndHalf();
                    Kind("r");
                    LoseUnlessOpen();
                    Delete();
                    if (amount > 5)
                        Poll(amount);
                    Reopen();
                    break;
                case Act.Recreate:
                    EndHalf();
                    Kind("r");
                    LoseUnlessOpen();
                    Delete();
                    Reopen();
                    Write(amount);
                    break;
            }
        }

        public void Check()
        {
            EndHalf();
            Poll(1);
            Poll(70);
            Poll(70);
            var read = _tail.Lines.ToList();
            var lost = _written.Except(read).ToList();
            None("mangled", read.Except(_written));
            None("doubled", read.GroupBy(line => line).Where(line => line.Count() > 1).Select(line => line.Key));
            None("lost", lost.Except(_mayBeLost));
            None("lost without a gap", _tail.Gaps.Any() || _silentlyGone ? [] : lost);
            None("miscounted", _tail.Events.OfType<ChunkRead>().Sum(chunk => chunk.Lines) == read.Count ? [] : ["lines"]);
            None("in a wrong state", _tail.Reader.Health.State == SourceState.Following ? [] : [_tail.Reader.Health.Text]);
        }

        // Not NUnit's assertions: they would gather the failures of all the sequences that are tried while one is made smaller.
        private static void None(string what, IEnumerable<string> lines)
        {
            if (lines.Any())
                throw new InvalidOperationException($"{what}: {string.Join(", ", lines.Take(10))}");
        }

        public void Dispose()
        {
            _writer.Dispose();
            _deleted.ForEach(file => file.Dispose());
            _tail.Dispose();
        }

        private FileStream Opened()
        {
            var file = new FileStream(
                Folder["messages"],
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                1
            );
            file.Seek(0, SeekOrigin.End);
            Stamp(file);
            return file;
        }

        private void Truncate()
        {
            Folder.Truncate("messages");
            using var file = new FileStream(Folder["messages"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
            Stamp(file);
        }

        // The clock of a file system moves in steps, and a step may begin before a look and end after it; two looks are further apart than
        // that.
        private void Stamp(FileStream changed) => File.SetLastWriteTimeUtc(changed.SafeFileHandle, Begin.AddSeconds(_looks / 2));

        private void Reopen()
        {
            EndHalf();
            _writer.Dispose();
            _writer = Opened();
            _open = false;
        }

        private void Write(int lines)
        {
            var text = new StringBuilder();
            EndHalf();
            for (var i = 0; i < lines; i++)
            {
                var line = $"line {_next++} {new string((char)('a' + (_next % 26)), _next % 40)}";
                text.Append(line).Append('\n');
                _written.Add(line);
                _unread.Add(line);
            }

            Put(text.ToString());
        }

        // A writer that does not append leaves a hole after a truncation.
        private void Put(string text)
        {
            if (_appends)
                _writer.Seek(0, SeekOrigin.End);
            _writer.Write(Encoding.UTF8.GetBytes(text));
            Stamp(_writer);
        }

        private void Half()
        {
            if (_half.Length > 0)
                return;

            // Different from its first byte on: the same bytes at the same place are the same file to any reader.
            _half = $"{_next++:D6} is half of a line";
            Put(_half[..6]);
        }

        private void EndHalf()
        {
            if (_half.Length == 0)
                return;
            Put(_half[6..] + "\n");
            _written.Add(_half);
            _unread.Add(_half);
            _half = "";
        }

        // Time is virtual here, but a birth time is not: within one tick of the kernel's clock a new file could get both the number and the
        // birth of the old one.
        private void Delete()
        {
            _deleted.Add(File.OpenRead(Folder["messages"]));
            Folder.Delete("messages");
        }

        private void Rename(string kind)
        {
            EndHalf();
            Kind(kind);
            Folder.Move("messages", Free());
        }

        // The name of the next rotated file, which is free then.
        private string Free()
        {
            if (_dated)
                return string.Create(CultureInfo.InvariantCulture, $"messages-{Begin.AddDays(_rotations++):yyyyMMdd}");
            if (File.Exists(Folder["messages.1"]))
            {
                var turn = 1;
                while (File.Exists(Folder[$"messages.{turn}"]))
                    turn++;
                for (; turn > 1; turn--)
                    Folder.Move($"messages.{turn - 1}", $"messages.{turn}");
            }

            return "messages.1";
        }

        // Two kinds between two looks give a gap at worst.
        private void Kind(string kind)
        {
            _kinds += kind;
            if (_kinds.Contains('r') && _kinds.Contains('c') || _kinds.Contains('l'))
                MayLose();
        }

        private void Lossy()
        {
            // Where nothing was read yet, or the file began again before, nothing shows that something was there.
            _silentlyGone |= !_open || _empty || _kinds.Contains('c') || _kinds.Contains('l');
            _kinds += "l";
            MayLose();
        }

        // A file that was made and deleted between two looks was never open.
        private void LoseUnlessOpen()
        {
            if (_open)
                return;
            MayLose();
            _silentlyGone = true;
        }

        private void MayLose() => _mayBeLost.UnionWith(_unread);

        private void Poll(double seconds)
        {
            _tail.Poll(seconds);
            _looks++;
            _unread.Clear();
            _kinds = "";
            _open = File.Exists(Folder["messages"]);
            _empty = _open && new FileInfo(Folder["messages"]).Length == 0;
        }
    }
}
