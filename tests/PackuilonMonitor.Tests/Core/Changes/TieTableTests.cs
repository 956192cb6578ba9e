using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Changes;

/// <summary>
/// Hundreds of short histories of few names, drawn by chance, each with what the program makes of it: a table that shows each rule of
/// ties on both sides. ACCEPT=1 rewrites it; read the difference line by line against docs/correlation.md.
/// </summary>
public sealed class TieTableTests
{
    private const int Histories = 500;

    private static readonly string[] Profiles = ["red", "redder", "image-red", "blue"];
    private static readonly string[] Images = ["red", "red-sl7x-x86_64", "red-sl7x", "redder", "blue-x86_64", "green", "image-red", "re"];

    /// <summary>Within a second, within a poll, beyond it, and around the patience with a worker that asks.</summary>
    private static readonly int[] Pauses = [0, 0, 1, 2, 4, 5, 6, 19, 20, 21, 40];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Histories_OfFewLines_AreTiedAsListed(int table)
    {
        // Not for secrets: the same histories each time.
        var random = new Random(table);
        var (text, faults, certain) = (new StringBuilder(), new List<string>(), 0);
        for (var number = 0; number < Histories / 3; number++)
        {
            var (says, lines) = History(random, table);
            var state = Given.Folded(Given.Read(lines));
            text.Append(says).Append("\n  ").AppendJoin("; ", Describe(state)).Append('\n');
            faults.AddRange(Faults(state).Select(fault => $"{fault}: {says}"));
            certain += state.Triggers.Triggers.Count(static trigger => trigger.Certain && trigger.Builds is { Count: > 0 });
        }

        Assert.That(faults, Is.Empty);
        Assert.That(certain, Is.Positive);
        Golden.Matches($"Ties.{table}.txt", text.ToString());
    }

    /// <summary>What is wrong however the table looks.</summary>
    private static IEnumerable<string> Faults(MonitorState state)
    {
        foreach (var twice in state.Triggers.Triggers.Where(trigger => trigger.Certain)
            .SelectMany(trigger => trigger.Builds ?? [])
            .GroupBy(build => build)
            .Where(builds => builds.Count() > 1))
            yield return $"{twice.Key} is certainly of two changes";
        foreach (var early in state.Triggers.Triggers.Where(trigger => trigger.Certain && trigger.TakenAt < trigger.QueuedAt))
            yield return $"{early.Id} was certainly taken before it was queued";
        foreach (var free in state.Triggers.Triggers.Where(trigger => trigger is { TakenAt: not null, QueuedAt: null }))
            yield return $"{free.Id} was taken and never queued";
    }

    /// <summary>A short form of a history, and its lines.</summary>
    private static (string Says, List<string> Lines) History(Random random, int table)
    {
        var (says, lines, now) = (new List<string>(), new List<string>(), Given.Noon);
        for (var thread = 1; thread <= 3; thread++)
            Say("rabbit2packer.py: ", $"Starting Thread-{thread}");
        for (var left = random.Next(4, 11); left > 0; left--)
        {
            if (Any(Pauses) is > 0 and var pause)
            {
                now = now.AddSeconds(pause);
                says.Add($"+{pause}");
            }

            Act();
        }

        return (string.Join(' ', says), lines);

        void Act()
        {
            var (profile, image, thread) = (Any(Profiles), Any(Images), random.Next(1, 4));
            switch (random.Next(table == 3 ? 14 : 12))
            {
                case 0 or 1 or 2 or 3:
                    says.Add($"push:{profile}");
                    Say("cdb2rabbit.py: ", $"CI profile rebuilt: {profile}.example.org.json");
                    Say("cdb2rabbit.py: ", $"Profile has updated: {profile}.example.org.json");
                    Say("cdb2rabbit.py: ", "Pushing message to queue for build");
                    break;
                case 4 or 5 or 6 or 7 or 8:
                    says.Add($"{thread}:{image}");
                    if (table == 2)
                        Say("rabbit2packer.py: ", $"Name is :{image}");
                    Say("rabbit2packer.py: ", $"Thread-{thread} processing {image}");
                    if (random.Next(2) == 0)
                        Say("rabbit2packer.py: ", $"packer build starting, see: /log/{image}.a.json.log for details");
                    break;
                case 9:
                    says.Add($"{thread}:end");
                    Say("rabbit2packer.py: ", $"Thread-{thread}: image built successfully");
                    break;
                case 10:
                    says.Add($"{thread}:refused");
                    Say("rabbit2packer.py: ", $"Thread-{thread}: could not decode profile, malformed json? Continuing");
                    break;
                case 11:
                    says.Add($"{thread}:died");
                    Say("rabbit2packer.py: ", $"Exception in thread Thread-{thread}:");
                    break;
                case 12:
                    says.Add("not-pushed");
                    Say("cdb2rabbit.py: ", "Error connecting to RabbitMQ server");
                    break;
                case 13:
                    says.Add($"{thread}:no-image");
                    Say("rabbit2packer.py: ", $"Name is :{image}");
                    Say("rabbit2packer.py: ", $"Thread-{thread}: source image was not found, check IMAGES_CONFIG. Continuing");
                    break;
            }
        }

        T Any<T>(T[] all) => all[random.Next(all.Length)];

        void Say(string program, string text) =>
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Nov 22 {now:HH:mm:ss} vm /{program}{text}"));
    }

    private static IEnumerable<string> Describe(MonitorState state) =>
        state.Triggers.Triggers.Select(Describe)
            .Append(string.Create(CultureInfo.InvariantCulture, $"{state.Triggers.Waiting} waiting"))
            .Concat(state.Builds.All.Where(build => build.Trigger is not null).Select(build => $"{build.Image} of {Short(build.Trigger!)}"))
            .Concat(state.Triggers.Pairs.Learned.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Describe));

    private static string Describe(KeyValuePair<string, Pair> pair) =>
        $"{Short(pair.Key)}={pair.Value.FullName}{(pair.Value.Confirmed ? "!" : "")}";

    private static string Describe(Trigger trigger)
    {
        var known = trigger switch
        {
            { Refused: { } why } => $"refused {why}",
            { Images: { } images } => string.Join(',', images),
            { PassedOver: true } => "passed over",
            { Waiting: true } => "waiting",
            { TakenAt: not null } => "taken",
            _ => $"{trigger.Result}",
        };
        var sure = trigger.Images is null && trigger.Refused is null ? ""
            : $"{(trigger.Certain ? "!" : "?")} {trigger.Ground} by {trigger.TakenBy?.Number}";
        return string.Create(CultureInfo.InvariantCulture, $"{Short(trigger.Profile)} {known}{sure}{trigger.TakenAt: @ss}");
    }

    private static string Short(string profile) => profile.Split('.')[0];
}
