using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Simulation;

/// <summary>The sender of a line: ident and process id as rsyslog receives them.</summary>
/// <remarks><c>Facility</c>: The facility times eight.</remarks>
internal sealed record SyslogTag(LogProgram Program, string Ident, int? Pid, int Facility);

/// <summary>rsyslog: headers, escapes and, on request, the collapsing of repeats.</summary>
internal sealed class SimulatedSyslog(Timeline timeline, FactoryPlan plan)
{
    private const int Info = 6;
    private const int Error = 3;

    private (SyslogTag Tag, int Severity, string Content)? _last;
    private MessageLine? _held;
    private long _stampedSecond = -1;
    private string _stamp = "";
    private string _zone = "";

    /// <summary>How many lines of other programs are owed for the factory's own.</summary>
    public double NoiseOwed { get; set; }

    public string Host { get; set; } = plan.Host;

    public void Say(SyslogTag speaker, WordedSentence said, string? thread = null)
    {
        NoiseOwed += plan.Scenario.NoisePerLine;
        Send(speaker, said, thread);
    }

    public void Send(SyslogTag speaker, WordedSentence said, string? thread = null)
    {
        var severity = said.IsError ? Error : Info;
        var content = Escaped(said.Text);
        if (plan.Scenario.ReduceRepeats && _last == (speaker, severity, content))
        {
            _held = Line(speaker, severity, content, said.Sentence, thread, (_held?.Count ?? 0) + 1);
            return;
        }

        Release();
        _last = (speaker, severity, content);
        timeline.Write(Line(speaker, severity, content, said.Sentence, thread, 1));
    }

    // A repeat waits until a different line comes: a single one is written as it is, several as a bracket.
    private void Release()
    {
        if (_held is not { } held || _last is not var (speaker, severity, content))
            return;

        _held = null;
        timeline.Write(held.Count == 1
            ? held
            : held with
            {
                Content = $"message repeated {held.Count} times: [ {content}]",
                Bytes = Bytes(speaker, severity, $"message repeated {held.Count} times: [ {content}]", held.Stamp, held.Host),
            });
    }

    private MessageLine Line(SyslogTag speaker, int severity, string content, Sentence sentence, string? thread, int count) =>
        new(
            Bytes(speaker, severity, content, timeline.Now, Host),
            timeline.Now,
            Host,
            speaker.Program,
            RawText.Decoded(content),
            sentence,
            thread,
            count
        );

    private byte[] Bytes(SyslogTag speaker, int severity, string content, DateTimeOffset at, string host)
    {
        var pid = speaker.Pid?.ToString(CultureInfo.InvariantCulture);
        return RawText.Encode(plan.Header switch
        {
            HeaderFormat.Traditional or HeaderFormat.Iso =>
                $"{Stamp(at)} {host} {speaker.Ident}{(pid is null ? "" : "[")}{pid}{(pid is null ? "" : "]")}: {content}\n",
            HeaderFormat.Rfc5424 => string.Create(
                CultureInfo.InvariantCulture,
                $"<{speaker.Facility + severity}>1 {Stamp(at)} {host} {App(speaker.Ident)} {pid ?? "-"} - -  {content}\n"),
        });
    }

    private string Stamp(DateTimeOffset at)
    {
        // Formatting a date is most of a line's cost, and many lines have the same second.
        var second = at.Ticks / TimeSpan.TicksPerSecond;
        if (second != _stampedSecond)
        {
            _stampedSecond = second;
            _stamp = plan.Header == HeaderFormat.Traditional
                ? string.Create(CultureInfo.InvariantCulture, $"{at:MMM} {at.Day,2} {at:HH:mm:ss}")
                : at.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            _zone = at.ToString("zzz", CultureInfo.InvariantCulture);
        }

        return plan.Header == HeaderFormat.Traditional
            ? _stamp
            : string.Create(CultureInfo.InvariantCulture, $"{_stamp}.{at.Ticks / 10 % 1000000:000000}{_zone}");
    }

    // rsyslog ends a program's name at the first slash, so one that begins with a slash has no name at all.
    private static string App(string ident) =>
        ident.IndexOf('/', StringComparison.Ordinal) switch { 0 => "-", < 0 => ident, var slash => ident[..slash] };

    private static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0)
            return text;

        var escaped = new StringBuilder(text.Length + 12);
        foreach (var character in text)
        {
            if (character < ' ')
                escaped.Append('#').Append('0').Append((char)('0' + character / 8)).Append((char)('0' + character % 8));
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }
}
