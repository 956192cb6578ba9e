using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// Short lives of a log directory, drawn by chance: logs are written, rewritten, replaced and deleted, and names appear that are no logs;
/// each poll with all that it observes and hands on. ACCEPT=1 rewrites the table.
/// </summary>
public sealed class LogLivesTests
{
    private const int Lives = 60;

    private static readonly string[] Names = ["a.log", "b.log"];

    private static readonly string[] Lines =
        [GivenLog.Step("Launching server..."), GivenLog.Output("hello"), GivenLog.Daemon(1), "plain"];

    [Test]
    public void Lives_OfALogDirectory_AreObservedAsListed()
    {
        // Not for secrets: the same lives each time.
        var (random, text) = (new Random(1), new StringBuilder());
        for (var number = 0; number < Lives; number++)
        {
            using var life = new Life(random, text);
            for (var left = random.Next(6, 14); left > 0; left--)
                life.GoOn();
            text.Append('\n');
            Assert.That(life.Faults, Is.Empty);
        }

        Golden.Matches("Lives.Logs.txt", text.ToString());
    }

    private sealed class Life : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly Random _random;
        private readonly StringBuilder _text;
        private BuildLogs _logs;
        private readonly Dictionary<string, KnownLog> _known = [];
        private int _second;
        private int _line;

        public Life(Random random, StringBuilder text)
        {
            (_random, _text) = (random, text);
            _logs = Begin(null);
        }

        /// <summary>A growth is enough to fold the same log again.</summary>
        public List<string> Faults { get; } = [];

        public void Dispose()
        {
            _logs.Dispose();
            _folder.Dispose();
        }

        public void GoOn()
        {
            var name = Names[_random.Next(Names.Length)];
            // Nothing is ever written through the link, or into the folder, that stands in a log's place.
            var isLink = new FileInfo(_folder[name]).LinkTarget is not null;
            var has = File.Exists(_folder[name]) && !isLink;
            var isFree = !isLink && !Directory.Exists(_folder[name]);
            _second++;
            switch (_random.Next(14))
            {
                case 0 or 1 or 2 when isFree:
                    Do($"write {name}", () => _folder.Append(name, $"{Line()}\n{Line()}\n"));
                    break;
                case 3 when isFree:
                    Do($"begin line of {name}", () => _folder.Append(name, $"part {++_line}"));
                    break;
                case 4 when has:
                    Do($"rewrite {name}", () => _folder.Rewrite(name, $"{Line()}\n"));
                    break;
                case 5 when has:
                    // What is moved away keeps its inode, so that no later file has the same.
                    Do($"delete {name}", () => _folder.Move(name, $"gone{_second}"));
                    break;
                case 6 when has:
                    Do($"replace {name}", () =>
                    {
                        _folder.Move(name, $"gone{_second}");
                        _folder.Write(name, $"{Line()}\n");
                    });
                    break;
                case 7 when isFree && !has:
                    Do($"link {name}", () => File.CreateSymbolicLink(_folder[name], _folder["other"]));
                    break;
                case 8 when isFree && !has:
                    Do($"folder {name}", () => Directory.CreateDirectory(_folder[name]));
                    break;
                case 9 when isLink:
                    Do($"unlink {name}", () => _folder.Delete(name));
                    break;
                case 9 when !isFree:
                    Do($"no folder {name}", () => Directory.Delete(_folder[name]));
                    break;
                case 10 when has:
                    Do($"truncate {name}", () => _folder.Truncate(name));
                    break;
                case 11:
                    _text.Append("another reader\n");
                    _logs.Dispose();
                    _logs = Begin(new(_known));
                    Poll("");
                    break;
                case 12:
                    Do("read all", () => { });
                    foreach (var part in _logs.ReadAll(Now))
                        Add(part);
                    break;
                default:
                    Poll(_random.Next(3) == 0 ? name : "");
                    break;
            }
        }

        private Moment Now => new(TimeSpan.FromSeconds(_second), Given.Noon.AddSeconds(_second));

        private BuildLogs Begin(Dictionary<string, KnownLog>? known) => new(
            new LogDirectory(_folder.Path),
            known,
            growth =>
            {
                _known[growth.File] = _known.GetValueOrDefault(growth.File, KnownLog.Empty).And(growth);
                _text.Append(
                    CultureInfo.InvariantCulture,
                    $"    grew: {growth.File} of {growth.Generation}{(growth.Began ? " began" : "")}, {growth.Lines.Count} lines"
                ).Append('\n');
            }
        );

        private void Poll(string name)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  poll {name}\n");
            if (name.Length == 0)
                Add(_logs.Poll(Now));
            else if (_logs.Poll(Now, [name]) is { } seen)
                Add(seen);
            else
                _text.Append("    ask for all\n");
        }

        private void Add(IEnumerable<Observation> seen)
        {
            foreach (var one in seen)
            {
                if (one.Event is BuildLogRead read && _known[read.File].Log.LineCount != read.Log.LineCount)
                    Faults.Add($"{read.File} has {read.Log.LineCount} lines, {_known[read.File].Log.LineCount} by its growth");
                if (one.Event is BuildLogGone gone)
                    _known.Remove(gone.File);
                _text.Append(CultureInfo.InvariantCulture, $"    {Describe(one.Event)}\n");
            }
        }

        private static string Describe(MonitorEvent what) => what switch
        {
            BuildLogRead read => string.Create(
                CultureInfo.InvariantCulture,
                $"read {read.File} of {read.Generation}: {read.Log.LineCount} lines, the last at {read.Log.LastLineAt:ss}"
            ),
            BuildLogGone gone => $"gone {gone.File}",
            BuildLogRefused refused => $"refused {refused.File}: {refused.Why}{(refused.IsLog ? ", a log" : "")}",
            SourceRead read => string.Create(CultureInfo.InvariantCulture, $"{read.Lines} lines"),
            SourceSeen seen => $"{seen.Health.State}",
            _ => what.GetType().Name,
        };

        private string Line() => $"{Lines[_random.Next(Lines.Length)]} {++_line}";

        /// <summary>Each change of a file has a time of its own, whatever the clock of the file system.</summary>
        private void Do(string what, Action act)
        {
            act();
            foreach (var name in Names.Where(name => new FileInfo(_folder[name]) is { Exists: true, LinkTarget: null }))
            {
                if (what.EndsWith(name, StringComparison.Ordinal))
                    File.SetLastWriteTimeUtc(_folder[name], Now.At.UtcDateTime);
            }

            _text.Append(what).Append('\n');
        }
    }
}
