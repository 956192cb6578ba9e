using BenchmarkDotNet.Running;
using PackuilonMonitor.Benchmarks;

// dotnet run -c Release --project tests/PackuilonMonitor.Benchmarks -- --filter '*' --job short --inProcess
BenchmarkSwitcher.FromAssembly(typeof(LineBenchmarks).Assembly).Run(args);
