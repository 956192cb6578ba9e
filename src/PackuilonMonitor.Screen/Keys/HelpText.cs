using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Keys;

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
    /// <summary>No longer than a column of the narrowest page has room for.</summary>
    private static (string Signs, string Means)[] SignsOf(Glyphs glyphs) =>
    [
        (glyphs.Cursor, "the cursor"),
        (glyphs.Running, "builds"),
        (glyphs.None, "idle, or not seen"),
        ($"{glyphs.Succeeded} ok", "good"),
        ($"{glyphs.Failed} FAIL", "failed"),
        ($"{glyphs.Failed} LOST", "no verdict, no sign"),
        ($"{glyphs.Cancelled} CANC", "cancelled"),
        (glyphs.ToDo, "still to do"),
        ($"{glyphs.Problem} STUCK", "slowest ever"),
        ("overdue", "should have ended"),
        ("~4:20", "left, by its past"),
        ("T?", "thread unknown"),
    ];

    private static readonly (string Name, string Does)[] Ways =
    [
        ("NO_COLOR", "no colours"),
        ("--ascii", "no signs but ASCII"),
        ("--theme", "other colours"),
    ];

    /// <param name="keys">The keys in use.</param>
    /// <param name="about">The screen it is about.</param>
    /// <param name="everything">Whether what works elsewhere is shown too.</param>
    /// <param name="filter">Only lines that match; empty for all.</param>
    /// <param name="glyphs">The signs in use.</param>
    public static IReadOnlyList<HelpLine> Of(KeyMap keys, ScreenKind about, bool everything, string filter, Glyphs glyphs)
    {
        var lines = new List<HelpLine>();
        var wanted = SearchPattern.Of(filter);
        foreach (var group in Enum.GetValues<KeyGroup>())
        {
            var of = Of(keys, about, everything, group)
                .Where(line => wanted?.IsMatch($"{line.Keys} {line.Short} {line.Long}") != false)
                .ToArray();
            AddGroup(lines, Heading(group), of);
        }

        if (wanted is null)
        {
            AddGroup(lines, "SIGNS", [.. SignsOf(glyphs).Select(sign => new HelpLine(sign.Signs, sign.Means, sign.Means, false, true))]);
            AddGroup(lines, "OTHERWISE", [.. Ways.Select(way => new HelpLine(way.Name, way.Does, way.Does, false, true))]);
            lines.AddRange(
            [
                new HelpLine("", "Other keys:", "Other keys:", true, true),
                new HelpLine("", KeysPath, KeysPath, true, true),
                HelpLine.Blank,
                new HelpLine("", "This program only reads.", "This program only reads.", true, true),
                new HelpLine("", "It changes nothing in the factory.", "It changes nothing in the image factory.", true, true),
            ]);
        }

        return lines;
    }

    private const string KeysPath = "~/.config/packuilon-monitor/keys.conf";

    private static void AddGroup(List<HelpLine> lines, string heading, HelpLine[] of)
    {
        if (of.Length == 0)
            return;
        lines.Add(new HelpLine("", heading, heading, true, true));
        lines.AddRange(of);
        lines.Add(HelpLine.Blank);
    }

    private static IEnumerable<HelpLine> Of(KeyMap keys, ScreenKind about, bool everything, KeyGroup group)
    {
        var workers = false;
        foreach (var binding in keys.Bindings.Where(binding => binding.Group == group && (everything || binding.WorksOn(about))))
        {
            if (binding.Command is ScreenCommand { Act: ScreenAct.Worker })
            {
                if (!workers)
                    yield return Workers(keys, binding, about);
                workers = true;
                continue;
            }

            yield return new HelpLine(Keys(keys, binding, about), binding.Short, binding.Long, false, binding.WorksOn(about));
        }
    }

    private static HelpLine Workers(KeyMap keys, KeyBinding first, ScreenKind about)
    {
        var all = keys.Bindings.Where(binding => binding.Command is ScreenCommand { Act: ScreenAct.Worker }).ToArray();
        var changed = all.Any(binding => binding.IsChanged);
        var shown = changed ? $"*{string.Join(' ', all.SelectMany(binding => binding.Keys))}" : "1-9";
        return new HelpLine(shown, first.Short, first.Long, false, first.WorksOn(about));
    }

    private static string Keys(KeyMap keys, KeyBinding binding, ScreenKind about)
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
        KeyGroup.TakeOut => "COPY / SAVE",
        KeyGroup.Watch => "WATCH",
        KeyGroup.Program => "PROGRAM",
    };
}
