using System.Text.RegularExpressions;

namespace PackuilonMonitor.Core.Lines;

/// <summary>Guesses the form of a time that the program cannot read, for whoever has to change it.</summary>
public static partial class UnreadStamp
{
    private const int LongestRead = 200;

    private static readonly (Regex Form, string Words)[] Forms =
    [
        (Nil(), "RFC 5424 without a time"),
        (Traditional(), "a traditional time that cannot be"),
        (Iso(), "an ISO-8601 time that cannot be"),
        (WithoutSeconds(), "a traditional time without seconds"),
        (SinceBoot(), "seconds since the start of the host, as of dmesg"),
        (WebServer(), "the time of a web server's log"),
        (Bracketed(), "a time in brackets"),
        (YearFirst(), "a date with slashes or dots, the year first"),
        (YearLast(), "a date with slashes or dots, the day or the month first"),
        (DayFirst(), "a date with the day before the name of the month"),
        (TwelveHours(), "a time of day with AM or PM"),
        (Compact(), "ISO-8601 without hyphens"),
        (Epoch(), "a number of milliseconds or nanoseconds"),
        (Json(), "JSON"),
        (OtherLanguage(), "a traditional time with a month in another language"),
    ];

    /// <summary>The form in words.</summary>
    public static string Of(string line)
    {
        var text = line.TrimStart('\uFEFF');
        text = text[..Math.Min(text.Length, LongestRead)];
        foreach (var (form, words) in Forms)
        {
            if (form.IsMatch(text))
                return words;
        }

        return "no form that is known";
    }

    private const string Before = @"^((\d{1,7} )?<\d{1,3}>(1 )?)?";
    private const string Weekday = @"((Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?";
    private const string Month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

    [GeneratedRegex(@"^<\d{1,3}>1 - ", RegexOptions.NonBacktracking)]
    private static partial Regex Nil();

    [GeneratedRegex(Before + Weekday + Month + @" +\d{1,2} (\d{4} )?\d{1,2}:\d{2}:\d{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Traditional();

    [GeneratedRegex(Before + Weekday + @"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Iso();

    [GeneratedRegex(Before + Weekday + Month + @" +\d{1,2} \d{1,2}:\d{2} ", RegexOptions.NonBacktracking)]
    private static partial Regex WithoutSeconds();

    [GeneratedRegex(Before + @"\[ *\d+\.\d+\]", RegexOptions.NonBacktracking)]
    private static partial Regex SinceBoot();

    [GeneratedRegex(@"\[?\d{2}/" + Month + @"/\d{4}:\d{2}:", RegexOptions.NonBacktracking)]
    private static partial Regex WebServer();

    [GeneratedRegex(Before + @"\[.{0,12}\d{1,2}:\d{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Bracketed();

    [GeneratedRegex(Before + @"\d{4}[/.]\d{1,2}[/.]\d{1,2}", RegexOptions.NonBacktracking)]
    private static partial Regex YearFirst();

    [GeneratedRegex(Before + @"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", RegexOptions.NonBacktracking)]
    private static partial Regex YearLast();

    [GeneratedRegex(Before + Weekday + @"\d{1,2}[ -]" + Month + @"[ -]\d{2,4}", RegexOptions.NonBacktracking)]
    private static partial Regex DayFirst();

    [GeneratedRegex(Before + @".{0,24}\d{1,2}:\d{2}(:\d{2})? [AaPp]\.?[Mm]", RegexOptions.NonBacktracking)]
    private static partial Regex TwelveHours();

    [GeneratedRegex(Before + @"\d{8}T?\d{6}", RegexOptions.NonBacktracking)]
    private static partial Regex Compact();

    [GeneratedRegex(Before + @"\d{12,19}[ .]", RegexOptions.NonBacktracking)]
    private static partial Regex Epoch();

    [GeneratedRegex(@"^\s*\{", RegexOptions.NonBacktracking)]
    private static partial Regex Json();

    [GeneratedRegex(Before + @"\p{L}{2,9}\.? +\d{1,2} \d{1,2}:\d{2}:\d{2} ", RegexOptions.NonBacktracking)]
    private static partial Regex OtherLanguage();
}
