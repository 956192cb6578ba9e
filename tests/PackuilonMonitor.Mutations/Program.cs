using System.Globalization;
using PackuilonMonitor.Mutations;

if (args is ["learn" or "try", var assembly])
{
    var worker = new Worker(assembly);
    if (args[0] == "learn")
        worker.Learn();
    worker.Try(Console.In);
    return 0;
}

var (folder, most, seed, seconds, write, list) = ("", 40, 1, 20, false, false);
for (var index = 0; index < args.Length; index++)
{
    switch (args[index])
    {
        case "--most" when index + 1 < args.Length && int.TryParse(args[index + 1], CultureInfo.InvariantCulture, out most) && most > 0:
        case "--seed" when index + 1 < args.Length && int.TryParse(args[index + 1], CultureInfo.InvariantCulture, out seed):
        case "--seconds"
            when index + 1 < args.Length && int.TryParse(args[index + 1], CultureInfo.InvariantCulture, out seconds) && seconds > 0:
            index++;
            break;
        case "--write":
            write = true;
            break;
        case "--list":
            list = true;
            break;
        case var named when folder.Length == 0 && named.StartsWith("src/", StringComparison.Ordinal):
            folder = named.TrimEnd('/');
            break;
        default:
            Console.Error.WriteLine(
                "use: tests/mutate src/PROJECT[/FOLDER] [--most COUNT] [--seed NUMBER] [--seconds COUNT] [--write] [--list]"
            );
            return 2;
    }
}

var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "PackuilonMonitor.sln")))
    root = root.Parent ?? throw new DirectoryNotFoundException("no folder above holds PackuilonMonitor.sln");
if (folder.Length == 0 || !Directory.Exists(Path.Combine(root.FullName, folder)))
{
    Console.Error.WriteLine($"mutate: no such folder: {folder}");
    return 2;
}

var tree = new Tree(root.FullName);
var project = string.Join('/', folder.Split('/')[..2]);
var candidates = new List<Mutation>();
foreach (var file in tree.Sources(folder).Where(file => Path.GetFileName(file) != "Mutant.cs"))
{
    Mutator.Rewrite(file, tree.Original(file), found =>
    {
        candidates.Add(found);
        return null;
    });
}

if (list)
{
    candidates.ForEach(Console.WriteLine);
    return 0;
}

// Not for secrets: the same choice for the same seed.
var chosen = candidates.ToArray();
new Random(seed).Shuffle(chosen);
var built = tree.Build(project, [.. chosen.Take(most)]);
var tried = Math.Min(most, candidates.Count);
Console.WriteLine($"{candidates.Count} possible changes in {folder}, {built.Count} of {tried} chosen ones compile");
var results = new List<(Mutation Mutation, Fate Fate)>();
var name = Path.GetFileName(project);
using (var trial = new Trial(tree.Program, name is "PackuilonMonitor" ? "packuilon-monitor" : name, seconds))
{
    trial.Learn();
    foreach (var (number, mutation) in built.OrderBy(one => one.Key))
    {
        var (fate, by) = trial.Try(number, mutation);
        results.Add((mutation, fate));
        Console.WriteLine($"{fate.ToString().ToUpperInvariant()} {mutation}{(by is null ? "" : $" [{by}]")}");
    }
}

tree.Restore(project, built.Values);
var noticed = results.Count(one => one.Fate is Fate.Noticed);
var share = 100.0 * noticed / results.Count;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{noticed} of {results.Count} noticed ({share:0} %)"));
if (write)
    new Page(Path.Combine(root.FullName, "docs/mutation.md"))
        .Write(results, $"`mutate {folder} --most {most} --seed {seed}`", tree.Commit);
return 0;
