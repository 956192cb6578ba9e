using System.Text;

namespace PackuilonMonitor.Configuration;

/// <summary>
/// A configuration file as Python's ConfigParser reads it, because the factory's programs do: sections, DEFAULT, continued lines and
/// interpolation follow its rules (https://docs.python.org/3/library/configparser.html). No error shows the file's content, which may be a
/// password.
/// </summary>
public sealed class PythonConfiguration
{
    private const string DefaultSection = "DEFAULT";
    private const int DeepestInterpolation = 10;

    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _defaults = new(StringComparer.Ordinal);

    private PythonConfiguration()
    {
    }

    /// <summary>Reads a whole file.</summary>
    /// <returns>The configuration, or why Python would not read it, with the number of the line.</returns>
    public static Reading<PythonConfiguration> Of(string text)
    {
        var read = new PythonConfiguration();
        return read.Fault(text) is { } fault ? Reading.Wrong<PythonConfiguration>(fault) : Reading.Of(read);
    }

    /// <summary>Whether there is such a section.</summary>
    public bool Has(string section) => _sections.ContainsKey(section);

    /// <summary>The value of a key, with its references resolved; a null value if the key does not exist.</summary>
    /// <returns>The value, or why Python would not give it.</returns>
    public Reading<string?> Value(string section, string key)
    {
        if (!_sections.TryGetValue(section, out var own))
            return Reading.Of<string?>(null);
        var raw = Raw(own, Folded(key));
        if (raw is null)
            return Reading.Of<string?>(null);
        var value = new StringBuilder();
        return Interpolate(own, raw, value, 1) is { } fault ? Reading.Wrong<string?>(fault) : Reading.Of<string?>(value.ToString());
    }

    private string? Raw(Dictionary<string, string> section, string key) =>
        section.TryGetValue(key, out var own) ? own : _defaults.GetValueOrDefault(key);

    private string? Interpolate(Dictionary<string, string> section, string rest, StringBuilder into, int depth)
    {
        if (depth > DeepestInterpolation)
            return "%(NAME)s refers to itself, or too deep";
        while (rest.Length > 0)
        {
            var sign = rest.IndexOf('%');
            if (sign < 0)
            {
                into.Append(rest);
                return null;
            }

            into.Append(rest, 0, sign);
            rest = rest[sign..];
            if (rest.StartsWith("%%", StringComparison.Ordinal))
            {
                into.Append('%');
                rest = rest[2..];
                continue;
            }

            var end = rest.StartsWith("%(", StringComparison.Ordinal) ? rest.IndexOf(')') : -1;
            if (end < 3 || end + 1 >= rest.Length || rest[end + 1] != 's')
                return "a % is neither before % nor in %(NAME)s; write %% for the character itself";
            if (Raw(section, Folded(rest[2..end])) is not { } value)
                return "%(NAME)s refers to what is neither in its section nor in [DEFAULT]";
            rest = rest[(end + 2)..];
            if (!value.Contains('%'))
                into.Append(value);
            else if (Interpolate(section, value, into, depth + 1) is { } fault)
                return fault;
        }

        return null;
    }

    // Follows the order of Python's reader: some errors end it at once, others are reported at its end.
    private string? Fault(string text)
    {
        var values = new Dictionary<(string Section, string Key), List<string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? section = null;
        (string, string)? current = null;
        string? later = null;
        var indent = 0;
        foreach (var (index, line) in Lines(text).Index())
        {
            var value = Stripped(line);
            var isComment = value is ['#' or ';', ..];
            if (value.Length == 0 || isComment)
            {
                // An empty line may be part of a value that continues below it.
                if (!isComment && current is { } open)
                    values[open].Add("");
                continue;
            }

            var depth = line.Length - line.AsSpan().TrimStart(Blanks).Length;
            if (section is not null && current is { } continued && depth > indent)
            {
                values[continued].Add(value);
                continue;
            }

            indent = depth;
            if (value[0] == '[' && value.LastIndexOf(']') is > 1 and var close)
            {
                (section, current) = (value[1..close], null);
                if (section != DefaultSection && !seen.Add(section))
                    return $"line {index + 1}: its section is repeated";
            }
            else if (section is null)
            {
                return $"line {index + 1}: is above the first section; write a line like [global] above it";
            }
            else if (value.AsSpan().IndexOfAny('=', ':') is > 0 and var sign)
            {
                var place = (section, Folded(Stripped(value[..sign])));
                if (values.ContainsKey(place))
                    return $"line {index + 1}: its key is repeated";
                values[place] = [Stripped(value[(sign + 1)..])];
                current = place;
            }
            else
            {
                later ??= $"line {index + 1}: is neither a section nor a key with its value";
            }
        }

        foreach (var name in seen)
            _sections[name] = new(StringComparer.Ordinal);
        foreach (var ((name, key), lines) in values)
            (name == DefaultSection ? _defaults : _sections[name])[key] = string.Join('\n', lines).TrimEnd(Blanks);
        return later;
    }

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static string Stripped(string text) => text.Trim(Blanks);

    private static string Folded(string key) => key.ToLowerInvariant();

    // White space within a line, as in Python.
    private static readonly char[] Blanks =
    [
        '\t',
        '\n',
        '\v',
        '\f',
        '\r',
        '\x1c',
        '\x1d',
        '\x1e',
        '\x1f',
        ' ',
        '\x85',
        '\xa0',
        '\u1680',
        '\u2000',
        '\u2001',
        '\u2002',
        '\u2003',
        '\u2004',
        '\u2005',
        '\u2006',
        '\u2007',
        '\u2008',
        '\u2009',
        '\u200a',
        '\u2028',
        '\u2029',
        '\u202f',
        '\u205f',
        '\u3000',
    ];
}
