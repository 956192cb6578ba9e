using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What is done with a check: muted, not muted any more, its command copied.</summary>
public static class CheckUpdate
{
    private const string UsualTime = "4h";
    private const string Sticky = "sticky";

    public static Transition Do(ScreenState state, CheckCommand command) => command.Act switch
    {
        CheckAct.Mute => command.Text is { } typed ? Mute(state, typed) : Ask(state),
        CheckAct.Unmute => command.Text is { } name ? Unmute(state, name) : state.WithNotice("unmute which check? as :unmute BUILD_FAILED"),
        CheckAct.CopyCommand => CopyCommand(state),
    };

    /// <summary>The mutes are in the file: from now on they hold.</summary>
    public static ScreenState Kept(ScreenState state, KeepMutes kept)
    {
        var next = With(state, kept.Factory, kept.Mutes);
        return kept.Said is { } said ? next.WithNotice(said) : next;
    }

    public static ScreenState Read(ScreenState state, MutesRead read) => With(state, read.Factory, read.Mutes);

    /// <summary>Removes ended mutes from the file and reports them. Not before everything was read: until then nothing is raised.</summary>
    public static Transition EndMutes(ScreenState state)
    {
        if (!state.Factories.IsComplete || state.Waiting.Values.Any(request => request is KeepMutes))
            return state;
        foreach (var factory in state.Factories.All)
        {
            if (factory.HealthAt(state.Second).Mutes is not { Ended: [var ended, ..] } mutes)
                continue;
            // They end here at once, so that a file that cannot be written is not tried each second.
            return With(state, factory.Name, mutes.Holding)
                .Ask(number => new KeepMutes(
                    number,
                    factory.Name,
                    mutes.Holding,
                    $"{ended.Mute.Name} is not muted any more: {SafeText.Plain(ended.Why)}"
                ));
        }

        return state;
    }

    private static ScreenState With(ScreenState state, string? factory, ImmutableArray<Mute> mutes) => state with
    {
        Factories = state.Factories.With(factory, facts => facts with { Health = facts.Health with { Mutes = mutes } }),
    };

    /// <summary>The line of input, filled with what the cursor is on and the commonest time.</summary>
    private static ScreenState Ask(ScreenState state)
    {
        var name = Selection.Row(state) switch
        {
            CheckRow row => row.Raised.Check.Code.Name(),
            CheckItemRow row => $"{row.Raised.Check.Code.Name()}:{row.Item.Id}",
            _ => null,
        };
        if (name is not null)
            return QuestionUpdate.Open(state, QuestionKind.Mute, UsualTime, name);
        return state.User.Place.Screen is ScreenKind.Health
            ? state.WithNotice("no check to mute")
            : NavigationUpdate
                .To(state, new Place(ScreenKind.Health))
                .WithNotice("choose the check to mute, or type :mute BUILD_FAILED 4h");
    }

    private static Transition Mute(ScreenState state, string typed)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var sticky = words.RemoveAll(word => word.TrimStart('-') == Sticky) > 0;
        if (words.Count < 2)
            return state.WithNotice("mute which check, for how long? as :mute BUILD_FAILED 4h", isProblem: true);
        if (!MuteArguments.TryParse(words[^1], out var span))
            return state.WithNotice($"no time: {words[^1]}; one like 4h, 30m, 2d or {MuteArguments.UntilWell}", isProblem: true);
        // Names of items may hold blanks.
        var name = typed[..typed.LastIndexOf(words[^1], StringComparison.Ordinal)].Trim();
        if (Named(state, name, out var why) is not var (factory, code, item))
            return state.WithNotice(why, isProblem: true);
        var health = factory.HealthAt(state.Now);
        if (MuteArguments.Of(health, code, item, span, sticky, state.Settings.User, out why) is not { } mute)
            return state.WithNotice(why, isProblem: true);
        var until = mute.Until is { } at ? $"until {Words.Clock(at, state.Now, state.Settings.Zone)}" : "until it is well";
        return Keep(
            state,
            factory,
            factory.Facts.Health.Mutes.RemoveAll(known => known.Name == mute.Name).Add(mute),
            $"{mute.Name} muted {until}"
        );
    }

    private static Transition Unmute(ScreenState state, string name)
    {
        if (Named(state, name.Trim(), out var why) is not var (factory, code, item))
            return state.WithNotice(why, isProblem: true);
        var known = factory.Facts.Health.Mutes;
        var left = known.RemoveAll(mute => mute.Code == code && mute.Item == item);
        return left.Length == known.Length
            ? state.WithNotice(
                $"{name.Trim()} is not muted"
                + $"{(known.IsEmpty ? "; nothing is" : $"; muted: {string.Join(", ", known.Select(mute => mute.Name))}")}"
            )
            : Keep(state, factory, left, $"{name.Trim()} is not muted any more");
    }

    private static Transition Keep(ScreenState state, FactorySnapshot factory, ImmutableArray<Mute> mutes, string said) =>
        state.Settings.CanMute
            ? state.Ask(number => new KeepMutes(number, factory.Name, mutes, said))
            : state.WithNotice("not muted: no directory for mutes is known; give one with --state-dir", isProblem: true);

    /// <summary>
    /// The factory of the row under the cursor, else the one that is shown, else the first of which that is raised or muted.
    /// </summary>
    private static (FactorySnapshot Factory, CheckCode Code, string? Item)? Named(ScreenState state, string name, out string why)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? name : name[..colon];
        why = "";
        if (CheckCodes.Of(word) is not { } code)
        {
            why =
                $"no such check: {word}; "
                + Spelling.Offer(word.ToUpperInvariant(), CheckCodes.All.Select(known => known.Name()));
            return null;
        }

        var chosen = state.User.Place.Screen is ScreenKind.Health ? Selection.Row(state)?.Factory : null;
        var factories = state.Factories.Only(chosen ?? state.User.Factory).Factories;
        var factory = factories.FirstOrDefault(one =>
            one.HealthAt(state.Now).Checks.Any(check => check.Code == code) || one.Facts.Health.Mutes.Any(mute => mute.Code == code)
        ) ?? factories[0];
        return (factory, code, colon < 0 ? null : name[(colon + 1)..]);
    }

    private static Transition CopyCommand(ScreenState state)
    {
        var command = Selection.Row(state) switch
        {
            CheckRow row => row.Raised.Check.Do,
            CheckItemRow row => row.Item.Do ?? row.Raised.Check.Do,
            _ => null,
        };
        return command is null
            ? state.WithNotice("no check here: choose one first")
            : new Transition(state.WithNotice("command copied, if the terminal allows it"), [new CopyText(SafeText.Plain(command))]);
    }
}
