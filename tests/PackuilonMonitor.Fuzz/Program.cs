using PackuilonMonitor.Fuzz;
using SharpFuzz;

// Named by the script beside this project; the input comes from afl-fuzz, or from the files named after the target.
if (args is not [var name, .. var files])
{
    Console.Error.WriteLine("give a target, and files to try again what was found in them");
    return 64;
}

foreach (var file in files)
    Target.All[name](File.ReadAllBytes(file));
if (files.Length > 0)
    return 0;

// What is instrumented may not be touched before the fuzzer has its map ready.
Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    Target.All[name](input.ToArray());
});
return 0;
