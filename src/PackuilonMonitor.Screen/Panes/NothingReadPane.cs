using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>In place of the overview while nothing could be read yet: what is missing, and what doctor says to do.</summary>
internal static class NothingReadPane
{
    private const int Indent = 2;

    /// <summary>No source was read, and nothing is known of an earlier day.</summary>
    public static bool IsAll(Snapshot snapshot) =>
        snapshot is { IsComplete: true, Builds.Count: 0, Ended.Count: 0, Triggers.Count: 0 }
        && snapshot.Workers.All(row => row.Worker is null)
        && Unread(snapshot).Any()
        && snapshot.Sources.All(row => row.Reading is { LastLineAt: null, Health.State: not SourceState.Following });

    /// <summary>The sources that cannot be read.</summary>
    public static IEnumerable<SourceRow> Unread(Snapshot snapshot) =>
        snapshot.Sources.Where(row => row.Reading.Health is { State: not SourceState.Following });

    /// <summary>The commands that doctor has for a source; none while it still looks.</summary>
    public static IEnumerable<string> Commands(string source, ImmutableArray<DoctorRow>? findings) =>
        (findings ?? []).Where(found => found.IsCommand && found.Subject == source).Select(found => found.Text);

    public static void Render(Snapshot snapshot, Place place, KeyMap keys, CellBuffer into, Paint paint, ScreenForm form)
    {
        SourceRow[] sources = [.. Unread(snapshot)];
        var findings = place.Findings;
        DoctorRow[] notes = [.. (findings ?? []).Where(found => found is { IsNote: true, Subject: ['/', ..] })];
        var sheet = new Sheet(into, paint, form)
        {
            Names = sources.Select(source => source.Reading.Source.Path.Length).Concat(notes.Select(note => note.Subject.Length)).Max(),
        };
        sheet.Line(0, "Nothing can be read, so nothing can be said about the factory.", paint.Palette.Heading);
        sheet.Blank();
        foreach (var (at, source) in sources.Index())
        {
            var path = source.Reading.Source.Path;
            var row = sheet.Entry(paint.Glyphs.Failed, path, Trouble(source.Reading.Health!), paint.Palette.Bad);
            if (at == place[Pane.Workers].In(sources))
                RowList.Mark(into, row, paint, form);
            sheet.Do(Commands(path, findings));
        }

        foreach (var note in notes)
        {
            sheet.Entry(paint.Glyphs.Problem, note.Subject, note.Result, paint.Palette.Warning);
            sheet.Do(Commands(note.Subject, findings));
        }

        sheet.Blank();
        if (findings is null)
            sheet.Line(0, "doctor examines the sources", paint.Palette.Dim);
        else if (Key("open") is { } open)
            sheet.Line(0, $"{open} shows all that doctor found.", paint.Palette.Plain);
        if (Key("read-again") is { } again)
            sheet.Line(0, $"{again} tries again. Once something can be read, the overview appears by itself.", paint.Palette.Plain);
        sheet.Line(0, "If the logs are elsewhere: packuilon-monitor --messages FILE --log-dir DIR", paint.Palette.Plain);
        sheet.Line(0, "To see a factory that can be read: packuilon-monitor demo", paint.Palette.Plain);
        if (form is ScreenForm.Wide && findings is { } all)
            sheet.Doctor(all);

        string? Key(string name) =>
            keys.Named(name) is { } binding ? keys.KeyOf(binding, ScreenKind.Overview)?.Name : null;
    }

    private static string Trouble(SourceHealth health) =>
        health is { State: SourceState.Waiting, Why: null } || health.Text == "missing" ? "is not there" : health.Text;

    /// <summary>Lines one below the other, as far as there is room.</summary>
    private sealed class Sheet(CellBuffer into, Paint paint, ScreenForm form)
    {
        private const int Gap = 2;

        /// <summary>Fewer lines are no list.</summary>
        private const int LeastFindings = 4;

        private readonly int _left = RowList.Gutter(form);
        private int _row = 1;

        /// <summary>Columns of the longest name.</summary>
        public required int Names { get; init; }

        private int Width => into.Size.Columns - _left - 1;

        public void Blank() => _row++;

        /// <param name="text">Safe to be drawn.</param>
        public void Line(int at, string text, Style style)
        {
            if (_row < into.Size.Rows)
                into.Write(_row, _left + at, text, style, Math.Max(0, Width - at));
            _row++;
        }

        /// <summary>A sign, a name, and behind or below it what is so; the row that it begins in.</summary>
        public int Entry(string sign, string name, string what, Style style)
        {
            (name, what) = (SafeText.Plain(name), SafeText.Plain(what));
            var row = _row;
            var isOne = Indent + Names + Gap + what.Length <= Width;
            Line(0, $"{sign} {(isOne ? name.PadRight(Names + Gap) + what : name)}", style);
            foreach (var line in isOne ? [] : WordWrap.Lines(what, Width - Indent * 2))
                Line(Indent * 2, line, paint.Palette.Plain);
            return row;
        }

        /// <summary>A command is never cut where it can go on in the next line.</summary>
        public void Do(IEnumerable<string> commands)
        {
            foreach (var line in commands.SelectMany(command => WordWrap.Lines($"do: {command}", Width - Indent * 2)))
                Line(Indent * 2, line, paint.Palette.Heading);
        }

        /// <summary>All that doctor found, in the rows that are left; what is well is counted.</summary>
        public void Doctor(ImmutableArray<DoctorRow> findings)
        {
            DoctorRow[] results = [.. findings.Where(found => found.Result.Length > 0)];
            DoctorRow[] bad = [.. results.Where(found => found.IsProblem || found.IsNote)];
            _row++;
            if (into.Size.Rows - _row < LeastFindings)
                return;
            RowList.Rule(into, _row, "DOCTOR", false, paint, form);
            var count = string.Create(CultureInfo.InvariantCulture, $" {bad.Length} of {results.Length} need something ");
            into.Write(_row++, Math.Max(0, into.Size.Columns - count.Length - 2), count, paint.Palette.Plain);
            foreach (var found in bad)
                Line(0, found.Text, found.IsProblem ? paint.Palette.Bad : paint.Palette.Plain);
            if (results.Length > bad.Length)
                Line(0, string.Create(CultureInfo.InvariantCulture, $"{results.Length - bad.Length} more ok"), paint.Palette.Dim);
        }
    }
}
