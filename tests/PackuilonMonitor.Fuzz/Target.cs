using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Terminal;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Fuzz;

/// <summary>What is fed with any bytes, and what must hold of each: no exception but the one that says it does not hold.</summary>
public static class Target
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("$`;|&<>\"\\\n*?(!");

    private static readonly SourceId Source = new("messages");

    /// <summary>The targets by the names that the script takes.</summary>
    public static ImmutableSortedDictionary<string, Action<byte[]>> All { get; } =
        ImmutableSortedDictionary.CreateRange<string, Action<byte[]>>([
            new("lines", Lines),
            new("packer", Packer),
            new("text", Text),
            new("settings", SettingsFiles),
            new("keys", Keys),
        ]);

    /// <summary>Lines of the system log, folded and reported.</summary>
    private static void Lines(byte[] input)
    {
        var clock = new SyslogClock(TimeZoneInfo.Utc, Noon);
        var state = MonitorState.Empty;
        foreach (var line in Encoding.UTF8.GetString(input).Split('\n'))
        {
            if (LineParser.Parse(new LogLine(Source, 0, line), ref clock) is not { } seen)
                continue;
            Holds(SyslogFilter.Concerns(Encoding.UTF8.GetBytes(line)), "the filter lets through what the parser reads");
            state = state.Apply(seen);
            OnlyText(EventText.Of(seen));
            OnlyText(EventJson.Of(seen));
        }

        OnlyText(StatusText.Of(state).Replace("\n", "", StringComparison.Ordinal));
        OnlyText(StatusJson.Of(state));
    }

    /// <summary>A build's log, with all that is concluded from it.</summary>
    private static void Packer(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        var log = lines.Aggregate(BuildLog.Empty, (known, line) => known.Apply(line, Noon));
        Holds(log.LineCount == lines.Length, "every line counts");
        if (Reason.Of(log) is { } reason)
        {
            Holds(!reason.Text.Any(char.IsControl), "a reason has no controls");
            OnlyText(SafeText.Plain(reason.Text));
            Holds(reason.Line <= lines.Length, "the reason is one of the lines");
        }

        foreach (var left in LeftBehind.Of(log))
            Holds(!left.Command.AsSpan().ContainsAny(ShellCharacters), "a command is one command");
        var plan = StepPlan.Learn([log, log, log]);
        _ = plan.ProgressOf(log);
        _ = plan.EstimateOf(log, Noon);
    }

    /// <summary>Any text on its way to the screen.</summary>
    private static void Text(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        OnlyText(SafeText.Plain(text));
        OnlyText(LineText.Plain(text, hidesPrefix: true));
        OnlyText(Regex.Replace(LineText.Coloured(text, hidesPrefix: false), @"\u001b\[0(?:;[0-9]{1,3})*m", ""));
        foreach (var ascii in new[] { false, true })
        {
            var line = SafeText.Cells(text, ascii: ascii);
            OnlyText(line.ToText());
            Holds(line.Width <= SafeText.LongestLine, "a line has a limit");
            Holds(line.Slice(3, 7).Width <= 7, "a part has its width");
        }
    }

    /// <summary>Our settings, Packuilon's, and keys.conf.</summary>
    private static void SettingsFiles(byte[] input)
    {
        var path = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"packuilon-fuzz-{Environment.ProcessId}.ini")
        );
        File.WriteAllBytes(path, input);
        try
        {
            foreach (var complaint in SettingsReading.Of(new SettingsPaths([path], Named: true), []).Complaints)
                OnlyText(complaint);
            _ = FactoryConfiguration.Read(path);
        }
        catch (WrongUseException)
        {
            // What is wrong with a file that was named is said so.
        }
        finally
        {
            File.Delete(path);
        }

        var (map, error) = KeysFile.Apply(KeyMap.Default, Encoding.UTF8.GetString(input), "keys.conf");
        OnlyText(error ?? "");
        Holds(
            error is not null || KeysFile.Apply(map, KeysFile.Text(map), "keys.conf").Error is null,
            "keys that hold can be written and read again"
        );
    }

    /// <summary>Bytes typed at the terminal, whole and in pieces.</summary>
    private static void Keys(byte[] input)
    {
        var (whole, pieces) = (new KeySequences(), new KeySequences());
        var read = whole.Read(input) + whole.Release() + whole.GiveUp();
        // The longest is Esc: one byte becomes five characters, "ESC [ 27 u".
        Holds(read.Length <= 5 * input.Length, "nothing is made up");
        var part = input.Length == 0 ? 1 : 1 + input[0] % 7;
        for (var at = 0; at < input.Length; at += part)
            _ = pieces.Read(input.AsSpan(at, Math.Min(part, input.Length - at)));
        _ = pieces.Release() + pieces.GiveUp();
        Holds(!pieces.IsHolding && !whole.IsHolding, "what was given up is not held");
    }

    private static void OnlyText(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!SafeText.IsPlain(rune))
                throw new InvalidOperationException(
                    $"U+{rune.Value:X4} got through: {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}"
                );
        }
    }

    private static void Holds(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"does not hold: {what}");
    }
}
