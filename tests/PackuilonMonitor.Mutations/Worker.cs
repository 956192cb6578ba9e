using System.Globalization;
using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace PackuilonMonitor.Mutations;

/// <summary>
/// Runs the fast tests of the copy in this process: once as they are, to learn which test reaches which mutation, and for each mutation
/// those that reach it, until one fails.
/// </summary>
internal sealed class Worker
{
    private readonly NUnitTestAssemblyRunner _tests = new(new DefaultTestAssemblyBuilder());
    private readonly FieldInfo _active;
    private readonly bool[] _reached;
    private readonly TextWriter _out = Console.Out;

    /// <summary>Tests that passed here without a mutation, and how long they took; what is made once was made by them.</summary>
    private readonly Dictionary<string, double> _clean = [];

    /// <param name="assembly">The one that is changed.</param>
    public Worker(string assembly)
    {
        var type = Assembly.Load(assembly).GetType("PackuilonMonitor.Mutations.Mutant", throwOnError: true)!;
        (_active, _reached) = (type.GetField("Active")!, (bool[])type.GetField("Reached")!.GetValue(null)!);
        Console.SetOut(TextWriter.Null);
        _tests.Load(
            Assembly.Load("PackuilonMonitor.Tests"),
            // NUnit otherwise reports the end of a test while the next one runs: what that reaches would count for the first.
            new Dictionary<string, object>
            {
                ["NumberOfTestWorkers"] = 0,
                ["SynchronousEvents"] = true,
                ["WorkDirectory"] = AppContext.BaseDirectory,
            }
        );
    }

    /// <summary>Writes a line <c>reaches SECONDS NUMBER… TEST</c> for each test that reaches a mutation.</summary>
    public void Learn()
    {
        Array.Clear(_reached);
        Run(null, (test, seconds, passed) =>
        {
            var numbers = _reached.Index().Where(one => one.Item).Select(one => one.Index).ToList();
            Array.Clear(_reached);
            if (!passed)
                return true;
            _clean[test] = seconds;
            if (numbers.Count > 0)
                Say($"reaches {seconds:0.000} {string.Join(',', numbers)} {test}");
            return true;
        });
        Say("learnt");
    }

    /// <summary>
    /// For each line <c>NUMBER TAB TEST TAB TEST…</c> of the input one with the test that noticed, or none. A number after <c>once</c>
    /// is switched on before any test has run.
    /// </summary>
    public void Try(TextReader orders)
    {
        while (orders.ReadLine() is { } order)
        {
            var words = order.Split('\t');
            var isOnce = words[0].StartsWith("once ", StringComparison.Ordinal);
            var number = int.Parse(isOnce ? words[0]["once ".Length..] : words[0], CultureInfo.InvariantCulture);
            var asked = words[1..];
            if (!isOnce && asked.Any(test => !_clean.ContainsKey(test)))
                Run(asked.Where(test => !_clean.ContainsKey(test)).ToHashSet(), (test, seconds, passed) =>
                {
                    if (passed)
                        _clean[test] = seconds;
                    return true;
                });
            Say("begun");
            string? noticed = null;
            _active.SetValue(null, number);
            Run(asked.Where(test => isOnce || _clean.ContainsKey(test)).ToHashSet(), (test, _, passed) =>
            {
                noticed ??= passed ? null : test;
                return passed;
            });
            _active.SetValue(null, -1);
            Say(noticed is null ? "survived" : $"noticed {noticed}");
        }
    }

    private void Say(string line)
    {
        _out.WriteLine(line);
        _out.Flush();
    }

    private void Run(HashSet<string>? only, Func<string, double, bool, bool> ended) =>
        _tests.Run(new Listener(ended, () => _tests.StopRun()), only is null ? TestFilter.Empty : new Named(only));

    private sealed class Listener(Func<string, double, bool, bool> ended, Action stop) : ITestListener
    {
        public void TestStarted(ITest test) { }

        public void TestFinished(ITestResult result)
        {
            // A fixture fails without one of its tests where what is made for all of them cannot be made.
            var isOwn = !result.Test.IsSuite || result.ResultState.Site is FailureSite.SetUp or FailureSite.TearDown;
            if (isOwn && result.ResultState.Status is not (TestStatus.Skipped or TestStatus.Inconclusive)
                && !ended(result.Test.FullName, result.Duration, result.ResultState.Status is not TestStatus.Failed))
                stop();
        }

        public void TestOutput(TestOutput output) { }

        public void SendMessage(TestMessage message) { }
    }

    private sealed class Named(HashSet<string> tests) : TestFilter
    {
        public override bool Match(ITest test) => !test.IsSuite && tests.Contains(test.FullName);

        public override bool Pass(ITest test, bool negated) => Match(test) || test.Tests.Any(within => Pass(within, negated));

        public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("filter");
    }
}
