namespace PackuilonMonitor.Simulation;

/// <summary>Python's output about an error that ends a thread.</summary>
internal static class PythonTraceback
{
    public static string FirstLine(string thread) => $"Exception in thread {thread}:";

    public static IEnumerable<WordedSentence> Lines(Dialect dialect, string thread, string error) =>
        [
            new(Sentence.ThreadException, FirstLine(thread)),
            new(Sentence.Traceback, "Traceback (most recent call last):"),
            new(
                Sentence.Traceback,
                $"  File \"/usr/lib64/python3.{dialect.PythonMinor}/threading.py\", line 9{dialect.PythonMinor:00}, in _bootstrap_inner"
            ),
            new(Sentence.Traceback, "    self.run()"),
            new(Sentence.Traceback, "  File \"/usr/local/bin/rabbit2packer.py\", line 151, in run"),
            new(Sentence.Traceback, "    worker_loop(self.name, channel)"),
            new(Sentence.Traceback, error),
        ];
}
