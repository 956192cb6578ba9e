using System.Collections.Immutable;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Keys;

/// <summary>The keys in use: what a key asks for on a screen. Help and hint line are drawn from it.</summary>
public sealed class KeyMap
{
    private readonly Dictionary<(KeyPress Key, ScreenKind Screen), KeyBinding> _byKey = [];

    public KeyMap(ImmutableArray<KeyBinding> bindings)
    {
        Bindings = bindings;
        foreach (var binding in bindings)
        {
            foreach (var key in binding.Keys)
            {
                foreach (var screen in Enum.GetValues<ScreenKind>().Where(binding.WorksOn))
                    _byKey.TryAdd((key, screen), binding);
            }
        }
    }

    /// <summary>The keys as they are without a keys.conf.</summary>
    public static KeyMap Default { get; } = new(KeyTable.Bindings);

    public ImmutableArray<KeyBinding> Bindings { get; }

    /// <summary>Where the keys come from, for the help; none with the keys of the start.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    public int Changed => Bindings.Count(binding => binding.IsChanged);

    /// <summary>What a key asks for, or null where it means nothing on this screen.</summary>
    public Command? Find(KeyPress key, ScreenKind screen) => _byKey.TryGetValue((key, screen), out var binding) ? binding.Command : null;

    public KeyBinding? Named(string name) => Bindings.FirstOrDefault(binding => binding.Name == name);

    /// <summary>The key to show for something on a screen: the first that another binding has not taken there.</summary>
    public KeyPress? KeyOf(KeyBinding binding, ScreenKind screen)
    {
        foreach (var key in binding.Keys)
        {
            if (_byKey.TryGetValue((key, screen), out var holder) && ReferenceEquals(holder, binding))
                return key;
        }

        return null;
    }

    /// <summary>The keys and words of the hint line, the most useful first; only what works.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="works">Whether a command means something for what is chosen there.</param>
    /// <param name="overview">What the overview has to show.</param>
    public IReadOnlyList<(KeyPress Key, string Word)> Hints(
        ScreenKind screen,
        Func<Command, bool> works,
        OverviewContent overview = OverviewContent.Seen
    ) =>
    [
        .. HintNames(screen, overview)
            .Select(Named)
            .OfType<KeyBinding>()
            .Where(binding => binding.WorksOn(screen) && works(binding.Command))
            .Select(binding => (Key: KeyOf(binding, screen), binding.Short))
            .Where(hint => hint.Key is not null)
            .Select(hint => (hint.Key!.Value, hint.Short)),
    ];

    private static string[] HintNames(ScreenKind screen, OverviewContent overview) => screen switch
    {
        ScreenKind.Overview when overview is OverviewContent.NothingRead =>
            ["open", "copy-cleaning-up", "read-again", "line-down", "palette", "help", "quit"],
        ScreenKind.Overview when overview is OverviewContent.Unseen =>
            ["next-unseen", "all-seen", "open", "next-problem", "failures", "health", "chain", "help", "quit"],
        ScreenKind.Overview => ["open", "next-problem", "health", "next-unseen", "filter", "chain", "help", "quit"],
        ScreenKind.Log => ["follow", "find", "builder-after", "next-problem", "diff", "steps", "help", "back"],
        ScreenKind.Help => ["page-down", "filter", "palette", "help", "back"],
        ScreenKind.History => ["open-log", "next-problem", "filter", "chain", "compare-with", "last-view", "help", "back"],
        ScreenKind.Chain => ["open-log", "copy-image-id", "row-in-full", "history", "older-change", "newer-change", "help", "back"],
        ScreenKind.Events => ["open-log", "filter", "next-problem", "right", "copy-line", "freeze", "help", "back"],
        ScreenKind.Unrecognised => ["filter", "right", "copy-line", "page-down", "last-view", "palette", "help", "back"],
        ScreenKind.Causes => ["unfold", "next-unseen", "failures", "filter", "chain", "history", "help", "back"],
        ScreenKind.Health => ["open-item", "next-part", "mute", "copy-command", "next-problem", "filter", "help", "back"],
        ScreenKind.Timeline => ["left", "line-down", "shorter-span", "longer-span", "open-steps", "at", "help", "back"],
        ScreenKind.Steps => ["open-log", "line-down", "history", "chain", "copy-line", "last-view", "help", "back"],
        ScreenKind.Doctor => ["doctor", "copy-line", "right", "row-in-full", "filter", "last-view", "help", "back"],
        ScreenKind.Lines => ["line-down", "right", "copy-line", "filter", "last-view", "help", "back"],
        ScreenKind.Sources => ["run-doctor", "copy-path", "read-again", "filter", "last-view", "palette", "help", "back"],
    };
}

/// <summary>What the overview has to show, as far as other keys are useful then.</summary>
public enum OverviewContent
{
    Seen,

    /// <summary>Failures that nobody has seen.</summary>
    Unseen,

    /// <summary>Only what cannot be read.</summary>
    NothingRead,
}
