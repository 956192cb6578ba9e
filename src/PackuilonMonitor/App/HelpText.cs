using PackuilonMonitor.Logs;

namespace PackuilonMonitor.App;

/// <summary>A line of the help: a heading without keys, or keys and what they do.</summary>
/// <param name="Keys">The keys in use; a name of the palette where there is no key.</param>
/// <param name="Short">What they do, in one or two words; a heading's text.</param>
/// <param name="Long">What they do.</param>
/// <param name="IsHeading">It names the lines below it.</param>
/// <param name="Works">It means something on the screen the help is about.</param>
public sealed record HelpLine(string Keys, string Short, string Long, bool IsHeading, bool Works)
{
    public static readonly HelpLine Blank = new("", "", "", false, true);
}

/// <summary>The help, made from the keys in use.</summary>
public static class HelpText
{
    private static readonly (string Signs, string Means)[] SignsUsed =
    [
        ("ok FAIL CANC", "good, failed, cancelled"),
        ("LOST", "ended without a verdict"),
        ("STUCK", "its step was never so long"),
        ("late", "should have been over"),
        ("~4:20", "by the past of this image"),
        ("T?", "thread unknown"),
    ];

    /// <param name="keys">The keys in use.</param>
    /// <param name="about">The screen it is about.</param>
    /// <param name="everything">Whether what works elsewhere is shown too.</param>
    /// <param name="filter">Only lines that match; empty for all.</param>
    public static IReadOnlyList<HelpLine> Of(KeyMap keys, Screen about, bool everything, string filter)
    {
        var lines = new List<HelpLine>();
        var wanted = SearchPattern.Of(filter);
        foreach (var group in Enum.GetValues<KeyGroup>())
        {
            var of = Of(keys, about, everything, group).Where(line => wanted?.IsMatch($"{line.Keys} {line.Short} {line.Long}") != false).ToArray();
            AddGroup(lines, Heading(group), of);
        }

        if (wanted is null)
        {
            AddGroup(lines, "SIGNS", [.. SignsUsed.Select(sign => new HelpLine(sign.Signs, sign.Means, sign.Means, false, true))]);
            lines.AddRange(
            [
                new HelpLine("", "This program only reads.", "This program only reads.", true, true),
                new HelpLine("", "It changes nothing in the factory.", "It changes nothing in the image factory.", true, true),
            ]);
        }

        return lines;
    }

    private static void AddGroup(List<HelpLine> lines, string heading, HelpLine[] of)
    {
        if (of.Length == 0)
            return;
        lines.Add(new HelpLine("", heading, heading, true, true));
        lines.AddRange(of);
        lines.Add(HelpLine.Blank);
    }

    private static IEnumerable<HelpLine> Of(KeyMap keys, Screen about, bool everything, KeyGroup group)
    {
        var workers = false;
        foreach (var binding in keys.Bindings.Where(binding => binding.Group == group && (everything || binding.WorksOn(about))))
        {
            if (binding.Command.Act is Act.Worker)
            {
                if (!workers)
                    yield return Workers(keys, binding, about);
                workers = true;
                continue;
            }

            yield return new HelpLine(Keys(keys, binding, about), binding.Short, binding.Long, false, binding.WorksOn(about));
        }
    }

    private static HelpLine Workers(KeyMap keys, KeyBinding first, Screen about)
    {
        var all = keys.Bindings.Where(binding => binding.Command.Act is Act.Worker).ToArray();
        var changed = all.Any(binding => binding.IsChanged);
        var shown = changed ? $"*{string.Join(' ', all.SelectMany(binding => binding.Keys))}" : "1-9";
        return new HelpLine(shown, first.Short, first.Long, false, first.WorksOn(about));
    }

    private static string Keys(KeyMap keys, KeyBinding binding, Screen about)
    {
        var works = binding.WorksOn(about);
        var shown = binding.Keys.Where(key => !works || keys.Find(key, about) == binding.Command).ToArray();
        var text = shown.Length > 0 ? string.Join(' ', shown) : $":{binding.Name}";
        return binding.IsChanged ? $"*{text}" : text;
    }

    private static string Heading(KeyGroup group) => group switch
    {
        KeyGroup.Move => "MOVE",
        KeyGroup.Find => "FIND",
        KeyGroup.Go => "GO",
        KeyGroup.Follow => "FOLLOW",
        KeyGroup.Show => "SHOW",
        KeyGroup.TakeOut => "TAKE OUT",
        KeyGroup.Watch => "WATCH",
        KeyGroup.Program => "PROGRAM",
    };
}
